// Package role keeps the roles of a community: what they allow, who has them,
// and their order, which decides who may manage whom.
package role

import (
	"context"
	"slices"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// Service is the role noun. Make it with New; it is safe for concurrent use.
type Service struct {
	k       *rest.Kit
	members *member.Service
	cache   *cache
}

// otherNodes is how long roles are believed where another node may change them.
const otherNodes = 2 * time.Second

// New makes the service.
func New(k *rest.Kit, members *member.Service) *Service {
	s := &Service{k: k, members: members, cache: &cache{now: k.Now, homes: map[string]*roster{}}}
	if k.DB().Dialect() == db.PostgreSQL {
		s.cache.life = otherNodes
	}
	return s
}

// Defaults lays down @all in a new community.
func (s *Service) Defaults(ctx context.Context, tx *db.Tx, communityID string) error {
	now := s.k.Now()
	return insert(ctx, tx, communityID, stored{id: communityID, title: "@all", order: allOrder, isDefault: true,
		rights: api.DefaultRights, created: now, updated: now})
}

// Standing is what a member is allowed by his roles: from memory, except the
// first time. Errors: NotFound.
func (s *Service) Standing(ctx context.Context, communityID, memberID string) (member.Standing, error) {
	ref, err := s.members.Resolve(ctx, communityID, memberID)
	if err == nil && ref.Deleted {
		err = api.NewError(api.NotFound, "user_not_found", "No user of this community is known by that id, name or address.")
	}
	if err != nil {
		return member.Standing{}, err
	}
	roles, err := s.held(ctx, communityID, ref.ID)
	return member.Standing{Ref: ref, Roles: roles}, err
}

// Permissions are the API permissions that a member's roles give him.
func (s *Service) Permissions(ctx context.Context, communityID, memberID string) ([]api.Permission, error) {
	standing, err := s.Standing(ctx, communityID, memberID)
	return permissions(standing.Rights()), err
}

// Actor is the standing of whoever makes the request. A key acts as an admin.
func (s *Service) Actor(ctx context.Context) (member.Standing, error) {
	c := rest.CallerOf(ctx)
	if !c.IsPerson() {
		return member.Standing{Ref: member.Ref{Role: api.RoleAdmin}}, nil
	}
	return s.Standing(ctx, c.CommunityID, c.MemberID)
}

// Names are the titles of a member's roles, highest first, @all last.
func (s *Service) Names(ctx context.Context, communityID, memberID string) ([]string, error) {
	roles, err := s.held(ctx, communityID, memberID)
	names := make([]string, 0, len(roles))
	for _, r := range roles {
		names = append(names, r.Title)
	}
	return names, err
}

// Check returns Invalid on the field unless every id is a role of the community.
func (s *Service) Check(ctx context.Context, communityID, field string, ids []string) error {
	home, err := s.home(ctx, communityID)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if !slices.ContainsFunc(home.roles, func(r stored) bool { return r.id == id }) {
			return api.InvalidField(field, "names a role that does not exist")
		}
	}
	return nil
}

var (
	errNotFound = api.NewError(api.NotFound, "role_not_found", "No role has that id.")
	errRank     = api.NewError(api.Forbidden, "role_too_high", "This role is not below your own highest one, or holds a right that you do not hold.")
	errOutrank  = api.NewError(api.Forbidden, "member_outranks_you", "You may manage only members whose highest role is below yours.")
	errDefault  = api.NewError(api.Conflict, "role_is_default", "Everyone has @all: it cannot be deleted, renamed, moved, given or taken.")
)
