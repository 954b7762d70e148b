package apiclient

import (
	"context"

	"laurel/api"
)

// Roles manages the community's roles and who has them.
type Roles struct{ c *Client }

// Roles is the group of role calls.
func (c *Client) Roles() Roles { return Roles{c} }

// List lists a community's roles, highest first.
func (r Roles) List(ctx context.Context, communityID string) ([]api.CommunityRole, error) {
	return body[[]api.CommunityRole](ctx, r.c, request{method: "GET", path: "/api/v1/servers/" + seg(communityID) + "/roles"})
}

// Create makes a role. Errors: Invalid, Forbidden role_too_high.
func (r Roles) Create(ctx context.Context, in api.RoleInput) (api.CommunityRole, error) {
	return body[api.CommunityRole](ctx, r.c, request{method: "POST", path: "/api/v1/roles", body: in})
}

// Update changes a role. Errors: NotFound, Invalid, Forbidden, Conflict role_is_default.
func (r Roles) Update(ctx context.Context, id string, in api.RoleInput) (api.CommunityRole, error) {
	return body[api.CommunityRole](ctx, r.c, request{method: "PUT", path: "/api/v1/roles/" + seg(id), body: in})
}

// Delete removes a role; its members lose it at once.
func (r Roles) Delete(ctx context.Context, id string) (api.CommunityRole, error) {
	return body[api.CommunityRole](ctx, r.c, request{method: "DELETE", path: "/api/v1/roles/" + seg(id)})
}

// Of lists the roles of a user, named by number, id, username or email.
func (r Roles) Of(ctx context.Context, user string) ([]api.CommunityRole, error) {
	return body[[]api.CommunityRole](ctx, r.c, request{method: "GET", path: "/api/v1/roles/" + seg(user)})
}

// Give gives a role to a user. Errors: NotFound, Forbidden by rank.
func (r Roles) Give(ctx context.Context, id, user string) (api.CommunityRole, error) {
	return body[api.CommunityRole](ctx, r.c, request{method: "POST", path: "/api/v1/roles/" + seg(id) + "/users", body: api.RoleUser{UserID: user}})
}

// Take takes a role from a user. Errors: NotFound, Forbidden by rank.
func (r Roles) Take(ctx context.Context, id, user string) (api.CommunityRole, error) {
	return body[api.CommunityRole](ctx, r.c, request{method: "POST", path: "/api/v1/roles/" + seg(id) + "/users/remove", body: api.RoleUser{UserID: user}})
}

// Members lists who was given a role, newest first.
func (r Roles) Members(ctx context.Context, id string, p Paging) (Page[api.RoleHolder], error) {
	return page[api.RoleHolder](ctx, r.c, request{method: "GET", path: "/v1/roles/" + seg(id) + "/members", query: p.values().query()})
}

// Thresholds lists the roles that members get at an amount of XP.
func (r Roles) Thresholds(ctx context.Context) (api.RoleThresholds, error) {
	return data[api.RoleThresholds](ctx, r.c, request{method: "GET", path: "/v1/gamification/role-thresholds"})
}

// SetThresholds replaces which roles come with XP. Errors: Invalid, Forbidden role_too_high.
func (r Roles) SetThresholds(ctx context.Context, in api.RoleThresholds) (api.RoleThresholds, error) {
	return data[api.RoleThresholds](ctx, r.c, request{method: "PUT", path: "/v1/gamification/role-thresholds", body: in})
}

// body calls and takes the reply's body member, as the System family has it.
func body[T any](ctx context.Context, c *Client, r request) (T, error) {
	var e envelope[T]
	err := c.call(ctx, r, &e)
	return e.Body, err
}
