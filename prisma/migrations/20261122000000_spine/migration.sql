-- The spine: every tenant table's primary key begins with workspace_id, every foreign key between tenant tables
-- carries it, and row-level security is the net below (end of file).

-- ── People who sign in: better-auth owns these four, global ──────────────────────────────────────────────────────
CREATE TABLE "user" (
  id text PRIMARY KEY, name text NOT NULL, email text NOT NULL UNIQUE, email_verified boolean NOT NULL DEFAULT false,
  image text, created_at timestamptz(3) NOT NULL DEFAULT now(), updated_at timestamptz(3) NOT NULL DEFAULT now());
CREATE TABLE session (
  id text PRIMARY KEY, token text NOT NULL UNIQUE, user_id text NOT NULL REFERENCES "user"(id) ON DELETE CASCADE,
  expires_at timestamptz(3) NOT NULL, ip_address text, user_agent text,
  created_at timestamptz(3) NOT NULL DEFAULT now(), updated_at timestamptz(3) NOT NULL DEFAULT now());
CREATE INDEX session_of_user ON session (user_id);
CREATE TABLE account (
  id text PRIMARY KEY, account_id text NOT NULL, provider_id text NOT NULL,
  user_id text NOT NULL REFERENCES "user"(id) ON DELETE CASCADE, password text,
  access_token text, refresh_token text, id_token text, scope text,
  access_token_expires_at timestamptz(3), refresh_token_expires_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(), updated_at timestamptz(3) NOT NULL DEFAULT now());
CREATE INDEX account_user ON account (user_id);
CREATE TABLE verification (
  id text PRIMARY KEY, identifier text NOT NULL, value text NOT NULL, expires_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(), updated_at timestamptz(3) NOT NULL DEFAULT now());
CREATE INDEX verification_identifier ON verification (identifier);

-- ── Workspace ────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE workspace (
  id uuid PRIMARY KEY, slug text NOT NULL UNIQUE, name text NOT NULL, time_zone text NOT NULL DEFAULT 'Asia/Shanghai',
  currency text NOT NULL DEFAULT 'CNY', locale text NOT NULL DEFAULT 'zh-CN', is_demo boolean NOT NULL DEFAULT false,
  settings jsonb NOT NULL DEFAULT '{}', created_at timestamptz(3) NOT NULL DEFAULT now());
-- Who may do what: one role of one user in one workspace.
CREATE TABLE role_grant (
  workspace_id uuid NOT NULL REFERENCES workspace(id), user_id text NOT NULL REFERENCES "user"(id) ON DELETE CASCADE,
  role text NOT NULL, granted_at timestamptz(3) NOT NULL DEFAULT now(), PRIMARY KEY (workspace_id, user_id));
CREATE INDEX role_grant_user ON role_grant (user_id);
CREATE TABLE api_key (
  workspace_id uuid NOT NULL REFERENCES workspace(id), id uuid NOT NULL, kind text NOT NULL, name text NOT NULL,
  prefix text NOT NULL, hash text NOT NULL UNIQUE, scopes text[] NOT NULL DEFAULT '{}',
  created_at timestamptz(3) NOT NULL DEFAULT now(), revoked_at timestamptz(3), PRIMARY KEY (workspace_id, id));
CREATE TABLE audit (
  workspace_id uuid NOT NULL REFERENCES workspace(id), id uuid NOT NULL, actor text NOT NULL, action text NOT NULL,
  subject text, detail jsonb NOT NULL DEFAULT '{}', at timestamptz(3) NOT NULL DEFAULT now(), PRIMARY KEY (workspace_id, id));
-- One answer per Idempotency-Key and route.
CREATE TABLE idempotency (
  workspace_id uuid NOT NULL REFERENCES workspace(id), route text NOT NULL, key text NOT NULL, request_hash text NOT NULL,
  status int, body jsonb, at timestamptz(3) NOT NULL DEFAULT now(), PRIMARY KEY (workspace_id, route, key));
CREATE TABLE merchant (
  workspace_id uuid NOT NULL REFERENCES workspace(id), id uuid NOT NULL, code text NOT NULL, name text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(), PRIMARY KEY (workspace_id, id), UNIQUE (workspace_id, code));
CREATE TABLE store (
  workspace_id uuid NOT NULL, id uuid NOT NULL, merchant_id uuid NOT NULL, code text NOT NULL, name text NOT NULL,
  region text, mall text, time_zone text, created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id), UNIQUE (workspace_id, code),
  FOREIGN KEY (workspace_id, merchant_id) REFERENCES merchant (workspace_id, id));

