package message

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"laurel/api"
	"laurel/engine/db"
)

// uploadLife is how long an uploaded picture waits to be sent.
const uploadLife = 24 * time.Hour

// insertUses notes which pictures the messages show.
func (s *Service) insertUses(ctx context.Context, tx *db.Tx, rows []scoped) error {
	type use struct{ community, message, image string }
	var all []use
	for _, r := range rows {
		if r.row.Images == "[]" || r.row.Images == "" {
			continue
		}
		var list []api.MessageImage
		if err := json.Unmarshal([]byte(r.row.Images), &list); err != nil {
			return fmt.Errorf("pictures of message: %w", err)
		}
		for _, m := range list {
			all = append(all, use{r.community, r.row.ID, m.ID})
		}
	}
	return s.sets.Insert(ctx, tx, `INSERT INTO message_image_uses (community_id, message_id, image_id)`, " ON CONFLICT DO NOTHING", len(all), 3,
		func(i int, args []any) []any { return append(args, all[i].community, all[i].message, all[i].image) })
}

// forgetImages removes the pictures of a message that no other one shows.
func forgetImages(ctx context.Context, tx *db.Tx, communityID string, r row) error {
	if r.Images == "[]" || r.Images == "" {
		return nil
	}
	return run(ctx, tx, "forget pictures", []any{communityID, r.ID},
		`DELETE FROM message_images WHERE community_id = $1 AND id IN (SELECT image_id FROM message_image_uses WHERE community_id = $1 AND message_id = $2)
			AND NOT EXISTS (SELECT 1 FROM message_image_uses u WHERE u.community_id = $1 AND u.image_id = message_images.id AND u.message_id <> $2)`,
		`DELETE FROM message_image_uses WHERE community_id = $1 AND message_id = $2`)
}

// ForgetChannel removes all messages of a channel with their reactions, their
// words and the pictures that no other channel shows. The moderation log stays.
func (s *Service) ForgetChannel(ctx context.Context, tx *db.Tx, communityID, channelID string) error {
	doc := "doc"
	if tx.Dialect() == db.SQLite {
		doc = "rowid"
	}
	const ids = `(SELECT id FROM messages WHERE community_id = $1 AND channel_id = $2)`
	return run(ctx, tx, "forget channel", []any{communityID, channelID},
		`DELETE FROM message_images WHERE community_id = $1 AND id IN (SELECT image_id FROM message_image_uses WHERE community_id = $1 AND message_id IN `+ids+`)
			AND NOT EXISTS (SELECT 1 FROM message_image_uses u WHERE u.community_id = $1 AND u.image_id = message_images.id AND u.message_id NOT IN `+ids+`)`,
		`DELETE FROM message_image_uses WHERE community_id = $1 AND message_id IN `+ids,
		`DELETE FROM message_words WHERE `+doc+` IN (SELECT doc FROM messages WHERE community_id = $1 AND channel_id = $2)`,
		`DELETE FROM message_reactions WHERE community_id = $1 AND message_id IN `+ids,
		`DELETE FROM messages WHERE community_id = $1 AND channel_id = $2`,
		`DELETE FROM channel_feeds WHERE community_id = $1 AND channel_id = $2`)
}

func run(ctx context.Context, tx *db.Tx, what string, args []any, statements ...string) error {
	for _, text := range statements {
		if _, err := tx.Exec(ctx, text, args...); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
	}
	return nil
}

// Purge removes the pictures that were uploaded a day ago and never sent.
func (s *Service) Purge(ctx context.Context) error {
	return s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM message_images WHERE created_at < $1 AND NOT EXISTS
			(SELECT 1 FROM message_image_uses u WHERE u.community_id = message_images.community_id AND u.image_id = message_images.id)`,
			db.Micros(s.k.Now().Add(-uploadLife)))
		return wrap(err, "purge pictures")
	})
}

// Unseen counts the messages of a channel after seq that do not count as
// unread: the deleted ones and, when only names a member, those that he neither
// wrote nor is answered by.
func Unseen(ctx context.Context, q db.Querier, communityID, channelID, only string, seq int64) (int64, error) {
	text, args := `SELECT count(*) FROM messages WHERE community_id = $1 AND channel_id = $2 AND seq > $3 AND deleted_at <> 0`, []any{communityID, channelID, seq}
	if only != "" {
		text = `SELECT count(*) FROM messages WHERE community_id = $1 AND channel_id = $2 AND seq > $3 AND (deleted_at <> 0 OR (author_id <> $4 AND to_id <> $4))`
		args = append(args, only)
	}
	var n int64
	err := q.QueryRow(ctx, text, args...).Scan(&n)
	return n, wrap(err, "count unseen messages")
}
