-- Segments are kept: who is in, and when the clock alone can change a member's answer. state: building, live, deleted (being taken away);
-- position: how far the builder is, by member id; is_told: those whom the build brings in or out are told to whatever listens.
ALTER TABLE segment ADD COLUMN revision int NOT NULL DEFAULT 1, ADD COLUMN state text NOT NULL DEFAULT 'building',
  ADD COLUMN position uuid, ADD COLUMN is_told boolean NOT NULL DEFAULT false;
CREATE INDEX segment_unbuilt ON segment (workspace_id, id) WHERE state <> 'live';
CREATE TABLE segment_member (
  workspace_id uuid NOT NULL, segment_id uuid NOT NULL, member_id uuid NOT NULL, is_in boolean NOT NULL, changed_at timestamptz(3) NOT NULL, next_at timestamptz(3),
  PRIMARY KEY (workspace_id, segment_id, member_id),
  FOREIGN KEY (workspace_id, segment_id) REFERENCES segment (workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id)) WITH (fillfactor = 80);
-- The clock's, the member page's, the lists'.
CREATE INDEX segment_member_next ON segment_member (workspace_id, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX segment_member_member ON segment_member (member_id, workspace_id) WHERE is_in;
CREATE INDEX segment_member_in ON segment_member (segment_id, workspace_id, member_id) WHERE is_in;

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['segment_member'] LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO regulars_tenant', t);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON %I TO regulars_tenant USING (workspace_id = nullif(current_setting(''regulars.workspace'', true), '''')::uuid)', t);
  END LOOP;
END $$;
-- Segments from before are built by the same conductor.
INSERT INTO conductor (workspace_id, id, kind, subject) SELECT DISTINCT workspace_id, 'segments/' || workspace_id, 'segments', workspace_id::text FROM segment;