-- ── Members ──────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE member (
  workspace_id uuid NOT NULL REFERENCES workspace(id), id uuid NOT NULL,
  is_anonymous boolean NOT NULL DEFAULT false, merged_into uuid,
  name text, phone text, email text, locale text, time_zone text, birthday date, gender text,
  tier text NOT NULL DEFAULT 'basic', joined_at timestamptz(3) NOT NULL DEFAULT now(), joined_store_id uuid,
  -- what the projection folds from events; money in minor units
  orders int NOT NULL DEFAULT 0, spent bigint NOT NULL DEFAULT 0, first_order_at timestamptz(3), last_order_at timestamptz(3),
  visits int NOT NULL DEFAULT 0, last_visit_at timestamptz(3), last_seen_at timestamptz(3),
  attributes jsonb NOT NULL DEFAULT '{}',
  attribute_times jsonb NOT NULL DEFAULT '{}',   -- occurred_at per attribute: the latest wins, whatever the arrival order
  created_at timestamptz(3) NOT NULL DEFAULT now(), updated_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, merged_into) REFERENCES member (workspace_id, id),
  FOREIGN KEY (workspace_id, joined_store_id) REFERENCES store (workspace_id, id)
) WITH (fillfactor = 80);
CREATE INDEX member_merged ON member (workspace_id, merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX member_joined ON member (workspace_id, joined_at DESC, id) WHERE merged_into IS NULL;
CREATE INDEX member_phone ON member (workspace_id, phone) WHERE phone IS NOT NULL;
CREATE INDEX member_email ON member (workspace_id, email) WHERE email IS NOT NULL;
-- userId, anonymousId, phone, email, card, openid, push …: one owner each.
CREATE TABLE identity (
  workspace_id uuid NOT NULL, kind text NOT NULL, value text NOT NULL, member_id uuid NOT NULL,
  is_proven boolean NOT NULL DEFAULT false, detail jsonb NOT NULL DEFAULT '{}', created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, kind, value), FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id));
CREATE INDEX identity_member ON identity (workspace_id, member_id);
CREATE TABLE consent (
  workspace_id uuid NOT NULL, member_id uuid NOT NULL, channel text NOT NULL, purpose text NOT NULL,
  is_granted boolean NOT NULL, source text NOT NULL, evidence jsonb NOT NULL DEFAULT '{}', at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, member_id, channel, purpose), FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id));
CREATE TABLE suppression (
  workspace_id uuid NOT NULL REFERENCES workspace(id), channel text NOT NULL, address text NOT NULL, reason text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT now(), PRIMARY KEY (workspace_id, channel, address));
CREATE TABLE tag (
  workspace_id uuid NOT NULL REFERENCES workspace(id), name text NOT NULL, is_sensitive boolean NOT NULL DEFAULT false,
  created_at timestamptz(3) NOT NULL DEFAULT now(), PRIMARY KEY (workspace_id, name));
CREATE TABLE member_tag (
  workspace_id uuid NOT NULL, member_id uuid NOT NULL, tag text NOT NULL, source text NOT NULL, at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, member_id, tag), FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id),
  FOREIGN KEY (workspace_id, tag) REFERENCES tag (workspace_id, name));
CREATE INDEX member_tag_tag ON member_tag (workspace_id, tag, member_id);
-- Per-member daily facts: what behavioural leaves of rules read instead of raw events. day = workspace-local.
CREATE TABLE fact (
  workspace_id uuid NOT NULL, member_id uuid NOT NULL, name text NOT NULL, day date NOT NULL,
  count int NOT NULL, amount bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, member_id, name, day), FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id));

-- ── Segments ─────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE segment (
  workspace_id uuid NOT NULL REFERENCES workspace(id), id uuid NOT NULL, name text NOT NULL, rule jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(), updated_at timestamptz(3) NOT NULL DEFAULT now(), PRIMARY KEY (workspace_id, id));

-- ── Events ───────────────────────────────────────────────────────────────────────────────────────────────────────
-- The message key: what makes a retry harmless. Kept 35 days; hash-partitioned so that its index stays in memory.
CREATE TABLE event_key (
  workspace_id uuid NOT NULL, message_id text NOT NULL, event_id uuid NOT NULL, body_hash text NOT NULL,
  accepted_at timestamptz(3) NOT NULL, PRIMARY KEY (workspace_id, message_id)) PARTITION BY HASH (workspace_id, message_id);
