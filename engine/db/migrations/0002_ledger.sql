-- +goose Up
CREATE TABLE rules (
  community_id TEXT NOT NULL,
  action TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  enabled BOOLEAN NOT NULL DEFAULT TRUE,
  xp BIGINT NOT NULL DEFAULT 0,
  coins BIGINT NOT NULL DEFAULT 0,
  premium BIGINT NOT NULL DEFAULT 0,
  cooldown_s BIGINT NOT NULL DEFAULT 0,
  daily_cap BIGINT NOT NULL DEFAULT 0,
  position BIGINT NOT NULL DEFAULT 0,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, action)
);

-- Append-only: one row per act, with the deltas and the balances after it.
CREATE TABLE ledger (
  community_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  member_id TEXT NOT NULL,
  member_no BIGINT NOT NULL,
  action TEXT NOT NULL,
  xp BIGINT NOT NULL DEFAULT 0,
  coins BIGINT NOT NULL DEFAULT 0,
  premium BIGINT NOT NULL DEFAULT 0,
  xp_after BIGINT NOT NULL DEFAULT 0,
  coins_after BIGINT NOT NULL DEFAULT 0,
  premium_after BIGINT NOT NULL DEFAULT 0,
  value BIGINT NOT NULL DEFAULT 0,
  counts BOOLEAN NOT NULL DEFAULT TRUE,
  reason TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '',
  reference TEXT NOT NULL DEFAULT '',
  actor TEXT NOT NULL DEFAULT '',
  occurred_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, seq)
);
CREATE INDEX ledger_member ON ledger (community_id, member_id, seq);
CREATE UNIQUE INDEX ledger_reference ON ledger (community_id, source, reference) WHERE reference <> '';

CREATE TABLE balances (
  community_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  member_no BIGINT NOT NULL,
  xp BIGINT NOT NULL DEFAULT 0,
  coins BIGINT NOT NULL DEFAULT 0,
  premium BIGINT NOT NULL DEFAULT 0,
  messages BIGINT NOT NULL DEFAULT 0,
  replies BIGINT NOT NULL DEFAULT 0,
  reactions BIGINT NOT NULL DEFAULT 0,
  referrals BIGINT NOT NULL DEFAULT 0,
  visits BIGINT NOT NULL DEFAULT 0,
  login_streak BIGINT NOT NULL DEFAULT 0,
  visit_day TEXT NOT NULL DEFAULT '',
  today TEXT NOT NULL DEFAULT '',
  today_xp BIGINT NOT NULL DEFAULT 0,
  today_coins BIGINT NOT NULL DEFAULT 0,
  updated_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (community_id, member_id)
);

-- When a member was last paid for an action, and how often today: cooldowns and caps.
CREATE TABLE rule_marks (
  community_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  action TEXT NOT NULL,
  paid_at BIGINT NOT NULL,
  day TEXT NOT NULL,
  paid_today BIGINT NOT NULL,
  PRIMARY KEY (community_id, member_id, action)
);
