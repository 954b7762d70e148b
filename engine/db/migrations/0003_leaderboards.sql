-- +goose Up
CREATE TABLE leaderboards (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  slug TEXT NOT NULL,
  enabled BOOLEAN NOT NULL DEFAULT TRUE,
  display_order BIGINT NOT NULL DEFAULT 0,
  spec TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX leaderboards_slug ON leaderboards (community_id, slug);

-- A projection of the ledger, written lazily in sorted batches; rebuilt from the ledger when in doubt.
-- seq is the ledger number up to which the row is exact: what comes up to it is not counted again.
CREATE TABLE board_scores (
  community_id TEXT NOT NULL,
  board_id TEXT NOT NULL,
  period_key TEXT NOT NULL,
  member_no BIGINT NOT NULL,
  score BIGINT NOT NULL,
  reached_at BIGINT NOT NULL,
  seq BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (community_id, board_id, period_key, member_no)
);

-- How far the projection of a board has followed the ledger.
CREATE TABLE board_marks (
  community_id TEXT NOT NULL,
  board_id TEXT NOT NULL,
  spec_hash TEXT NOT NULL,
  applied_seq BIGINT NOT NULL,
  PRIMARY KEY (community_id, board_id)
);

-- Present and closed periods of a board; closed ones stay readable.
CREATE TABLE board_periods (
  community_id TEXT NOT NULL,
  board_id TEXT NOT NULL,
  period TEXT NOT NULL,
  period_key TEXT NOT NULL,
  starts_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  closed_at BIGINT NOT NULL DEFAULT 0,
  total BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (community_id, board_id, period_key)
);

-- Ranks when the day began, for the movement arrows; the first thousand only.
CREATE TABLE board_mornings (
  community_id TEXT NOT NULL,
  board_id TEXT NOT NULL,
  period_key TEXT NOT NULL,
  day TEXT NOT NULL,
  ranks TEXT NOT NULL,
  PRIMARY KEY (community_id, board_id, period_key)
);

-- Dummies and deleted members are few; boards leave them out.
CREATE INDEX members_dummy ON members (community_id, no) WHERE is_dummy;
CREATE INDEX members_deleted ON members (community_id, no) WHERE deleted_at <> 0;
