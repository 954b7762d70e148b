package apiclient

import (
	"context"
	"net/http"

	"laurel/api"
)

// Widgets manages embeds, their access keys, and what visitors get from them.
type Widgets struct{ c *Client }

// Widgets is the group of embed calls.
func (c *Client) Widgets() Widgets { return Widgets{c} }

// List lists the community's widgets.
func (w Widgets) List(ctx context.Context, p Paging) (Page[api.Widget], error) {
	return page[api.Widget](ctx, w.c, request{method: "GET", path: "/v1/widgets", query: p.values().query()})
}

// Get reads a widget.
func (w Widgets) Get(ctx context.Context, id string) (api.Widget, error) {
	return data[api.Widget](ctx, w.c, request{method: "GET", path: "/v1/widgets/" + seg(id)})
}

// Create makes a widget. Errors: Invalid with the field.
func (w Widgets) Create(ctx context.Context, in api.WidgetInput) (api.Widget, error) {
	return data[api.Widget](ctx, w.c, request{method: "POST", path: "/v1/widgets", body: in})
}

// Update changes the named parts of a widget.
func (w Widgets) Update(ctx context.Context, id string, in api.WidgetInput) (api.Widget, error) {
	return data[api.Widget](ctx, w.c, request{method: "PUT", path: "/v1/widgets/" + seg(id), body: in})
}

// Delete removes a widget: its frames show a calm panel from then on.
func (w Widgets) Delete(ctx context.Context, id string) error {
	return w.c.call(ctx, request{method: "DELETE", path: "/v1/widgets/" + seg(id)}, nil)
}

// AccessKeys lists access keys without their secrets.
func (w Widgets) AccessKeys(ctx context.Context) ([]api.AccessKey, error) {
	return data[[]api.AccessKey](ctx, w.c, request{method: "GET", path: "/v1/widget-access-keys"})
}

// AccessKey reads an access key without its secret.
func (w Widgets) AccessKey(ctx context.Context, id string) (api.AccessKey, error) {
	return data[api.AccessKey](ctx, w.c, request{method: "GET", path: "/v1/widget-access-keys/" + seg(id)})
}

// CreateAccessKey makes an access key; the answer alone holds the secret.
func (w Widgets) CreateAccessKey(ctx context.Context, in api.AccessKeyInput) (api.AccessKey, error) {
	return data[api.AccessKey](ctx, w.c, request{method: "POST", path: "/v1/widget-access-keys", body: in})
}

// UpdateAccessKey changes the named parts of an access key.
func (w Widgets) UpdateAccessKey(ctx context.Context, id string, in api.AccessKeyInput) (api.AccessKey, error) {
	return data[api.AccessKey](ctx, w.c, request{method: "PUT", path: "/v1/widget-access-keys/" + seg(id), body: in})
}

// RotateAccessKey gives an access key a new secret; the old one works on for the overlap.
func (w Widgets) RotateAccessKey(ctx context.Context, id string, in api.RotateInput) (api.AccessKey, error) {
	return data[api.AccessKey](ctx, w.c, request{method: "POST", path: "/v1/widget-access-keys/" + seg(id) + "/rotate", body: in})
}

// RevokeAccessKey ends an access key and every widget session made with it.
func (w Widgets) RevokeAccessKey(ctx context.Context, id string) error {
	return w.c.call(ctx, request{method: "DELETE", path: "/v1/widget-access-keys/" + seg(id)}, nil)
}

// EmbedLogQuery narrows the embed log.
type EmbedLogQuery struct {
	Paging
	WidgetID, AccessID, Event string
	From, To                  string // RFC 3339, or days
}

// EmbedLog reads what happened with embeds, newest first.
func (w Widgets) EmbedLog(ctx context.Context, q EmbedLogQuery) (Page[api.EmbedEvent], error) {
	query := q.values().text("widgetId", q.WidgetID).text("accessId", q.AccessID).text("event", q.Event).text("from", q.From).text("to", q.To).query()
	return page[api.EmbedEvent](ctx, w.c, request{method: "GET", path: "/v1/widget-embed-log", query: query})
}

// Token exchanges an access key for an embed token: a partner's server calls it.
func (w Widgets) Token(ctx context.Context, in api.EmbedTokenRequest) (api.EmbedToken, error) {
	return data[api.EmbedToken](ctx, w.c, request{method: "POST", path: "/v2/api/widget-access-keys/token", body: in})
}

// Ticket exchanges an access key for a one-use ticket of a plain iframe.
func (w Widgets) Ticket(ctx context.Context, in api.EmbedTokenRequest) (api.EmbedTicket, error) {
	return data[api.EmbedTicket](ctx, w.c, request{method: "POST", path: "/v2/api/widget-access-keys/ticket", body: in})
}

// Validate says whether an embed token is good; it spends nothing.
func (w Widgets) Validate(ctx context.Context, embedToken string) (api.EmbedValidity, error) {
	return data[api.EmbedValidity](ctx, w.c, request{method: "POST", path: "/v2/api/widget-access-keys/validate", body: map[string]string{"embedToken": embedToken}})
}

// Session exchanges an embed token, ticket or refresh token for a widget session.
func (w Widgets) Session(ctx context.Context, in api.EmbedSessionRequest) (api.EmbedSession, error) {
	return data[api.EmbedSession](ctx, w.c, request{method: "POST", path: "/v2/api/widget-access-keys/session", body: in})
}

// SignIn is the legacy sign-in of a widget by header.
func (w Widgets) SignIn(ctx context.Context, communityID, widgetKey, email string) (string, error) {
	h := http.Header{}
	h.Set("returningai-api-key", widgetKey)
	h.Set("email", email)
	out, err := plain[struct {
		Token string `json:"token"`
	}](ctx, w.c, request{method: "POST", path: "/widget/" + seg(communityID) + "/signin", header: h})
	return out.Token, err
}

// Public reads what a frame needs to draw a widget: by widget id.
func (w Widgets) Public(ctx context.Context, id string) (api.PublicWidget, error) {
	return data[api.PublicWidget](ctx, w.c, request{method: "GET", path: "/v1/public/widgets/" + seg(id)})
}

// PublicBoard reads a board's own widget by community (id or uri) and board slug or id.
func (w Widgets) PublicBoard(ctx context.Context, community, board string) (api.PublicWidget, error) {
	return data[api.PublicWidget](ctx, w.c, request{method: "GET", path: "/v1/public/boards/" + seg(community) + "/" + seg(board)})
}

// PublicEntries reads the standings of a public widget.
func (w Widgets) PublicEntries(ctx context.Context, id string, q EntryQuery) (api.Standings, error) {
	return data[api.Standings](ctx, w.c, q.request("/v1/public/widgets/"+seg(id)+"/entries"))
}

// FollowPublic calls fn with each change of a public widget's standings.
func (w Widgets) FollowPublic(ctx context.Context, id string, fn func(api.StandingsChange)) error {
	return follow(ctx, w.c, "/v1/public/widgets/"+seg(id)+"/stream", fn)
}

// PublicCommunity reads a community and its public boards, by id or uri; empty means the host's.
func (w Widgets) PublicCommunity(ctx context.Context, ref string) (api.PublicCommunity, error) {
	return data[api.PublicCommunity](ctx, w.c, request{method: "GET", path: "/v1/public/community", query: values{}.text("community", ref).query()})
}

// Report writes a failure that a frame saw into the partner's embed log.
func (w Widgets) Report(ctx context.Context, id string, in api.EmbedReport) error {
	return w.c.call(ctx, request{method: "POST", path: "/v1/public/widgets/" + seg(id) + "/reports", body: in}, nil)
}
