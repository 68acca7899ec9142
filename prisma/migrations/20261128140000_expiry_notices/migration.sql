-- ── How far the clock has told members' journeys of coupons and points that come to their end ─────────────────────
CREATE TABLE expiry_notice (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  subject text NOT NULL,                     -- coupon, points
  days_left int NOT NULL,
  told_to timestamptz(3) NOT NULL,           -- everything that ends by then was told of (points: their last day, at 00:00 UTC)
  last_id uuid,                              -- of what ends at that very instant, up to this one; NULL = all of it
  PRIMARY KEY (workspace_id, subject, days_left));
CREATE INDEX coupon_expiry ON coupon (workspace_id, expires_at, id) WHERE state = 'issued' AND expires_at IS NOT NULL;
CREATE INDEX points_lot_expiry ON points_lot (workspace_id, last_day, member_id) WHERE remaining > 0;

GRANT SELECT, INSERT, UPDATE, DELETE ON expiry_notice TO regulars_tenant;
ALTER TABLE expiry_notice ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON expiry_notice TO regulars_tenant USING (workspace_id = nullif(current_setting('regulars.workspace', true), '')::uuid);
