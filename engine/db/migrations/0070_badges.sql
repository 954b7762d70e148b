-- +goose Up
-- judged_to is up to which member those were judged who were there when an
-- automatic badge was made or changed; '~' when all were.
CREATE TABLE badges (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  action TEXT NOT NULL,
  quantity BIGINT NOT NULL DEFAULT 0,
  image TEXT NOT NULL DEFAULT '',
  light_image TEXT NOT NULL DEFAULT '',
  dark_image TEXT NOT NULL DEFAULT '',
  is_themed BOOLEAN NOT NULL DEFAULT FALSE,
  is_open BOOLEAN NOT NULL DEFAULT FALSE,
  is_awarded BOOLEAN NOT NULL DEFAULT FALSE,
  needs_proof BOOLEAN NOT NULL DEFAULT FALSE,
  pays_xp BOOLEAN NOT NULL DEFAULT FALSE,
  pays_coins BOOLEAN NOT NULL DEFAULT FALSE,
  xp BIGINT NOT NULL DEFAULT 0,
  coins BIGINT NOT NULL DEFAULT 0,
  holders BIGINT NOT NULL DEFAULT 0,
  judged_to TEXT NOT NULL DEFAULT '~',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);

-- One row per member and badge for good: one that was taken away again keeps
-- its row, so that nothing pays twice and no rule brings it back.
CREATE TABLE badge_awards (
  community_id TEXT NOT NULL,
  badge_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  source TEXT NOT NULL,
  xp BIGINT NOT NULL DEFAULT 0,
  coins BIGINT NOT NULL DEFAULT 0,
  awarded_at BIGINT NOT NULL,
  revoked_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (community_id, badge_id, member_id)
);
CREATE INDEX badge_awards_member ON badge_awards (community_id, member_id);
CREATE INDEX badge_awards_newest ON badge_awards (community_id, badge_id, awarded_at) WHERE revoked_at = 0;

-- Up to three ids, separated by commas; chosen by the member or the first ones.
CREATE TABLE badge_shown (
  community_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  badges TEXT NOT NULL,
  is_chosen BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (community_id, member_id)
);

CREATE TABLE badge_applications (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  badge_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  decided_by TEXT NOT NULL DEFAULT '',
  decided_at BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX badge_applications_waiting ON badge_applications (community_id, badge_id, member_id) WHERE status = 'waiting';
CREATE INDEX badge_applications_status ON badge_applications (community_id, status, created_at, id);
CREATE INDEX badge_applications_member ON badge_applications (community_id, member_id, created_at);

-- Pictures that prove what an application says, re-encoded.
CREATE TABLE badge_proofs (
  community_id TEXT NOT NULL,
  application_id TEXT NOT NULL,
  number BIGINT NOT NULL,
  name TEXT NOT NULL,
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  content BYTEA NOT NULL,
  PRIMARY KEY (community_id, application_id, number)
);

-- Pictures of badges, re-encoded as PNG; the id is random.
CREATE TABLE badge_images (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  content BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);

-- How far the ledger was followed.
CREATE TABLE badge_marks (
  community_id TEXT PRIMARY KEY,
  seq BIGINT NOT NULL
);
