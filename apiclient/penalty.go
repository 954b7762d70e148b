package apiclient

import (
	"context"

	"laurel/api"
)

// Penalties warns, suspends and bans members, and reads the misconduct log.
type Penalties struct{ c *Client }

// Penalties is the group of penalty calls.
func (c *Client) Penalties() Penalties { return Penalties{c} }

// PenaltyQuery narrows the misconduct log.
type PenaltyQuery struct {
	Paging
	User string
}

// List reads the misconduct log, newest first.
func (p Penalties) List(ctx context.Context, q PenaltyQuery) (Page[api.Penalty], error) {
	return page[api.Penalty](ctx, p.c, request{method: "GET", path: "/v1/penalties", query: q.values().text("user", q.User).query()})
}

// Mine reads one's own penalties.
func (p Penalties) Mine(ctx context.Context, q Paging) (Page[api.Penalty], error) {
	return page[api.Penalty](ctx, p.c, request{method: "GET", path: "/v1/me/penalties", query: q.values().query()})
}

// Give warns, suspends or bans a user. Errors: Invalid, Forbidden, Conflict penalty_stands.
func (p Penalties) Give(ctx context.Context, user string, in api.NewPenalty) (api.Penalty, error) {
	return data[api.Penalty](ctx, p.c, request{method: "POST", path: "/v1/users/" + seg(user) + "/penalties", body: in})
}

// Extend moves the end of a suspension. Errors: Conflict penalty_ended.
func (p Penalties) Extend(ctx context.Context, id string, in api.PenaltyPatch) (api.Penalty, error) {
	return data[api.Penalty](ctx, p.c, request{method: "PATCH", path: "/v1/penalties/" + seg(id), body: in})
}

// Revoke lifts a suspension or ban. Errors: Conflict penalty_ended.
func (p Penalties) Revoke(ctx context.Context, id, reason string) (api.Penalty, error) {
	return data[api.Penalty](ctx, p.c, request{method: "POST", path: "/v1/penalties/" + seg(id) + "/revoke", body: api.Revocation{Reason: reason}})
}
