-- When its call was about to begin; what was claimed and has none certainly never left.
ALTER TABLE message ADD COLUMN called_at timestamptz(3);
-- Of what was claimed before this was noted nobody knows: it counts as begun.
UPDATE message SET called_at = claimed_at WHERE state IN ('claimed', 'unknown');
