package apiclient

import (
	"context"

	"laurel/api"
)

// Streaks is the group of calls on streaks.
type Streaks struct{ c *Client }

// Streaks is the group of calls on streaks.
func (c *Client) Streaks() Streaks { return Streaks{c} }

const (
	streaksPath    = "/v1/streaks"
	ownStreaksPath = "/v1/me/streaks"
)

// List is the community's streaks in their order.
func (s Streaks) List(ctx context.Context, p Paging) (Page[api.Streak], error) {
	return listed[api.Streak](ctx, s.c, request{method: "GET", path: streaksPath, query: p.values().query()})
}

// Get reads one streak.
func (s Streaks) Get(ctx context.Context, id string) (api.Streak, error) {
	return data[api.Streak](ctx, s.c, request{method: "GET", path: streaksPath + "/" + seg(id)})
}

// Create makes a streak.
func (s Streaks) Create(ctx context.Context, in api.StreakSettings) (api.Streak, error) {
	return data[api.Streak](ctx, s.c, request{method: "POST", path: streaksPath, body: in})
}

// Update changes a streak; what is left out stays.
func (s Streaks) Update(ctx context.Context, id string, in api.StreakSettings) (api.Streak, error) {
	return data[api.Streak](ctx, s.c, request{method: "PUT", path: streaksPath + "/" + seg(id), body: in})
}

// Delete takes a streak away with all that members have in it.
func (s Streaks) Delete(ctx context.Context, id string) error {
	return s.c.call(ctx, request{method: "DELETE", path: streaksPath + "/" + seg(id)}, nil)
}

// StreakLogQuery filters logs; From and To are dates, both included.
type StreakLogQuery struct {
	Paging
	User, StreakID, Status, From, To string
}

// Logs lists what became of periods, newest first.
func (s Streaks) Logs(ctx context.Context, q StreakLogQuery) (Page[api.StreakLog], error) {
	query := q.values().text("userId", q.User).text("streakId", q.StreakID).text("status", q.Status).text("from", q.From).text("to", q.To).query()
	return listed[api.StreakLog](ctx, s.c, request{method: "GET", path: streaksPath + "/logs", query: query})
}

// Members lists who takes part, the longest streak first.
func (s Streaks) Members(ctx context.Context, id string, p Paging) (Page[api.StreakStanding], error) {
	return listed[api.StreakStanding](ctx, s.c, request{method: "GET", path: streaksPath + "/" + seg(id) + "/users", query: p.values().query()})
}

// Member reads where a member stands.
func (s Streaks) Member(ctx context.Context, id, user string) (api.StreakStanding, error) {
	return data[api.StreakStanding](ctx, s.c, request{method: "GET", path: streaksPath + "/" + seg(id) + "/users/" + seg(user)})
}

// Days is a member's calendar; empty dates mean this month.
func (s Streaks) Days(ctx context.Context, id, user, from, to string) ([]api.StreakDay, error) {
	return data[[]api.StreakDay](ctx, s.c, request{method: "GET", path: streaksPath + "/" + seg(id) + "/users/" + seg(user) + "/days", query: values{}.text("from", from).text("to", to).query()})
}

// Edit changes where a member stands.
func (s Streaks) Edit(ctx context.Context, id, user string, in api.StreakEdit) (api.StreakStanding, error) {
	return data[api.StreakStanding](ctx, s.c, request{method: "PUT", path: streaksPath + "/" + seg(id) + "/users/" + seg(user), body: in})
}

// Streaks is where the caller stands in every streak.
func (m Me) Streaks(ctx context.Context) ([]api.StreakStanding, error) {
	return data[[]api.StreakStanding](ctx, m.c, request{method: "GET", path: ownStreaksPath})
}

// StreakDays is one's own calendar; empty dates mean this month.
func (m Me) StreakDays(ctx context.Context, id, from, to string) ([]api.StreakDay, error) {
	return data[[]api.StreakDay](ctx, m.c, request{method: "GET", path: ownStreaksPath + "/" + seg(id) + "/days", query: values{}.text("from", from).text("to", to).query()})
}

// BuyFreeze buys a day off at the price that was shown.
func (m Me) BuyFreeze(ctx context.Context, id string, price int64) (api.StreakStanding, error) {
	return data[api.StreakStanding](ctx, m.c, request{method: "POST", path: ownStreaksPath + "/" + seg(id) + "/freezes", body: api.StreakPurchase{Price: &price}})
}

// RepairStreak brings a broken streak back at the price that was shown.
func (m Me) RepairStreak(ctx context.Context, id string, price int64) (api.StreakStanding, error) {
	return data[api.StreakStanding](ctx, m.c, request{method: "POST", path: ownStreaksPath + "/" + seg(id) + "/repair", body: api.StreakPurchase{Price: &price}})
}
