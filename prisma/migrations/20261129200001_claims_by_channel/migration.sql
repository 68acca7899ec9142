-- Who looks for claims of a channel that never had a call, or for what is in doubt there, found them among those of all channels and workspaces,
-- and without records what is in doubt stays so: each look read all of it.
DROP INDEX message_claimed;
CREATE INDEX message_claimed ON message (workspace_id, channel, state, claimed_at) WHERE state IN ('claimed', 'unknown');
