// Package label holds the words for the contract's values: what a ranking field,
// a period, an action or a permission is called on a page.
package label

import (
	"strings"
	"time"

	"laurel/api"
	"laurel/components/ui"
)

// rankings names the ranking fields, in the order in which forms show them.
func rankings() []ui.Pair {
	return []ui.Pair{
		{Name: api.RankXP, Value: "XP"}, {Name: api.RankCoins, Value: "Coins"}, {Name: api.RankPremium, Value: "Premium"},
		{Name: api.RankMessages, Value: "Messages"}, {Name: api.RankReplies, Value: "Replies"},
		{Name: api.RankReactions, Value: "Reactions"}, {Name: api.RankReferrals, Value: "Referrals"},
		{Name: api.RankStreak, Value: "Login streak"},
	}
}

// IsNumerical reports whether a user field can rank a board.
func IsNumerical(f api.UserField) bool { return f.Type == "number" || f.Type == "numerical" }

// Rankings are the ranking fields with the community's numerical user fields.
func Rankings(fields []api.UserField) []ui.Pair {
	list := rankings()
	for _, f := range fields {
		if IsNumerical(f) {
			list = append(list, ui.Pair{Name: api.RankFieldStart + f.Field, Value: f.Name})
		}
	}
	return list
}

// Unit is what a board's scores count: "XP", "Messages", a user field's name.
func Unit(rankBy string, fields []api.UserField) string {
	for _, p := range Rankings(fields) {
		if p.Name == rankBy {
			return p.Value
		}
	}
	return strings.TrimPrefix(rankBy, api.RankFieldStart)
}

// UnitOf is what a score counts as it stands within a sentence, after the
// number: "1 message", "12 messages".
func UnitOf(n int64, rankBy string, fields []api.UserField) string {
	plural, known := map[string]string{
		api.RankCoins: "coins", api.RankMessages: "messages", api.RankReplies: "replies", api.RankReactions: "reactions",
		api.RankReferrals: "referrals", api.RankStreak: "days",
	}[rankBy]
	switch {
	case !known:
		return Unit(rankBy, fields)
	case n != 1:
		return plural
	case plural == "replies":
		return "reply"
	}
	return strings.TrimSuffix(plural, "s")
}

// IsField reports whether a board is ranked by a user field.
func IsField(rankBy string) bool { return strings.HasPrefix(rankBy, api.RankFieldStart) }

// Periods names the stretches of time that a board can rank.
func Periods() []ui.Pair {
	return []ui.Pair{
		{Name: string(api.PeriodAllTime), Value: "All time"}, {Name: string(api.PeriodYearly), Value: "This year"},
		{Name: string(api.PeriodMonthly), Value: "This month"}, {Name: string(api.PeriodWeekly), Value: "This week"},
		{Name: string(api.PeriodDaily), Value: "Today"},
	}
}

// Period is a period as of now: "This week".
func Period(p api.Period) string {
	for _, pair := range Periods() {
		if pair.Name == string(p) {
			return pair.Value
		}
	}
	return string(p)
}

// PeriodList is a sentence fragment: "Daily, weekly, all time".
func PeriodList(list []api.Period) string {
	words := make([]string, len(list))
	for i, p := range list {
		words[i] = strings.ReplaceAll(string(p), "-", " ")
	}
	return capital(strings.Join(words, ", "))
}

// Stretch names one closed or present period: "Week of 9 Nov 2026".
func Stretch(p api.Period, from *api.Time, zone *time.Location) string {
	if from == nil || from.IsZero() {
		return Period(p)
	}
	at := from.In(zone)
	switch p {
	case api.PeriodDaily:
		return at.Format("Mon 2 Jan 2006")
	case api.PeriodWeekly:
		return "Week of " + at.Format("2 Jan 2006")
	case api.PeriodMonthly:
		return at.Format("January 2006")
	case api.PeriodYearly:
		return at.Format("2006")
	}
	return Period(p)
}

