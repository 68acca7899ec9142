-- How many coupons of an offer are redeemed, counted as it happens: lists never count coupons. shard: of the connection that counts, so that many tills can.
CREATE TABLE offer_redeemed (
  workspace_id uuid NOT NULL, offer_id uuid NOT NULL, shard smallint NOT NULL, count int NOT NULL,
  PRIMARY KEY (workspace_id, offer_id, shard),
  FOREIGN KEY (workspace_id, offer_id) REFERENCES offer (workspace_id, id)) WITH (fillfactor = 50);

-- Those of before.
INSERT INTO offer_redeemed (workspace_id, offer_id, shard, count)
SELECT workspace_id, offer_id, 0, count(*) FROM coupon WHERE state = 'redeemed' GROUP BY 1, 2;

GRANT SELECT, INSERT, UPDATE, DELETE ON offer_redeemed TO regulars_tenant;
ALTER TABLE offer_redeemed ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON offer_redeemed TO regulars_tenant USING (workspace_id = nullif(current_setting('regulars.workspace', true), '')::uuid);
