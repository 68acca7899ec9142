-- ── Outgoing webhooks: the queue and the outcome of each ─────────────────────────────────────────────────────────
CREATE TABLE webhook_call (
  workspace_id uuid NOT NULL, id uuid NOT NULL,   -- id: the webhook-id its receiver tells repeats by
  member_id uuid NOT NULL, journey_id uuid NOT NULL, run_id uuid NOT NULL, step text NOT NULL, lap int NOT NULL,
  plan_id text NOT NULL, effect int NOT NULL,     -- address, headers and body are the plan's, at (step, effect)
  host text NOT NULL, state text NOT NULL,        -- queued, claimed, done, failed
  variables jsonb NOT NULL DEFAULT '{}', attempts int NOT NULL DEFAULT 0, status int, response jsonb, reason text,
  queued_at timestamptz(3) NOT NULL, not_before timestamptz(3) NOT NULL, expires_at timestamptz(3) NOT NULL,
  claimed_at timestamptz(3), claimed_by text, closed_at timestamptz(3),
  PRIMARY KEY (workspace_id, id), UNIQUE (workspace_id, run_id, step, lap, effect),
  FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id),
  FOREIGN KEY (workspace_id, journey_id) REFERENCES journey (workspace_id, id),
  FOREIGN KEY (workspace_id, run_id) REFERENCES run (workspace_id, id),
  FOREIGN KEY (workspace_id, plan_id) REFERENCES plan (workspace_id, id)) WITH (fillfactor = 70);
CREATE INDEX webhook_call_queue ON webhook_call (workspace_id, not_before) WHERE state = 'queued';
CREATE INDEX webhook_call_claimed ON webhook_call (workspace_id, claimed_at) WHERE state = 'claimed';

GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_call TO regulars_tenant;
ALTER TABLE webhook_call ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON webhook_call TO regulars_tenant USING (workspace_id = nullif(current_setting('regulars.workspace', true), '')::uuid);
