package channel

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

var (
	errNoTopic  = api.NewError(api.NotFound, "topic_not_found", "The channel has no topic with that id.")
	errNoForum  = api.NewError(api.Conflict, "channel_without_topics", "Only forum channels have topics.")
	errNoSender = api.InvalidField("sender", "names whose topic it is: a key must say so")
)

// Topic reads one topic of a forum. Errors: NotFound.
func (s *Service) Topic(ctx context.Context, communityID, channelID, id string) (api.Topic, error) {
	return scanTopic(s.k.DB().Read().QueryRow(ctx, `SELECT `+topicColumns+` FROM channel_topics
		WHERE community_id = $1 AND channel_id = $2 AND id = $3`, communityID, channelID, id))
}

// OpenTopic opens a topic in a forum for a member. Errors: NotFound,
// Forbidden, Conflict when the channel is no forum.
func (s *Service) OpenTopic(ctx context.Context, communityID, memberID, channelID, title string) (api.Topic, error) {
	gate, err := s.Gate(ctx, communityID, memberID, channelID)
	switch {
	case err != nil:
		return api.Topic{}, err
	case gate.Channel.Type != api.ChannelForum:
		return api.Topic{}, errNoForum
	}
	if err := gate.May(ActPost); err != nil {
		return api.Topic{}, err
	}
	now := s.k.Now()
	t := api.Topic{ID: api.NewIDAt(now), ChannelID: channelID, Title: strings.TrimSpace(title), CreatorID: gate.Member.ID, CreatedAt: api.At(now), UpdatedAt: api.At(now)}
	if t.Title == "" {
		return t, api.InvalidField("title", "must not be empty")
	}
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO channel_topics (community_id, channel_id, id, title, creator_id, created_at, updated_at)
			VALUES ($1,$2,$3,$4,$5,$6,$7)`, communityID, channelID, t.ID, t.Title, t.CreatorID, db.Micros(now), db.Micros(now))
		if err != nil {
			return fmt.Errorf("insert topic: %w", err)
		}
		return s.k.Audit(ctx, tx, communityID, rest.Change{Action: "topic.create", TargetType: "topic", TargetID: t.ID, TargetName: t.Title, After: t})
	})
	return t, err
}

const topicColumns = `id, channel_id, title, creator_id, is_closed, created_at, updated_at`

func scanTopic(row scanner) (api.Topic, error) {
	var t api.Topic
	var created, updated int64
	err := row.Scan(&t.ID, &t.ChannelID, &t.Title, &t.CreatorID, &t.IsClosed, &created, &updated)
	if errors.Is(err, sql.ErrNoRows) {
		return t, errNoTopic
	}
	t.CreatedAt, t.UpdatedAt = api.At(db.FromMicros(created)), api.At(db.FromMicros(updated))
	return t, wrap(err, "read topic")
}

func listTopics(ctx context.Context, q db.Querier, communityID, channelID string) ([]api.Topic, error) {
	rows, err := q.Query(ctx, `SELECT `+topicColumns+` FROM channel_topics WHERE community_id = $1 AND channel_id = $2
		ORDER BY created_at DESC, id DESC LIMIT 500`, communityID, channelID)
	if err != nil {
		return nil, fmt.Errorf("list topics: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := []api.Topic{}
	for rows.Next() {
		t, err := scanTopic(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, rows.Err()
}
