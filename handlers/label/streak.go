package label

import (
	"fmt"
	"strings"
	"time"

	"laurel/api"
	"laurel/components/page/streak"
	"laurel/components/ui"
)

// StreakState is what a streak looks like now, as one member has it.
func StreakState(state string) ui.BadgeProps {
	switch state {
	case api.StreakDone:
		return ui.BadgeProps{Text: "Done", Tone: ui.Good, Dot: true}
	case api.StreakOpen:
		return ui.BadgeProps{Text: "To do", Tone: ui.Accent, Dot: true}
	case api.StreakAtRisk:
		return ui.BadgeProps{Text: "Ends soon", Tone: ui.Warn, Dot: true}
	case api.StreakResting:
		return ui.BadgeProps{Text: "Day off"}
	case api.StreakBroken:
		return ui.BadgeProps{Text: "Broken", Tone: ui.Bad, Dot: true}
	case api.StreakPaused:
		return ui.BadgeProps{Text: "Paused"}
	}
	return ui.BadgeProps{Text: "Not begun"}
}

// StreakStatus is what became of a period.
func StreakStatus(status string) ui.BadgeProps {
	switch status {
	case api.StreakCompleted:
		return ui.BadgeProps{Text: "Completed", Tone: ui.Good}
	case api.StreakMissed:
		return ui.BadgeProps{Text: "Missed", Tone: ui.Bad}
	case api.StreakFrozen:
		return ui.BadgeProps{Text: "Day off", Tone: ui.Accent}
	}
	return ui.BadgeProps{Text: "Repaired", Tone: ui.Accent}
}

// StreakLength is a length in its unit: "12 days".
func StreakLength(n int64, t api.StreakTimeframe) string {
	if t.Count > 1 {
		return ui.Count(n, "period", "periods")
	}
	switch t.Value {
	case "weekly":
		return ui.Count(n, "week", "weeks")
	case "monthly":
		return ui.Count(n, "month", "months")
	}
	return ui.Count(n, "day", "days")
}

// StreakReward says what a period or a milestone brings; empty for nothing.
func StreakReward(r api.StreakReward) string {
	var parts []string
	for _, p := range []struct {
		n         int64
		one, many string
	}{{r.XP, "XP", "XP"}, {r.Coins, "coin", "coins"}, {r.Premium, "premium point", "premium points"}, {r.Spins, "spin", "spins"}, {r.Freezes, "day off", "days off"}} {
		if p.n > 0 {
			parts = append(parts, ui.Count(p.n, p.one, p.many))
		}
	}
	if r.BadgeID != "" {
		parts = append(parts, "a badge")
	}
	return and(parts)
}

func and(parts []string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " and " + parts[len(parts)-1]
}

// StreakDay is a day as a dot.
func StreakDay(d api.StreakDay, today string, month bool) streak.Dot {
	at, err := time.Parse(time.DateOnly, d.Date)
	if err != nil {
		return streak.Dot{Status: "none"}
	}
	words := map[string]string{"completed": "done", "missed": "missed", "frozen": "a day off was used", "repaired": "repaired", "open": "still to do", "rest": "does not count", "none": "nothing"}
	out := streak.Dot{Status: d.Status, Letter: at.Format("Mon")[:1], Words: at.Format("Monday 2 January: ") + words[d.Status], Today: d.Date == today}
	if month {
		out.Letter = at.Format("2")
	}
	return out
}

// StreakDoes says a condition: "2 messages".
func StreakDoes(c api.StreakCondition) string {
	name := c.Action
	switch c.Measure {
	case "value":
		return fmt.Sprintf("%s at %s", name, ui.Number(c.Value))
	case "increase":
		return fmt.Sprintf("%s up by %s", name, ui.Number(c.Value))
	case "sum":
		return fmt.Sprintf("%s of %s in all", strings.ToLower(Action(name)), ui.Number(c.Value))
	}
	one := strings.ToLower(Action(name))
	for plural, singular := range map[string]string{"messages": "message", "replies": "reply", "reactions": "reaction", "visits": "visit"} {
		if name == plural {
			return ui.Count(c.Value, singular, plural)
		}
	}
	return fmt.Sprintf("%s, %s", one, ui.Count(c.Value, "time", "times"))
}

// StreakSays says a streak in one sentence: "Every weekday: 2 messages and 1 reply".
func StreakSays(s api.Streak) string {
	when := map[string]string{"everyday": "Every day", "weekdays": "Monday to Friday", "weekends": "Saturday and Sunday"}[s.ActiveDaysType]
	if when == "" {
		when = days(s.ActiveDays)
	}
	switch t := s.Timeframe; {
	case t.Value == "weekly":
		when = every(t.Count, "week", "weeks")
	case t.Value == "monthly":
		when = every(t.Count, "month", "months")
	case t.Count > 1:
		when = every(t.Count, "", "active days")
	}
	parts := make([]string, len(s.Action.Conditions))
	for i, c := range s.Action.Conditions {
		parts[i] = StreakDoes(c)
	}
	if s.Action.Operator == "or" {
		return when + ": " + strings.Join(parts, " or ")
	}
	return when + ": " + and(parts)
}

func every(n int, one, many string) string {
	if n == 1 {
		return "Every " + one
	}
	return fmt.Sprintf("Every %d %s", n, many)
}

func days(list []string) string {
	out := make([]string, len(list))
	for i, d := range list {
		out[i] = capital(d)[:3]
	}
	return and(out)
}
