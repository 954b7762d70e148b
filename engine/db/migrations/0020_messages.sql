-- +goose Up
-- How far a channel's messages were counted: its newest number, its newest
-- change, and how many messages are not deleted.
CREATE TABLE channel_feeds (
  community_id TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  last_seq BIGINT NOT NULL DEFAULT 0,
  revision BIGINT NOT NULL DEFAULT 0,
  live BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (community_id, channel_id)
);

-- seq counts the messages of a channel without gaps; revision is the channel's
-- change that touched the message last; doc is its number in
-- the search index, rising in the order of writing.
CREATE TABLE messages (
  community_id TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  id TEXT NOT NULL,
  revision BIGINT NOT NULL,
  doc BIGINT NOT NULL,
  kind TEXT NOT NULL DEFAULT 'message',
  topic_id TEXT NOT NULL DEFAULT '',
  parent_id TEXT NOT NULL DEFAULT '',
  root_id TEXT NOT NULL DEFAULT '',
  author_id TEXT NOT NULL DEFAULT '',
  to_id TEXT NOT NULL DEFAULT '',
  body TEXT NOT NULL,
  mentions TEXT NOT NULL DEFAULT '[]',
  images TEXT NOT NULL DEFAULT '[]',
  replies BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  edited_at BIGINT NOT NULL DEFAULT 0,
  deleted_at BIGINT NOT NULL DEFAULT 0,
  pinned_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (community_id, channel_id, seq)
);
CREATE UNIQUE INDEX messages_id ON messages (community_id, id);
CREATE INDEX messages_revision ON messages (community_id, channel_id, revision);
CREATE INDEX messages_doc ON messages (community_id, doc);
CREATE INDEX messages_author ON messages (community_id, author_id, doc);
CREATE INDEX messages_thread ON messages (community_id, root_id, seq) WHERE root_id <> '';
CREATE INDEX messages_topic ON messages (community_id, channel_id, topic_id, seq) WHERE topic_id <> '';
CREATE INDEX messages_pinned ON messages (community_id, channel_id, pinned_at) WHERE pinned_at <> 0;

CREATE TABLE message_reactions (
  community_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  emoji TEXT NOT NULL,
  member_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, message_id, emoji, member_id)
);

CREATE TABLE message_images (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  hash TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  size BIGINT NOT NULL,
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  data {{blob}} NOT NULL,
  author_id TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX message_images_hash ON message_images (community_id, hash);

CREATE TABLE moderation_settings (
  community_id TEXT PRIMARY KEY,
  spec TEXT NOT NULL,
  updated_at BIGINT NOT NULL
);

-- What was edited, deleted or not let through.
CREATE TABLE moderation_log (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  message_id TEXT NOT NULL DEFAULT '',
  channel_id TEXT NOT NULL DEFAULT '',
  author_id TEXT NOT NULL DEFAULT '',
  actor_id TEXT NOT NULL DEFAULT '',
  actor_name TEXT NOT NULL DEFAULT '',
  before TEXT NOT NULL DEFAULT '',
  after TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX moderation_log_newest ON moderation_log (community_id, created_at, id);
