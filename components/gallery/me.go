package gallery

import (
	"laurel/components/layout"
	"laurel/components/page/community"
	"laurel/components/page/me"
	"laurel/components/page/streak"
	"laurel/components/ui"
)

func places() []me.Place {
	return []me.Place{
		{Name: "Autumn trading sprint", Slug: "autumn", Period: "This week", Unit: "XP", Rank: 128, Of: 1842, Score: 8941, Move: 14, ToNext: 212},
		{Name: "Coin collectors", Slug: "coins", Period: "All time", Unit: "coins", Rank: 2, Of: 1990, Score: 1260, ToNext: 40},
		{Name: "Summer cup", Slug: "summer", Period: "All time", Unit: "XP", Rank: 1, Of: 20, Score: 90},
	}
}

func entries() []me.Entry {
	return []me.Entry{{What: "Message", XP: 10, Coins: 1, At: ago("3 min ago")}, {What: "Daily login", XP: 25, Coins: 5, At: ago("2 h ago")}, {What: "Adjustment", Reason: hostile, Coins: -20, At: ago("1 day ago")}}
}

func ranks(from, n int) []me.Rank {
	var list []me.Rank
	for i := range n {
		list = append(list, me.Rank{Key: id(from + i), Rank: int64(from + i), Name: names()[(from+i-1)%12], Note: "Gold · level 31", Score: score(from + i - 1), Badges: []ui.EmblemProps{{Title: "Mentor"}}[:i%2], Move: int64(i%4 - 1)})
	}
	return list
}

func myBoard() me.BoardProps {
	own := me.Rank{Key: "me", Rank: 128, Name: "Priya Bhatt", Score: 8941, Move: 14, Own: true, ToNext: 212}
	return me.BoardProps{
		MemberProps: area("Autumn trading sprint", layout.PlaceRanks), Name: "Autumn trading sprint", Text: "Six weeks, every trade counts.", Line: "Live · ends in 6 days · 1,842 members", Live: true, Unit: "XP", Ties: "Ties: first to reach the score leads", AsOf: ago("just now"),
		Periods: []ui.Tab{{Label: "Today", Href: "?period=daily"}, {Label: "This week", Href: "?period=weekly", Current: true}, {Label: "All time", Href: "?period=all-time"}},
		Top:     ranks(1, 3), Rows: ranks(4, 7), Own: &own,
		Near: []me.Rank{{Key: "n1", Rank: 127, Name: "Kwame Boateng", Note: "Silver · level 28", Score: 9153}, own, {Key: "n2", Rank: 129, Name: arabic, Note: "Silver · level 27", Score: 8930, Move: -2}},
	}
}

func meStates() []State {
	const g = "page/me"
	wallets := []me.Wallet{{Unit: "XP", Balance: 8941, Today: 35}, {Unit: "coins", Balance: 1260}, {Unit: "premium", Balance: 3}}
	home := me.HomeProps{MemberProps: area("Home", layout.PlaceHome), Name: "Priya", Level: 24, Percent: 68, Missing: 640, Tier: "Silver", Bonus: "× 1.25", NextTier: "Gold", TierXP: 4941, TierSpan: 6000, Wallets: wallets, Badges: []ui.EmblemProps{emblem("Mentor")}, Shown: []ui.EmblemProps{{Title: "Mentor"}}, Next: ownBadges().Progress[0], Boards: places(), Recent: entries(), Spins: "A free spin is waiting", Journeys: []me.Journey{{Way: ui.WayProps{Name: "First steps", Text: "1 of 3", Done: 1, Of: 3}, Stages: []me.JourneyStage{{Name: "Settled"}}}}, Streaks: []streak.Standing{{ID: id(8), Name: "Every day", State: ui.BadgeProps{Text: "Done", Tone: ui.Good, Dot: true}, IsLit: true, Current: "12 days", Week: []streak.Dot{{Status: "completed", Letter: "M", Words: "Monday: done"}}}}, Ways: []me.Way{{Action: "Daily login", XP: 25, Coins: 5, Note: "once a day"}, {Action: "Referral", XP: 120, Coins: 50}}}
	profile := me.ProfileProps{MemberProps: area("Me", layout.PlaceMe), Username: "priya", Badges: []ui.EmblemProps{{Title: "Mentor"}}, Email: "priya@example.com", Display: "Priya Bhatt", First: "Priya", Last: "Bhatt", Languages: choices("English", "हिन्दी"), Zone: "Asia/Kolkata", Picture: me.PictureForm{Open: true, Error: "Is no picture."}, Errors: map[string]string{"timezone": "Not a known zone."}, Password: me.PasswordForm{Has: true}, Notices: []me.Notice{{Title: "You were warned.", Reason: hostile, At: ago("2 days ago")}}, Sessions: []me.Session{{ID: "1", Device: "Firefox on Windows", From: "192.0.2.17", Seen: ago("just now"), Current: true}, {ID: "2", Device: "Safari on iPhone", From: "198.51.100.4", Seen: ago("2 days ago")}}}
	keys := me.KeysProps{MemberProps: area("API keys", layout.PlaceMe), Secret: "lru_9a2cV4", Rows: []me.Key{{ID: "1", Name: "Trading bot", Prefix: "lru_9a2c", Permissions: "readOwnProfile", Used: ago("1 h ago"), Active: true}, {ID: "2", Name: hostile, Prefix: "lru_11b0"}}, Permissions: choices("readOwnProfile", "updateOwnProfile")}
	return []State{
		whole(g, "home", me.Home(home)),
		whole(g, "home-new", me.Home(me.HomeProps{MemberProps: area("Home", layout.PlaceHome), Name: hostile})),
		whole(g, "ranks", me.Ranks(me.RanksProps{MemberProps: area("Leaderboards", layout.PlaceRanks), Boards: places()})),
		whole(g, "ranks-empty", me.Ranks(me.RanksProps{MemberProps: area("Leaderboards", layout.PlaceRanks)})),
		whole(g, "board", me.Board(myBoard())),
		whole(g, "board-empty", me.Board(me.BoardProps{MemberProps: area("Board", layout.PlaceRanks), Name: hostile})),
		whole(g, "profile", me.Profile(profile)),
		whole(g, "keys", me.Keys(keys)),
		whole(g, "keys-empty", me.Keys(me.KeysProps{MemberProps: area("API keys", layout.PlaceMe)})),
		whole(g, "history", me.History(me.HistoryProps{MemberProps: area("History", layout.PlaceMe), Wallets: wallets, Rows: entries(), Older: "?before=1", Units: []ui.Tab{{Label: "All", Href: "?", Current: true}, {Label: "XP", Href: "?unit=xp"}}})),
	}
}

func communityStates() []State {
	const g = "page/community"
	b := myBoard()
	b.Own, b.Near = nil, nil
	return []State{
		whole(g, "home", community.Home(community.HomeProps{PublicProps: public("Northwind Traders"), About: "Traders who share how they think.", Members: 2000, Boards: []community.Board{{Name: "Autumn trading sprint", Slug: "autumn", Line: "This week · 1,842 members", Unit: "XP", Top: ranks(1, 5)}, {Name: "Coin collectors", Slug: "coins", Line: "All time · 1,990 members", Unit: "coins", Top: ranks(3, 5)}}})),
		whole(g, "home-empty", community.Home(community.HomeProps{PublicProps: public("Northwind Traders")})),
		whole(g, "board", community.BoardPage(community.BoardProps{PublicProps: public("Autumn trading sprint"), Board: b})),
	}
}
