package apiclient

import (
	"context"

	"laurel/api"
)

// Joining manages what newcomers bring, and invite links.
type Joining struct {
	c    *Client
	base string
}

// Joining is the group of joining calls of a community.
func (c *Client) Joining(communityID string) Joining {
	return Joining{c, "/v1/communities/" + seg(communityID)}
}

// Get reads what a newcomer is asked for; needs no credential.
func (j Joining) Get(ctx context.Context) (api.Joining, error) {
	return data[api.Joining](ctx, j.c, request{method: "GET", path: j.base + "/joining"})
}

// SetFields sets which profile fields are required.
func (j Joining) SetFields(ctx context.Context, fields []string) (api.Joining, error) {
	return data[api.Joining](ctx, j.c, request{method: "PUT", path: j.base + "/joining", body: api.JoiningInput{Fields: fields}})
}

// CreatePolicy makes a policy.
func (j Joining) CreatePolicy(ctx context.Context, in api.PolicyInput) (api.Policy, error) {
	return data[api.Policy](ctx, j.c, request{method: "POST", path: j.base + "/policies", body: in})
}

// UpdatePolicy changes a policy; a new text is a new version.
func (j Joining) UpdatePolicy(ctx context.Context, id string, in api.PolicyInput) (api.Policy, error) {
	return data[api.Policy](ctx, j.c, request{method: "PUT", path: j.base + "/policies/" + seg(id), body: in})
}

// DeletePolicy removes a policy.
func (j Joining) DeletePolicy(ctx context.Context, id string) (api.Policy, error) {
	return data[api.Policy](ctx, j.c, request{method: "DELETE", path: j.base + "/policies/" + seg(id)})
}

// Invites lists invite links: all for the team, else one's own.
func (j Joining) Invites(ctx context.Context) ([]api.Invite, error) {
	return data[[]api.Invite](ctx, j.c, request{method: "GET", path: "/v1/invites"})
}

// Invite makes an invite link.
func (j Joining) Invite(ctx context.Context, in api.NewInvite) (api.Invite, error) {
	return data[api.Invite](ctx, j.c, request{method: "POST", path: "/v1/invites", body: in})
}

// Revoke closes an invite link.
func (j Joining) Revoke(ctx context.Context, id string) (api.Invite, error) {
	return data[api.Invite](ctx, j.c, request{method: "DELETE", path: "/v1/invites/" + seg(id)})
}
