package message

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"laurel/engine/db"
)

// row is a message as it is stored.
type row struct {
	ID, ChannelID, Kind        string
	Seq, Revision, doc         int64
	TopicID, ParentID, RootID  string
	AuthorID, ToID             string
	Body, Mentions, Images     string
	Replies                    int64
	CreatedAt                  time.Time
	edited, deleted, pinned    int64
	email, username, shown, at string // of the author
}

type scoped struct {
	community string
	row       *row
}

// claim takes the next numbers of a channel: n messages, m changes; live is by
// how much the number of messages grows. It gives the last of each.
func claim(ctx context.Context, tx *db.Tx, at place, n, m, live int64) (seq, revision int64, err error) {
	err = tx.QueryRow(ctx, `INSERT INTO channel_feeds (community_id, channel_id, last_seq, revision, live) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT (community_id, channel_id) DO UPDATE SET last_seq = channel_feeds.last_seq + excluded.last_seq,
		revision = channel_feeds.revision + excluded.revision, live = channel_feeds.live + excluded.live
		RETURNING last_seq, revision`, at.community, at.channel, n, m, live).Scan(&seq, &revision)
	if err != nil {
		return 0, 0, fmt.Errorf("claim numbers: %w", err)
	}
	return seq, revision, nil
}

const insertMessages = `INSERT INTO messages (community_id, channel_id, seq, id, revision, doc, kind, topic_id, parent_id, root_id,
author_id, to_id, body, mentions, images, created_at)`

// insertWords fills the search index; the two engines name the number differently.
const (
	insertWordsSQLite   = `INSERT INTO message_words (rowid, words)`
	insertWordsPostgres = `INSERT INTO message_words (doc, words)`
)

func (s *Service) insert(ctx context.Context, tx *db.Tx, rows []scoped) error {
	err := s.sets.Insert(ctx, tx, insertMessages, "", len(rows), 16, func(i int, args []any) []any {
		r := rows[i].row
		return append(args, rows[i].community, r.ChannelID, r.Seq, r.ID, r.Revision, r.doc, r.Kind, r.TopicID, r.ParentID, r.RootID,
			r.AuthorID, r.ToID, r.Body, r.Mentions, r.Images, db.Micros(r.CreatedAt))
	})
	if err == nil {
		err = s.insertUses(ctx, tx, rows)
	}
	if err != nil {
		return err
	}
	return s.sets.Insert(ctx, tx, wordsHead(tx.Dialect()), "", len(rows), 2, func(i int, args []any) []any {
		return append(args, rows[i].row.doc, indexed(rows[i].community, *rows[i].row))
	})
}

func wordsHead(dialect db.Dialect) string {
	if dialect == db.SQLite {
		return insertWordsSQLite
	}
	return insertWordsPostgres
}

// answer is how many replies a thread's first message got.
type answer struct {
	community, id string
	n, revision   int64
}

// answered counts replies at the first message of their thread.
func answered(ctx context.Context, tx *db.Tx, a answer) error {
	_, err := tx.Exec(ctx, `UPDATE messages SET replies = replies + $3, revision = $4 WHERE community_id = $1 AND id = $2`, a.community, a.id, a.n, a.revision)
	if err != nil {
		return fmt.Errorf("count replies: %w", err)
	}
	return nil
}

// selectLatest is when the member wrote in the channel last, if after since; 0 otherwise.
func selectLatest(ctx context.Context, q db.Querier, communityID, memberID, channelID string, since int64) (int64, error) {
	var at int64
	err := q.QueryRow(ctx, `SELECT COALESCE(MAX(created_at), 0) FROM (SELECT created_at, channel_id FROM messages
		WHERE community_id = $1 AND author_id = $2 ORDER BY doc DESC LIMIT 50) latest WHERE created_at > $3 AND channel_id = $4`,
		communityID, memberID, since, channelID).Scan(&at)
	if err != nil {
		return 0, fmt.Errorf("latest message: %w", err)
	}
	return at, nil
}

const columns = `m.id, m.channel_id, m.kind, m.seq, m.revision, m.doc, m.topic_id, m.parent_id, m.root_id, m.author_id, m.to_id, m.body,
m.mentions, m.images, m.replies, m.created_at, m.edited_at, m.deleted_at, m.pinned_at,
COALESCE(u.email, ''), COALESCE(u.username, ''), COALESCE(u.display_name, ''), COALESCE(u.avatar, '')`

const selectMessages = `SELECT ` + columns + ` FROM messages m LEFT JOIN members u ON u.community_id = m.community_id AND u.id = m.author_id
WHERE m.community_id = $1`

func scan(rows interface{ Scan(...any) error }) (row, error) {
	var r row
	var created int64
	err := rows.Scan(&r.ID, &r.ChannelID, &r.Kind, &r.Seq, &r.Revision, &r.doc, &r.TopicID, &r.ParentID, &r.RootID, &r.AuthorID, &r.ToID, &r.Body,
		&r.Mentions, &r.Images, &r.Replies, &created, &r.edited, &r.deleted, &r.pinned, &r.email, &r.username, &r.shown, &r.at)
	r.CreatedAt = db.FromMicros(created)
	return r, err
}

func selectOne(ctx context.Context, q db.Querier, communityID, id string) (row, error) {
	r, err := scan(q.QueryRow(ctx, selectMessages+` AND m.id = $2`, communityID, id))
	if errors.Is(err, sql.ErrNoRows) || (err == nil && r.deleted != 0) {
		return r, errMessage
	}
	if err != nil {
		return r, fmt.Errorf("read message: %w", err)
	}
	return r, nil
}

func selectRows(ctx context.Context, q db.Querier, text string, args ...any) ([]row, error) {
	rows, err := q.Query(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("list messages: %w", err)
	}
	defer rows.Close()
	var out []row
	for rows.Next() {
		r, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("list messages: %w", err)
		}
		out = append(out, r)
	}
	return out, rows.Err()
}
