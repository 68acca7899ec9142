-- Several events of one member that a journey turned away in one turn are told one by one: the event is part of the key. Rows of before keep ''.
-- The table holds 30 days of those turned away; its key is built anew, and nothing writes to it meanwhile.
ALTER TABLE turned_away ADD COLUMN event_id text NOT NULL DEFAULT '';
ALTER TABLE turned_away DROP CONSTRAINT turned_away_pkey, ADD PRIMARY KEY (workspace_id, member_id, journey_id, at, reason, event_id);
