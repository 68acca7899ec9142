-- Redemptions are listed by their order in whatever state; the coupons that an order has already are found the same way.
DROP INDEX redemption_order;
CREATE INDEX redemption_order ON redemption (workspace_id, order_ref, at DESC) WHERE order_ref IS NOT NULL;
