-- +goose Up
-- What a member earned and did on each day of the community's zone that is
-- over; the present day is in its balances, and moves here when it ends.
CREATE TABLE member_days (
  community_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  day TEXT NOT NULL,
  xp BIGINT NOT NULL DEFAULT 0,
  coins BIGINT NOT NULL DEFAULT 0,
  messages BIGINT NOT NULL DEFAULT 0,
  replies BIGINT NOT NULL DEFAULT 0,
  reactions BIGINT NOT NULL DEFAULT 0,
  socials BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (community_id, member_id, day)
);
-- "messages,replies,reactions,socials" of the day named in today.
ALTER TABLE balances ADD COLUMN today_counts TEXT NOT NULL DEFAULT '';
