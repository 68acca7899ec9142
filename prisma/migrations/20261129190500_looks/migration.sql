-- When a rule that a waiting run lives under may next come true by the clock alone. Few journeys have such rules, so the index holds few runs.
ALTER TABLE run ADD COLUMN look_at timestamptz(3);
CREATE INDEX run_look ON run (workspace_id, journey_id, shard, look_at) WHERE state IN ('parked', 'held') AND look_at IS NOT NULL;
