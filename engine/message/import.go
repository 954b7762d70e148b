package message

import (
	"context"
	"slices"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/member"
	"laurel/engine/message/text"
)

// Send posts a message as the caller of ctx: the operation without its wire.
func (s *Service) Send(ctx context.Context, in api.SendMessage) (api.SentMessage, error) {
	return s.send(ctx, &sendInput{Body: in})
}

// Past is a message of an earlier time.
type Past struct {
	Channel   string
	Topic     string
	Author    member.Ref
	Body      string
	At        time.Time
	ReplyTo   int // 1 is the first message of the import; 0 none
	Reactions []PastReaction
}

// PastReaction is an emoji that members gave.
type PastReaction struct {
	Emoji string
	By    []member.Ref
}

// importGroup is how many messages of history go into one transaction.
const importGroup = 2048

// Import writes history, for demos and moves, in the order of its time. It
// pays nothing and asks no gate: what the acts earned is the ledger's Bulk. It
// gives the ids. Replies must come after what they answer.
func (s *Service) Import(ctx context.Context, communityID string, past []Past) ([]string, error) {
	rows := make([]row, len(past))
	ids := make([]string, len(past))
	for i, p := range past {
		ids[i] = api.NewIDAt(p.At)
		rows[i] = row{ID: ids[i], ChannelID: p.Channel, TopicID: p.Topic, Kind: "message", AuthorID: p.Author.ID, Body: p.Body, Images: "[]",
			CreatedAt: p.At, doc: s.nextDoc(), Mentions: "[]"}
		if p.ReplyTo > 0 && p.ReplyTo <= i {
			parent := rows[p.ReplyTo-1]
			if rows[i].ParentID, rows[i].RootID = parent.ID, parent.RootID; parent.RootID == "" {
				rows[i].RootID = parent.ID
			}
			ch, err := s.Gate.Channel(ctx, communityID, p.Channel)
			if err != nil {
				return nil, err
			}
			if ch.isPrivate() {
				rows[i].ToID = answeredTo(parent, p.Author.ID)
			}
		}
		if len(text.Names(p.Body, 1)) > 0 {
			ch, err := s.Gate.Channel(ctx, communityID, p.Channel)
			if err != nil {
				return nil, err
			}
			rows[i].Mentions, _ = s.mentions(ctx, viewer{community: communityID}, ch, p.Body)
		}
	}
	at := 0
	for part := range slices.Chunk(rows, importGroup) {
		from := at
		err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
			g := &group{s: s, tx: tx, rows: map[place][]*row{}, roots: map[place]map[string]int64{}}
			for i := range part {
				g.take(communityID, &part[i])
			}
			if err := g.write(ctx); err != nil {
				return err
			}
			return s.importReactions(ctx, tx, communityID, ids[from:], past[from:from+len(part)])
		})
		if err != nil {
			return nil, err
		}
		at += len(part)
	}
	return ids, nil
}

func (s *Service) importReactions(ctx context.Context, tx *db.Tx, communityID string, ids []string, past []Past) error {
	type given struct {
		id, emoji, by string
		at            int64
	}
	var all []given
	for i, p := range past {
		for k, r := range p.Reactions {
			for _, who := range r.By {
				all = append(all, given{ids[i], r.Emoji, who.ID, db.Micros(p.At.Add(time.Duration(k+1) * time.Minute))})
			}
		}
	}
	return s.sets.Insert(ctx, tx, `INSERT INTO message_reactions (community_id, message_id, emoji, member_id, created_at)`, " ON CONFLICT DO NOTHING", len(all), 5,
		func(i int, args []any) []any {
			return append(args, communityID, all[i].id, all[i].emoji, all[i].by, all[i].at)
		})
}
