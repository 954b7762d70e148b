-- +goose Up
-- The search index of messages, by the number messages.doc. The words are made
-- by the engine, alike for both engines: folded, split, with a word for the
-- community and the channel in front.
{{sqlite}}CREATE VIRTUAL TABLE message_words USING fts5(words, tokenize = 'unicode61 remove_diacritics 0', detail = none);
{{postgres}}CREATE TABLE message_words (doc BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
{{postgres}}CREATE INDEX message_words_words ON message_words USING GIN (words);
