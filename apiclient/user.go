package apiclient

import (
	"context"

	"laurel/api"
)

// Users reads and changes the members of the caller's community.
type Users struct{ c *Client }

// Users is the group of member calls.
func (c *Client) Users() Users { return Users{c} }

// Create makes a member. Errors: Invalid, Conflict.
func (u Users) Create(ctx context.Context, in api.NewUser) (api.User, error) {
	return data[api.User](ctx, u.c, request{method: "POST", path: "/v1/users", body: in})
}

// Info is the documented summary of a member by id or email.
func (u Users) Info(ctx context.Context, idOrEmail string) (api.UserInfo, error) {
	return data[api.UserInfo](ctx, u.c, request{method: "POST", path: "/v1/users/info", body: map[string]string{"idOrEmail": idOrEmail}})
}

// Manage deletes (softly) or restores a member.
func (u Users) Manage(ctx context.Context, in api.ManageUser) error {
	return u.c.call(ctx, request{method: "POST", path: "/v1/users/manage", body: in}, nil)
}

// Update changes the named parts of a member.
func (u Users) Update(ctx context.Context, id string, in api.UserPatch) (api.User, error) {
	return data[api.User](ctx, u.c, request{method: "PATCH", path: "/v1/users/" + seg(id), body: in})
}

// UserQuery narrows the list of members; zero values mean everything.
type UserQuery struct {
	Paging
	Search, Sort, Role, Status string
}

// List lists the community's members.
func (u Users) List(ctx context.Context, communityID string, q UserQuery) (Page[api.User], error) {
	query := q.values().text("search", q.Search).text("sort", q.Sort).text("role", q.Role).text("status", q.Status).query()
	return page[api.User](ctx, u.c, request{method: "GET", path: "/v1/communities/" + seg(communityID) + "/users", query: query})
}

// Get reads a member of the community with the wallet.
func (u Users) Get(ctx context.Context, communityID, id string) (api.User, error) {
	return data[api.User](ctx, u.c, request{method: "GET", path: "/v1/communities/" + seg(communityID) + "/users/" + seg(id)})
}

// Adjust changes a member's wallet by hand. Errors: Invalid, Conflict insufficient_funds.
func (u Users) Adjust(ctx context.Context, id string, in api.Adjustment) (api.Award, error) {
	return data[api.Award](ctx, u.c, request{method: "POST", path: "/v1/users/" + seg(id) + "/wallet", body: in})
}

// Progress is where a member stands on the ladder.
func (u Users) Progress(ctx context.Context, id string) (api.Progress, error) {
	return data[api.Progress](ctx, u.c, request{method: "GET", path: "/v1/users/" + seg(id) + "/progress"})
}

// Fields manages the community's user fields.
type Fields struct {
	c    *Client
	base string
}

// Fields is the group of calls on user fields.
func (c *Client) Fields(communityID string) Fields {
	return Fields{c, "/v1/communities/" + seg(communityID) + "/user-fields"}
}

// List lists the fields.
func (f Fields) List(ctx context.Context) ([]api.UserField, error) {
	return data[[]api.UserField](ctx, f.c, request{method: "GET", path: f.base})
}

// Create makes a field.
func (f Fields) Create(ctx context.Context, in api.NewUserField) (api.UserField, error) {
	return data[api.UserField](ctx, f.c, request{method: "POST", path: f.base, body: in})
}

// Update replaces a field's name, type and options.
func (f Fields) Update(ctx context.Context, id string, in api.NewUserField) (api.UserField, error) {
	return data[api.UserField](ctx, f.c, request{method: "PUT", path: f.base + "/" + seg(id), body: in})
}

// Delete removes a field and its values.
func (f Fields) Delete(ctx context.Context, id string) error {
	return f.c.call(ctx, request{method: "DELETE", path: f.base + "/" + seg(id)}, nil)
}
