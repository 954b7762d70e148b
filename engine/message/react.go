package message

import (
	"context"
	"fmt"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger"
	"laurel/engine/ledger/rule"
	"laurel/engine/member"
	"laurel/engine/message/text"
	"laurel/engine/rest"
)

// maxEmojis is how many different reactions a message takes.
const maxEmojis = 20

type reactInput struct{ Body api.ReactMessage }

var errEmoji = api.InvalidField("emoji", "must be a known shortcode such as :tada: or one emoji")

// react adds a reaction with its reward.
func (s *Service) react(ctx context.Context, in *reactInput) (api.AddedReaction, error) {
	emoji, ok := text.Emoji(in.Body.Emoji)
	if !ok {
		return api.AddedReaction{}, errEmoji
	}
	v, r, ch, who, err := s.reactor(ctx, in.Body.MessageID, in.Body.Sender)
	if err != nil {
		return api.AddedReaction{}, err
	}
	if err := s.admit(ctx, v, ch, ActReact, 0); err != nil {
		return api.AddedReaction{}, err
	}
	pay, err := s.ledger.Prepare(ctx, v.community, ledger.Act{Member: who, Action: rule.React, Source: ledger.SourceOf(rest.CallerOf(ctx))})
	if err != nil {
		return api.AddedReaction{}, err
	}
	err = s.change(ctx, v.community, r, 0, func(ctx context.Context, tx *db.Tx, _ int64) error {
		if err := insertReaction(ctx, tx, v.community, r.ID, emoji, who.ID, db.Micros(s.k.Now())); err != nil {
			return err
		}
		return s.ledger.RecordWithin(ctx, tx, []*ledger.Within{pay})
	})
	if err != nil {
		return api.AddedReaction{}, err
	}
	s.ledger.Settle([]*ledger.Within{pay})
	award := pay.Awards()[0]
	return api.AddedReaction{ID: r.ID, ChannelID: ch.ID, Emoji: emoji, Reward: award.Status, XP: award.XP}, nil
}

func (s *Service) reactor(ctx context.Context, id, sender string) (viewer, row, Channel, member.Ref, error) {
	v, err := s.viewerOf(ctx, api.PermSendMessages)
	if err != nil {
		return v, row{}, Channel{}, member.Ref{}, err
	}
	who, err := s.sender(ctx, v, sender)
	if err != nil {
		return v, row{}, Channel{}, who, err
	}
	r, ch, err := s.find(ctx, v, id)
	return v, r, ch, who, err
}

type unreactInput struct {
	ID     string `path:"id" maxLength:"24"`
	Emoji  string `query:"emoji" required:"true" maxLength:"64" doc:"Shortcode or emoji"`
	Sender string `query:"sender" maxLength:"254"`
}

// unreact takes a reaction back; what it earned stays.
func (s *Service) unreact(ctx context.Context, in *unreactInput) (struct{}, error) {
	emoji, ok := text.Emoji(in.Emoji)
	if !ok {
		return struct{}{}, errEmoji
	}
	v, r, _, who, err := s.reactor(ctx, in.ID, in.Sender)
	if err != nil {
		return struct{}{}, err
	}
	return struct{}{}, s.change(ctx, v.community, r, 0, func(ctx context.Context, tx *db.Tx, _ int64) error {
		res, err := tx.Exec(ctx, `DELETE FROM message_reactions WHERE community_id = $1 AND message_id = $2 AND emoji = $3 AND member_id = $4`,
			v.community, r.ID, emoji, who.ID)
		if err != nil {
			return fmt.Errorf("remove reaction: %w", err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return api.NewError(api.NotFound, "reaction_not_found", "There is no such reaction of yours.")
		}
		return nil
	})
}

func insertReaction(ctx context.Context, tx *db.Tx, communityID, id, emoji, memberID string, now int64) error {
	var kinds, known int
	err := tx.QueryRow(ctx, `SELECT count(DISTINCT emoji), COALESCE(max(CASE WHEN emoji = $3 THEN 1 ELSE 0 END), 0) FROM message_reactions
		WHERE community_id = $1 AND message_id = $2`, communityID, id, emoji).Scan(&kinds, &known)
	if err != nil {
		return fmt.Errorf("count reactions: %w", err)
	}
	if kinds >= maxEmojis && known == 0 {
		return api.NewError(api.Conflict, "too_many_reactions", "A message takes at most 20 different reactions.")
	}
	res, err := tx.Exec(ctx, `INSERT INTO message_reactions (community_id, message_id, emoji, member_id, created_at) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT DO NOTHING`, communityID, id, emoji, memberID, now)
	if err != nil {
		return fmt.Errorf("add reaction: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return api.NewError(api.Conflict, "reaction_exists", "This user has reacted with that emoji already.")
	}
	return nil
}
