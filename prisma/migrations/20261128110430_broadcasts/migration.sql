-- A broadcast lets the members of an audience into its journey, page by page by member id. state: waiting (for its instant), running, paused,
-- done, cancelled; position: the last member seen; rate_from, rate_count: the steady rate is kept over what entered since.
CREATE TABLE broadcast (
  workspace_id uuid NOT NULL, id uuid NOT NULL, journey_id uuid NOT NULL, state text NOT NULL, starts_at timestamptz(3) NOT NULL, audience jsonb NOT NULL,
  position uuid, audience_size int, seen int NOT NULL DEFAULT 0, entered int NOT NULL DEFAULT 0,
  rate_from timestamptz(3), rate_count int NOT NULL DEFAULT 0, asked_by text NOT NULL,
  created_at timestamptz(3) NOT NULL, started_at timestamptz(3), ended_at timestamptz(3),
  PRIMARY KEY (workspace_id, id), FOREIGN KEY (workspace_id, journey_id) REFERENCES journey (workspace_id, id)) WITH (fillfactor = 70);
CREATE INDEX broadcast_journey ON broadcast (workspace_id, journey_id, id DESC);
-- A schedule comes once at an instant, whoever publishes meanwhile.
CREATE UNIQUE INDEX broadcast_once ON broadcast (workspace_id, journey_id, starts_at) WHERE state <> 'cancelled';

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['broadcast'] LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO regulars_tenant', t);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON %I TO regulars_tenant USING (workspace_id = nullif(current_setting(''regulars.workspace'', true), '''')::uuid)', t);
  END LOOP;
END $$;
