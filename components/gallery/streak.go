package gallery

import (
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/page/me"
	"laurel/components/page/streak"
	"laurel/components/ui"
)

func journeyStates() []State {
	const g = "page/me"
	j := me.Journey{Way: ui.WayProps{Name: "First steps", Text: "1 of 3", Done: 1, Of: 3}, Stages: []me.JourneyStage{
		{Name: "Says hello", State: ui.BadgeProps{Text: "Completed", Tone: ui.Good, Dot: true}, Done: true, Pays: "20 XP", At: ago("2 days ago")},
		{Name: hostile, About: hostile, State: ui.BadgeProps{Text: "In progress", Tone: ui.Accent, Dot: true}, Needs: []me.Need{{Text: "at least 3 messages", Met: true}, {Text: hostile}}, Either: true, Pays: "50 XP and 10 coins", Bonus: "× 2", Until: ago("in 20 h")},
		{Name: "Settled", State: ui.BadgeProps{Text: "Later"}, Locked: true},
	}}
	return []State{
		whole(g, "milestones", me.Milestones(me.MilestonesProps{MemberProps: area("Milestones", layout.PlaceHome), List: []me.Journey{j}})),
		whole(g, "notices", me.Notices(me.NoticesProps{MemberProps: withNews(), List: []me.Told{{Icon: "award", Title: "You have a new badge: " + hostile, Href: "/me/badges", New: true, At: ago("1 min ago")}, {Icon: "shopping-bag", Title: "Mug: Cancelled", Text: hostile, Href: "/me/purchases", At: ago("2 days ago")}}})),
		whole(g, "notices-none", me.Notices(me.NoticesProps{MemberProps: area("Notifications", layout.PlaceHome)})),
		whole(g, "milestones-none", me.Milestones(me.MilestonesProps{MemberProps: area("Milestones", layout.PlaceHome)})),
	}
}

func withNews() layout.MemberProps {
	p := area("Notifications", layout.PlaceHome)
	p.News = 12
	return p
}

