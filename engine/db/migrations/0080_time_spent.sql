-- +goose Up
-- Seconds that a member was here: the time between two sightings of one stay.
ALTER TABLE members ADD COLUMN time_spent BIGINT NOT NULL DEFAULT 0;