CREATE TABLE event_key_0 PARTITION OF event_key FOR VALUES WITH (MODULUS 8, REMAINDER 0);
CREATE TABLE event_key_1 PARTITION OF event_key FOR VALUES WITH (MODULUS 8, REMAINDER 1);
CREATE TABLE event_key_2 PARTITION OF event_key FOR VALUES WITH (MODULUS 8, REMAINDER 2);
CREATE TABLE event_key_3 PARTITION OF event_key FOR VALUES WITH (MODULUS 8, REMAINDER 3);
CREATE TABLE event_key_4 PARTITION OF event_key FOR VALUES WITH (MODULUS 8, REMAINDER 4);
CREATE TABLE event_key_5 PARTITION OF event_key FOR VALUES WITH (MODULUS 8, REMAINDER 5);
CREATE TABLE event_key_6 PARTITION OF event_key FOR VALUES WITH (MODULUS 8, REMAINDER 6);
CREATE TABLE event_key_7 PARTITION OF event_key FOR VALUES WITH (MODULUS 8, REMAINDER 7);
CREATE TABLE event (
  workspace_id uuid NOT NULL REFERENCES workspace(id), id uuid NOT NULL, member_id uuid NOT NULL, message_id text NOT NULL,
  type text NOT NULL,                        -- identify, track, page, screen, group, alias, system
  name text NOT NULL,                        -- the catalogue's name (order_paid) or the sender's own
  properties jsonb NOT NULL DEFAULT '{}', context jsonb NOT NULL DEFAULT '{}',
  occurred_at timestamptz(3) NOT NULL, accepted_at timestamptz(3) NOT NULL, is_historical boolean NOT NULL DEFAULT false,
  PRIMARY KEY (workspace_id, id), FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id));
CREATE INDEX event_member ON event (workspace_id, member_id, occurred_at DESC, id);
-- Accepted and not yet dispatched. A derived event without a listener never comes here; its ledger row is the event.
CREATE TABLE inbox (
  lane int NOT NULL, id bigint GENERATED ALWAYS AS IDENTITY, workspace_id uuid NOT NULL, member_id uuid NOT NULL,
  event jsonb NOT NULL, accepted_at timestamptz(3) NOT NULL,
  -- lane, then workspace: a turn takes a share of each workspace, however long another's queue is
  PRIMARY KEY (lane, workspace_id, id));
CREATE INDEX inbox_member ON inbox (workspace_id, member_id, accepted_at);
CREATE TABLE lane (id int PRIMARY KEY, is_idle boolean NOT NULL DEFAULT true) WITH (fillfactor = 50);
INSERT INTO lane (id) SELECT generate_series(0, 15);
CREATE TABLE dead_letter (
  workspace_id uuid NOT NULL REFERENCES workspace(id), id uuid NOT NULL, kind text NOT NULL, reason text NOT NULL, member_id uuid,
  payload jsonb NOT NULL, at timestamptz(3) NOT NULL DEFAULT now(), replayed_at timestamptz(3), PRIMARY KEY (workspace_id, id));

-- ── Offers, coupons, points ──────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE offer (
  workspace_id uuid NOT NULL REFERENCES workspace(id), id uuid NOT NULL, name text NOT NULL, kind text NOT NULL,
  terms jsonb NOT NULL, state text NOT NULL DEFAULT 'active', per_member int,
  created_at timestamptz(3) NOT NULL DEFAULT now(), updated_at timestamptz(3) NOT NULL DEFAULT now(), PRIMARY KEY (workspace_id, id));
-- Apart from the offer, so that issuing never rewrites a row that others read. stock NULL = unlimited.
CREATE TABLE offer_stock (
  workspace_id uuid NOT NULL, offer_id uuid NOT NULL, stock int, issued int NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, offer_id), FOREIGN KEY (workspace_id, offer_id) REFERENCES offer (workspace_id, id),
  CHECK (stock IS NULL OR issued <= stock)) WITH (fillfactor = 50);
CREATE TABLE coupon (
  workspace_id uuid NOT NULL, id uuid NOT NULL, offer_id uuid NOT NULL, member_id uuid NOT NULL, code text NOT NULL,
  state text NOT NULL DEFAULT 'issued',      -- issued, redeemed, void (expired is expires_at in the past)
  issued_at timestamptz(3) NOT NULL, expires_at timestamptz(3), redeemed_at timestamptz(3),
  run_id uuid, step text, source text NOT NULL,
  PRIMARY KEY (workspace_id, id), CONSTRAINT coupon_workspace_id_code_key UNIQUE (code, workspace_id),
  FOREIGN KEY (workspace_id, offer_id) REFERENCES offer (workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id)) WITH (fillfactor = 90);
