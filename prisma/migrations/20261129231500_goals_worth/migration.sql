-- What a journey's goals were worth is summed over an index alone, which holds only the runs of goals that have a value.
CREATE INDEX run_worth ON run (workspace_id, journey_id, goal_at) INCLUDE (goal_value, is_held) WHERE goal_value IS NOT NULL;
