-- +goose Up
-- Streaks; config is the settings as JSON, v the version that is in force.
CREATE TABLE streaks (
  community_id TEXT NOT NULL,
  id TEXT NOT NULL,
  position BIGINT NOT NULL,
  v BIGINT NOT NULL,
  config TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);

-- Every version of a streak's settings, and since when it is in force:
-- members are judged by those that held at the time.
CREATE TABLE streak_versions (
  community_id TEXT NOT NULL,
  streak_id TEXT NOT NULL,
  v BIGINT NOT NULL,
  config TEXT NOT NULL,
  from_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, streak_id, v)
);

-- Where members stand. due_at is when time alone changes that next; 0: never.
CREATE TABLE streak_members (
  community_id TEXT NOT NULL,
  streak_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  member_no BIGINT NOT NULL,
  length BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (community_id, streak_id, member_id)
);
CREATE INDEX streak_members_due ON streak_members (due_at) WHERE due_at > 0;
CREATE INDEX streak_members_length ON streak_members (community_id, streak_id, length, member_no);

-- What became of periods; day is a period's last.
CREATE TABLE streak_logs (
  community_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  streak_id TEXT NOT NULL,
  day TEXT NOT NULL,
  status TEXT NOT NULL,
  length BIGINT NOT NULL,
  reward TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, member_id, streak_id, day)
);
CREATE INDEX streak_logs_day ON streak_logs (community_id, day, member_id);

-- One row a community, held by whoever writes where members stand.
CREATE TABLE streak_locks (
  community_id TEXT PRIMARY KEY,
  n BIGINT NOT NULL
);

-- Streaks that were deleted and whose rows are still to go.
CREATE TABLE streak_trash (
  community_id TEXT NOT NULL,
  streak_id TEXT NOT NULL,
  PRIMARY KEY (community_id, streak_id)
);
