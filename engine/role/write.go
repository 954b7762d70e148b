package role

import (
	"context"
	"strings"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// List gives the community's roles, highest first.
func (s *Service) List(ctx context.Context, communityID string) ([]api.CommunityRole, error) {
	roles, err := counted(ctx, s.k.DB().Read(), communityID)
	out := make([]api.CommunityRole, 0, len(roles))
	for _, r := range roles {
		out = append(out, wire(communityID, r))
	}
	return out, err
}

// Create makes a role, at the bottom when no order is given. Errors: Invalid,
// Forbidden when it would lie above its maker or allow more than he may.
func (s *Service) Create(ctx context.Context, communityID string, in api.RoleInput) (api.CommunityRole, error) {
	if in.Title == nil {
		return api.CommunityRole{}, api.InvalidField("title", "is required")
	}
	now := s.k.Now()
	r := stored{id: api.NewIDAt(now), created: now, updated: now}
	err := s.write(ctx, communityID, func(ctx context.Context, tx *db.Tx, actor member.Standing) error {
		bottom, err := lowest(ctx, tx, communityID)
		if err != nil {
			return err
		}
		r.order = bottom + 1
		if err := shape(&r, in); err != nil {
			return err
		}
		if !mayShape(actor, r.order, r.rights) {
			return errRank
		}
		if err := insert(ctx, tx, communityID, r); err != nil {
			return err
		}
		return s.audit(ctx, tx, communityID, "role.create", r, nil, wire(communityID, r))
	})
	return wire(communityID, r), err
}

// Update changes a role. Errors: NotFound, Invalid, Forbidden, Conflict.
func (s *Service) Update(ctx context.Context, communityID, id string, in api.RoleInput) (api.CommunityRole, error) {
	var r stored
	err := s.write(ctx, communityID, func(ctx context.Context, tx *db.Tx, actor member.Standing) error {
		before, err := one(ctx, tx, communityID, id)
		if err != nil {
			return err
		}
		r = before
		if err := shape(&r, in); err != nil {
			return err
		}
		if r.isDefault && (r.title != before.title || r.order != before.order) {
			return errDefault
		}
		if !mayShape(actor, before.order, before.rights) || !mayShape(actor, r.order, r.rights) {
			return errRank
		}
		r.updated = s.k.Now()
		if err := update(ctx, tx, communityID, r); err != nil {
			return err
		}
		return s.audit(ctx, tx, communityID, "role.update", r, wire(communityID, before), wire(communityID, r))
	})
	return wire(communityID, r), err
}

// Delete removes a role from the community and its members. Errors: NotFound,
// Forbidden, Conflict for @all.
func (s *Service) Delete(ctx context.Context, communityID, id string) (api.CommunityRole, error) {
	var r stored
	err := s.write(ctx, communityID, func(ctx context.Context, tx *db.Tx, actor member.Standing) (err error) {
		r, err = one(ctx, tx, communityID, id)
		switch {
		case err != nil:
			return err
		case r.isDefault:
			return errDefault
		case !mayShape(actor, r.order, r.rights):
			return errRank
		}
		if err := remove(ctx, tx, communityID, id); err != nil {
			return err
		}
		return s.audit(ctx, tx, communityID, "role.delete", r, wire(communityID, r), nil)
	})
	return wire(communityID, r), err
}

// write runs a change of roles in a transaction and forgets what was known.
func (s *Service) write(ctx context.Context, communityID string, fn func(context.Context, *db.Tx, member.Standing) error) error {
	actor, err := s.Actor(ctx)
	if err != nil {
		return err
	}
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error { return fn(ctx, tx, actor) })
	s.cache.forget(communityID)
	s.k.Forget()
	return err
}

func (s *Service) audit(ctx context.Context, tx *db.Tx, communityID, action string, r stored, before, after any) error {
	return s.k.Audit(ctx, tx, communityID, rest.Change{Action: action, TargetType: "role", TargetID: r.id, TargetName: r.title, Before: before, After: after})
}

// shape puts the input into the role.
func shape(r *stored, in api.RoleInput) (err error) {
	for _, text := range []struct{ into, from *string }{{&r.title, in.Title}, {&r.description, in.Description}, {&r.class, in.Class}} {
		if text.from != nil {
			*text.into = strings.TrimSpace(*text.from)
		}
	}
	if in.Order != nil {
		r.order = *in.Order
	}
	if in.Billable != nil {
		r.billable = *in.Billable
	}
	if r.title == "" || (strings.HasPrefix(r.title, "@") && !r.isDefault) {
		return api.InvalidField("title", "must be a name that does not begin with @")
	}
	for _, set := range []struct {
		field    string
		switches map[string]bool
		server   bool
	}{
		{"server_permissions", in.Server, true}, {"serverPermissions", in.ServerPermissions, true},
		{"channel_permissions", in.Channel, false}, {"channelPermissions", in.ChannelPermissions, false},
	} {
		if r.rights, err = r.rights.With(set.field, set.switches, set.server); err != nil {
			return err
		}
	}
	return nil
}

func wire(communityID string, r stored) api.CommunityRole {
	return api.CommunityRole{
		ID: r.id, Order: r.order, Billable: r.billable, Title: r.title, Description: r.description, Class: r.class,
		ServerPermissions: r.rights.Server(), ChannelPermissions: r.rights.Channel(), ServerID: communityID, IsDefault: r.isDefault,
		Members: r.members, CreatedAt: api.At(r.created), UpdatedAt: api.At(r.updated),
	}
}
