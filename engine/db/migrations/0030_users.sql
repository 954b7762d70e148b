-- +goose Up
ALTER TABLE user_fields ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE user_fields ADD COLUMN is_required BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE user_fields ADD COLUMN default_value TEXT NOT NULL DEFAULT '';
ALTER TABLE user_fields ADD COLUMN is_private BOOLEAN NOT NULL DEFAULT FALSE;

-- One row per change of one custom value; it keeps the field's names, so that
-- it stays readable when the field is gone.
CREATE TABLE field_histories (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  field_id TEXT NOT NULL,
  field TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  is_private BOOLEAN NOT NULL DEFAULT FALSE,
  old_value TEXT NOT NULL DEFAULT '',
  new_value TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL,
  actor_type TEXT NOT NULL,
  actor_id TEXT NOT NULL DEFAULT '',
  actor_name TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX field_histories_newest ON field_histories (community_id, created_at, id);
CREATE INDEX field_histories_member ON field_histories (community_id, member_id, created_at, id);
CREATE INDEX field_histories_field ON field_histories (community_id, field_id, created_at, id);

-- Saved filters of the members' list with their columns.
CREATE TABLE segments (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  filter TEXT NOT NULL,
  columns TEXT NOT NULL DEFAULT '[]',
  sort TEXT NOT NULL DEFAULT '',
  creator_id TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX segments_name ON segments (community_id, name_key);

-- Pictures of members, re-encoded; the id is random, so an address tells nothing.
CREATE TABLE avatars (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  member_id TEXT NOT NULL,
  media_type TEXT NOT NULL,
  content BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, member_id)
);

-- Members that changed lately, for the columns that filters keep in memory.
CREATE INDEX members_changed ON members (community_id, updated_at);
