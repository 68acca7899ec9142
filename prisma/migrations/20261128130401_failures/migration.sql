-- What failed is looked for among millions that did not; written only when something fails.
CREATE INDEX run_failed ON run (workspace_id, id) WHERE state = 'failed';
CREATE INDEX message_failed ON message (workspace_id, id) WHERE state = 'failed';
