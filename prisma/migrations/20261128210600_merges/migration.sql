-- What a merge moves: a member's calls.
CREATE INDEX webhook_call_member ON webhook_call (member_id, workspace_id);
