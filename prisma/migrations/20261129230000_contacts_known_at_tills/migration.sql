-- Whom tills know by a phone or email is reached there, unless they said another or that they have none (decision 083); here those known before.
-- "#phone" at 0: whatever they say of it later, about whatever time, stands.
UPDATE member m
SET phone = COALESCE(m.phone, i.phone), email = COALESCE(m.email, i.email),
  attribute_times = m.attribute_times
    || CASE WHEN m.phone IS NULL AND i.phone IS NOT NULL THEN '{"#phone": 0}'::jsonb ELSE '{}' END
    || CASE WHEN m.email IS NULL AND i.email IS NOT NULL THEN '{"#email": 0}'::jsonb ELSE '{}' END
FROM (
  SELECT workspace_id, member_id, min(value) FILTER (WHERE kind = 'phone') AS phone, min(value) FILTER (WHERE kind = 'email') AS email
  FROM identity k
  WHERE kind IN ('phone', 'email') AND EXISTS (
    SELECT FROM member o
    WHERE o.workspace_id = k.workspace_id AND o.id = k.member_id AND o.merged_into IS NULL
      AND CASE k.kind WHEN 'phone' THEN o.phone ELSE o.email END IS NULL AND NOT o.attribute_times ? ('#' || k.kind))
  GROUP BY workspace_id, member_id) i
WHERE m.workspace_id = i.workspace_id AND m.id = i.member_id;
