-- Which coupons an order has already: one, unless all of them are stackable.
CREATE INDEX redemption_order ON redemption (workspace_id, order_ref, at DESC) WHERE state = 'confirmed' AND order_ref IS NOT NULL;
