-- A sample of members by the hash of their id: what live counts and lists of values read while somebody edits. The id never
-- changes, so a member's updates stay HOT.
CREATE INDEX member_sample ON member (workspace_id, (uuid_hash(id) & 1023)) WHERE merged_into IS NULL AND NOT is_anonymous;
