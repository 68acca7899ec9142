-- Every word a member said about being written to, with its evidence: `consent` is what stands, this is how it came to be. Append-only.
CREATE TABLE consent_change (
  workspace_id uuid NOT NULL, id uuid NOT NULL, member_id uuid NOT NULL, channel text NOT NULL, purpose text NOT NULL,
  is_granted boolean NOT NULL, source text NOT NULL, evidence jsonb NOT NULL DEFAULT '{}', at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, id), FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id));
-- The timeline's.
CREATE INDEX consent_change_member ON consent_change (member_id, workspace_id, at DESC);
INSERT INTO consent_change (workspace_id, id, member_id, channel, purpose, is_granted, source, evidence, at)
SELECT workspace_id, gen_random_uuid(), member_id, channel, purpose, is_granted, source, evidence, at FROM consent;
GRANT SELECT, INSERT, UPDATE, DELETE ON consent_change TO regulars_tenant;
ALTER TABLE consent_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON consent_change TO regulars_tenant USING (workspace_id = nullif(current_setting('regulars.workspace', true), '')::uuid);
