-- ── What came of a journey's messages, counted as it happens: the canvas never counts messages ────────────────────
CREATE TABLE message_traffic (
  workspace_id uuid NOT NULL,
  journey_id uuid NOT NULL,
  hour timestamptz(3) NOT NULL,              -- '-infinity' = all time, so that it is read from few rows however old the journey is
  step text NOT NULL,
  outcome text NOT NULL,                     -- sent, not_sent, undelivered, delivered, opened, clicked, converted
  reason text NOT NULL,                      -- of those that did not arrive: a refusal's code, or provider; else ''
  shard smallint NOT NULL,                   -- of the connection that counts, so that many can
  count int NOT NULL,
  PRIMARY KEY (workspace_id, journey_id, hour, step, outcome, reason, shard),
  FOREIGN KEY (workspace_id, journey_id) REFERENCES journey (workspace_id, id));

-- Messages of before, by when each thing happened.
INSERT INTO message_traffic (workspace_id, journey_id, hour, step, outcome, reason, shard, count)
SELECT m.workspace_id, m.journey_id, h.hour, m.step, o.outcome,
  CASE WHEN o.outcome NOT IN ('not_sent', 'undelivered') THEN ''
    WHEN m.reason IN ('not_live', 'journey_stopped', 'passed_over', 'left_on_publish', 'left_on_resume', 'taken_out', 'no_address', 'no_consent', 'suppressed',
      'expired', 'content_failed', 'sensitive_tag', 'complaint_pause', 'quiet_hours', 'frequency_cap', 'over_budget') THEN m.reason
    ELSE 'provider' END, 0, count(*)
FROM message m
LEFT JOIN run r ON r.workspace_id = m.workspace_id AND r.id = m.run_id,
LATERAL (VALUES
  ('sent', m.accepted_at),
  ('not_sent', CASE WHEN m.accepted_at IS NULL AND m.state IN ('failed', 'skipped') THEN coalesce(m.claimed_at, m.queued_at) END),
  ('undelivered', CASE WHEN m.accepted_at IS NOT NULL AND m.state = 'failed' THEN m.accepted_at END),
  ('delivered', m.delivered_at), ('opened', m.opened_at), ('clicked', m.clicked_at),
  ('converted', CASE WHEN m.accepted_at <= r.goal_at THEN r.goal_at END)) AS o(outcome, at),
LATERAL (VALUES (date_trunc('hour', o.at)), ('-infinity'::timestamptz)) AS h(hour)
WHERE m.journey_id IS NOT NULL AND m.step IS NOT NULL AND o.at IS NOT NULL
GROUP BY 1, 2, 3, 4, 5, 6;

-- The messages behind a number of a step, the newest first.
CREATE INDEX message_sent_by ON message (workspace_id, journey_id, regexp_replace(step, '[.][^.]*$', ''), id)
  WHERE journey_id IS NOT NULL AND accepted_at IS NOT NULL;
CREATE INDEX message_unsent_by ON message (workspace_id, journey_id, regexp_replace(step, '[.][^.]*$', ''), id)
  WHERE journey_id IS NOT NULL AND accepted_at IS NULL AND state IN ('failed', 'skipped');
CREATE INDEX message_opened_by ON message (workspace_id, journey_id, regexp_replace(step, '[.][^.]*$', ''), id)
  WHERE journey_id IS NOT NULL AND opened_at IS NOT NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON message_traffic TO regulars_tenant;
ALTER TABLE message_traffic ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON message_traffic TO regulars_tenant USING (workspace_id = nullif(current_setting('regulars.workspace', true), '')::uuid);
