-- +goose Up
-- The list of members in its usual order, and its size, without reading members.
CREATE INDEX members_living ON members (community_id, deleted_at, no, is_dummy);
-- The team is a handful among many.
CREATE INDEX members_team ON members (community_id, role, no) WHERE role <> 'member';
-- Mails that wait to be sent.
CREATE INDEX mails_waiting ON mails (created_at) WHERE status = 'kept';
-- What is past its time.
CREATE INDEX logins_age ON logins (expires_at);
CREATE INDEX one_use_tokens_age ON one_use_tokens (expires_at);
-- A member's own one-use links.
CREATE INDEX one_use_tokens_member ON one_use_tokens (community_id, member_id, purpose);