// Window is the days that a period covers: "16–22 Nov 2026, Europe/Lisbon".
func Window(from, to *api.Time, zone *time.Location) string {
	switch {
	case from == nil || from.IsZero():
		return "All time, " + zone.String()
	case to == nil || to.IsZero():
		return "Since " + from.In(zone).Format("2 Jan 2006") + ", " + zone.String()
	}
	first, last := from.In(zone), to.In(zone).Add(-time.Microsecond)
	text := first.Format("2 Jan 2006") + " – " + last.Format("2 Jan 2006")
	switch {
	case first.Format(time.DateOnly) == last.Format(time.DateOnly):
		text = last.Format("Mon 2 Jan 2006")
	case first.Year() == last.Year() && first.Month() == last.Month():
		text = first.Format("2") + "–" + last.Format("2 Jan 2006")
	case first.Year() == last.Year():
		text = first.Format("2 Jan") + " – " + last.Format("2 Jan 2006")
	}
	return text + ", " + zone.String()
}

// Ties names the tie rules.
func Ties() []ui.Pair {
	return []ui.Pair{
		{Name: string(api.TieFirst), Value: "First to reach the score leads"},
		{Name: string(api.TieCompetition), Value: "Share a rank, the next is skipped (1-2-2-4)"},
		{Name: string(api.TieDense), Value: "Share a rank, none is skipped (1-2-2-3)"},
		{Name: string(api.TieOrdinal), Value: "Who joined the board first leads"},
	}
}

// Tie is a tie rule in words.
func Tie(r api.TieRule) string {
	for _, p := range Ties() {
		if p.Name == string(r) {
			return "Equal scores: " + strings.ToLower(p.Value[:1]) + p.Value[1:]
		}
	}
	return ""
}

// Languages are the languages that people can choose.
func Languages() []ui.Pair {
	return []ui.Pair{
		{Name: "en", Value: "English"}, {Name: "es", Value: "Español"}, {Name: "de", Value: "Deutsch"},
		{Name: "fr", Value: "Français"}, {Name: "ar", Value: "العربية"}, {Name: "ja", Value: "日本語"},
	}
}

// Language is a language by its code.
func Language(code string) string {
	for _, p := range Languages() {
		if p.Name == code {
			return p.Value
		}
	}
	return code
}

// Zones are common IANA zones that forms suggest; any other is taken too.
func Zones() []string {
	return []string{
		"UTC", "Africa/Cairo", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi", "America/Bogota", "America/Chicago",
		"America/Denver", "America/Los_Angeles", "America/Mexico_City", "America/New_York", "America/Sao_Paulo", "America/Toronto",
		"Asia/Bangkok", "Asia/Dhaka", "Asia/Dubai", "Asia/Hong_Kong", "Asia/Jakarta", "Asia/Karachi", "Asia/Kolkata", "Asia/Manila",
		"Asia/Riyadh", "Asia/Seoul", "Asia/Shanghai", "Asia/Singapore", "Asia/Tokyo", "Australia/Perth", "Australia/Sydney",
		"Europe/Amsterdam", "Europe/Athens", "Europe/Berlin", "Europe/Dublin", "Europe/Istanbul", "Europe/Kyiv", "Europe/Lisbon",
		"Europe/London", "Europe/Madrid", "Europe/Moscow", "Europe/Paris", "Europe/Rome", "Europe/Stockholm", "Europe/Warsaw",
		"Europe/Zurich", "Pacific/Auckland", "Pacific/Honolulu",
	}
}

// Roles are the roles of a team and its members.
func Roles() []ui.Pair {
	return []ui.Pair{
		{Name: string(api.RoleOwner), Value: "Owner"}, {Name: string(api.RoleAdmin), Value: "Admin"}, {Name: string(api.RoleMember), Value: "Member"},
	}
}

func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
