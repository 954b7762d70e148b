package wheel

import (
	"context"
	"errors"
	"fmt"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// Edit changes where a member stands. Errors: NotFound, Invalid with the field.
func (s *Service) Edit(ctx context.Context, communityID, user string, in api.WheelMemberEdit) (api.WheelMember, error) {
	c, who, err := s.seat(ctx, communityID, user)
	if err != nil {
		return api.WheelMember{}, err
	}
	if err := c.checkWeights(in.PrizeWeights); err != nil {
		return api.WheelMember{}, err
	}
	var p player
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		p, err = s.edit(ctx, tx, communityID, who, c, in)
		return err
	})
	return p.shown(c, who.Username, s.k.Now()), err
}

// seat finds a living member and the wheel.
func (s *Service) seat(ctx context.Context, communityID, user string) (c config, who member.Ref, err error) {
	if who, err = s.members.Resolve(ctx, communityID, user); err != nil {
		return c, who, err
	}
	if who.Deleted {
		return c, who, api.NewError(api.NotFound, "user_not_found", "No user of this community is known by that id, name or address.")
	}
	c, err = s.config(ctx, communityID)
	return c, who, err
}

// checkWeights refuses weights of segments that the wheel does not have.
func (c config) checkWeights(own map[string]int64) error {
	known := map[string]bool{}
	for _, g := range c.Segments {
		known[g.ID] = true
	}
	for id, w := range own {
		if !known[id] {
			return api.InvalidField("prizeWeights", "names "+id+", which is no segment of the wheel")
		}
		if w < 0 || w > 1_000_000 {
			return api.InvalidField("prizeWeights", "must be from 0 to 1,000,000")
		}
	}
	return nil
}

func (s *Service) edit(ctx context.Context, tx *db.Tx, communityID string, who member.Ref, c config, in api.WheelMemberEdit) (player, error) {
	p, err := s.sit(ctx, tx, communityID, who.ID)
	if err != nil {
		return p, err
	}
	before := p.shown(c, who.Username, s.k.Now())
	if err := p.edit(in); err != nil {
		return p, err
	}
	if err := storePlayer(ctx, tx, communityID, p); err != nil {
		return p, err
	}
	return p, s.k.Audit(ctx, tx, communityID, rest.Change{Action: "wheel.member", TargetType: "user", TargetID: who.ID, TargetName: who.Username,
		Before: before, After: p.shown(c, who.Username, s.k.Now())})
}

// EditMany makes the same change for many members, all or none. Errors:
// NotFound naming users[i], Invalid with the field.
func (s *Service) EditMany(ctx context.Context, communityID string, in api.WheelMembersEdit) ([]api.WheelMember, error) {
	c, err := s.config(ctx, communityID)
	if err != nil {
		return nil, err
	}
	if err := c.checkWeights(in.PrizeWeights); err != nil {
		return nil, err
	}
	who, err := s.people(ctx, communityID, in.Users)
	if err != nil {
		return nil, err
	}
	out := make([]api.WheelMember, len(who))
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		for i, w := range who {
			p, err := s.edit(ctx, tx, communityID, w, c, in.WheelMemberEdit)
			if err != nil {
				return err
			}
			out[i] = p.shown(c, w.Username, s.k.Now())
		}
		return nil
	})
	return out, err
}

func (s *Service) people(ctx context.Context, communityID string, users []string) ([]member.Ref, error) {
	if err := s.members.Prefetch(ctx, communityID, users); err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	out := make([]member.Ref, 0, len(users))
	for i, u := range users {
		_, who, err := s.seat(ctx, communityID, u)
		if err != nil {
			return nil, named(err, i)
		}
		if !seen[who.ID] {
			seen[who.ID] = true
			out = append(out, who)
		}
	}
	return out, nil
}

// named says which of the users an error is about.
func named(err error, i int) error {
	var e *api.Error
	if !errors.As(err, &e) {
		return err
	}
	out := *e
	out.Fields = []api.FieldError{{Field: fmt.Sprintf("users[%d]", i), Message: "is not known"}}
	return &out
}

// Grant adds spins within the caller's transaction: of a streak, a purchase.
func (s *Service) Grant(ctx context.Context, tx *db.Tx, communityID, memberID string, n int64) error {
	p, err := s.sit(ctx, tx, communityID, memberID)
	if err != nil {
		return err
	}
	p.spins = min(p.spins+n, maxSpins)
	return storePlayer(ctx, tx, communityID, p)
}
