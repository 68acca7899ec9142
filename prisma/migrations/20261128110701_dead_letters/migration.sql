-- The list by time, and what is still open of one reason or of one member.
CREATE INDEX dead_letter_at ON dead_letter (workspace_id, at DESC, id DESC);
CREATE INDEX dead_letter_open ON dead_letter (workspace_id, at, id) WHERE replayed_at IS NULL;
CREATE INDEX dead_letter_member ON dead_letter (member_id, workspace_id) WHERE member_id IS NOT NULL;