-- Secondary indexes of the hottest tables do not begin with the workspace: while statistics are missing the planner takes any index whose first
-- column it knows, and a look by (workspace_id, id), as each foreign key's, then walks a whole workspace (seen in the plans).
CREATE INDEX coupon_member ON coupon (member_id, workspace_id, offer_id);
CREATE INDEX coupon_offer ON coupon (offer_id, workspace_id, state);
CREATE TABLE redemption (
  workspace_id uuid NOT NULL, id uuid NOT NULL, coupon_id uuid NOT NULL, member_id uuid NOT NULL, store_id uuid,
  order_ref text, amount bigint NOT NULL, discount bigint NOT NULL, state text NOT NULL,   -- confirmed, cancelled
  at timestamptz(3) NOT NULL, cancelled_at timestamptz(3), actor text NOT NULL,
  PRIMARY KEY (workspace_id, id), FOREIGN KEY (workspace_id, coupon_id) REFERENCES coupon (workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id),
  FOREIGN KEY (workspace_id, store_id) REFERENCES store (workspace_id, id));
-- At most one standing redemption per coupon, whatever the code above does.
CREATE UNIQUE INDEX redemption_once ON redemption (workspace_id, coupon_id) WHERE state = 'confirmed';
CREATE INDEX redemption_coupon ON redemption (workspace_id, coupon_id);
CREATE INDEX redemption_member ON redemption (workspace_id, member_id);
CREATE TABLE points_account (
  workspace_id uuid NOT NULL, member_id uuid NOT NULL, balance int NOT NULL DEFAULT 0, last_hash text NOT NULL DEFAULT '',
  entries int NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, member_id), FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id)) WITH (fillfactor = 70);
CREATE TABLE points_lot (
  workspace_id uuid NOT NULL, id uuid NOT NULL, member_id uuid NOT NULL, earned int NOT NULL, remaining int NOT NULL,
  last_day date,                             -- usable through 23:59:59 of this workspace-local day; NULL = never expires
  created_at timestamptz(3) NOT NULL, PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id), CHECK (remaining BETWEEN 0 AND earned));
CREATE INDEX points_lot_member ON points_lot (workspace_id, member_id, last_day);
CREATE TABLE points_entry (
  workspace_id uuid NOT NULL, id uuid NOT NULL, member_id uuid NOT NULL, sequence int NOT NULL, kind text NOT NULL,
  points int NOT NULL, balance int NOT NULL, lot_id uuid, reason text NOT NULL, run_id uuid, step text,
  at timestamptz(3) NOT NULL, hash text NOT NULL,   -- chained per member over the previous hash; no personal data in it
  PRIMARY KEY (workspace_id, id), UNIQUE (workspace_id, member_id, sequence),
  FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id),
  FOREIGN KEY (workspace_id, lot_id) REFERENCES points_lot (workspace_id, id));

CREATE INDEX points_entry_lot ON points_entry (workspace_id, lot_id);

-- ── Journeys ─────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE journey (
  workspace_id uuid NOT NULL REFERENCES workspace(id), id uuid NOT NULL, name text NOT NULL,
  state text NOT NULL DEFAULT 'draft',       -- draft, live, paused, stopped, archived
  state_reason text, document jsonb NOT NULL, revision int NOT NULL DEFAULT 1,
  version int, plan_id text, shards int NOT NULL DEFAULT 1, priority int NOT NULL DEFAULT 0, labels text[] NOT NULL DEFAULT '{}',
  created_at timestamptz(3) NOT NULL DEFAULT now(), updated_at timestamptz(3) NOT NULL DEFAULT now(), published_at timestamptz(3),
  PRIMARY KEY (workspace_id, id));
CREATE INDEX journey_live ON journey (workspace_id) WHERE state IN ('live', 'paused');
CREATE TABLE plan (
  workspace_id uuid NOT NULL, id text NOT NULL, journey_id uuid NOT NULL, version int NOT NULL, document jsonb NOT NULL,
  body jsonb NOT NULL, published_by text NOT NULL, published_at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, id), UNIQUE (workspace_id, journey_id, version),
  FOREIGN KEY (workspace_id, journey_id) REFERENCES journey (workspace_id, id));
