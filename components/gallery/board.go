package gallery

import (
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/page/leaderboard"
	"laurel/components/page/overview"
	"laurel/components/ui"
)

func standings(n int) leaderboard.Standings {
	s := leaderboard.Standings{Unit: "XP"}
	for i := range n {
		s.Rows = append(s.Rows, leaderboard.Standing{ID: id(i), Rank: int64(i + 1), Name: names()[i%12], Note: "Gold · level 31", Score: score(i), Move: int64(i%4 - 1), Entered: i == 7})
	}
	return s
}

func board(i int, name, by string, state leaderboard.State) leaderboard.Row {
	return leaderboard.Row{ID: id(i), Name: name, Slug: "autumn-trading-sprint", RankedBy: by, Periods: "Daily, weekly, all time", State: state, Members: 1842, Leader: names()[i], Score: score(i), Widget: i == 0}
}

func overviewStates() []State {
	const g = "page/overview"
	full := overview.Props{
		PortalProps: portal("Home", layout.PlaceHome), Greeting: "Good morning, Ana", CanEdit: true,
		Text: "The last 30 days beside the 30 before, in Europe/Lisbon time.",
		Stats: []ui.StatProps{
			{Label: "Active members", Value: "1,842", Change: "+6.4 %", Tone: ui.Good, Note: "of 2,000 · last 30 days", Href: "/portal/members", Spark: []float64{4, 4, 6, 5, 7, 7, 6, 8, 9, 8, 10, 11, 10, 13, 12}},
			{Label: "XP issued", Value: "412,390", Change: "−3.2 %", Tone: ui.Bad, Note: "from 9 rules", Spark: []float64{9, 7, 10, 6, 7, 8, 6, 7, 5, 7, 6, 5, 4, 5, 3}},
			{Label: "Coins outstanding", Value: "1.28 M", Change: "+0.9 %", Note: "held by members", Spark: []float64{3, 4, 3, 5, 4, 6, 5, 7, 6, 6, 8, 7, 9, 8, 9}},
			{Label: "New members", Value: "86", Change: "+12", Tone: ui.Good, Note: "last 30 days", Spark: []float64{1, 3, 2, 4, 2, 5, 3, 4, 6, 4, 5, 7, 5, 8, 6}},
		},
		Board: board(0, "Autumn trading sprint", "XP", leaderboard.Live), Period: "This week", Top: standings(7),
		Tiers: []overview.Tier{{Name: "Diamond", Members: 64, Share: "3.2 %"}, {Name: "Platinum", Members: 182, Share: "9.1 %"}, {Name: "Gold", Members: 388, Share: "19.4 %"}, {Name: "Silver", Members: 702, Share: "35.1 %"}, {Name: "Bronze", Members: 664, Share: "33.2 %"}},
		Recent: []overview.Event{
			{Icon: "trophy", Who: "Sofía Reyes", Href: "/portal/members/1", What: "took first place in", Item: "Autumn trading sprint", At: ago("12 s ago")},
			{Icon: "user-plus", Who: "Aïcha N’Diaye", Href: "/portal/members/2", What: "joined", At: ago("6 min ago")},
			{Icon: "zap", Who: "田中 良", Href: "/portal/members/3", What: "earned 120 XP for", Item: "Referral", At: ago("14 min ago")},
			{Icon: "key-round", Who: "Ana Oliveira", What: "created the access key", Item: "Client portal", At: ago("1 h ago")},
		},
	}
	return []State{
		whole(g, "full", overview.Page(full)),
		whole(g, "empty", overview.Page(overview.Props{PortalProps: portal("Home", layout.PlaceHome), Greeting: "Welcome, Ana", Steps: []overview.Step{{Label: "Make a leaderboard", Text: "Choose what counts.", Href: "/portal/leaderboards/new"}, {Label: "Create an API key", Text: "So that points can come in.", Href: "/portal/api-keys", Done: true}}})),
	}
}

