package apiclient

import (
	"context"

	"laurel/api"
)

// MyChannels is the member's own view of the channels.
type MyChannels struct{ c *Client }

// MyChannels is the group of a member's own channel calls.
func (c *Client) MyChannels() MyChannels { return MyChannels{c} }

// List lists the channels that the member sees, with what is unread.
func (m MyChannels) List(ctx context.Context) ([]api.MyChannel, error) {
	return data[[]api.MyChannel](ctx, m.c, request{method: "GET", path: "/v1/me/channels"})
}

// Requestable lists the private channels that the member may ask to enter.
func (m MyChannels) Requestable(ctx context.Context) ([]api.Channel, error) {
	return data[[]api.Channel](ctx, m.c, request{method: "GET", path: "/v1/me/requestable-channels"})
}

// Read marks a channel read up to a message's number; 0 means the newest.
func (m MyChannels) Read(ctx context.Context, id string, seq int64) (api.MyChannel, error) {
	return data[api.MyChannel](ctx, m.c, request{method: "POST", path: "/v1/me/channels/" + seg(id) + "/read", body: api.ReadMark{Seq: seq}})
}

// Mute mutes a channel, or unmutes it.
func (m MyChannels) Mute(ctx context.Context, id string, muted bool) (api.MyChannel, error) {
	return data[api.MyChannel](ctx, m.c, request{method: "PUT", path: "/v1/me/channels/" + seg(id) + "/mute", body: api.MuteSwitch{IsMuted: muted}})
}

// Ask requests access to a private channel. Errors: Forbidden, Conflict.
func (m MyChannels) Ask(ctx context.Context, id, note string) (api.AccessRequest, error) {
	return data[api.AccessRequest](ctx, m.c, request{method: "POST", path: "/v1/channels/" + seg(id) + "/access-requests", body: api.NewAccessRequest{Note: note}})
}

// Requests lists the member's own access requests.
func (m MyChannels) Requests(ctx context.Context, q RequestQuery) (Page[api.AccessRequest], error) {
	return page[api.AccessRequest](ctx, m.c, request{method: "GET", path: "/v1/me/access-requests", query: q.values().text("status", q.Status).query()})
}
