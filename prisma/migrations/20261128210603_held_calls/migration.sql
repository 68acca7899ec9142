-- Calls of a journey that is not live stand aside, as its messages do: a million of them cost the others nothing. Those of one host stand together,
-- so that a host that hangs is stepped over, however many wait for it.
ALTER TABLE webhook_call ADD COLUMN is_held boolean NOT NULL DEFAULT false;
DROP INDEX webhook_call_queue;
CREATE INDEX webhook_call_queue ON webhook_call (workspace_id, host, not_before) WHERE state = 'queued' AND NOT is_held;
CREATE INDEX webhook_call_held ON webhook_call (workspace_id, journey_id) WHERE state = 'queued' AND is_held;
