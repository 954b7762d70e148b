-- +goose Up
-- Which messages show a picture, so that one that none shows can go.
CREATE TABLE message_image_uses (
  community_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  image_id TEXT NOT NULL,
  PRIMARY KEY (community_id, message_id, image_id)
);
CREATE INDEX message_image_uses_image ON message_image_uses (community_id, image_id);
CREATE INDEX message_images_age ON message_images (created_at);
{{sqlite}}INSERT INTO message_image_uses SELECT DISTINCT m.community_id, m.id, json_extract(j.value, '$.id') FROM messages m, json_each(m.images) j WHERE m.images <> '[]';
{{postgres}}INSERT INTO message_image_uses SELECT DISTINCT m.community_id, m.id, j.value->>'id' FROM messages m, jsonb_array_elements(m.images::jsonb) j WHERE m.images <> '[]';
-- What was deleted does not count as unread.
CREATE INDEX messages_deleted ON messages (community_id, channel_id, seq) WHERE deleted_at <> 0;
