package apiclient

import (
	"context"
	"strings"

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
	Filter                     string // JSON, as in Filter
	Cursor                     string // Next or Prev of another page; never with Page
}

// List lists the community's members.
func (u Users) List(ctx context.Context, communityID string, q UserQuery) (Page[api.User], error) {
	query := q.values().text("search", q.Search).text("sort", q.Sort).text("role", q.Role).text("status", q.Status).text("filter", q.Filter).text("cursor", q.Cursor).query()
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

// Filter finds members by what is known of them, 200 a page.
func (u Users) Filter(ctx context.Context, in api.UserFilter) (api.FilteredUsers, error) {
	return data[api.FilteredUsers](ctx, u.c, request{method: "POST", path: "/v1/users/filter", body: in})
}

// ManageMany deletes or restores many members.
func (u Users) ManageMany(ctx context.Context, communityID string, in api.ManageUsers) (api.ManagedUsers, error) {
	return data[api.ManagedUsers](ctx, u.c, request{method: "POST", path: "/v1/communities/" + seg(communityID) + "/users/manage", body: in})
}

// Tag adds tags to many members, or takes them away.
func (u Users) Tag(ctx context.Context, communityID string, in api.TagUsers) (api.TaggedUsers, error) {
	return data[api.TaggedUsers](ctx, u.c, request{method: "POST", path: "/v1/communities/" + seg(communityID) + "/users/tags", body: in})
}

// Tags lists the tags in use.
func (u Users) Tags(ctx context.Context, communityID string) ([]api.Tag, error) {
	return data[[]api.Tag](ctx, u.c, request{method: "GET", path: "/v1/communities/" + seg(communityID) + "/tags"})
}

// ActivityStats is what a member did on each of the last days.
func (u Users) ActivityStats(ctx context.Context, in api.StatsQuery) (api.ActivityStats, error) {
	return data[api.ActivityStats](ctx, u.c, request{method: "POST", path: "/v1/users/activity/stats", body: in})
}

// Daily is what a member earned on each of the last days, newest first.
func (u Users) Daily(ctx context.Context, identifier string, days int) (api.DailyHistory, error) {
	query := values{}.text("identifier", identifier).number("days", days).query()
	return data[api.DailyHistory](ctx, u.c, request{method: "GET", path: "/v1/users/activity/daily", query: query})
}

// DailyOf is what many members earned on one day.
func (u Users) DailyOf(ctx context.Context, in api.DailyQuery) (api.DailyPage, error) {
	return data[api.DailyPage](ctx, u.c, request{method: "POST", path: "/v1/users/activity/daily", body: in})
}

// MiniGameLogs lists what a member played.
func (u Users) MiniGameLogs(ctx context.Context, in api.MiniGameQuery) (api.MiniGamePage, error) {
	return data[api.MiniGamePage](ctx, u.c, request{method: "POST", path: "/v1/users/mini-games/logs", body: in})
}

// MiniGameStats is where a member stands in mini games and streaks.
func (u Users) MiniGameStats(ctx context.Context, email string) (api.MiniGameStats, error) {
	return data[api.MiniGameStats](ctx, u.c, request{method: "POST", path: "/v1/users/mini-games/stats", body: api.MiniGameQuery{Email: email}})
}

// UploadAvatar sets a member's picture: PNG, JPEG or WebP of at most 2 MB. An
// empty id means one's own. Errors: Invalid, TooLarge, Forbidden.
func (u Users) UploadAvatar(ctx context.Context, id string, picture []byte) (api.User, error) {
	form, header, err := multipartFile("avatar", "avatar", picture)
	if err != nil {
		return api.User{}, err
	}
	return data[api.User](ctx, u.c, request{method: "POST", path: "/v1/users/avatar", query: values{}.text("userId", id).query(), body: form, header: header})
}

// DeleteAvatar takes a member's picture away.
func (u Users) DeleteAvatar(ctx context.Context, id string) (api.User, error) {
	return data[api.User](ctx, u.c, request{method: "DELETE", path: "/v1/users/" + seg(id) + "/avatar"})
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

// Get reads a field.
func (f Fields) Get(ctx context.Context, id string) (api.UserField, error) {
	return data[api.UserField](ctx, f.c, request{method: "GET", path: f.base + "/" + seg(id)})
}

// Histories lists every change of a value in the community, newest first.
func (f Fields) Histories(ctx context.Context, p Paging) (Page[api.FieldHistory], error) {
	return page[api.FieldHistory](ctx, f.c, request{method: "GET", path: f.community() + "/user-field-histories", query: p.values().query()})
}

// HistoriesOf lists the changes of one field's values, also of a deleted one.
func (f Fields) HistoriesOf(ctx context.Context, fieldID string, p Paging) (Page[api.FieldHistory], error) {
	return page[api.FieldHistory](ctx, f.c, request{method: "GET", path: f.base + "/" + seg(fieldID) + "/histories", query: p.values().query()})
}

// UserHistories lists the changes of one member's values.
func (f Fields) UserHistories(ctx context.Context, userID string, p Paging) (Page[api.FieldHistory], error) {
	return page[api.FieldHistory](ctx, f.c, request{method: "GET", path: f.community() + "/users/" + seg(userID) + "/user-field-histories", query: p.values().query()})
}

// UserHistoriesOf lists the changes of one value of one member.
func (f Fields) UserHistoriesOf(ctx context.Context, userID, fieldID string, p Paging) (Page[api.FieldHistory], error) {
	return page[api.FieldHistory](ctx, f.c, request{method: "GET", path: f.community() + "/users/" + seg(userID) + "/user-fields/" + seg(fieldID) + "/histories",
		query: p.values().query()})
}

// CreateHistory records a change that was made elsewhere.
func (f Fields) CreateHistory(ctx context.Context, userID string, in api.NewFieldHistory) (api.FieldHistory, error) {
	return data[api.FieldHistory](ctx, f.c, request{method: "POST", path: f.community() + "/users/" + seg(userID) + "/user-field-histories", body: in})
}

func (f Fields) community() string { return strings.TrimSuffix(f.base, "/user-fields") }
