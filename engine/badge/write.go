package badge

import (
	"context"

	"github.com/google/uuid"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

// Create makes a badge. One that counts is awarded soon after to whoever has
// reached its quantity already. Errors: Invalid, TooLarge, Conflict badge_limit.
func (s *Service) Create(ctx context.Context, communityID string, in api.BadgeInput) (api.Badge, error) {
	var r record
	if err := r.shape(in); err != nil {
		return api.Badge{}, err
	}
	pictures, err := s.dress(ctx, communityID, &r, in)
	if err != nil {
		return api.Badge{}, err
	}
	r.id, r.created, r.updated = uuid.NewString(), s.k.Now(), s.k.Now()
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if n, err := total(ctx, tx, communityID); err != nil || n >= maxBadges {
			return or(err, errTooMany)
		}
		if err := insert(ctx, tx, communityID, r); err != nil {
			return err
		}
		return s.written(ctx, tx, communityID, "badge.create", r, pictures, nil, r.wire())
	})
	s.changed(communityID, r)
	return r.wire(), err
}

// Update changes a badge. Who holds it keeps it. Errors: NotFound, Invalid, TooLarge.
func (s *Service) Update(ctx context.Context, communityID, id string, in api.BadgeInput) (api.Badge, error) {
	r, err := selectOne(ctx, s.k.DB().Read(), communityID, id)
	if err != nil {
		return api.Badge{}, err
	}
	before := r
	if err := r.shape(in); err != nil {
		return api.Badge{}, err
	}
	pictures, err := s.dress(ctx, communityID, &r, in)
	if err != nil {
		return api.Badge{}, err
	}
	r.updated = s.k.Now()
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, err := selectOne(ctx, tx, communityID, id); err != nil {
			return err // deleted meanwhile
		}
		if err := update(ctx, tx, communityID, r); err != nil {
			return err
		}
		return s.written(ctx, tx, communityID, "badge.update", r, pictures, before.wire(), r.wire())
	})
	s.changed(communityID, r)
	return r.wire(), err
}

// Delete removes a badge and takes it from everybody; what it paid stays
// paid. Errors: NotFound.
func (s *Service) Delete(ctx context.Context, communityID, id string) (api.Badge, error) {
	var r record
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		if r, err = selectOne(ctx, tx, communityID, id); err != nil {
			return err
		}
		if err := remove(ctx, tx, communityID, id); err != nil {
			return err
		}
		return s.audit(ctx, tx, communityID, "badge.delete", r, r.wire(), nil)
	})
	s.changed(communityID, record{action: api.BadgeCustom})
	return r.wire(), err
}

// written stores what came with a badge and notes the change.
func (s *Service) written(ctx context.Context, tx *db.Tx, communityID, action string, r record, pictures []picture, before, after any) error {
	for _, p := range pictures {
		if err := insertPicture(ctx, tx, communityID, p, s.k.Now()); err != nil {
			return err
		}
	}
	return s.audit(ctx, tx, communityID, action, r, before, after)
}

func (s *Service) audit(ctx context.Context, tx *db.Tx, communityID, action string, r record, before, after any) error {
	return s.k.Audit(ctx, tx, communityID, rest.Change{Action: action, TargetType: "badge", TargetID: r.id, TargetName: r.title, Before: before, After: after})
}

// changed forgets what is remembered of badges and has members judged anew.
func (s *Service) changed(communityID string, r record) {
	s.cache.forget(communityID)
	s.FaceChanged(communityID, 0)
	if r.isAutomatic() {
		s.Moved(communityID)
	}
}

// or is the first of two errors.
func or(err, other error) error {
	if err != nil {
		return err
	}
	return other
}
