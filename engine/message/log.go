package message

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

type logInput struct {
	Kind      string `query:"kind" enum:"edited,deleted,blocked"`
	ChannelID string `query:"channel_id" maxLength:"24"`
	UserID    string `query:"user_id" maxLength:"254" doc:"Only messages of this member: id, number, username or email"`
	Count     int    `query:"count" minimum:"1" maximum:"100" default:"50"`
	Cursor    string `query:"cursor" maxLength:"80"`
}

// log lists what was edited, deleted or not let through, newest first.
func (s *Service) log(ctx context.Context, in *logInput) (api.ModerationLog, error) {
	out := api.ModerationLog{Entries: []api.ModerationEntry{}}
	communityID := rest.CallerOf(ctx).CommunityID
	f := newFilter(communityID)
	if in.Kind != "" {
		f.and("l.kind = ?", in.Kind)
	}
	if in.ChannelID != "" {
		f.and("l.channel_id = ?", in.ChannelID)
	}
	if in.UserID != "" {
		who, err := s.members.Resolve(ctx, communityID, in.UserID)
		if err != nil {
			return out, err
		}
		f.and("l.author_id = ?", who.ID)
	}
	if in.Cursor != "" {
		at, id, ok := strings.Cut(in.Cursor, ".")
		micros, err := strconv.ParseInt(at, 10, 64)
		if !ok || err != nil || !api.IsID(id) {
			return out, errCursor
		}
		f.and("(l.created_at < ? OR (l.created_at = ? AND l.id < ?))", micros, micros, id)
	}
	args := append(f.args, in.Count+1)
	rows, err := s.k.DB().Read().Query(ctx, `SELECT l.id, l.kind, l.message_id, l.channel_id, l.author_id, COALESCE(u.username, ''), l.actor_name,
		l.before, l.after, l.reason, l.created_at FROM moderation_log l LEFT JOIN members u ON u.community_id = l.community_id AND u.id = l.author_id
		WHERE l.community_id = $1`+f.text.String()+` ORDER BY l.created_at DESC, l.id DESC LIMIT $`+strconv.Itoa(len(args)), args...)
	if err != nil {
		return out, fmt.Errorf("moderation log: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var e api.ModerationEntry
		var at int64
		if err := rows.Scan(&e.ID, &e.Kind, &e.MessageID, &e.ChannelID, &e.AuthorID, &e.Author, &e.Actor, &e.Before, &e.After, &e.Reason, &at); err != nil {
			return out, fmt.Errorf("moderation log: %w", err)
		}
		if e.CreatedAt = api.At(db.FromMicros(at)); len(out.Entries) == in.Count {
			last := out.Entries[in.Count-1]
			out.NextCursor = strconv.FormatInt(last.CreatedAt.UnixMicro(), 10) + "." + last.ID
			break
		}
		out.Entries = append(out.Entries, e)
	}
	return out, wrap(rows.Err(), "moderation log")
}
