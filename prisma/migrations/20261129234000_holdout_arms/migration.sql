-- On which side of a holdout's comparison a member is since it first met them: of the workspace's on the member, of a journey's on their entries.
-- Null: never met one. holdout_share: the percentage then; of the workspace's not known from before.
ALTER TABLE member ADD COLUMN holdout_held boolean, ADD COLUMN holdout_share double precision, ADD COLUMN holdout_at timestamptz(3);
ALTER TABLE entry ADD COLUMN holdout_held boolean, ADD COLUMN holdout_share double precision, ADD COLUMN holdout_at timestamptz(3);

-- Those of before, where runs tell: of journeys whose plans have a holdout, by the first run under one. Other journeys' runs are not read.
WITH measured AS (
  SELECT workspace_id, journey_id, id, (body -> 'holdout' ->> 'percent')::float8 AS share FROM plan WHERE (body -> 'holdout' ->> 'percent')::float8 > 0),
first AS (
  SELECT DISTINCT ON (r.workspace_id, r.journey_id, r.member_id) r.workspace_id, r.journey_id, r.member_id, r.is_held, m.share, r.entered_at
  FROM measured m JOIN run r ON r.workspace_id = m.workspace_id AND r.journey_id = m.journey_id AND r.plan_id = m.id
  ORDER BY r.workspace_id, r.journey_id, r.member_id, r.entered_at, r.id)
UPDATE entry e SET holdout_held = f.is_held, holdout_share = f.share, holdout_at = f.entered_at FROM first f
WHERE e.workspace_id = f.workspace_id AND e.journey_id = f.journey_id AND e.member_id = f.member_id;

-- Held where the journey has none of its own: the workspace's did it. Whom it let in shows nowhere; the draw finds them again.
WITH first AS (
  SELECT DISTINCT ON (r.workspace_id, r.member_id) r.workspace_id, r.member_id, r.entered_at
  FROM run r JOIN plan p ON p.workspace_id = r.workspace_id AND p.id = r.plan_id
  WHERE r.is_held AND coalesce((p.body -> 'holdout' ->> 'percent')::float8, 0) = 0
  ORDER BY r.workspace_id, r.member_id, r.entered_at, r.id)
UPDATE member m SET holdout_held = true, holdout_at = f.entered_at FROM first f
WHERE m.workspace_id = f.workspace_id AND m.id = f.member_id;
