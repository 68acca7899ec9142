-- A journey's totals are counted over an index alone, and of what ended, reached its goal or was kept out each look counts only the newest.
CREATE INDEX run_ended ON run (workspace_id, journey_id, ended_at) INCLUDE (state, is_held) WHERE ended_at IS NOT NULL;
CREATE INDEX run_goal ON run (workspace_id, journey_id, goal_at) INCLUDE (is_held) WHERE goal_at IS NOT NULL;
CREATE INDEX run_kept_out ON run (workspace_id, journey_id, entered_at) WHERE is_held;
