package badge

import (
	"strings"
	"time"

	"laurel/api"
)

// record is a badge as it is stored.
type record struct {
	id, title, description        string
	action                        api.BadgeAction
	quantity                      int64
	image, light, dark            string
	themed, open, awarded         bool
	needsProof, paysXP, paysCoins bool
	xp, coins                     int64
	holders, waiting              int64
	judgedTo                      string
	created, updated              time.Time
}

// judgedAll is after every member id.
const judgedAll = "~"

func (r record) isAutomatic() bool { return r.action != api.BadgeCustom }

// pay is what an award brings.
func (r record) pay() (xp, coins int64) {
	if r.paysXP {
		xp = r.xp
	}
	if r.paysCoins {
		coins = r.coins
	}
	return xp, coins
}

// wire is the badge in the System family's form.
func (r record) wire() api.Badge {
	return api.Badge{
		ID: r.id, Title: r.title, Action: r.action, Quantity: api.IntText(r.quantity), Description: r.description,
		Image: r.image, LightImage: r.light, DarkImage: r.dark, IsThemed: api.BoolText(r.themed), Applied: api.BoolText(r.open),
		Awarded: api.BoolText(r.awarded), NeedsProof: api.BoolText(r.needsProof), Award: api.BoolText(r.paysXP), XP: api.IntText(r.xp),
		AwardCurrency: api.BoolText(r.paysCoins), Coins: api.IntText(r.coins), Holders: api.IntText(r.holders), Waiting: api.IntText(r.waiting),
		CreatedAt: api.At(r.created), UpdatedAt: api.At(r.updated),
	}
}

// face is the badge as it stands beside a name.
func (r record) face() api.BadgeFace {
	f := api.BadgeFace{ID: r.id, Title: r.title, Image: first(r.image, r.light, r.dark)}
	if r.themed {
		f.Image, f.DarkImage = first(r.light, r.image, r.dark), first(r.dark, r.image, r.light)
	}
	if f.DarkImage == f.Image {
		f.DarkImage = ""
	}
	return f
}

func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// shape puts what a request says into the badge, but for the pictures.
// Errors: Invalid on title or quantity.
func (r *record) shape(in api.BadgeInput) error {
	fresh := r.id == ""
	if r.title = strings.TrimSpace(in.Title); r.title == "" {
		return api.InvalidField("title", "must not be blank")
	}
	before := *r
	r.action = in.Action
	set(&r.quantity, in.Quantity)
	set(&r.description, in.Description)
	set(&r.themed, in.IsThemed)
	set(&r.awarded, in.Awarded)
	set(&r.needsProof, in.NeedsProof)
	set(&r.xp, in.XP)
	set(&r.coins, in.Coins)
	r.description = strings.TrimSpace(r.description)
	if r.isAutomatic() && r.quantity < 1 {
		return api.InvalidField("quantity", "must be 1 or more for a badge that is awarded by itself")
	}
	r.paysXP, r.paysCoins = pays(in.Award, in.XP, r.paysXP), pays(in.AwardCurrency, in.Coins, r.paysCoins)
	r.open = (fresh || before.isAutomatic() || r.open) && in.Applied == nil || in.Applied != nil && *in.Applied
	if r.isAutomatic() {
		r.open, r.needsProof = false, false
	}
	r.judgedTo = judgedAll
	if r.isAutomatic() && (fresh || before.action != r.action || before.quantity != r.quantity || before.judgedTo != judgedAll) {
		r.judgedTo = ""
	}
	return nil
}

func set[T any](into *T, value *T) {
	if value != nil {
		*into = *value
	}
}

// pays says whether a unit is paid: as told, or whenever an amount was named.
func pays(told *bool, amount *int64, before bool) bool {
	switch {
	case told != nil:
		return *told
	case amount != nil:
		return *amount > 0
	}
	return before
}

// count is how far a member has come with what an automatic badge counts.
// streak is the longest streak that the ledger has just told of.
func count(a api.BadgeAction, w api.Wallet, streak int64) int64 {
	switch a {
	case api.BadgeMessages:
		return w.Messages
	case api.BadgeReplies:
		return w.Replies
	case api.BadgeReactions:
		return w.Reactions
	case api.BadgeReferrals:
		return w.Referrals
	case api.BadgeVisits:
		return w.Visits
	case api.BadgeStreak:
		return max(w.Streak, streak)
	case api.BadgeXP:
		return w.XP
	}
	return 0
}

// column is where the ledger's balances keep what an action counts.
var column = map[api.BadgeAction]string{
	api.BadgeMessages: "messages", api.BadgeReplies: "replies", api.BadgeReactions: "reactions", api.BadgeReferrals: "referrals",
	api.BadgeVisits: "visits", api.BadgeStreak: "login_streak", api.BadgeXP: "xp",
}
