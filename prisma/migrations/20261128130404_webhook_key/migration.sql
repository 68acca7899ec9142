-- Which generation of a workspace's webhook key signs; no row = the first. The one before signs too until old_until.
CREATE TABLE webhook_key (
  workspace_id uuid NOT NULL REFERENCES workspace(id), generation int NOT NULL, rotated_at timestamptz(3) NOT NULL, old_until timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id));
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['webhook_key'] LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO regulars_tenant', t);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON %I TO regulars_tenant USING (workspace_id = nullif(current_setting(''regulars.workspace'', true), '''')::uuid)', t);
  END LOOP;
END $$;
