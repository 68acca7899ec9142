-- A held run (state 'held') walks no step: until due_at it listens for goals and exits, so that who was kept out is measured like who was not.
ALTER TABLE run ADD COLUMN is_held boolean NOT NULL DEFAULT false,   -- stays when the run has ended
  ADD COLUMN goal_value bigint;                                     -- what the conversion was worth, minor units
DROP INDEX run_member_live;
CREATE INDEX run_member_live ON run (workspace_id, member_id) WHERE state IN ('ready', 'parked', 'held');
-- Those whose time of observation is over, over all workspaces.
CREATE INDEX run_held ON run (due_at) WHERE state = 'held';
