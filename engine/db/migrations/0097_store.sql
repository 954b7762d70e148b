-- +goose Up
-- A community's store: its settings as JSON.
CREATE TABLE stores (
  community_id TEXT PRIMARY KEY,
  config TEXT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE store_categories (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  name_key TEXT NOT NULL,
  position BIGINT NOT NULL,
  config TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX store_categories_name ON store_categories (community_id, name_key);

-- Products; stock -1 is endless, config is the rest as JSON.
CREATE TABLE products (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  name_key TEXT NOT NULL,
  category_id TEXT NOT NULL,
  position BIGINT NOT NULL,
  archived BIGINT NOT NULL,
  stock BIGINT NOT NULL,
  orders BIGINT NOT NULL DEFAULT 0,
  config TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX products_name ON products (community_id, name_key);
CREATE INDEX products_category ON products (community_id, category_id);

-- Statuses that the team has made; position orders them.
CREATE TABLE redemption_statuses (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  category TEXT NOT NULL,
  color TEXT NOT NULL,
  position BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX redemption_statuses_name ON redemption_statuses (community_id, name_key);

-- How orders moved between statuses.
CREATE TABLE purchase_steps (
  community_id TEXT NOT NULL,
  purchase_id TEXT NOT NULL,
  n BIGINT NOT NULL,
  was TEXT NOT NULL,
  now TEXT NOT NULL,
  by_name TEXT NOT NULL,
  note TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (community_id, purchase_id, n)
);

ALTER TABLE purchases ADD COLUMN info TEXT NOT NULL DEFAULT '';
ALTER TABLE purchases ADD COLUMN refunded BIGINT NOT NULL DEFAULT 0;
ALTER TABLE purchases ADD COLUMN cancelled BIGINT NOT NULL DEFAULT 0;
ALTER TABLE vouchers ADD COLUMN last_day TEXT NOT NULL DEFAULT '';
CREATE INDEX purchases_bought ON purchases (community_id, member_id, product_id, created_at);
CREATE INDEX vouchers_left ON vouchers (community_id, product_id, last_day) WHERE purchase_id = '';
