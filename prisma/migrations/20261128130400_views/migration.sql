-- Filters of a list under a name: a person's own, or shared with the team. filters: the address's parameters, as texts.
CREATE TABLE saved_view (
  workspace_id uuid NOT NULL REFERENCES workspace(id), id uuid NOT NULL, screen text NOT NULL, name text NOT NULL, filters jsonb NOT NULL,
  owner text NOT NULL, is_shared boolean NOT NULL DEFAULT false, created_at timestamptz(3) NOT NULL, updated_at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, id), UNIQUE (workspace_id, owner, screen, name));
-- With which view a person's list opens; a view that goes takes the choice with it.
CREATE TABLE view_default (
  workspace_id uuid NOT NULL, person text NOT NULL, screen text NOT NULL, view_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, person, screen), FOREIGN KEY (workspace_id, view_id) REFERENCES saved_view (workspace_id, id) ON DELETE CASCADE);
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['saved_view', 'view_default'] LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO regulars_tenant', t);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON %I TO regulars_tenant USING (workspace_id = nullif(current_setting(''regulars.workspace'', true), '''')::uuid)', t);
  END LOOP;
END $$;
