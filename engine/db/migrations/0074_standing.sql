-- +goose Up

-- What a member's standing on the ladder differs from the XP: above zero what
-- was taken away since the peak, below zero what demotions took.
ALTER TABLE balances ADD COLUMN tier_shift BIGINT NOT NULL DEFAULT 0;
ALTER TABLE balances ADD COLUMN tier_seen TEXT NOT NULL DEFAULT '';
ALTER TABLE balances ADD COLUMN tier_checked BIGINT NOT NULL DEFAULT 0;

CREATE INDEX balances_demoted ON balances (community_id) WHERE tier_shift < 0;

-- How far each reader has read a community's ledger. Without a row: not at all.
CREATE TABLE ledger_readers (
  community_id TEXT NOT NULL,
  name TEXT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (community_id, name)
);
INSERT INTO ledger_readers (community_id, name, seq) SELECT community_id, 'rewards', n FROM counters WHERE name = 'ledger';

-- Each move of a member between tiers, with the ledger entry that made it.
CREATE TABLE tier_changes (
  community_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  from_tier TEXT NOT NULL,
  to_tier TEXT NOT NULL,
  reason TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, member_id, seq)
);

-- One conversion of a unit for all members: from whom it goes on.
CREATE TABLE conversions (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  from_unit TEXT NOT NULL,
  to_unit TEXT NOT NULL,
  take BIGINT NOT NULL,
  give BIGINT NOT NULL,
  state TEXT NOT NULL,
  after_member TEXT NOT NULL DEFAULT '',
  members BIGINT NOT NULL,
  done BIGINT NOT NULL DEFAULT 0,
  taken BIGINT NOT NULL DEFAULT 0,
  given BIGINT NOT NULL DEFAULT 0,
  created_by TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  finished_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX conversions_running ON conversions (community_id) WHERE state = 'running';
