-- +goose Up
-- Warnings, suspensions and bans. Rows stay for the misconduct log.
CREATE TABLE penalties (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  ends_at BIGINT NOT NULL DEFAULT 0,
  given_by TEXT NOT NULL DEFAULT '',
  given_name TEXT NOT NULL DEFAULT '',
  revoked_at BIGINT NOT NULL DEFAULT 0,
  revoked_reason TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX penalties_member ON penalties (community_id, member_id, created_at);
CREATE INDEX penalties_standing ON penalties (community_id, kind, revoked_at, ends_at);
