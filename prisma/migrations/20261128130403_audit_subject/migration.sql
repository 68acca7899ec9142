-- The audit is asked by thing and by person, newest first. Lines from before name their thing in the input only.
UPDATE audit SET subject = detail ->> split_part(action, '.', 1)
WHERE subject IS NULL AND length(detail ->> split_part(action, '.', 1)) <= 64;
CREATE INDEX audit_subject ON audit (workspace_id, subject, id) WHERE subject IS NOT NULL;
CREATE INDEX audit_actor ON audit (workspace_id, actor, id);
