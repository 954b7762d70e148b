-- +goose Up
-- Roles that members get by themselves at an amount of XP. Until it is
-- settled, those who have the XP already may not have the role yet.
CREATE TABLE role_thresholds (
  community_id TEXT NOT NULL,
  role_id TEXT NOT NULL,
  xp BIGINT NOT NULL,
  take_back BOOLEAN NOT NULL DEFAULT FALSE,
  settled BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (community_id, role_id)
);
CREATE INDEX role_thresholds_open ON role_thresholds (community_id) WHERE NOT settled;
