-- Whether any run is still on an older plan is asked for each event that our own ledgers may tell: found within the journey's few steps, not by
-- walking all who wait. Held runs stay on the plan they would have walked.
DROP INDEX run_step;
CREATE INDEX run_step ON run (workspace_id, journey_id, step, plan_id) WHERE state IN ('ready', 'parked', 'failed', 'held');
