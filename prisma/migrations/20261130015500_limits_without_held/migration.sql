-- Whom a holdout keeps out takes no place (decision 116): journeys that have such are counted anew at their next entry.
UPDATE journey_count c SET plan_id = ''
WHERE EXISTS (SELECT FROM run r WHERE r.workspace_id = c.workspace_id AND r.journey_id = c.journey_id AND r.is_held);
