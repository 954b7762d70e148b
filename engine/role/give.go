package role

import (
	"context"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// Of lists the roles of a member, highest first. Errors: NotFound.
func (s *Service) Of(ctx context.Context, communityID, user string) ([]api.CommunityRole, error) {
	ref, err := s.members.Resolve(ctx, communityID, user)
	if err != nil {
		return nil, err
	}
	ids, err := roleIDs(ctx, s.k.DB().Read(), communityID, ref.ID)
	if err != nil {
		return nil, err
	}
	home, err := s.home(ctx, communityID)
	if err != nil {
		return nil, err
	}
	out := []api.CommunityRole{}
	for _, r := range home.roles {
		if r.isDefault || ids[r.id] {
			out = append(out, wire(communityID, r))
		}
	}
	return out, nil
}

// Give gives a role to a member; to have it already is no failure. Errors:
// NotFound, Forbidden by rank, Conflict for @all.
func (s *Service) Give(ctx context.Context, communityID, roleID, user string) (api.CommunityRole, error) {
	return s.move(ctx, communityID, roleID, user, "role.give", func(ctx context.Context, tx *db.Tx, memberID string) (bool, error) {
		return give(ctx, tx, communityID, memberID, roleID, "hand", s.k.Now())
	})
}

// Take takes a role from a member; not to have it is no failure. Errors as Give.
func (s *Service) Take(ctx context.Context, communityID, roleID, user string) (api.CommunityRole, error) {
	return s.move(ctx, communityID, roleID, user, "role.take", func(ctx context.Context, tx *db.Tx, memberID string) (bool, error) {
		return take(ctx, tx, communityID, memberID, roleID)
	})
}

func (s *Service) move(ctx context.Context, communityID, roleID, user, action string, fn func(context.Context, *db.Tx, string) (bool, error)) (api.CommunityRole, error) {
	target, err := s.target(ctx, communityID, user)
	if err != nil {
		return api.CommunityRole{}, err
	}
	var r stored
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		if r, err = s.givable(ctx, tx, communityID, roleID); err != nil {
			return err
		}
		did, err := fn(ctx, tx, target.ID)
		if err != nil || !did {
			return err
		}
		return s.k.Audit(ctx, tx, communityID, rest.Change{Action: action, TargetType: "user", TargetID: target.ID,
			TargetName: target.Username, After: map[string]string{"role": r.title}})
	})
	s.Moved(communityID, target.ID)
	return wire(communityID, r), err
}

// target is the member to be managed, who is below the actor or himself.
func (s *Service) target(ctx context.Context, communityID, user string) (member.Standing, error) {
	ref, err := s.members.Resolve(ctx, communityID, user)
	if err != nil {
		return member.Standing{}, err
	}
	target, err := s.Standing(ctx, communityID, ref.ID)
	if err != nil {
		return target, err
	}
	actor, err := s.Actor(ctx)
	c := rest.CallerOf(ctx)
	if err == nil && c.Kind == rest.UserToken && actor.ID != target.ID && !Outranks(actor, target) {
		err = errOutrank
	}
	return target, err
}

// givable is a role that the actor may give and take.
func (s *Service) givable(ctx context.Context, tx *db.Tx, communityID, roleID string) (stored, error) {
	r, err := one(ctx, tx, communityID, roleID)
	if err != nil {
		return r, err
	}
	if r.isDefault {
		return r, errDefault
	}
	actor, err := s.Actor(ctx)
	if err == nil && !mayShape(actor, r.order, r.rights) {
		err = errRank
	}
	return r, err
}

// Award gives a role within a transaction of the platform's own doing: an
// approved request, an invite, a threshold. Call Moved after the commit.
// Errors: NotFound.
func (s *Service) Award(ctx context.Context, tx *db.Tx, communityID, memberID, roleID, source string) error {
	if _, err := one(ctx, tx, communityID, roleID); err != nil {
		return err
	}
	_, err := give(ctx, tx, communityID, memberID, roleID, source, s.k.Now())
	return err
}

// MayHand returns Forbidden unless the caller may give the role. Errors: NotFound, Conflict for @all.
func (s *Service) MayHand(ctx context.Context, tx *db.Tx, communityID, roleID string) error {
	_, err := s.givable(ctx, tx, communityID, roleID)
	return err
}

// Hand is Award for an act of the caller, who must be allowed to give the role.
func (s *Service) Hand(ctx context.Context, tx *db.Tx, communityID, memberID, roleID, source string) error {
	if _, err := s.givable(ctx, tx, communityID, roleID); err != nil {
		return err
	}
	_, err := give(ctx, tx, communityID, memberID, roleID, source, s.k.Now())
	return err
}

// Moved forgets what roles a member had.
func (s *Service) Moved(communityID, memberID string) {
	s.cache.forgetMember(communityID, memberID)
	s.k.Forget()
}
