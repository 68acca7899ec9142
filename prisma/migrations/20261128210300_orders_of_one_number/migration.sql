-- ── A number that comes again may be another order: tills begin anew each day ──────────────────────────────────────
ALTER TABLE member_order
  ADD COLUMN nth smallint NOT NULL DEFAULT 1,  -- tells a member's orders of one number apart
  ADD COLUMN at timestamptz(3);                -- when it was paid, before that when its first refund came; NULL = before this was kept

UPDATE member_order o SET nth = n.nth
FROM (SELECT workspace_id, member_id, order_id, merchant,
  row_number() OVER (PARTITION BY workspace_id, member_id, order_id ORDER BY merchant) AS nth FROM member_order) n
WHERE n.nth > 1 AND o.workspace_id = n.workspace_id AND o.member_id = n.member_id AND o.order_id = n.order_id AND o.merchant = n.merchant;
UPDATE member_order o SET at = e.occurred_at FROM event e WHERE e.workspace_id = o.workspace_id AND e.id = o.event_id;

ALTER TABLE member_order DROP CONSTRAINT member_order_pkey;
ALTER TABLE member_order ADD PRIMARY KEY (workspace_id, member_id, order_id, nth);
ALTER TABLE member_order ALTER COLUMN nth DROP DEFAULT;
