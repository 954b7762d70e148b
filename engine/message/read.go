package message

import (
	"context"
	"fmt"
	"strconv"

	"laurel/api"
	"laurel/engine/db"
)

type markInput struct {
	ChannelID string `path:"channelId" maxLength:"24"`
	Body      struct {
		Number int64 `json:"number,omitempty" minimum:"0" doc:"Of the last message read; the newest when missing"`
	}
}

// mark notes how far the caller has read a channel: never backwards.
func (s *Service) mark(ctx context.Context, in *markInput) (api.ChannelUnread, error) {
	v, err := s.viewerOf(ctx, api.PermReadOwnMessages)
	if err != nil {
		return api.ChannelUnread{}, err
	}
	ch, err := s.channel(ctx, v, in.ChannelID)
	if err != nil {
		return api.ChannelUnread{}, err
	}
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		var last int64
		err := tx.QueryRow(ctx, `SELECT COALESCE(MAX(last_seq), 0) FROM channel_feeds WHERE community_id = $1 AND channel_id = $2`, v.community, ch.ID).Scan(&last)
		if err != nil {
			return fmt.Errorf("mark read: %w", err)
		}
		if in.Body.Number > 0 {
			last = min(last, in.Body.Number)
		}
		_, err = tx.Exec(ctx, `INSERT INTO message_reads (community_id, member_id, channel_id, seq, updated_at) VALUES ($1,$2,$3,$4,$5)
			ON CONFLICT (community_id, member_id, channel_id) DO UPDATE SET seq = excluded.seq, updated_at = excluded.updated_at
			WHERE message_reads.seq < excluded.seq`, v.community, v.person.ID, ch.ID, last, db.Micros(s.k.Now()))
		return wrap(err, "mark read")
	})
	if err != nil {
		return api.ChannelUnread{}, err
	}
	list, err := s.unreadOf(ctx, v, []Channel{ch})
	if err != nil {
		return api.ChannelUnread{}, err
	}
	return list[0], nil
}

// unread counts what the caller has not read, channel by channel.
func (s *Service) unread(ctx context.Context, _ *struct{}) ([]api.ChannelUnread, error) {
	v, err := s.viewerOf(ctx, api.PermReadOwnMessages)
	if err != nil {
		return nil, err
	}
	seen, err := s.scopeOf(ctx, v)
	if err != nil {
		return nil, err
	}
	return s.unreadOf(ctx, v, seen.all)
}

// unreadOf counts others' messages after the mark. Only the mark is stored, so
// that storage does not grow with messages, and deletions need no upkeep.
func (s *Service) unreadOf(ctx context.Context, v viewer, channels []Channel) ([]api.ChannelUnread, error) {
	out := make([]api.ChannelUnread, len(channels))
	at := map[string]int{}
	f := newFilter(v.community)
	ids := make([]string, len(channels))
	for i, ch := range channels {
		ids[i], at[ch.ID], out[i].ChannelID = ch.ID, i, ch.ID
	}
	f.in("c.channel_id", ids)
	part := ""
	for _, ch := range channels {
		if s.limitTo(ctx, v, ch) != "" {
			f.args = append(f.args, ch.ID)
			part += ",$" + strconv.Itoa(len(f.args))
		}
	}
	if part != "" {
		part = " AND (c.channel_id NOT IN (" + part[1:] + ") OR m.to_id = $SELF)"
	}
	args := append(f.args, v.person.ID)
	rows, err := s.k.DB().Read().Query(ctx, unreadText(f.text.String(), part, len(args)), args...)
	if err != nil {
		return nil, fmt.Errorf("count unread: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var u api.ChannelUnread
		if err := rows.Scan(&id, &u.Last, &u.ReadTo, &u.Unread); err != nil {
			return nil, fmt.Errorf("count unread: %w", err)
		}
		u.ChannelID = id
		out[at[id]] = u
	}
	return out, wrap(rows.Err(), "count unread")
}

func unreadText(which, part string, self int) string {
	me := "$" + strconv.Itoa(self)
	if part != "" {
		part = part[:len(part)-len("$SELF)")] + me + ")"
	}
	return `SELECT c.channel_id, c.last_seq, COALESCE(r.seq, 0), (SELECT count(*) FROM messages m WHERE m.community_id = c.community_id
		AND m.channel_id = c.channel_id AND m.seq > COALESCE(r.seq, 0) AND m.deleted_at = 0 AND m.author_id <> ` + me + part + `)
		FROM channel_feeds c LEFT JOIN message_reads r ON r.community_id = c.community_id AND r.channel_id = c.channel_id AND r.member_id = ` + me + `
		WHERE c.community_id = $1` + which
}
