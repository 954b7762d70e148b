package apiclient

import (
	"context"

	"laurel/api"
)

// Communities reads and changes the caller's community.
type Communities struct{ c *Client }

// Communities is the group of community calls.
func (c *Client) Communities() Communities { return Communities{c} }

// Get reads the community.
func (g Communities) Get(ctx context.Context, id string) (api.Community, error) {
	return data[api.Community](ctx, g.c, request{method: "GET", path: "/v1/communities/" + seg(id)})
}

// Update changes the named settings.
func (g Communities) Update(ctx context.Context, id string, p api.CommunityPatch) (api.Community, error) {
	return data[api.Community](ctx, g.c, request{method: "PATCH", path: "/v1/communities/" + seg(id), body: p})
}

// AuditQuery narrows the audit log; zero values mean everything.
type AuditQuery struct {
	Paging
	Action, TargetType, TargetID, ActorID, From, To string
	Search                                          string // part of the name of what was changed
}

// AuditLog reads who changed what, newest first.
func (g Communities) AuditLog(ctx context.Context, id string, q AuditQuery) (Page[api.AuditEntry], error) {
	query := q.values().text("action", q.Action).text("targetType", q.TargetType).text("targetId", q.TargetID).
		text("actorId", q.ActorID).text("from", q.From).text("to", q.To).text("search", q.Search).query()
	return page[api.AuditEntry](ctx, g.c, request{method: "GET", path: "/v1/communities/" + seg(id) + "/audit-log", query: query})
}

// MailQuery narrows the mail outbox.
type MailQuery struct {
	Paging
	Status, Search string
}

// Mails lists mails without their text.
func (g Communities) Mails(ctx context.Context, id string, q MailQuery) (Page[api.Mail], error) {
	query := q.values().text("status", q.Status).text("search", q.Search).query()
	return page[api.Mail](ctx, g.c, request{method: "GET", path: "/v1/communities/" + seg(id) + "/mails", query: query})
}

// Mail reads one mail with its text; owners only.
func (g Communities) Mail(ctx context.Context, id, mailID string) (api.Mail, error) {
	return data[api.Mail](ctx, g.c, request{method: "GET", path: "/v1/communities/" + seg(id) + "/mails/" + seg(mailID)})
}

// Keys manages the community's API keys.
type Keys struct {
	c    *Client
	base string
}

// Keys is the group of calls on a community's API keys.
func (c *Client) Keys(communityID string) Keys {
	return Keys{c, "/v1/communities/" + seg(communityID) + "/api-keys"}
}

// UserKeys is the group of calls on a member's own API keys.
func (c *Client) UserKeys(userID string) Keys {
	return Keys{c, "/v1/users/" + seg(userID) + "/api-keys"}
}

// List lists the keys without their secrets.
func (k Keys) List(ctx context.Context) ([]api.APIKey, error) {
	return data[[]api.APIKey](ctx, k.c, request{method: "GET", path: k.base})
}

// Create makes a key; the answer alone holds the secret.
func (k Keys) Create(ctx context.Context, in api.NewAPIKey) (api.APIKey, error) {
	return data[api.APIKey](ctx, k.c, request{method: "POST", path: k.base, body: in})
}

// Update changes a key.
func (k Keys) Update(ctx context.Context, id string, in api.APIKeyPatch) (api.APIKey, error) {
	return data[api.APIKey](ctx, k.c, request{method: "PUT", path: k.base + "/" + seg(id), body: in})
}

// Delete revokes a key at once.
func (k Keys) Delete(ctx context.Context, id string) (api.APIKey, error) {
	return data[api.APIKey](ctx, k.c, request{method: "DELETE", path: k.base + "/" + seg(id)})
}

// Rotate gives a key a new secret; the old one works on for the overlap.
func (k Keys) Rotate(ctx context.Context, id string, in api.KeyRotation) (api.APIKey, error) {
	return data[api.APIKey](ctx, k.c, request{method: "POST", path: k.base + "/" + seg(id) + "/rotate", body: in})
}

// Requests lists the newest requests that came with a key.
func (k Keys) Requests(ctx context.Context, id string) ([]api.KeyRequest, error) {
	return data[[]api.KeyRequest](ctx, k.c, request{method: "GET", path: k.base + "/" + seg(id) + "/requests"})
}

// SystemKey reads the first characters of a single key: kind system,
// secureAuth or widget.
func (g Communities) SystemKey(ctx context.Context, id, kind string) (api.SystemKey, error) {
	return data[api.SystemKey](ctx, g.c, request{method: "GET", path: "/v1/communities/" + seg(id) + "/system-key", query: values{}.text("kind", kind).query()})
}

// RotateSystemKey replaces a single key; the answer alone holds the secret.
// The old one works on for the overlap, if one is given.
func (g Communities) RotateSystemKey(ctx context.Context, id, kind string, in ...api.KeyRotation) (api.SystemKey, error) {
	var body any
	if len(in) > 0 {
		body = in[0]
	}
	return data[api.SystemKey](ctx, g.c, request{method: "POST", path: "/v1/communities/" + seg(id) + "/system-key", query: values{}.text("kind", kind).query(), body: body})
}
