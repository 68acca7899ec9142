-- ── Tiers that somebody or some journey set: why, by whom, until when ────────────────────────────────────────────
CREATE TABLE tier_change (
  workspace_id uuid NOT NULL, id uuid NOT NULL, member_id uuid NOT NULL, tier text NOT NULL,
  previous text NOT NULL,                    -- comes back when the time is over
  reason text NOT NULL, source text NOT NULL, run_id uuid, step text,
  until timestamptz(3), ended_at timestamptz(3), at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, id), FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id),
  FOREIGN KEY (workspace_id, run_id) REFERENCES run (workspace_id, id));
CREATE INDEX tier_change_until ON tier_change (until) WHERE until IS NOT NULL AND ended_at IS NULL;
CREATE INDEX tier_change_member ON tier_change (member_id, workspace_id, at DESC);

GRANT SELECT, INSERT, UPDATE, DELETE ON tier_change TO regulars_tenant;
ALTER TABLE tier_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tier_change TO regulars_tenant USING (workspace_id = nullif(current_setting('regulars.workspace', true), '')::uuid);
