package apiclient

import (
	"context"

	"laurel/api"
)

// Channels manages channels, their categories and the requests to enter them.
type Channels struct{ c *Client }

// Channels is the group of channel calls.
func (c *Client) Channels() Channels { return Channels{c} }

// List lists the channels that the caller may know of.
func (h Channels) List(ctx context.Context) ([]api.Channel, error) {
	return body[[]api.Channel](ctx, h.c, request{method: "GET", path: "/api/v1/channels"})
}

// OfServer is List under the community's path.
func (h Channels) OfServer(ctx context.Context, communityID string) ([]api.Channel, error) {
	return body[[]api.Channel](ctx, h.c, request{method: "GET", path: "/api/v1/servers/" + seg(communityID) + "/channels"})
}

// Brief is the Integration family's list.
func (h Channels) Brief(ctx context.Context) ([]api.BriefChannel, error) {
	return data[[]api.BriefChannel](ctx, h.c, request{method: "GET", path: "/v1/channels"})
}

// Create makes a channel. Errors: Invalid.
func (h Channels) Create(ctx context.Context, in api.ChannelInput) (api.Channel, error) {
	return body[api.Channel](ctx, h.c, request{method: "POST", path: "/api/v1/channels", body: in})
}

// Update changes a channel. Errors: NotFound, Invalid.
func (h Channels) Update(ctx context.Context, id string, in api.ChannelInput) (api.Channel, error) {
	return body[api.Channel](ctx, h.c, request{method: "PUT", path: "/api/v1/channels/" + seg(id), body: in})
}

// Delete removes a channel with its messages.
func (h Channels) Delete(ctx context.Context, id string) (api.Channel, error) {
	return body[api.Channel](ctx, h.c, request{method: "DELETE", path: "/api/v1/channels/" + seg(id)})
}

// Topics lists a forum's topics, newest first.
func (h Channels) Topics(ctx context.Context, id string) ([]api.Topic, error) {
	return data[[]api.Topic](ctx, h.c, request{method: "GET", path: "/v1/channels/" + seg(id) + "/topics"})
}

// OpenTopic opens a topic in a forum; a key names the sender.
func (h Channels) OpenTopic(ctx context.Context, id string, in api.NewTopic) (api.Topic, error) {
	return data[api.Topic](ctx, h.c, request{method: "POST", path: "/v1/channels/" + seg(id) + "/topics", body: in})
}

// Categories lists the categories in their order.
func (h Channels) Categories(ctx context.Context) ([]api.Category, error) {
	return data[[]api.Category](ctx, h.c, request{method: "GET", path: "/v1/channel-categories"})
}

// CreateCategory makes a category.
func (h Channels) CreateCategory(ctx context.Context, in api.CategoryInput) (api.Category, error) {
	return data[api.Category](ctx, h.c, request{method: "POST", path: "/v1/channel-categories", body: in})
}

// UpdateCategory changes a category.
func (h Channels) UpdateCategory(ctx context.Context, id string, in api.CategoryInput) (api.Category, error) {
	return data[api.Category](ctx, h.c, request{method: "PUT", path: "/v1/channel-categories/" + seg(id), body: in})
}

// DeleteCategory removes an empty category. Errors: Conflict category_not_empty.
func (h Channels) DeleteCategory(ctx context.Context, id string) (api.Category, error) {
	return data[api.Category](ctx, h.c, request{method: "DELETE", path: "/v1/channel-categories/" + seg(id)})
}

// RequestQuery narrows a list of access requests.
type RequestQuery struct {
	Paging
	Status string // requested, approved or refused
}

// Requests lists the access requests of the community, newest first.
func (h Channels) Requests(ctx context.Context, q RequestQuery) (Page[api.AccessRequest], error) {
	return page[api.AccessRequest](ctx, h.c, request{method: "GET", path: "/v1/access-requests", query: q.values().text("status", q.Status).query()})
}

// Approve lets a member in by giving a role. Errors: Conflict when decided, Invalid roleId.
func (h Channels) Approve(ctx context.Context, requestID, roleID string) (api.AccessRequest, error) {
	return data[api.AccessRequest](ctx, h.c, request{method: "POST", path: "/v1/access-requests/" + seg(requestID) + "/approve", body: api.Approval{RoleID: roleID}})
}

// Refuse turns a request down. Errors: Conflict when decided.
func (h Channels) Refuse(ctx context.Context, requestID, reason string) (api.AccessRequest, error) {
	return data[api.AccessRequest](ctx, h.c, request{method: "POST", path: "/v1/access-requests/" + seg(requestID) + "/refuse", body: api.Refusal{Reason: reason}})
}
