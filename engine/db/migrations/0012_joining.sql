-- +goose Up
-- What must be agreed to before joining. A new text is a new version.
CREATE TABLE policies (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  position BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);

CREATE TABLE consents (
  community_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  policy_id TEXT NOT NULL,
  version BIGINT NOT NULL,
  ip TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, member_id, policy_id, version)
);

CREATE TABLE join_requirements (
  community_id TEXT PRIMARY KEY,
  fields TEXT NOT NULL DEFAULT '[]',
  updated_at BIGINT NOT NULL
);

CREATE TABLE invites (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  code TEXT NOT NULL,
  role_id TEXT NOT NULL DEFAULT '',
  creator_id TEXT NOT NULL DEFAULT '',
  max_uses BIGINT NOT NULL DEFAULT 0,
  uses BIGINT NOT NULL DEFAULT 0,
  expires_at BIGINT NOT NULL DEFAULT 0,
  revoked_at BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX invites_code ON invites (community_id, code);
