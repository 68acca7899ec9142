-- Who has a journey open. Unlogged: a crash of the server empties it, and every open window writes itself in again within seconds.
CREATE UNLOGGED TABLE presence (
  workspace_id uuid NOT NULL, journey_id uuid NOT NULL, visit uuid NOT NULL, person text NOT NULL, name text NOT NULL,
  selected text[] NOT NULL DEFAULT '{}', seen_at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, journey_id, visit), FOREIGN KEY (workspace_id, journey_id) REFERENCES journey (workspace_id, id));

GRANT SELECT, INSERT, UPDATE, DELETE ON presence TO regulars_tenant;
ALTER TABLE presence ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON presence TO regulars_tenant USING (workspace_id = nullif(current_setting('regulars.workspace', true), '')::uuid);
