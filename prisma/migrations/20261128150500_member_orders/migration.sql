-- ── What has been counted of each order, so that an order told twice counts once ──────────────────────────────────
CREATE TABLE member_order (
  workspace_id uuid NOT NULL,
  member_id uuid NOT NULL,
  order_id text NOT NULL,                    -- as the shop numbers it; a hash where that is longer than 200 characters
  merchant text NOT NULL,                    -- '' = not told
  event_id uuid,                             -- the event that paid it; NULL = only refunds have come
  paid bigint,
  refunded bigint NOT NULL,
  is_undone boolean NOT NULL,                -- wholly refunded
  counted smallint NOT NULL,                 -- what it adds to member.orders: 1, 0, or -1 (refunded before its payment was told)
  has_acted boolean NOT NULL,                -- its payment was offered to journeys
  PRIMARY KEY (workspace_id, member_id, order_id, merchant),
  FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id));

-- Payments of before: the first telling of each order. Refunds of before were taken as they came, and stay so.
INSERT INTO member_order (workspace_id, member_id, order_id, merchant, event_id, paid, refunded, is_undone, counted, has_acted)
SELECT DISTINCT ON (workspace_id, member_id, name, shop) workspace_id, member_id, name, shop, id, amount, 0, false, 1, true
FROM (
  SELECT workspace_id, member_id, id,
    CASE WHEN length(named) > 200 THEN encode(sha256(convert_to(named, 'UTF8')), 'hex') ELSE named END AS name,
    CASE WHEN length(told) > 200 THEN encode(sha256(convert_to(told, 'UTF8')), 'hex') ELSE told END AS shop,
    CASE WHEN jsonb_typeof(properties->'amount') = 'number' THEN (properties->>'amount')::numeric::bigint ELSE 0 END AS amount
  FROM event,
    LATERAL (SELECT btrim(properties->>'order_id') AS named,
      CASE WHEN jsonb_typeof(properties->'merchant') = 'string' THEN btrim(properties->>'merchant') ELSE '' END AS told) AS said
  WHERE event.name = 'order_paid' AND jsonb_typeof(properties->'order_id') IN ('string', 'number') AND named <> '') AS paid
ORDER BY workspace_id, member_id, name, shop, id;

GRANT SELECT, INSERT, UPDATE, DELETE ON member_order TO regulars_tenant;
ALTER TABLE member_order ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON member_order TO regulars_tenant USING (workspace_id = nullif(current_setting('regulars.workspace', true), '')::uuid);
