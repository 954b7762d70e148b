package apiclient

import (
	"context"

	"laurel/api"
)

// Leaderboards manages boards and reads their standings.
type Leaderboards struct{ c *Client }

// Leaderboards is the group of board calls.
func (c *Client) Leaderboards() Leaderboards { return Leaderboards{c} }

// BoardQuery narrows the list of boards.
type BoardQuery struct {
	Paging
	Sort, Fields string
	Search       string // part of the name or slug
}

// List lists the boards that the caller may see.
func (l Leaderboards) List(ctx context.Context, q BoardQuery) (Page[api.Leaderboard], error) {
	search := q.Search
	if search != "" {
		search = "keyword:" + search
	}
	query := q.values().text("sort", q.Sort).text("fields", q.Fields).text("search", search).query()
	return page[api.Leaderboard](ctx, l.c, request{method: "GET", path: "/v1/leaderboards", query: query})
}

// Get reads a board by id or slug.
func (l Leaderboards) Get(ctx context.Context, id string) (api.Leaderboard, error) {
	return data[api.Leaderboard](ctx, l.c, request{method: "GET", path: "/v1/leaderboards/" + seg(id)})
}

// Create makes a board. Errors: Invalid with the field, Conflict slug_taken.
func (l Leaderboards) Create(ctx context.Context, in api.LeaderboardInput) (api.Leaderboard, error) {
	return data[api.Leaderboard](ctx, l.c, request{method: "POST", path: "/v1/leaderboards", body: in})
}

// Update changes the named parts of a board.
func (l Leaderboards) Update(ctx context.Context, id string, in api.LeaderboardInput) (api.Leaderboard, error) {
	return data[api.Leaderboard](ctx, l.c, request{method: "PATCH", path: "/v1/leaderboards/" + seg(id), body: in})
}

// Delete removes a board with its standings.
func (l Leaderboards) Delete(ctx context.Context, id string) error {
	return l.c.call(ctx, request{method: "DELETE", path: "/v1/leaderboards/" + seg(id)}, nil)
}

// EntryQuery asks for a page of standings; zero values mean the present
// all-time period from the top.
type EntryQuery struct {
	Paging
	Period api.Period
	At     string // a period key such as 2026-W47, or a time inside the period
	Search string // part of a name
}

func (q EntryQuery) request(path string) request {
	query := q.values().text("period", string(q.Period)).text("at", q.At).text("search", q.Search).query()
	return request{method: "GET", path: path, query: query}
}

// Entries reads a page of standings, with the caller's own row.
func (l Leaderboards) Entries(ctx context.Context, id string, q EntryQuery) (api.Standings, error) {
	return data[api.Standings](ctx, l.c, q.request("/v1/leaderboards/"+seg(id)+"/entries"))
}

// Around reads the exact rank of a member with n neighbours in all.
func (l Leaderboards) Around(ctx context.Context, id, user string, period api.Period, n int) (api.Standings, error) {
	query := values{}.text("period", string(period)).number("around", n).query()
	return data[api.Standings](ctx, l.c, request{method: "GET", path: "/v1/leaderboards/" + seg(id) + "/entries/" + seg(user), query: query})
}

// Periods lists the present and closed periods of a board.
func (l Leaderboards) Periods(ctx context.Context, id string, period api.Period) ([]api.PeriodInfo, error) {
	return data[[]api.PeriodInfo](ctx, l.c, request{method: "GET", path: "/v1/leaderboards/" + seg(id) + "/periods", query: values{}.text("period", string(period)).query()})
}

// Preview shows what the standings of a draft would be; nothing is saved.
func (l Leaderboards) Preview(ctx context.Context, in api.LeaderboardInput) (api.Standings, error) {
	return data[api.Standings](ctx, l.c, request{method: "POST", path: "/v1/leaderboards/preview", body: in})
}

// Follow calls fn with each change of a board's standings until ctx ends or
// the server closes the stream.
func (l Leaderboards) Follow(ctx context.Context, id string, fn func(api.StandingsChange)) error {
	return follow(ctx, l.c, "/v1/leaderboards/"+seg(id)+"/stream", fn)
}
