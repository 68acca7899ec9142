-- When a person or a key sent tests to addresses of their own in the last day, the oldest first: one row a tester, locked while one is sent, so
-- that the bound holds over all at once. What was sent stands in the audit.
CREATE TABLE test_send (
  workspace_id uuid NOT NULL REFERENCES workspace(id), tester text NOT NULL, sent timestamptz(3)[] NOT NULL,
  PRIMARY KEY (workspace_id, tester)) WITH (fillfactor = 50);

GRANT SELECT, INSERT, UPDATE, DELETE ON test_send TO regulars_tenant;
ALTER TABLE test_send ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON test_send TO regulars_tenant USING (workspace_id = nullif(current_setting('regulars.workspace', true), '')::uuid);
