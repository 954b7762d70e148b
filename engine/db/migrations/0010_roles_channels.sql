-- +goose Up
-- Rights are the bits of api.Right, whose values never change.
CREATE TABLE roles (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  class TEXT NOT NULL DEFAULT '',
  position BIGINT NOT NULL,
  billable BOOLEAN NOT NULL DEFAULT FALSE,
  is_default BOOLEAN NOT NULL DEFAULT FALSE,
  rights BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX roles_default ON roles (community_id) WHERE is_default;

CREATE TABLE member_roles (
  community_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  role_id TEXT NOT NULL,
  source TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, member_id, role_id)
);
CREATE INDEX member_roles_role ON member_roles (community_id, role_id, member_id);

CREATE TABLE channel_categories (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  position BIGINT NOT NULL DEFAULT 0,
  is_private BOOLEAN NOT NULL DEFAULT FALSE,
  roles TEXT NOT NULL DEFAULT '[]',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);

CREATE TABLE channels (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  topic TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL,
  category_id TEXT NOT NULL DEFAULT '',
  url TEXT NOT NULL DEFAULT '',
  is_private BOOLEAN NOT NULL DEFAULT FALSE,
  is_archived BOOLEAN NOT NULL DEFAULT FALSE,
  slow_mode BIGINT NOT NULL DEFAULT 0,
  position BIGINT NOT NULL DEFAULT 0,
  access TEXT NOT NULL DEFAULT '[]',
  speakers TEXT NOT NULL DEFAULT '[]',
  request_roles TEXT NOT NULL DEFAULT '[]',
  user_id TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);

-- The number of the newest message of each channel: apart, since every
-- message counts it up.
CREATE TABLE channel_heads (
  community_id TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  seq BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (community_id, channel_id)
);

-- How far a member has read a channel: unread = head - read_seq.
CREATE TABLE channel_reads (
  community_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  read_seq BIGINT NOT NULL DEFAULT 0,
  is_muted BOOLEAN NOT NULL DEFAULT FALSE,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, member_id, channel_id)
);

CREATE TABLE channel_topics (
  community_id TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  creator_id TEXT NOT NULL DEFAULT '',
  is_closed BOOLEAN NOT NULL DEFAULT FALSE,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX channel_topics_newest ON channel_topics (community_id, channel_id, created_at);

CREATE TABLE access_requests (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL DEFAULT 'requested',
  role_id TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  decided_by TEXT NOT NULL DEFAULT '',
  decided_at BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX access_requests_open ON access_requests (community_id, channel_id, member_id) WHERE status = 'requested';
CREATE INDEX access_requests_newest ON access_requests (community_id, status, created_at);

-- @all has the id of its community. Its rights are api.DefaultRights.
INSERT INTO roles (community_id, id, title, position, is_default, rights, created_at, updated_at)
SELECT id, id, '@all', 1000000, TRUE, 751619276802, created_at, created_at FROM communities;
