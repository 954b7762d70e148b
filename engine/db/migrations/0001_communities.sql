-- +goose Up
CREATE TABLE communities (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  uri TEXT NOT NULL UNIQUE,
  domain TEXT NOT NULL DEFAULT '',
  description TEXT NOT NULL DEFAULT '',
  icon TEXT NOT NULL DEFAULT '',
  timezone TEXT NOT NULL DEFAULT 'UTC',
  language TEXT NOT NULL DEFAULT 'en',
  tiers TEXT NOT NULL DEFAULT '[]',
  tier_display TEXT NOT NULL DEFAULT '{"levels":true,"tiers":true}',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX communities_domain ON communities (domain) WHERE domain <> '';

-- Rows that hand out numbers: members, ledger sequence, in commit order.
CREATE TABLE counters (
  community_id TEXT NOT NULL,
  name TEXT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (community_id, name)
);

CREATE TABLE members (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  no BIGINT NOT NULL,
  username TEXT NOT NULL,
  username_key TEXT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  display_name TEXT NOT NULL DEFAULT '',
  first_name TEXT NOT NULL DEFAULT '',
  last_name TEXT NOT NULL DEFAULT '',
  avatar TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT 'en',
  timezone TEXT NOT NULL DEFAULT '',
  password_hash TEXT NOT NULL DEFAULT '',
  email_verified BOOLEAN NOT NULL DEFAULT FALSE,
  role TEXT NOT NULL DEFAULT 'member',
  tags TEXT NOT NULL DEFAULT '[]',
  access_level BIGINT NOT NULL DEFAULT 1,
  is_dummy BOOLEAN NOT NULL DEFAULT FALSE,
  referred_by TEXT NOT NULL DEFAULT '',
  external_id TEXT NOT NULL DEFAULT '',
  custom TEXT NOT NULL DEFAULT '{}',
  last_login_at BIGINT NOT NULL DEFAULT 0,
  last_seen_at BIGINT NOT NULL DEFAULT 0,
  deleted_at BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX members_no ON members (community_id, no);
CREATE UNIQUE INDEX members_username ON members (community_id, username_key);
CREATE UNIQUE INDEX members_email ON members (community_id, email_key) WHERE email_key <> '';
CREATE UNIQUE INDEX members_external ON members (community_id, external_id) WHERE external_id <> '';

CREATE TABLE user_fields (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  field TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  options TEXT NOT NULL DEFAULT '[]',
  creator_id TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX user_fields_field ON user_fields (community_id, field);

-- Every kind of key by the SHA-256 of its secret: community, user, system, secureAuth, widget.
CREATE TABLE api_keys (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  member_id TEXT NOT NULL DEFAULT '',
  hash TEXT NOT NULL UNIQUE,
  prefix TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  permissions TEXT NOT NULL DEFAULT '[]',
  expire_period BIGINT NOT NULL DEFAULT 0,
  expires_at BIGINT NOT NULL DEFAULT 0,
  is_active BOOLEAN NOT NULL DEFAULT TRUE,
  last_used_at BIGINT NOT NULL DEFAULT 0,
  created_by TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX api_keys_member ON api_keys (community_id, member_id, kind);

-- Sign-ins: one row per user JWT, so that each can be revoked.
CREATE TABLE logins (
  jti TEXT PRIMARY KEY,
  community_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  ip TEXT NOT NULL DEFAULT '',
  user_agent TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX logins_member ON logins (community_id, member_id);

-- Failed sign-ins per account, for the growing delay; survives a restart.
CREATE TABLE login_failures (
  community_id TEXT NOT NULL,
  account TEXT NOT NULL,
  failures BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, account)
);

-- One-use secrets by hash: mail verification, password reset, login hand-over, embed tickets.
CREATE TABLE one_use_tokens (
  hash TEXT PRIMARY KEY,
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  purpose TEXT NOT NULL,
  member_id TEXT NOT NULL DEFAULT '',
  data TEXT NOT NULL DEFAULT '{}',
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX one_use_tokens_id ON one_use_tokens (community_id, purpose, id);

CREATE TABLE portal_sessions (
  id_hash TEXT PRIMARY KEY,
  data TEXT NOT NULL,
  member_id TEXT NOT NULL DEFAULT '',
  community_id TEXT NOT NULL DEFAULT '',
  user_agent TEXT NOT NULL DEFAULT '',
  ip TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX portal_sessions_member ON portal_sessions (community_id, member_id);

CREATE TABLE mails (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  status TEXT NOT NULL,
  error TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX mails_newest ON mails (community_id, created_at);

CREATE TABLE audit_log (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  action TEXT NOT NULL,
  target_type TEXT NOT NULL,
  target_id TEXT NOT NULL,
  target_name TEXT NOT NULL DEFAULT '',
  actor_type TEXT NOT NULL,
  actor_id TEXT NOT NULL DEFAULT '',
  actor_name TEXT NOT NULL DEFAULT '',
  ip TEXT NOT NULL DEFAULT '',
  request_id TEXT NOT NULL DEFAULT '',
  before TEXT NOT NULL DEFAULT '',
  after TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX audit_log_newest ON audit_log (community_id, created_at);
CREATE INDEX audit_log_target ON audit_log (community_id, target_type, target_id, created_at);

CREATE TABLE idempotency (
  community_id TEXT NOT NULL,
  caller TEXT NOT NULL,
  key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  status BIGINT NOT NULL DEFAULT 0,
  reply TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, caller, key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);
