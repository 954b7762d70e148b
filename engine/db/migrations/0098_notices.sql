-- +goose Up
-- What members are told in the product. id sorts by time.
CREATE TABLE notices (
  community_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  link TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  is_read BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (community_id, member_id, id)
);
CREATE INDEX notices_unread ON notices (community_id, member_id) WHERE is_read = 0;
CREATE INDEX notices_age ON notices (created_at);

-- The deadline that a member was warned of last.
ALTER TABLE streak_members ADD COLUMN told BIGINT NOT NULL DEFAULT 0;
