-- What the gate decides by, and the order in which messages leave.
ALTER TABLE message
  ADD category text,                         -- what it is about, for caps per category
  ADD quiet text,                            -- 'hold' or 'drop' in quiet hours; NULL = as the workspace says
  ADD is_bulk boolean NOT NULL DEFAULT false,-- readied by a timer, a broadcast …: behind what an event readied
  ADD is_held boolean NOT NULL DEFAULT false,-- queued, but not before its instant: out of the way of those that may leave
  ADD parts int NOT NULL DEFAULT 1,          -- billed units
  ADD cost bigint NOT NULL DEFAULT 0,        -- minor units; counts from the claim, nothing once it certainly did not go
  ADD clicked_links bigint NOT NULL DEFAULT 0;
DROP INDEX message_queue;
CREATE INDEX message_queue ON message (workspace_id, channel, is_bulk, priority DESC, id) WHERE state = 'queued' AND NOT is_held;
CREATE INDEX message_held ON message (workspace_id, channel, not_before, journey_id) WHERE state = 'queued' AND is_held;
-- What frequency caps count: by member, over all channels and journeys.
CREATE INDEX message_counted ON message (workspace_id, member_id, claimed_at)
  WHERE purpose = 'marketing' AND state IN ('claimed', 'accepted', 'delivered', 'unknown');

-- An open complaint pauses promotions to its member until seven days after it closes.
CREATE TABLE complaint (
  workspace_id uuid NOT NULL, member_id uuid NOT NULL, reference text NOT NULL, opened_at timestamptz(3) NOT NULL, closed_at timestamptz(3),
  PRIMARY KEY (workspace_id, member_id, reference), FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id));

-- What messages have cost, kept under the lock that budgets are enforced by: one row per journey for good, one per workspace and month.
CREATE TABLE spending (
  workspace_id uuid NOT NULL REFERENCES workspace(id), subject text NOT NULL, spent bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, subject)) WITH (fillfactor = 50);

-- Providers are the installation's: how fast each may be called, and whether it may be called at all, for every worker alike.
CREATE TABLE provider_rate (provider text PRIMARY KEY, empty_at bigint NOT NULL) WITH (fillfactor = 50);
CREATE TABLE provider_circuit (
  provider text PRIMARY KEY, failures int NOT NULL DEFAULT 0, trips int NOT NULL DEFAULT 0, open_until timestamptz(3), reason text,
  changed_at timestamptz(3) NOT NULL) WITH (fillfactor = 50);

GRANT SELECT, INSERT, UPDATE, DELETE ON complaint, spending TO regulars_tenant;
GRANT SELECT ON provider_circuit TO regulars_tenant;
ALTER TABLE complaint ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON complaint TO regulars_tenant USING (workspace_id = nullif(current_setting('regulars.workspace', true), '')::uuid);
ALTER TABLE spending ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON spending TO regulars_tenant USING (workspace_id = nullif(current_setting('regulars.workspace', true), '')::uuid);
