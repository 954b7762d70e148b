-- +goose Up
CREATE TABLE widgets (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  target_id TEXT NOT NULL,
  is_public BOOLEAN NOT NULL DEFAULT FALSE,
  is_enabled BOOLEAN NOT NULL DEFAULT TRUE,
  allowed_origins TEXT NOT NULL DEFAULT '[]',
  options TEXT NOT NULL DEFAULT '{}',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);

CREATE TABLE access_keys (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  access_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  hash TEXT NOT NULL,
  sealed TEXT NOT NULL,
  old_hash TEXT NOT NULL DEFAULT '',
  old_sealed TEXT NOT NULL DEFAULT '',
  old_until BIGINT NOT NULL DEFAULT 0,
  algorithm TEXT NOT NULL,
  public_key TEXT NOT NULL DEFAULT '',
  allowed_origins TEXT NOT NULL DEFAULT '[]',
  identifier_map TEXT NOT NULL DEFAULT '{}',
  create_users BOOLEAN NOT NULL DEFAULT FALSE,
  is_active BOOLEAN NOT NULL DEFAULT TRUE,
  revoked_at BIGINT NOT NULL DEFAULT 0,
  last_used_at BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);

-- Each presented jti or ticket once: the primary key is the replay guard.
CREATE TABLE embed_used (
  community_id TEXT NOT NULL,
  jti TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, jti)
);
CREATE INDEX embed_used_age ON embed_used (expires_at);

CREATE TABLE embed_sessions (
  id TEXT PRIMARY KEY,
  community_id TEXT NOT NULL,
  refresh_hash TEXT NOT NULL UNIQUE,
  access_key_id TEXT NOT NULL DEFAULT '',
  widget_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  origin TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE embed_log (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  widget_id TEXT NOT NULL DEFAULT '',
  access_id TEXT NOT NULL DEFAULT '',
  event TEXT NOT NULL,
  code TEXT NOT NULL DEFAULT '',
  detail TEXT NOT NULL DEFAULT '',
  origin TEXT NOT NULL DEFAULT '',
  member_id TEXT NOT NULL DEFAULT '',
  ip TEXT NOT NULL DEFAULT '',
  request_id TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX embed_log_newest ON embed_log (community_id, created_at);
