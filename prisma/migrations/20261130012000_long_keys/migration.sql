-- Re-entry keys longer than 500 characters are told by their beginning and their SHA-256. Those from before stand whole and would count anew: they are
-- told so too, in the runs first, which are found by them. Left as they are: of journeys that enter once a key only, those whose key counted
-- anew already, and those with characters that the engine counts as two.
UPDATE run r SET entry_key = left(e.key, 500) || ' ' || encode(sha256(convert_to(e.key, 'UTF8')), 'hex')
FROM (SELECT DISTINCT workspace_id, journey_id FROM plan WHERE body -> 'reentry' ->> 'is' = 'per_key') AS j
JOIN entry e ON e.workspace_id = j.workspace_id AND e.journey_id = j.journey_id AND char_length(e.key) > 500
WHERE e.key !~ '[\U00010000-\U0010ffff]' AND NOT (char_length(e.key) = 565 AND e.key ~ ' [0-9a-f]{64}$')
  AND NOT EXISTS (
    SELECT FROM entry o WHERE o.workspace_id = e.workspace_id AND o.journey_id = e.journey_id AND o.member_id = e.member_id
      AND o.key = left(e.key, 500) || ' ' || encode(sha256(convert_to(e.key, 'UTF8')), 'hex'))
  AND r.workspace_id = e.workspace_id AND r.journey_id = e.journey_id AND r.member_id = e.member_id AND r.entry_key = e.key;

UPDATE entry e SET key = left(e.key, 500) || ' ' || encode(sha256(convert_to(e.key, 'UTF8')), 'hex')
FROM (SELECT DISTINCT workspace_id, journey_id FROM plan WHERE body -> 'reentry' ->> 'is' = 'per_key') AS j
WHERE e.workspace_id = j.workspace_id AND e.journey_id = j.journey_id AND char_length(e.key) > 500
  AND e.key !~ '[\U00010000-\U0010ffff]' AND NOT (char_length(e.key) = 565 AND e.key ~ ' [0-9a-f]{64}$')
  AND NOT EXISTS (
    SELECT FROM entry o WHERE o.workspace_id = e.workspace_id AND o.journey_id = e.journey_id AND o.member_id = e.member_id
      AND o.key = left(e.key, 500) || ' ' || encode(sha256(convert_to(e.key, 'UTF8')), 'hex'));
