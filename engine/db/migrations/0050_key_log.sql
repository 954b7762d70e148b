-- +goose Up
-- A rotated key's former secret, which works until old_until; where a key was
-- last used from; the channels that a user key is limited to.
ALTER TABLE api_keys ADD COLUMN old_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE api_keys ADD COLUMN old_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE api_keys ADD COLUMN last_ip TEXT NOT NULL DEFAULT '';
ALTER TABLE api_keys ADD COLUMN channel_ids TEXT NOT NULL DEFAULT '[]';
CREATE UNIQUE INDEX api_keys_old_hash ON api_keys (old_hash) WHERE old_hash <> '';

-- The newest requests of each key; older ones are dropped as new ones come.
CREATE TABLE key_requests (
  community_id TEXT NOT NULL,
  key_id TEXT NOT NULL,
  id TEXT NOT NULL,
  method TEXT NOT NULL,
  route TEXT NOT NULL,
  status BIGINT NOT NULL,
  ip TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (community_id, key_id, id)
);
CREATE INDEX key_requests_newest ON key_requests (community_id, key_id, at);
