package gallery

import (
	"time"

	"laurel/components/layout"
	"laurel/components/widget"

	"github.com/a-h/templ"
)

func rows(from, n int) []widget.Row {
	var list []widget.Row
	for i := range n {
		list = append(list, widget.Row{Key: id(from + i), Rank: int64(from + i), Name: names()[(from+i-1)%12], Tier: "Gold", Level: 31 - i, Score: score(from + i - 1), XP: score(from + i - 1), Coins: int64(1260 - i), Move: int64(i%4 - 1)})
	}
	return list
}

func leaderboardWidget(lang string) widget.LeaderboardProps {
	return widget.LeaderboardProps{
		Text: widget.NewText(lang), Title: "Autumn trading sprint", Unit: "XP", Members: 1842, Live: true, Ends: 6 * 24 * time.Hour, Ties: true, Refresh: "?period=weekly",
		Periods: []widget.Period{{Name: "daily", Href: "?period=daily"}, {Name: "weekly", Href: "?period=weekly", Current: true}, {Name: "all-time", Href: "?period=all-time"}},
		Top:     rows(1, 3), Rows: rows(4, 5), Updated: widget.Moment{ISO: "2026-11-23T14:05:09.000Z"},
		Me: &widget.Row{Key: "me", Rank: 128, Name: "Priya B.", Tier: "Silver", Level: 24, Score: 8941, Move: 14, ToNext: 212, Next: 127},
	}
}

func frame(lang string, theme layout.Theme, c templ.Component) templ.Component {
	t := widget.NewText(lang)
	return layout.FrameOf(layout.FrameProps{Title: "Autumn trading sprint", Lang: t.Lang(), RTL: t.RTL(), Theme: theme, Nonce: "n0nce", Widget: id(1), Kind: "leaderboard", Mode: "public", Origins: `["https://portal.example.com"]`, Live: "/embed/leaderboard/1/live", Revision: "12", Words: t.Scripts()}, c)
}

func widgetStates() []State {
	const g = "widget"
	full := leaderboardWidget("en")
	compact := full
	compact.Size, compact.Columns = widget.Compact, []widget.Column{{Name: "user"}, {Name: "level"}, {Name: "currencies"}, {Name: "xps"}}
	odd := full
	odd.Title, odd.Unit, odd.Button = hostile, hostile, widget.Button{Label: "Open", Href: "javascript:alert(1)"}
	odd.Top = []widget.Row{{Key: "a", Rank: 1, Name: hostile, Score: -3}, {Key: "b", Rank: 2, Name: longest()}, {Key: "c", Rank: 3, Name: arabic, Image: "https://example.com/a.png"}}
	arab := leaderboardWidget("ar")
	mine := full
	mine.Me = &mine.Rows[1]
	closed := widget.LeaderboardProps{Title: "Summer cup", Closed: true, Members: 2, Top: rows(1, 2), Unit: "XP", Updated: widget.Moment{ISO: "2026-11-23T14:05:09.000Z", Text: "14:05"}}
	return []State{
		whole(g, "leaderboard/frame", frame("en", layout.System, widget.Leaderboard(full))),
		whole(g, "leaderboard/frame-dark", frame("en", layout.Dark, widget.Leaderboard(full))),
		whole(g, "leaderboard/frame-arabic", frame("ar", layout.System, widget.Leaderboard(arab))),
		piece(g, "leaderboard/plain", widget.Leaderboard(widget.LeaderboardProps{})),
		piece(g, "leaderboard/compact", widget.Leaderboard(compact)),
		piece(g, "leaderboard/odd", widget.Leaderboard(odd)),
		piece(g, "leaderboard/own-row-in-view", widget.Leaderboard(mine)),
		piece(g, "leaderboard/closed", widget.Leaderboard(closed)),
		piece(g, "leaderboard/japanese", widget.Leaderboard(leaderboardWidget("ja"))),
		piece(g, "leaderboard/german", widget.Leaderboard(leaderboardWidget("de"))),
		piece(g, "panel/expired", widget.Panel(widget.PanelProps{Code: "embed_expired", RequestID: "01JD6Z3V8Q", Retry: "?"})),
		piece(g, "panel/unknown", widget.Panel(widget.PanelProps{Text: widget.NewText("fr"), Code: hostile})),
		piece(g, "skeleton/plain", widget.Skeleton(widget.SkeletonProps{})),
	}
}
