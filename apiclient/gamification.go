package apiclient

import (
	"context"
	"net/http"

	"laurel/api"
)

// Gamification records activities and reads what they brought.
type Gamification struct{ c *Client }

// Gamification is the group of points calls.
func (c *Client) Gamification() Gamification { return Gamification{c} }

// Record records one activity. Its IdempotencyKey makes repeating it safe.
func (g Gamification) Record(ctx context.Context, a api.Activity) (api.Award, error) {
	r := request{method: "POST", path: "/v1/activities", body: a}
	if a.IdempotencyKey != "" {
		r.header = http.Header{"Idempotency-Key": {a.IdempotencyKey}}
	}
	return data[api.Award](ctx, g.c, r)
}

// RecordMany records up to 500 activities; each award tells its own outcome.
func (g Gamification) RecordMany(ctx context.Context, many []api.Activity) ([]api.Award, error) {
	return data[[]api.Award](ctx, g.c, request{method: "POST", path: "/v1/activities", body: many})
}

// Logs is a page of a member's ledger, newest first.
func (g Gamification) Logs(ctx context.Context, q api.LedgerQuery) (api.LedgerPage, error) {
	return data[api.LedgerPage](ctx, g.c, request{method: "POST", path: "/v1/gamification/logs", body: q})
}

// Tiers is the community's ladder with its rules.
func (g Gamification) Tiers(ctx context.Context) (api.TierInfo, error) {
	return data[api.TierInfo](ctx, g.c, request{method: "GET", path: "/v1/gamification/tiers"})
}

// SetTiers replaces the ladder.
func (g Gamification) SetTiers(ctx context.Context, in api.TierSettings) (api.TierInfo, error) {
	return data[api.TierInfo](ctx, g.c, request{method: "PUT", path: "/v1/gamification/tiers", body: in})
}

// TierMembers counts who stands on each tier.
func (g Gamification) TierMembers(ctx context.Context) (api.TierMembers, error) {
	return data[api.TierMembers](ctx, g.c, request{method: "GET", path: "/v1/gamification/tiers/members"})
}

// PreviewConversion says what converting a unit of all members would do.
func (g Gamification) PreviewConversion(ctx context.Context, in api.ConversionInput) (api.ConversionPreview, error) {
	return data[api.ConversionPreview](ctx, g.c, request{method: "POST", path: "/v1/gamification/conversions/preview", body: in})
}

// Convert starts converting a unit of all members; it cannot be undone.
func (g Gamification) Convert(ctx context.Context, in api.ConversionInput) (api.Conversion, error) {
	return data[api.Conversion](ctx, g.c, request{method: "POST", path: "/v1/gamification/conversions", body: in})
}

// Conversions lists the conversions, newest first.
func (g Gamification) Conversions(ctx context.Context) ([]api.Conversion, error) {
	return data[[]api.Conversion](ctx, g.c, request{method: "GET", path: "/v1/gamification/conversions"})
}

// Conversion is how far a conversion is.
func (g Gamification) Conversion(ctx context.Context, id string) (api.Conversion, error) {
	return data[api.Conversion](ctx, g.c, request{method: "GET", path: "/v1/gamification/conversions/" + seg(id)})
}

// Rules lists what each action is worth.
func (g Gamification) Rules(ctx context.Context) ([]api.ActionRule, error) {
	return data[[]api.ActionRule](ctx, g.c, request{method: "GET", path: "/v1/gamification/rules"})
}

// SetRules replaces what each action is worth.
func (g Gamification) SetRules(ctx context.Context, in []api.ActionRule) ([]api.ActionRule, error) {
	return data[[]api.ActionRule](ctx, g.c, request{method: "PUT", path: "/v1/gamification/rules", body: in})
}

// XPSetting is the community's gamification in the System family's form.
func (g Gamification) XPSetting(ctx context.Context, communityID string) (api.GamificationSetting, error) {
	return body[api.GamificationSetting](ctx, g.c, request{method: "GET", path: settingPath(communityID, "xp")})
}

// SetXP changes the named parts of what acts bring.
func (g Gamification) SetXP(ctx context.Context, communityID string, in api.XPSetting) (api.GamificationSetting, error) {
	return body[api.GamificationSetting](ctx, g.c, request{method: "POST", path: settingPath(communityID, "xp"), body: in})
}

// SetTierSwitches says whether there are tiers and where they are shown.
func (g Gamification) SetTierSwitches(ctx context.Context, communityID string, in api.TierSetting) (api.GamificationSetting, error) {
	return body[api.GamificationSetting](ctx, g.c, request{method: "POST", path: settingPath(communityID, "tier"), body: in})
}

func settingPath(communityID, of string) string {
	return "/api/v1/gamifications/" + seg(communityID) + "/" + of + "-setting"
}

// Reverse takes an entry of a member's ledger back.
func (u Users) Reverse(ctx context.Context, user, entryID string, in api.Reversal) (api.Award, error) {
	return data[api.Award](ctx, u.c, request{method: "POST", path: "/v1/users/" + seg(user) + "/ledger/" + seg(entryID) + "/reverse", body: in})
}
