// Package rule holds the pure rules of points: what an act is worth, when
// cooldowns and daily caps withhold its pay, how visits make a streak, and
// where XP stands on the ladder of levels and tiers. It knows no database and
// no clock.
package rule

import (
	"regexp"
	"slices"
	"strings"

	"laurel/api"
)

// Actions with a meaning of their own, in their canonical spelling.
const (
	Message    = "message"
	Reply      = "reply"
	React      = "react"
	Visit      = "visit"
	Referral   = "referral"
	Refer      = "refer"
	Adjustment = "adjustment" // a wallet changed by hand; never an act
	Conversion = "conversion" // one unit changed into another; never an act
	Badge      = "badge"      // what a badge pays; never an act
	Reversal   = "reversal"   // an entry taken back; never an act
	Demotion   = "demotion"   // a tier lost by standing idle; never an act
)

// Defaults are the rules of a community that has set none: every built-in
// action once, in the order in which forms show them. The caller owns the list.
func Defaults() []api.ActionRule {
	return []api.ActionRule{
		{Action: Message, Name: "Send a message", Enabled: true, XP: 10, Cooldown: 3},
		{Action: Reply, Name: "Reply to a message", Enabled: true, XP: 10, Cooldown: 3},
		{Action: React, Name: "React to a message", Enabled: true, XP: 2, Cooldown: 1},
		{Action: Visit, Name: "Visit (first of the day)", Enabled: true, XP: 5, Coins: 1, DailyCap: 1},
		{Action: Refer, Name: "Refer a friend", Enabled: true, XP: 100, Coins: 20},
		{Action: Referral, Name: "Join through a referral", Enabled: true, XP: 25},
		{Action: "object", Name: "Draw on a chart", Enabled: true, XP: 30, Cooldown: 3},
		{Action: "analysis", Name: "Publish an analysis", Enabled: true, XP: 50, Cooldown: 3},
		{Action: "comment", Name: "Comment on an analysis", Enabled: true, XP: 5, Cooldown: 3},
		{Action: "tradingdiscussions", Name: "Trading discussions", Enabled: true, XP: 5, Cooldown: 3},
		{Action: "purchase", Name: "Purchase", Enabled: true, XP: 20},
		{Action: "picture", Name: "Set a profile picture", XP: 3},
		{Action: "aboutme", Name: "Fill in about me", XP: 3},
		{Action: "quote", Name: "Set a quote", XP: 3},
	}
}

// IsBuiltIn reports whether the canonical action exists in every community.
func IsBuiltIn(action string) bool {
	return slices.ContainsFunc(Defaults(), func(r api.ActionRule) bool { return r.Action == action })
}

// IsReserved reports whether the name belongs to entries that no act makes.
func IsReserved(action string) bool {
	return slices.Contains([]string{Adjustment, Conversion, Badge, Demotion, Reversal}, action)
}

// Canonical is the spelling under which an action is kept: lower case, and
// visit for its other name, login.
func Canonical(action string) string {
	action = strings.ToLower(strings.TrimSpace(action))
	if action == "login" {
		return Visit
	}
	return action
}

var form = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,49}$`)

// Complete checks a community's list of rules and fills in what it leaves out:
// names, and built-in actions that it does not mention, which are switched
// off. The result is a new list with canonical actions. Errors: Invalid with
// the field, such as rules[2].action.
func Complete(rules []api.ActionRule) ([]api.ActionRule, error) {
	out := make([]api.ActionRule, 0, len(rules)+len(Defaults()))
	seen := map[string]bool{}
	for i, r := range rules {
		r.Action = Canonical(r.Action)
		if err := check(r, seen[r.Action], index("rules", i)); err != nil {
			return nil, err
		}
		seen[r.Action] = true
		out = append(out, named(r))
	}
	for _, r := range Defaults() {
		if !seen[r.Action] {
			r.Enabled = false
			out = append(out, r)
		}
	}
	return out, nil
}

func check(r api.ActionRule, twice bool, path string) error {
	switch {
	case !form.MatchString(r.Action):
		return api.InvalidField(path+".action", "must begin with a letter and hold only lower-case letters, digits, - and _")
	case IsReserved(r.Action):
		return api.InvalidField(path+".action", "is reserved")
	case twice:
		return api.InvalidField(path+".action", "occurs twice")
	case r.Cooldown < 0 || r.DailyCap < 0:
		return api.InvalidField(path, "must not hold negative numbers")
	}
	for _, amount := range []struct {
		field string
		n     int64
	}{{"xp", r.XP}, {"coins", r.Coins}, {"premium", r.Premium}} {
		if amount.n < 0 || amount.n > 1_000_000 {
			return api.InvalidField(path+"."+amount.field, "must be from 0 to 1000000")
		}
	}
	return nil
}

func named(r api.ActionRule) api.ActionRule {
	if r.Name != "" {
		return r
	}
	r.Name = r.Action
	for _, d := range Defaults() {
		if d.Action == r.Action {
			r.Name = d.Name
		}
	}
	return r
}