func streakStates() []State {
	const g = "page/streak"
	shell := portal("Streaks", layout.PlaceStreaks)
	dots := []streak.Dot{{Status: "completed", Letter: "M", Words: "Monday: done"}, {Status: "frozen", Letter: "T", Words: "Tuesday: a day off was used"}, {Status: "missed", Letter: "W", Words: "Wednesday: missed"},
		{Status: "repaired", Letter: "T", Words: "Thursday: repaired"}, {Status: "open", Letter: "F", Words: "Friday: still to do", Today: true}, {Status: "rest", Letter: "S", Words: "Saturday: does not count"}, {Status: "none", Letter: "S", Words: "Sunday: nothing"}}
	todo := []ui.ProgressProps{{Label: "Messages", Value: 1, Max: 2, Note: "Messages: 1 of 2"}, {Label: hostile, Value: 3, Max: 3}}
	risky := streak.Standing{ID: id(1), Name: "Every day", About: hostile, State: ui.BadgeProps{Text: "Ends soon", Tone: ui.Warn, Dot: true}, AtRisk: true, Current: "12 days", Longest: "30 days", Todo: todo, Either: true, Ends: ago("in 3 h"), Week: dots,
		Next: "14 days bring 100 coins", NextWay: ui.ProgressProps{Label: "Way", Value: 12, Max: 14}, Each: "5 XP every time", Off: "1 of 2 days off", BuyOff: streak.Price{Text: "25 coins", Coins: "25"}, Calendar: "/streaks/1"}
	broken := streak.Standing{ID: id(2), Name: hostile, State: ui.BadgeProps{Text: "Broken", Tone: ui.Bad, Dot: true}, Current: "0 days", Longest: "9 days", Todo: todo[:1], Week: dots, Broke: "Your 9 days can still be saved", Until: ago("in 20 h"), Repair: streak.Price{Coins: "0"}, Calendar: "/streaks/2"}
	lit := streak.Standing{ID: id(3), Name: arabic, State: ui.BadgeProps{Text: "Done", Tone: ui.Good, Dot: true}, IsLit: true, Current: "1 week", Longest: "1 week", Week: dots, Off: "2 of 2 days off", Calendar: "/streaks/3"}
	logs := []streak.Log{{Who: ui.PersonProps{Name: hostile, Href: "/portal/members/1"}, Streak: "Every day", Day: "23 Nov 2026", State: ui.BadgeProps{Text: "Completed", Tone: ui.Good}, Count: "12 days", Pays: "5 XP"}}
	edit := streak.EditorProps{PortalProps: shell, ID: id(1), Saved: "Every day", Enabled: true, V: map[string]string{"name": "Every day", "description": hostile, "every": "1", "unit": "daily", "operator": "and", "daystype": "custom", "start": "2026-11-01", "zone": "community", "offmax": "2", "offprice": "25", "xp": "5"},
		Days: choices("Monday", "Tuesday"), Rows: []streak.Condition{{At: "c0", ID: id(2), Fact: "count:messages", Value: "2"}, {At: "c1", Fact: "value:gone", Value: "x"}}, Facts: []form.Option{{Value: "count:messages", Label: "Messages", Group: "How often"}, {Value: "value:lots", Label: hostile, Group: "Fields"}},
		Marks: []streak.Mark{{At: "m0", Count: "7", Coins: "50", Repeats: true}, {At: "m1", Count: "30", BadgeID: id(3)}}, Badges: []form.Option{{Label: "None"}, {Value: id(3), Label: hostile}}, Longest: []streak.Taker{{Who: ui.PersonProps{Name: hostile}, Current: "12 days", State: risky.State}}, Logs: logs}
	refused := edit
	refused.Fault, refused.NotGone, refused.Errors = "It was not saved.", "Type the name.", map[string]string{"name": "Is taken.", "c1-value": "Must be a whole number.", "m0-count": "Occurs twice.", "every": "Must be 1 or more.", "days": "Must name at least one day."}
	fresh := edit
	fresh.ID, fresh.Marks, fresh.Rows = "", nil, edit.Rows[:1]
	return []State{
		whole(g, "mine", streak.Mine(streak.MineProps{MemberProps: area("Streaks", layout.PlaceHome), Once: "once", List: []streak.Standing{risky, broken, lit}})),
		whole(g, "mine-refused", streak.Mine(streak.MineProps{MemberProps: area("Streaks", layout.PlaceHome), Fault: "You do not have enough coins.", List: []streak.Standing{risky}})),
		whole(g, "mine-none", streak.Mine(streak.MineProps{MemberProps: area("Streaks", layout.PlaceHome)})),
		whole(g, "month", streak.Month(streak.MonthProps{MemberProps: area("Every day", layout.PlaceHome), Name: hostile, Month: "November 2026", Current: "12 days", Longest: "30 days", Days: dots, Blank: 6, Before: "?month=2026-10", After: "?month=2026-12", Done: "18 done, 2 saved, 1 missed"})),
		whole(g, "list", streak.List(streak.ListProps{PortalProps: shell, Logs: logs, List: []streak.Row{{Name: "Every day", Href: "/portal/streaks/1", Says: "Every day: 1 visit", About: hostile, State: ui.BadgeProps{Text: "On", Tone: ui.Good, Dot: true}, Pays: "4 milestones", Who: "312 members take part"}, {Name: hostile, Href: "/portal/streaks/2", Says: longest(), State: ui.BadgeProps{Text: "Off"}, Who: "0 members take part"}}})),
		whole(g, "list-empty", streak.List(streak.ListProps{PortalProps: shell})),
		whole(g, "editor", streak.Editor(edit)),
		whole(g, "editor-refused", streak.Editor(refused)),
		whole(g, "editor-new", streak.Editor(fresh)),
		whole(g, "logs", streak.Logs(streak.LogsProps{PortalProps: shell, Rows: logs, Streaks: choices("Every streak", "Every day"), Statuses: choices("Every status"), User: hostile, Filtered: true})),
		whole(g, "logs-empty", streak.Logs(streak.LogsProps{PortalProps: shell, Fault: "There is no such member."})),
		piece(g, "short", streak.Short(lit)),
	}
}
