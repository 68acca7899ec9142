-- Where a store stands, and since when a store or merchant takes nothing new; what they did stays.
ALTER TABLE store ADD COLUMN address text, ADD COLUMN closed_at timestamptz(3);
ALTER TABLE merchant ADD COLUMN closed_at timestamptz(3);
-- What was used at a store lately.
CREATE INDEX redemption_store ON redemption (store_id, workspace_id, at DESC) WHERE store_id IS NOT NULL;