ALTER TABLE journey ADD FOREIGN KEY (workspace_id, plan_id) REFERENCES plan (workspace_id, id);
CREATE TABLE run (
  workspace_id uuid NOT NULL, id uuid NOT NULL, journey_id uuid NOT NULL, shard int NOT NULL DEFAULT 0, member_id uuid NOT NULL,
  plan_id text NOT NULL, entry_key text NOT NULL, step text NOT NULL, lap int NOT NULL DEFAULT 0,
  state text NOT NULL,                       -- ready, parked, goal, done, exited, failed
  port text,                                 -- ready after a wait: the port it leaves by; NULL: act the step anew
  ready_by text, ready_event uuid,           -- entry, event, timer, publish, resume, broadcast
  ready_order bigint, is_bulk boolean NOT NULL DEFAULT false,   -- arrival order; bulk yields to what an event readied
  due_at timestamptz(3), parked_at timestamptz(3),
  mail jsonb NOT NULL DEFAULT '[]',          -- events that came while it was ready, oldest first, at most 100
  entry_event jsonb NOT NULL DEFAULT '{}', vars jsonb NOT NULL DEFAULT '{}',   -- vars: what effects returned, by step id
  entered_at timestamptz(3) NOT NULL, ended_at timestamptz(3), goal_at timestamptz(3), reason text,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, journey_id) REFERENCES journey (workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id),
  FOREIGN KEY (workspace_id, plan_id) REFERENCES plan (workspace_id, id)) WITH (fillfactor = 80);
-- The claim's two indexes, the dispatcher's, the live counts', the run list's.
CREATE INDEX run_ready ON run (workspace_id, journey_id, shard, is_bulk, ready_order) WHERE state = 'ready';
CREATE INDEX run_due ON run (workspace_id, journey_id, shard, due_at) WHERE state = 'parked' AND due_at IS NOT NULL;
CREATE INDEX run_member_live ON run (workspace_id, member_id) WHERE state IN ('ready', 'parked');
CREATE INDEX run_step ON run (workspace_id, journey_id, step) WHERE state IN ('ready', 'parked', 'failed');
CREATE INDEX run_list ON run (journey_id, workspace_id, entered_at DESC, id);
CREATE INDEX run_member ON run (member_id, workspace_id, entered_at DESC);
CREATE SEQUENCE run_order;
-- Who has entered what: the re-entry rule is decided on this row.
CREATE TABLE entry (
  workspace_id uuid NOT NULL, journey_id uuid NOT NULL, member_id uuid NOT NULL, key text NOT NULL,
  count int NOT NULL DEFAULT 1, live int NOT NULL DEFAULT 1, last_run_id uuid NOT NULL, last_entered_at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, journey_id, member_id, key),
  FOREIGN KEY (workspace_id, journey_id) REFERENCES journey (workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id)) WITH (fillfactor = 80);
-- What each run decided and did. The primary key is the idempotency key of every effect.
CREATE TABLE journal (
  workspace_id uuid NOT NULL, run_id uuid NOT NULL, step text NOT NULL, lap int NOT NULL, port text, at timestamptz(3) NOT NULL,
  why jsonb, PRIMARY KEY (workspace_id, run_id, step, lap), FOREIGN KEY (workspace_id, run_id) REFERENCES run (workspace_id, id));
-- Counts per node for the canvas, written once per batch by the one conductor of the shard.
CREATE TABLE traffic (
  workspace_id uuid NOT NULL, journey_id uuid NOT NULL, shard int NOT NULL, hour timestamptz(3) NOT NULL, step text NOT NULL, port text NOT NULL,
  count int NOT NULL, PRIMARY KEY (workspace_id, journey_id, shard, hour, step, port),
  FOREIGN KEY (workspace_id, journey_id) REFERENCES journey (workspace_id, id)) WITH (fillfactor = 70);
-- Stored at first exposure, so that an edit never moves a member to another variant.
CREATE TABLE exposure (
  workspace_id uuid NOT NULL, experiment text NOT NULL, member_id uuid NOT NULL, variant text NOT NULL, at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, experiment, member_id), FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id));
-- Time-made entries: birthdays, inactivity, leaving a segment by time.
CREATE TABLE due (
  workspace_id uuid NOT NULL, journey_id uuid NOT NULL, member_id uuid NOT NULL, at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, journey_id, member_id), FOREIGN KEY (workspace_id, journey_id) REFERENCES journey (workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id));
