-- +goose Up
-- Orders. product is the copy that the order keeps: name, instructions, what
-- was shown at the purchase. Ids are ObjectIds; order_id is the readable one.
CREATE TABLE purchases (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  order_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  product_id TEXT NOT NULL,
  product TEXT NOT NULL,
  quantity BIGINT NOT NULL DEFAULT 1,
  paid BIGINT NOT NULL DEFAULT 0,
  currency TEXT NOT NULL DEFAULT 'coins',
  status TEXT NOT NULL DEFAULT '',
  voucher_id TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX purchases_order ON purchases (community_id, order_id);
CREATE INDEX purchases_member ON purchases (community_id, member_id, created_at);
CREATE INDEX purchases_newest ON purchases (community_id, created_at);

-- Voucher codes, each once per product.
CREATE TABLE vouchers (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  product_id TEXT NOT NULL,
  code TEXT NOT NULL,
  expires_on TEXT NOT NULL DEFAULT '',
  purchase_id TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX vouchers_code ON vouchers (community_id, product_id, code);
