-- +goose Up
-- A community's wheel: its settings and segments as JSON, without stock.
CREATE TABLE wheels (
  community_id TEXT PRIMARY KEY,
  config TEXT NOT NULL,
  updated_at BIGINT NOT NULL
);

-- What is left of segments that have a stock.
CREATE TABLE wheel_stock (
  community_id TEXT NOT NULL,
  segment_id TEXT NOT NULL,
  remaining BIGINT NOT NULL,
  PRIMARY KEY (community_id, segment_id)
);

-- Where a member stands at the wheel. nonce counts the spins of the present seed.
CREATE TABLE wheel_members (
  community_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  spins BIGINT NOT NULL DEFAULT 0,
  total BIGINT NOT NULL DEFAULT 0,
  dry BIGINT NOT NULL DEFAULT 0,
  last_at BIGINT NOT NULL DEFAULT 0,
  free_at BIGINT NOT NULL DEFAULT 0,
  disabled BIGINT NOT NULL DEFAULT 0,
  weights TEXT NOT NULL DEFAULT '{}',
  seed_id TEXT NOT NULL DEFAULT '',
  seed TEXT NOT NULL DEFAULT '',
  client_seed TEXT NOT NULL DEFAULT '',
  nonce BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (community_id, member_id)
);

-- Seeds that were revealed, by the hash that was shown before.
CREATE TABLE wheel_seeds (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  seed TEXT NOT NULL,
  revealed_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);

CREATE TABLE wheel_spins (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  segment_id TEXT NOT NULL,
  label TEXT NOT NULL,
  type TEXT NOT NULL,
  amount BIGINT NOT NULL,
  source TEXT NOT NULL,
  cost BIGINT NOT NULL,
  balance_after BIGINT NOT NULL,
  seed_id TEXT NOT NULL,
  client_seed TEXT NOT NULL,
  nonce BIGINT NOT NULL,
  odds TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX wheel_spins_member ON wheel_spins (community_id, member_id, created_at, id);
CREATE INDEX wheel_spins_time ON wheel_spins (community_id, created_at, id);
