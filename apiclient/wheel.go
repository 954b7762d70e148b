package apiclient

import (
	"context"

	"laurel/api"
)

// Wheel is the group of calls on the wheel of prizes.
type Wheel struct{ c *Client }

// Wheel is the group of calls on the wheel of prizes.
func (c *Client) Wheel() Wheel { return Wheel{c} }

const wheelPath = "/v1/mini-games/wheel"

// Get reads the wheel, with what is left and the odds in force.
func (w Wheel) Get(ctx context.Context) (api.Wheel, error) {
	return data[api.Wheel](ctx, w.c, request{method: "GET", path: wheelPath})
}

// Set replaces the wheel.
func (w Wheel) Set(ctx context.Context, in api.WheelInput) (api.Wheel, error) {
	return data[api.Wheel](ctx, w.c, request{method: "PUT", path: wheelPath, body: in})
}

// Simulate draws on a wheel that is not saved.
func (w Wheel) Simulate(ctx context.Context, in api.WheelSimulation) (api.WheelTrial, error) {
	return data[api.WheelTrial](ctx, w.c, request{method: "POST", path: wheelPath + "/simulate", body: in})
}

// Member reads where a member stands.
func (w Wheel) Member(ctx context.Context, user string) (api.WheelMember, error) {
	return data[api.WheelMember](ctx, w.c, request{method: "GET", path: wheelPath + "/users/" + seg(user)})
}

// Edit changes where a member stands.
func (w Wheel) Edit(ctx context.Context, user string, in api.WheelMemberEdit) (api.WheelMember, error) {
	return data[api.WheelMember](ctx, w.c, request{method: "PUT", path: wheelPath + "/users/" + seg(user), body: in})
}

// EditMany makes the same change for up to 500 members, all or none.
func (w Wheel) EditMany(ctx context.Context, in api.WheelMembersEdit) ([]api.WheelMember, error) {
	return data[[]api.WheelMember](ctx, w.c, request{method: "PUT", path: wheelPath + "/users", body: in})
}

// SpinQuery filters spins.
type SpinQuery struct {
	Paging
	User, From, To string
}

// Spins lists spins, newest first.
func (w Wheel) Spins(ctx context.Context, q SpinQuery) (Page[api.Spin], error) {
	query := q.values().text("user", q.User).text("from", q.From).text("to", q.To).query()
	return page[api.Spin](ctx, w.c, request{method: "GET", path: wheelPath + "/spins", query: query})
}

// Wheel is the wheel as the caller sees it.
func (m Me) Wheel(ctx context.Context) (api.OwnWheel, error) {
	return data[api.OwnWheel](ctx, m.c, request{method: "GET", path: "/v1/me/wheel"})
}

// Spin spins the wheel; the prize is paid when it returns.
func (m Me) Spin(ctx context.Context, in api.SpinInput) (api.Spin, error) {
	return data[api.Spin](ctx, m.c, request{method: "POST", path: "/v1/me/wheel/spin", body: in})
}

// Spins lists the caller's spins, newest first.
func (m Me) Spins(ctx context.Context, p Paging) (Page[api.Spin], error) {
	return page[api.Spin](ctx, m.c, request{method: "GET", path: "/v1/me/wheel/spins", query: p.values().query()})
}

// ChangeSeed reveals the caller's server seed and begins with a new one.
func (m Me) ChangeSeed(ctx context.Context, clientSeed string) (api.SeedChange, error) {
	return data[api.SeedChange](ctx, m.c, request{method: "POST", path: "/v1/me/wheel/seed", body: api.SeedInput{ClientSeed: clientSeed}})
}
