-- Work that goes on in the background, a batch a transaction: a publish carried to members on their way, a resume, a stop, an operation on
-- many runs. The row is the truth; its conductor, job/<id>, only works it off.
CREATE TABLE job (
  workspace_id uuid NOT NULL REFERENCES workspace(id), id uuid NOT NULL, kind text NOT NULL, journey_id uuid,
  spec jsonb NOT NULL, position jsonb,       -- what was asked for; how far it has come
  state text NOT NULL DEFAULT 'running',     -- running, done, cancelled, failed
  total int NOT NULL DEFAULT 0, done int NOT NULL DEFAULT 0, skipped int NOT NULL DEFAULT 0, reason text,
  started_by text NOT NULL, started_at timestamptz(3) NOT NULL, ended_at timestamptz(3),
  PRIMARY KEY (workspace_id, id), FOREIGN KEY (workspace_id, journey_id) REFERENCES journey (workspace_id, id));
CREATE INDEX job_list ON job (workspace_id, started_at DESC, id);
CREATE INDEX job_running ON job (workspace_id, journey_id) WHERE state = 'running';

-- Where a publish takes the members on their way, per node of the plan before it. Immutable; run.mapped says which a run has been through.
CREATE TABLE mapping (
  workspace_id uuid NOT NULL, journey_id uuid NOT NULL, number int NOT NULL, from_plan_id text NOT NULL, to_plan_id text NOT NULL,
  fates jsonb NOT NULL, at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, journey_id, number),
  FOREIGN KEY (workspace_id, journey_id) REFERENCES journey (workspace_id, id),
  FOREIGN KEY (workspace_id, from_plan_id) REFERENCES plan (workspace_id, id),
  FOREIGN KEY (workspace_id, to_plan_id) REFERENCES plan (workspace_id, id));
-- Constants, so neither rewrites its table.
ALTER TABLE journey ADD COLUMN mappings int NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN mapped int NOT NULL DEFAULT 0;

-- What people, publishes, resumes and stops did to a run from outside: the journal tells only what the run itself decided.
CREATE TABLE handling (
  workspace_id uuid NOT NULL, run_id uuid NOT NULL, id uuid NOT NULL, did text NOT NULL,   -- publish, wake, move, retry, skip, exit, stop
  from_step text NOT NULL, to_step text, job_id uuid, by text NOT NULL, at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, run_id, id), FOREIGN KEY (workspace_id, run_id) REFERENCES run (workspace_id, id),
  FOREIGN KEY (workspace_id, job_id) REFERENCES job (workspace_id, id));

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['job', 'mapping', 'handling'] LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO regulars_tenant', t);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON %I TO regulars_tenant USING (workspace_id = nullif(current_setting(''regulars.workspace'', true), '''')::uuid)', t);
  END LOOP;
END $$;
