package apiclient

import (
	"context"
	"encoding/json"

	"laurel/api"
)

// Me is what a member does for himself.
type Me struct{ c *Client }

// Me is the group of calls on the caller's own account.
func (c *Client) Me() Me { return Me{c} }

// Get reads the caller's own record.
func (m Me) Get(ctx context.Context) (api.User, error) {
	return data[api.User](ctx, m.c, request{method: "GET", path: "/v1/me"})
}

// Update changes the caller's own record.
func (m Me) Update(ctx context.Context, in api.UserPatch) (api.User, error) {
	return data[api.User](ctx, m.c, request{method: "PATCH", path: "/v1/me", body: in})
}

// ChangePassword sets a new password and ends the other sessions.
func (m Me) ChangePassword(ctx context.Context, current, fresh string) error {
	return m.c.call(ctx, request{method: "POST", path: "/v1/me/password", body: map[string]string{"current": current, "password": fresh}}, nil)
}

// Progress is where the caller stands on the ladder.
func (m Me) Progress(ctx context.Context) (api.Progress, error) {
	return data[api.Progress](ctx, m.c, request{method: "GET", path: "/v1/me/progress"})
}

// Ledger is a page of the caller's own ledger, newest first.
func (m Me) Ledger(ctx context.Context, unit api.Unit, cursor string, limit int) (api.LedgerPage, error) {
	query := values{}.text("unit", string(unit)).text("cursor", cursor).number("limit", limit).query()
	return data[api.LedgerPage](ctx, m.c, request{method: "GET", path: "/v1/me/ledger", query: query})
}

// Export is everything held about the caller, as JSON.
func (m Me) Export(ctx context.Context) (json.RawMessage, error) {
	return data[json.RawMessage](ctx, m.c, request{method: "GET", path: "/v1/me/export"})
}

// Delete closes the caller's account.
func (m Me) Delete(ctx context.Context) error {
	return m.c.call(ctx, request{method: "DELETE", path: "/v1/me"}, nil)
}
