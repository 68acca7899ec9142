-- What colleagues say of a published version: why it was published, and what was learnt of it later.
CREATE TABLE version_comment (
  workspace_id uuid NOT NULL, id uuid NOT NULL, journey_id uuid NOT NULL, version int NOT NULL,
  text text NOT NULL, written_by text NOT NULL, written_at timestamptz(3) NOT NULL,   -- by: as the audit names actors
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, journey_id, version) REFERENCES plan (workspace_id, journey_id, version));
CREATE INDEX version_comment_of ON version_comment (workspace_id, journey_id, version, written_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON version_comment TO regulars_tenant;
ALTER TABLE version_comment ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON version_comment TO regulars_tenant USING (workspace_id = nullif(current_setting('regulars.workspace', true), '')::uuid);