CREATE INDEX due_at ON due (workspace_id, journey_id, at);
-- One durable workflow each: id = its workflow id, "journey/<id>/<shard>", "sender/<workspace>/<channel>".
CREATE TABLE conductor (
  workspace_id uuid NOT NULL REFERENCES workspace(id), id text NOT NULL, kind text NOT NULL, subject text NOT NULL, shard int NOT NULL DEFAULT 0,
  holder text, is_awake boolean NOT NULL DEFAULT false, next_due timestamptz(3), started_at timestamptz(3),
  PRIMARY KEY (workspace_id, id)) WITH (fillfactor = 50);
CREATE INDEX conductor_due ON conductor (next_due) WHERE next_due IS NOT NULL;
CREATE TABLE worker_beat (id text PRIMARY KEY, host text NOT NULL, pid int NOT NULL, beat_at timestamptz(3) NOT NULL) WITH (fillfactor = 50);

-- ── Messages ─────────────────────────────────────────────────────────────────────────────────────────────────────
-- The row every send of one member is gated under; STOP takes the same lock.
CREATE TABLE member_gate (
  workspace_id uuid NOT NULL, member_id uuid NOT NULL, version int NOT NULL DEFAULT 0, PRIMARY KEY (workspace_id, member_id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id)) WITH (fillfactor = 70);
CREATE TABLE message (
  workspace_id uuid NOT NULL, id uuid NOT NULL, member_id uuid NOT NULL, run_id uuid, step text, lap int, journey_id uuid,
  channel text NOT NULL, purpose text NOT NULL, provider text, priority int NOT NULL DEFAULT 0,
  state text NOT NULL,                       -- queued, claimed, accepted, delivered, failed, unknown, skipped
  plan_id text, effect int,                  -- a journey's message: its content is the plan's, at (step, effect)
  content jsonb,                             -- any other message: its own
  variables jsonb NOT NULL DEFAULT '{}', rendered jsonb, address text, reason text, ref text, attempts int NOT NULL DEFAULT 0,
  queued_at timestamptz(3) NOT NULL, not_before timestamptz(3) NOT NULL, expires_at timestamptz(3) NOT NULL,
  claimed_at timestamptz(3), claimed_by text, accepted_at timestamptz(3), delivered_at timestamptz(3), opened_at timestamptz(3), clicked_at timestamptz(3),
  PRIMARY KEY (workspace_id, id), CONSTRAINT message_workspace_id_run_id_step_lap_effect_key UNIQUE (run_id, step, lap, effect, workspace_id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id),
  FOREIGN KEY (workspace_id, run_id) REFERENCES run (workspace_id, id),
  FOREIGN KEY (workspace_id, plan_id) REFERENCES plan (workspace_id, id),
  FOREIGN KEY (workspace_id, journey_id) REFERENCES journey (workspace_id, id), CHECK (plan_id IS NOT NULL OR content IS NOT NULL)) WITH (fillfactor = 70);
CREATE INDEX message_queue ON message (workspace_id, channel, priority DESC, id) WHERE state = 'queued';
CREATE INDEX message_claimed ON message (claimed_at) WHERE state IN ('claimed', 'unknown');
CREATE INDEX message_ref ON message (workspace_id, provider, ref) WHERE ref IS NOT NULL;
CREATE INDEX message_member ON message (member_id, workspace_id, queued_at DESC);

-- ── The net below: row-level security for the role every write() and read() takes ────────────────────────────────
DO $$ BEGIN CREATE ROLE regulars_tenant NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN EXECUTE format('GRANT regulars_tenant TO %I', current_user); END $$;
GRANT USAGE ON SCHEMA public TO regulars_tenant;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO regulars_tenant;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO regulars_tenant;
REVOKE ALL ON session, account, verification FROM regulars_tenant;
DO $$ DECLARE t text; BEGIN
  FOR t IN SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
           WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND a.attname = 'workspace_id' AND NOT a.attisdropped LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    -- unset or empty fails closed: NULL = workspace_id is never true
    EXECUTE format('CREATE POLICY tenant ON %I TO regulars_tenant USING (workspace_id = nullif(current_setting(''regulars.workspace'', true), '''')::uuid)', t);
  END LOOP;
  ALTER TABLE workspace ENABLE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON workspace TO regulars_tenant USING (id = nullif(current_setting('regulars.workspace', true), '')::uuid);
END $$;
