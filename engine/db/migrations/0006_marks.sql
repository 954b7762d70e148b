-- +goose Up
-- When a member was last paid for each limited action, and how often that day:
-- in the row that every act reads and writes anyway. "action=micros,count;…",
-- numbers to the base 36.
ALTER TABLE balances ADD COLUMN marks TEXT NOT NULL DEFAULT '';
DROP TABLE rule_marks;