func boardStates() []State {
	const g = "page/leaderboard"
	list := leaderboard.ListProps{PortalProps: portal("Leaderboards", layout.PlaceBoards), CanEdit: true, Pagination: ui.PaginationProps{Page: 1, Size: 25, Total: 4, Path: "/portal/leaderboards", Noun: "boards"}}
	list.Rows = []leaderboard.Row{board(0, "Autumn trading sprint", "XP", leaderboard.Live), board(1, "Coin collectors", "Coins", leaderboard.Live), board(2, "December referral race", "Referrals", leaderboard.Scheduled), board(3, "Summer cup", "XP", leaderboard.Ended)}
	list.Rows[0].Ends, list.Rows[2].Leader, list.Rows[2].Members = ago("in 6 days"), "", 0
	hostileList := list
	hostileList.Search = hostile
	hostileList.Rows = []leaderboard.Row{board(0, hostile, hostile, leaderboard.Off), board(1, longest(), "XP", leaderboard.Live), board(6, arabic, "XP", leaderboard.Live)}
	return []State{
		whole(g, "list", leaderboard.List(list)),
		whole(g, "list-empty", leaderboard.List(leaderboard.ListProps{PortalProps: portal("Leaderboards", layout.PlaceBoards)})),
		whole(g, "list-hostile", leaderboard.List(hostileList)),
		whole(g, "page", leaderboard.Page(boardPage())),
		whole(g, "page-empty", leaderboard.Page(leaderboard.PageProps{PortalProps: portal("Board", layout.PlaceBoards), Board: board(0, "Autumn trading sprint", "XP", leaderboard.Off), Standings: leaderboard.Standings{Note: "Nobody has earned XP in this period."}})),
		whole(g, "editor", leaderboard.Editor(editor())),
		whole(g, "editor-new", leaderboard.Editor(leaderboard.EditorProps{PortalProps: portal("New leaderboard", layout.PlaceBoards), Fault: "It was not saved.", Errors: map[string]string{"name": "Give it a name.", "slug": "Another board has that address."}})),
		piece(g, "standings-hostile", leaderboard.StandingsTable(leaderboard.Standings{Unit: hostile, Rows: []leaderboard.Standing{{ID: "../x", Rank: 1, Name: hostile, Note: hostile, Score: -5, Move: -2}}})),
	}
}

func boardPage() leaderboard.PageProps {
	p := leaderboard.PageProps{
		PortalProps: portal("Autumn trading sprint", layout.PlaceBoards), Board: board(0, "Autumn trading sprint", "XP", leaderboard.Live), CanEdit: true,
		Text: "Six weeks, every trade counts. The best three get a funded account.", Window: "23–29 Nov 2026, Europe/Lisbon", AsOf: ago("just now"), Ties: "Ties: first to reach the score leads", PublicURL: "/ranks/autumn-trading-sprint",
		Periods:    []ui.Tab{{Label: "Today", Href: "?period=daily"}, {Label: "This week", Href: "?period=weekly", Current: true}, {Label: "All time", Href: "?period=all-time"}},
		Standings:  standings(12),
		Pagination: ui.PaginationProps{Page: 1, Size: 25, Total: 1842, Path: "/portal/leaderboards/1", Noun: "members"},
		Archive:    []leaderboard.Closed{{Label: "Week of 16 Nov", Href: "?at=1", Winner: "Mei Okafor", Score: 18204, Members: 1790}, {Label: "Week of 9 Nov", Href: "?at=2", Winner: "Sofía Reyes", Score: 17950, Members: 1764}},
	}
	p.Crumbs = []ui.Link{{Label: "Leaderboards", Href: "/portal/leaderboards"}, {Label: "Autumn trading sprint"}}
	p.Board.Ends = ago("in 6 days")
	return p
}

func editor() leaderboard.EditorProps {
	views := choices("All time", "Daily", "Weekly", "Monthly", "Yearly")
	views[2].Chosen = true
	return leaderboard.EditorProps{
		PortalProps: portal("Edit", layout.PlaceBoards), ID: id(0), Preview: standings(10),
		Basics: leaderboard.Basics{Name: "Autumn trading sprint", Slug: "autumn-trading-sprint", Description: "Six weeks, every trade counts.", DisplayOrder: "1", Enabled: true, Preview: true},
		Rank:   leaderboard.Ranking{By: []form.Option{{Value: "xp", Label: "XP", Chosen: true}, {Value: "coins", Label: "Coins"}, {Value: "f1", Label: "Lots traded", Group: "User fields"}}, Ties: choices("First to reach the score leads", "Same rank, next is skipped"), TopOnly: true, TopLimit: "100", OnlyPlus: true},
		Period: leaderboard.Period{Filters: views, Start: "2026-10-20", StartTime: "00:00", End: "2026-11-30", EndTime: "23:59", Zone: "Europe/Lisbon", Zones: []string{"Europe/Lisbon", "UTC"}},
		Cols:   []leaderboard.Column{{Name: "user", Label: "Member", Visible: true, Order: "1"}, {Name: "xps", Label: "XP", Visible: true, Order: "2"}, {Name: "level", Label: "Level", Order: "3"}, {Name: "currencies", Label: "Coins", Order: "4"}},
		Who:    leaderboard.Audience{RankRoles: choices("Member", "Admin"), ViewRoles: choices("Member", "Admin")},
		Widget: leaderboard.WidgetPart{Enabled: true, Domains: "https://portal.example.com\nhttps://*.northwind.example", ButtonText: "Open a trade", ButtonLink: "https://portal.example.com/trade"},
	}
}
