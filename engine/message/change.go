package message

import (
	"context"
	"fmt"

	"laurel/api"
	"laurel/engine/db"
)

// change writes what touches one message: it moves the channel's revision, so
// that open pages see it, and the number of living messages by live.
func (s *Service) change(ctx context.Context, communityID string, r row, live int64, fn func(ctx context.Context, tx *db.Tx, revision int64) error) error {
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, revision, err := claim(ctx, tx, place{communityID, r.ChannelID}, 0, 1, live)
		if err != nil {
			return err
		}
		res, err := tx.Exec(ctx, `UPDATE messages SET revision = $3 WHERE community_id = $1 AND id = $2 AND deleted_at = 0`, communityID, r.ID, revision)
		if err != nil {
			return fmt.Errorf("touch message: %w", err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errMessage
		}
		return fn(ctx, tx, revision)
	})
	if err == nil {
		s.hub.Signal(topic(communityID, r.ChannelID))
	}
	return err
}

type editInput struct {
	ID   string `path:"id" maxLength:"24"`
	Body api.EditMessage
}

// edit replaces the text: the writer's own, or any by a key.
func (s *Service) edit(ctx context.Context, in *editInput) (api.Message, error) {
	v, err := s.viewerOf(ctx, api.PermSendMessages)
	if err != nil {
		return api.Message{}, err
	}
	r, ch, err := s.find(ctx, v, in.ID)
	if err != nil {
		return api.Message{}, err
	}
	if v.person != nil && !v.mine(r) {
		return api.Message{}, api.NewError(api.Forbidden, "not_the_author", "Only its author can edit a message.")
	}
	if err := s.admit(ctx, v, ch, ActEditOwn, 0); err != nil {
		return api.Message{}, err
	}
	after := r
	if after.Body, err = clean(in.Body.Message, len(r.Images)-len("[]")); err != nil {
		return api.Message{}, err
	}
	if err := s.links(ctx, v, ch, after.Body); err != nil {
		return api.Message{}, err
	}
	words, err := s.rules.of(ctx, v.community)
	if err != nil {
		return api.Message{}, err
	}
	if err := s.screen(ctx, v.community, words, after); err != nil {
		return api.Message{}, err
	}
	after.Mentions, _ = s.mentions(ctx, v, ch, after.Body)
	err = s.change(ctx, v.community, r, 0, func(ctx context.Context, tx *db.Tx, _ int64) error {
		return s.rewrite(ctx, tx, v.community, r, after)
	})
	if err != nil {
		return api.Message{}, err
	}
	return s.get(ctx, &oneInput{ID: r.ID})
}

func (s *Service) rewrite(ctx context.Context, tx *db.Tx, communityID string, before, after row) error {
	if _, err := tx.Exec(ctx, `UPDATE messages SET body = $3, mentions = $4, edited_at = $5 WHERE community_id = $1 AND id = $2`,
		communityID, before.ID, after.Body, after.Mentions, db.Micros(s.k.Now())); err != nil {
		return fmt.Errorf("edit message: %w", err)
	}
	if err := forget(ctx, tx, before.doc); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, wordsHead(tx.Dialect())+` VALUES ($1,$2)`, before.doc, indexed(communityID, after)); err != nil {
		return fmt.Errorf("index message: %w", err)
	}
	return s.note(ctx, tx, communityID, "edited", before, after.Body, "")
}

// forget takes a message out of the search index.
func forget(ctx context.Context, tx *db.Tx, doc int64) error {
	text := `DELETE FROM message_words WHERE doc = $1`
	if tx.Dialect() == db.SQLite {
		text = `DELETE FROM message_words WHERE rowid = $1`
	}
	if _, err := tx.Exec(ctx, text, doc); err != nil {
		return fmt.Errorf("forget words: %w", err)
	}
	return nil
}

type deleteInput struct {
	ID     string `path:"id" maxLength:"24"`
	Reason string `query:"reason" maxLength:"300" doc:"For the moderation log"`
}

// remove deletes a message: one's own, or another's by who may moderate. Its
// text is kept in the moderation log only.
func (s *Service) remove(ctx context.Context, in *deleteInput) (struct{}, error) {
	v, err := s.viewerOf(ctx, api.PermSendMessages)
	if err != nil {
		return struct{}{}, err
	}
	r, ch, err := s.find(ctx, v, in.ID)
	if err != nil {
		return struct{}{}, err
	}
	act := ActDelete
	if v.mine(r) {
		act = ActDeleteOwn
	}
	if err := s.may(ctx, v, ch, act); err != nil && (act == ActDelete || s.may(ctx, v, ch, ActDelete) != nil) {
		return struct{}{}, err
	}
	return struct{}{}, s.change(ctx, v.community, r, -1, func(ctx context.Context, tx *db.Tx, _ int64) error {
		if _, err := tx.Exec(ctx, `UPDATE messages SET deleted_at = $3, body = '', mentions = '[]', images = '[]', pinned_at = 0 WHERE community_id = $1 AND id = $2`,
			v.community, r.ID, db.Micros(s.k.Now())); err != nil {
			return fmt.Errorf("delete message: %w", err)
		}
		if err := forget(ctx, tx, r.doc); err != nil {
			return err
		}
		if err := forgetImages(ctx, tx, v.community, r); err != nil {
			return err
		}
		if r.RootID != "" {
			if _, err := tx.Exec(ctx, `UPDATE messages SET replies = replies - 1 WHERE community_id = $1 AND id = $2 AND replies > 0`, v.community, r.RootID); err != nil {
				return fmt.Errorf("count replies: %w", err)
			}
		}
		return s.note(ctx, tx, v.community, "deleted", r, "", in.Reason)
	})
}

type pinInput struct {
	ID   string `path:"id" maxLength:"24"`
	Body struct {
		Pinned bool `json:"pinned"`
	}
}

// pin sets a message apart, or no longer.
func (s *Service) pin(ctx context.Context, in *pinInput) (api.Message, error) {
	v, err := s.viewerOf(ctx, api.PermSendMessages)
	if err != nil {
		return api.Message{}, err
	}
	r, ch, err := s.find(ctx, v, in.ID)
	if err != nil {
		return api.Message{}, err
	}
	if err := s.may(ctx, v, ch, ActPin); err != nil {
		return api.Message{}, err
	}
	var at int64
	if in.Body.Pinned {
		at = db.Micros(s.k.Now())
	}
	err = s.change(ctx, v.community, r, 0, func(ctx context.Context, tx *db.Tx, _ int64) error {
		_, err := tx.Exec(ctx, `UPDATE messages SET pinned_at = $3 WHERE community_id = $1 AND id = $2`, v.community, r.ID, at)
		return wrap(err, "pin message")
	})
	if err != nil {
		return api.Message{}, err
	}
	return s.get(ctx, &oneInput{ID: r.ID})
}
