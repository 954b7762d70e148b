package label

import (
	"strings"

	"laurel/api"
	"laurel/components/ui"
)

// badgeActions names what badges count: in forms, and after a number.
var badgeActions = []struct {
	action          api.BadgeAction
	form, one, many string
}{
	{api.BadgeCustom, "Application or award by hand", "", ""},
	{api.BadgeMessages, "Messages sent", "message", "messages"},
	{api.BadgeReplies, "Replies sent", "reply", "replies"},
	{api.BadgeReactions, "Reactions given", "reaction", "reactions"},
	{api.BadgeReferrals, "Friends referred", "referral", "referrals"},
	{api.BadgeVisits, "Days with a visit", "visit", "visits"},
	{api.BadgeStreak, "Days in a row with a visit", "day in a row", "days in a row"},
	{api.BadgeXP, "XP earned", "XP", "XP"},
}

// BadgeActions are the ways to earn a badge, for forms.
func BadgeActions() []ui.Pair {
	out := make([]ui.Pair, len(badgeActions))
	for i, a := range badgeActions {
		out[i] = ui.Pair{Name: string(a.action), Value: a.form}
	}
	return out
}

// BadgeUnit is what a badge counts, after a number: "messages".
func BadgeUnit(a api.BadgeAction, n int64) string {
	for _, known := range badgeActions {
		if known.action == a && n == 1 {
			return known.one
		}
		if known.action == a {
			return known.many
		}
	}
	return string(a)
}

// BadgePays is what a badge brings: "50 XP, 10 coins".
func BadgePays(xp, coins int64) string {
	var parts []string
	if xp > 0 {
		parts = append(parts, ui.Number(xp)+" XP")
	}
	if coins > 0 {
		parts = append(parts, ui.Count(coins, "coin", "coins"))
	}
	return strings.Join(parts, ", ")
}

// AwardSource says how somebody came to a badge: "by application".
func AwardSource(source string) string {
	switch source {
	case "rule":
		return "reached"
	case "system":
		return "given"
	case "application":
		return "by application"
	}
	return Source(source)
}

// Badges are the badges beside a name.
func Badges(list []api.BadgeFace) []ui.EmblemProps {
	out := make([]ui.EmblemProps, 0, len(list))
	for _, b := range list {
		out = append(out, ui.EmblemProps{Title: b.Title, Image: b.Image, Dark: b.DarkImage})
	}
	return out
}
