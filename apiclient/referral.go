package apiclient

import (
	"context"

	"laurel/api"
)

// Referrals is the group of calls on who brought whom, and on journeys.
type Referrals struct{ c *Client }

// Referrals is the group of calls on referrals and programs.
func (c *Client) Referrals() Referrals { return Referrals{c} }

// Summary is a member's referrals with their progress.
func (r Referrals) Summary(ctx context.Context, q api.SummaryQuery) (api.ReferralSummary, error) {
	return data[api.ReferralSummary](ctx, r.c, request{method: "POST", path: "/v1/referrals/summary", body: q})
}

// List lists all referees, a part at a time.
func (r Referrals) List(ctx context.Context, cursor string, limit int) (api.RefereePage, error) {
	query := values{}.text("cursor", cursor).number("limit", limit).query()
	return data[api.RefereePage](ctx, r.c, request{method: "GET", path: "/v1/referrals", query: query})
}

// Programs lists the programs of a kind; of both when it is empty.
func (r Referrals) Programs(ctx context.Context, kind string, p Paging) (Page[api.Program], error) {
	return page[api.Program](ctx, r.c, request{method: "GET", path: "/v1/referrals/programs", query: p.values().text("kind", kind).query()})
}

// CreateProgram makes a program.
func (r Referrals) CreateProgram(ctx context.Context, in api.ProgramInput) (api.Program, error) {
	return data[api.Program](ctx, r.c, request{method: "POST", path: "/v1/referrals/programs", body: in})
}

// UpdateProgram replaces a program.
func (r Referrals) UpdateProgram(ctx context.Context, id string, in api.ProgramInput) (api.Program, error) {
	return data[api.Program](ctx, r.c, request{method: "PUT", path: "/v1/referrals/programs/" + seg(id), body: in})
}

// DeleteProgram removes a program.
func (r Referrals) DeleteProgram(ctx context.Context, id string) error {
	return r.c.call(ctx, request{method: "DELETE", path: "/v1/referrals/programs/" + seg(id)}, nil)
}

// Link reads how links name the referrer by a custom field.
func (r Referrals) Link(ctx context.Context) (api.ReferralLink, error) {
	return data[api.ReferralLink](ctx, r.c, request{method: "GET", path: "/v1/referrals/link"})
}

// SetLink maps a value of the link to a custom field.
func (r Referrals) SetLink(ctx context.Context, in api.ReferralLink) (api.ReferralLink, error) {
	return data[api.ReferralLink](ctx, r.c, request{method: "PUT", path: "/v1/referrals/link", body: in})
}

// SetReferrer says who brought a member.
func (r Referrals) SetReferrer(ctx context.Context, user, referrer string) error {
	return r.c.call(ctx, request{method: "PUT", path: "/v1/users/" + seg(user) + "/referrer", body: api.ReferrerInput{Referrer: referrer}}, nil)
}

// Milestones are the caller's own journeys, as far as they are on.
func (m Me) Milestones(ctx context.Context) ([]api.ProgramProgress, error) {
	return data[[]api.ProgramProgress](ctx, m.c, request{method: "GET", path: "/v1/me/milestones"})
}

// Milestones are a member's own journeys.
func (r Referrals) Milestones(ctx context.Context, q api.MilestoneQuery) (api.Milestones, error) {
	return data[api.Milestones](ctx, r.c, request{method: "POST", path: "/v1/users/milestones", body: q})
}

// Referrals is the caller's own link, referees and their progress.
func (m Me) Referrals(ctx context.Context, cursor string, limit int) (api.ReferralSummary, error) {
	query := values{}.text("cursor", cursor).number("limit", limit).query()
	return data[api.ReferralSummary](ctx, m.c, request{method: "GET", path: "/v1/me/referrals", query: query})
}

// SetReferralCode chooses another code for the caller.
func (m Me) SetReferralCode(ctx context.Context, code string) (api.ReferralCode, error) {
	return data[api.ReferralCode](ctx, m.c, request{method: "PUT", path: "/v1/me/referrals/code", body: api.ReferralCode{Code: code}})
}
