package apiclient

import (
	"context"

	"laurel/api"
)

// Servers are communities by their name in the System family.
type Servers struct{ c *Client }

// Servers is the group of server calls.
func (c *Client) Servers() Servers { return Servers{c} }

// Mine lists the caller's communities.
func (s Servers) Mine(ctx context.Context) ([]api.Community, error) {
	return body[[]api.Community](ctx, s.c, request{method: "GET", path: "/api/v1/servers"})
}

// Create makes another community; owners only.
func (s Servers) Create(ctx context.Context, in api.NewServer) (api.Community, error) {
	return body[api.Community](ctx, s.c, request{method: "POST", path: "/api/v1/servers", body: in})
}

// Update changes the named settings.
func (s Servers) Update(ctx context.Context, id string, in api.CommunityPatch) (api.Community, error) {
	return body[api.Community](ctx, s.c, request{method: "PUT", path: "/api/v1/servers/" + seg(id), body: in})
}
