-- What nobody will act on is set aside, with who and why, and can be taken back; open is what neither happened to.
ALTER TABLE dead_letter ADD COLUMN set_aside_at timestamptz(3), ADD COLUMN set_aside_by text, ADD COLUMN set_aside_why text;
DROP INDEX dead_letter_open;
CREATE INDEX dead_letter_open ON dead_letter (workspace_id, at, id) WHERE replayed_at IS NULL AND set_aside_at IS NULL;
