-- A due row is kept while its member waits for the next time: at NULL = until something about the member changes. What it remembers keeps a
-- benefit to once a year and a spell of silence to one entry.
ALTER TABLE due ALTER COLUMN at DROP NOT NULL, ADD COLUMN shard int NOT NULL DEFAULT 0, ADD COLUMN done text, ADD COLUMN day date, ADD COLUMN edited int;
DROP INDEX due_at;
CREATE INDEX due_at ON due (workspace_id, journey_id, shard, at) WHERE at IS NOT NULL;
CREATE INDEX job_enrol ON job (workspace_id) WHERE kind = 'enrol' AND state = 'running';
