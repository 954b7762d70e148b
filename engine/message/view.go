package message

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/message/text"
)

func (s *Service) view(ctx context.Context, v viewer, ch Channel, r row) (api.Message, error) {
	list, err := s.views(ctx, v, scope{all: []Channel{ch}}, []row{r})
	if err != nil {
		return api.Message{}, err
	}
	return list[0], nil
}

// views are the rows as the viewer sees them, with their reactions.
func (s *Service) views(ctx context.Context, v viewer, seen scope, rows []row) ([]api.Message, error) {
	out := make([]api.Message, len(rows))
	ids := make([]string, len(rows))
	for i, r := range rows {
		out[i], ids[i] = s.wire(v, seen, r), r.ID
	}
	if len(rows) == 0 {
		return out, nil
	}
	self := ""
	if v.person != nil {
		self = v.person.ID
	}
	reactions, err := selectReactions(ctx, s.k.DB().Read(), v.community, ids, self)
	for i := range out {
		if list := reactions[out[i].ID]; list != nil && out[i].DeletedAt == nil {
			out[i].Reactions = list
		}
	}
	return out, err
}

func (s *Service) wire(v viewer, seen scope, r row) api.Message {
	m := api.Message{
		ID: r.ID, Message: r.Body, Timestamp: api.At(r.CreatedAt), Number: r.Seq, Revision: r.Revision, Kind: r.Kind, TopicID: r.TopicID,
		ParentID: r.ParentID, RootID: r.RootID, Replies: r.Replies, Parts: []api.MessagePart{}, Images: []api.MessageImage{}, Reactions: []api.Reaction{},
		User:     api.MessageUser{UserID: r.AuthorID, Username: r.username, DisplayName: r.shown, Avatar: r.at},
		Channel:  api.MessageChannel{ChannelID: r.ChannelID, Name: seen.name(r.ChannelID)},
		EditedAt: when(r.edited), DeletedAt: when(r.deleted), PinnedAt: when(r.pinned),
	}
	if v.emails || v.mine(r) {
		m.User.Email = r.email
	}
	if r.deleted != 0 {
		m.Message = ""
		return m
	}
	if parts := parse(r); len(parts) > 0 {
		m.Parts = parts
	}
	if r.Images != "[]" && r.Images != "" {
		_ = json.Unmarshal([]byte(r.Images), &m.Images) // written by us
		for i := range m.Images {
			m.Images[i].URL = s.imageURL(v.community, m.Images[i].URL)
		}
	}
	return m
}

func when(us int64) *api.Time {
	if us == 0 {
		return nil
	}
	t := api.At(db.FromMicros(us))
	return &t
}

func parse(r row) []api.MessagePart {
	var known []mention
	if r.Mentions != "[]" && r.Mentions != "" {
		_ = json.Unmarshal([]byte(r.Mentions), &known) // written by us
	}
	return text.Parse(r.Body, func(name string) (string, string) {
		for _, m := range known {
			if strings.EqualFold(m.Name, name) {
				return m.ID, m.Type
			}
		}
		return "", ""
	})
}

// selectReactions counts the reactions of messages, in the order in which they came.
func selectReactions(ctx context.Context, q db.Querier, communityID string, ids []string, self string) (map[string][]api.Reaction, error) {
	f := newFilter(communityID)
	f.in("message_id", ids)
	rows, err := q.Query(ctx, `SELECT message_id, emoji, count(*), max(CASE WHEN member_id = `+fmt.Sprintf("$%d", len(f.args)+1)+` THEN 1 ELSE 0 END)
		FROM message_reactions WHERE community_id = $1`+f.text.String()+` GROUP BY message_id, emoji ORDER BY message_id, min(created_at), emoji`, append(f.args, self)...)
	if err != nil {
		return nil, fmt.Errorf("read reactions: %w", err)
	}
	defer rows.Close()
	out := map[string][]api.Reaction{}
	for rows.Next() {
		var id string
		var r api.Reaction
		var mine int
		if err := rows.Scan(&id, &r.Emoji, &r.Count, &mine); err != nil {
			return nil, fmt.Errorf("read reactions: %w", err)
		}
		r.Mine = mine == 1
		out[id] = append(out[id], r)
	}
	return out, rows.Err()
}

// selectLive is how many messages of a channel are not deleted.
func selectLive(ctx context.Context, q db.Querier, communityID, channelID string) (int64, error) {
	var n int64
	err := q.QueryRow(ctx, `SELECT COALESCE(MAX(live), 0) FROM channel_feeds WHERE community_id = $1 AND channel_id = $2`, communityID, channelID).Scan(&n)
	return n, wrap(err, "count messages")
}

func count(ctx context.Context, q db.Querier, f *filter) (int64, error) {
	var n int64
	err := q.QueryRow(ctx, `SELECT count(*) FROM messages m WHERE m.community_id = $1`+f.text.String(), f.args...).Scan(&n)
	return n, wrap(err, "count messages")
}
