-- ── What a journey asks of people: staff tasks, approvals, surveys of members ────────────────────────────────────
CREATE TABLE task (
  workspace_id uuid NOT NULL, id uuid NOT NULL,
  kind text NOT NULL,                        -- task, approval, survey
  state text NOT NULL DEFAULT 'open',        -- open, done, expired, cancelled
  member_id uuid NOT NULL, journey_id uuid NOT NULL, run_id uuid NOT NULL, step text NOT NULL, lap int NOT NULL,
  title text NOT NULL, instructions text NOT NULL DEFAULT '', severity text NOT NULL DEFAULT 'normal',
  role text, store_id uuid, escalate_at timestamptz(3), escalate_to text,
  outcomes jsonb NOT NULL DEFAULT '[]', questions jsonb NOT NULL DEFAULT '[]',
  outcome text, note text, answers jsonb,
  requested_by text, closed_by text,         -- as the audit names actors
  opened_at timestamptz(3) NOT NULL, due_at timestamptz(3) NOT NULL, closed_at timestamptz(3),
  PRIMARY KEY (workspace_id, id), UNIQUE (workspace_id, run_id, step, lap),
  FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id),
  FOREIGN KEY (workspace_id, journey_id) REFERENCES journey (workspace_id, id),
  FOREIGN KEY (workspace_id, run_id) REFERENCES run (workspace_id, id),
  FOREIGN KEY (workspace_id, store_id) REFERENCES store (workspace_id, id)) WITH (fillfactor = 80);
CREATE INDEX task_open ON task (workspace_id, due_at, id) WHERE state = 'open';
CREATE INDEX task_closed ON task (workspace_id, closed_at DESC, id) WHERE state <> 'open';
CREATE INDEX task_due ON task (due_at) WHERE state = 'open';
CREATE INDEX task_member ON task (member_id, workspace_id, opened_at DESC);

GRANT SELECT, INSERT, UPDATE, DELETE ON task TO regulars_tenant;
ALTER TABLE task ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON task TO regulars_tenant USING (workspace_id = nullif(current_setting('regulars.workspace', true), '')::uuid);
