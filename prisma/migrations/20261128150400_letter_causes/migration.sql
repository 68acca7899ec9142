-- Why, as a code with its parameters, so that each reader is told in their language; letters from before have only their sentence.
ALTER TABLE dead_letter ALTER COLUMN reason DROP NOT NULL, ADD COLUMN cause text, ADD COLUMN facts jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN name text, ADD COLUMN corrected_as uuid;
UPDATE dead_letter SET name = coalesce(payload ->> 'name', payload -> 'said' ->> 'event');
-- A message that certainly failed may go again, as a message of its own, once.
ALTER TABLE message ADD COLUMN again_of uuid;
CREATE UNIQUE INDEX message_again_of ON message (again_of, workspace_id) WHERE again_of IS NOT NULL;
