-- Who made a key, as the audit names actors: what a key asks for, its maker does not approve.
ALTER TABLE api_key ADD COLUMN made_by text;
-- The audit named a new key by the key itself. It tells once more who made which, and is then named by the key's id.
UPDATE api_key k SET made_by = a.actor
FROM audit a
WHERE a.workspace_id = k.workspace_id AND a.action = 'key.created' AND a.actor LIKE 'user:%'
  AND encode(sha256(convert_to(a.subject, 'UTF8')), 'hex') = k.hash;
UPDATE audit a SET subject = (
  SELECT k.id::text FROM api_key k WHERE k.workspace_id = a.workspace_id AND k.hash = encode(sha256(convert_to(a.subject, 'UTF8')), 'hex'))
WHERE a.action = 'key.created' AND a.subject ~ '^[sw]k_';
