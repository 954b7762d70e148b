package label

import (
	"strings"

	"laurel/api"
)

// actions names the activities that exist from the start.
var actions = map[string]string{
	"picture": "Profile picture", "aboutme": "About me", "quote": "Quote", "message": "Message", "reply": "Reply", "react": "Reaction",
	"object": "Object", "analysis": "Analysis", "visit": "Daily visit", "login": "Daily visit", "referral": "Referral", "refer": "Referral",
	"comment": "Comment", "tradingDiscussions": "Trading discussion", "purchase": "Purchase", "adjust": "Adjustment", "adjustment": "Adjustment",
	"conversion": "Conversion", "badge": "Badge", "login-streak": "Login streak",
	"reversal": "Taken back", "refund": "Refund", "streak": "Streak", "streak-freeze": "Day off bought", "streak-repair": "Streak repaired", "wheel": "Wheel", "wheel-spin": "Spin bought",
	"messages": "Messages", "replies": "Replies", "reactions": "Reactions", "visits": "Visits",
}

// Action is an activity in words; one that nobody named is written readably.
func Action(action string) string {
	if known := actions[action]; known != "" {
		return known
	}
	return capital(strings.NewReplacer("_", " ", "-", " ", ":", " ").Replace(action))
}

// Permission is a right in words, from its name on the wire: "Get user data".
func Permission(p api.Permission) string {
	var b strings.Builder
	for i, r := range string(p) {
		if r == '-' {
			r = ' '
		}
		if r >= 'A' && r <= 'Z' && i > 0 {
			b.WriteByte(' ')
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return capital(b.String())
}

// sources names where an entry of the ledger came from.
var sources = map[string]string{"api": "by API", "portal": "in the portal", "member": "by the member", "system": "by the system", "demo": "demo data"}

// Source is where an entry of the ledger came from.
func Source(source string) string {
	if known := sources[source]; known != "" {
		return known
	}
	return source
}

// Unit names of a wallet.
func WalletUnit(u api.Unit) string {
	switch u {
	case api.UnitXP:
		return "XP"
	case api.UnitCoins:
		return "Coins"
	case api.UnitPremium:
		return "Premium"
	}
	return string(u)
}

// deeds names administrative acts by the last word of their action.
var deeds = map[string]string{
	"create": "Created", "update": "Changed", "delete": "Deleted", "restore": "Restored", "rotate": "Rotated", "revoke": "Revoked",
	"adjust": "Adjusted", "award": "Awarded", "approved": "Approved", "refused": "Refused", "import": "Imported", "export": "Exported", "expire": "Expired", "issue": "Issued",
}

// phrases are acts whose words do not follow from their action's.
var phrases = map[string]string{
	"penalty.give": "Gave a penalty to", "penalty.extend": "Moved the end of a penalty of", "penalty.revoke": "Lifted a penalty of",
	"user.referrer": "Said who brought", "user.join": "Joined:", "user.consent": "Agreed to a policy:", "user.tag": "Tagged", "user.password": "Changed the password of",
	"wallet.adjust": "Adjusted the points of", "moderation.update": "Changed the watched words", "joining.update": "Changed what newcomers fill in",
	"role.thresholds": "Set", "streak.edit_member": "Changed the streak of", "ledger.reverse": "Took points back from", "purchase.move": "Moved order", "wheel.member": "Changed the spins of", "units.convert": "Converted", "mail.read": "Read a mail to", "referral-link.update": "Changed referral links",
}

// Deed is an administrative act in words: "leaderboard.update" is "Changed
// leaderboard".
func Deed(action string) string {
	if known := phrases[action]; known != "" {
		return known
	}
	noun, verb, found := strings.Cut(action, ".")
	noun = strings.NewReplacer("-", " ", "_", " ").Replace(noun)
	if !found {
		return capital(noun)
	}
	if known := deeds[verb]; known != "" {
		return known + " " + noun
	}
	return capital(noun) + ": " + strings.NewReplacer("-", " ", "_", " ").Replace(verb)
}
