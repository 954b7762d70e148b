-- +goose Up
-- What a member invites with; key is the code as it is compared.
CREATE TABLE referral_codes (
  community_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  code TEXT NOT NULL,
  key TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, member_id)
);
CREATE UNIQUE INDEX referral_codes_key ON referral_codes (community_id, key);

-- A value of the address that names the referrer by a custom field.
CREATE TABLE referral_links (
  community_id TEXT PRIMARY KEY,
  param TEXT NOT NULL DEFAULT '',
  field TEXT NOT NULL DEFAULT ''
);

-- Journeys: of referees, who earn for their referrers, or of members themselves.
CREATE TABLE referral_programs (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  is_enabled BOOLEAN NOT NULL DEFAULT TRUE,
  stages TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);

-- Stages that a member has finished, written with their payment.
CREATE TABLE referral_progress (
  community_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  program_id TEXT NOT NULL,
  stage_id TEXT NOT NULL,
  referrer_id TEXT NOT NULL DEFAULT '',
  xp BIGINT NOT NULL DEFAULT 0,
  coins BIGINT NOT NULL DEFAULT 0,
  completed_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, member_id, program_id, stage_id)
);
CREATE INDEX referral_progress_referrer ON referral_progress (community_id, referrer_id);

-- How far the ledger and the members' changes were followed.
CREATE TABLE referral_marks (
  community_id TEXT PRIMARY KEY,
  seq BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  changed_id TEXT NOT NULL
);

CREATE INDEX members_referees ON members (community_id, referred_by, no) WHERE referred_by <> '';
CREATE INDEX members_by_change ON members (community_id, updated_at, id);
