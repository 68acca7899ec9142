-- How many entered a journey that has limits: one row, locked while members are let in. plan_id: whose count it is; another plan's is counted anew.
CREATE TABLE journey_count (
  workspace_id uuid NOT NULL, journey_id uuid NOT NULL, plan_id text NOT NULL, total int NOT NULL DEFAULT 0, day date NOT NULL, today int NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, journey_id),
  FOREIGN KEY (workspace_id, journey_id) REFERENCES journey (workspace_id, id)) WITH (fillfactor = 50);
-- Which journey of an exclusion group has a member, while run_id is live and until the instant.
CREATE TABLE entry_group (
  workspace_id uuid NOT NULL, name text NOT NULL, member_id uuid NOT NULL, journey_id uuid NOT NULL, run_id uuid NOT NULL, until timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, name, member_id),
  FOREIGN KEY (workspace_id, journey_id) REFERENCES journey (workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id)) WITH (fillfactor = 80);
-- Who fitted and did not enter, and why; kept 30 days. Without foreign keys: it only explains, and there may be many.
CREATE TABLE turned_away (
  workspace_id uuid NOT NULL, member_id uuid NOT NULL, journey_id uuid NOT NULL, at timestamptz(3) NOT NULL, reason text NOT NULL, event jsonb NOT NULL,
  PRIMARY KEY (workspace_id, member_id, journey_id, at, reason));
CREATE INDEX turned_away_at ON turned_away (at);

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['journey_count', 'entry_group', 'turned_away'] LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO regulars_tenant', t);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON %I TO regulars_tenant USING (workspace_id = nullif(current_setting(''regulars.workspace'', true), '''')::uuid)', t);
  END LOOP;
END $$;
