-- What upkeep forgets is found by its age: without these each look that finds nothing reads everything. A B-tree, not BRIN: rows that are deleted
-- leave room for new ones among the old, and a block range's bounds never narrow again (decision 072).
CREATE INDEX event_key_accepted ON event_key (accepted_at);
CREATE INDEX idempotency_at ON idempotency (at);
