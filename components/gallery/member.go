package gallery

import (
	"net/url"

	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/page/member"
	"laurel/components/ui"
)

func memberStates() []State {
	const g = "page/member"
	list := member.ListProps{PortalProps: portal("Members", layout.PlaceMembers), Roles: choices("Every role", "Owner", "Admin", "Member"), Statuses: choices("Every status", "Active", "Deleted"), CanEdit: true, Pagination: ui.PaginationProps{Page: 2, Size: 12, Total: 2000, Path: "/portal/members", Noun: "members"}}
	for i, n := range names() {
		list.Rows = append(list.Rows, member.Row{ID: id(i), Name: n, Username: "member" + string(rune('a'+i)), Role: "Member", Tier: "Gold", Level: 31 - i, Rank: int64(i + 13), XP: score(i), Coins: int64(1260 + i*37), Seen: ago("3 min ago"), Deleted: i == 10})
	}
	list.SortHref = func(field string) (string, ui.SortDir) {
		if field == "xp" {
			return "/portal/members?sort=xp:asc", ui.Descending
		}
		return "/portal/members?sort=" + field + ":asc", ui.Unsorted
	}
	odd := list
	odd.Search = hostile
	odd.Rows = []member.Row{{ID: id(1), Name: hostile, Email: hostile, XP: -12}, {ID: id(2), Name: longest(), Username: longest(), Dummy: true}, {ID: id(3), Name: arabic}}
	nobody := member.ListProps{PortalProps: portal("Members", layout.PlaceMembers), Search: "zz", Pagination: ui.PaginationProps{Page: 1, Size: 25, Query: url.Values{"search": {"zz"}}}}
	refused := memberPage()
	refused.Adjust = member.AdjustForm{Open: true, Unit: "coins", Amount: "-99999", Errors: map[string]string{"amount": "That would leave less than nothing.", "reason": "Say why."}}
	return []State{
		whole(g, "page-adjust-refused", member.Page(refused)),
		whole(g, "list", member.List(list)),
		whole(g, "list-odd", member.List(odd)),
		whole(g, "list-nobody", member.List(nobody)),
		whole(g, "list-empty", member.List(member.ListProps{PortalProps: portal("Members", layout.PlaceMembers)})),
		whole(g, "page", member.Page(memberPage())),
		whole(g, "page-plain", member.Page(member.PageProps{PortalProps: portal("Member", layout.PlaceMembers), Member: member.Member{ID: id(1), Name: hostile, Email: "x@example.com", Deleted: true}, CanOwner: true})),
	}
}

func memberPage() member.PageProps {
	p := member.PageProps{
		PortalProps: portal("Sofía Reyes", layout.PlaceMembers), CanEdit: true, CanOwner: true, Older: "?before=1204",
		Member: member.Member{ID: id(0), Number: 17, Name: "Sofía Reyes", Username: "sofia", Email: "sofia@example.com", Role: "Member", Verified: true, Language: "Spanish", TimeZone: "America/Bogota", Joined: ago("12 Mar"), Seen: ago("3 min ago"),
			Progress: member.Progress{Level: 31, Percent: 68, XP: 19877, Missing: 640, Tier: "Gold", NextTier: "Platinum", TierLeft: 2123}},
		Wallets: []member.Wallet{{Unit: "XP", Balance: 19877, Today: 140}, {Unit: "Coins", Balance: 1260, Today: 12}, {Unit: "Premium", Balance: 3}},
		Boards:  []member.Standing{{Board: "Autumn trading sprint", ID: id(0), Period: "This week", Rank: 1, Of: 1842, Score: 19877}, {Board: "Coin collectors", ID: id(1), Period: "All time", Rank: 212, Of: 1990, Score: 1260}},
		Ledger: []member.Entry{
			{Seq: 1211, Action: "Message", XP: 10, XPAfter: 19877, Source: "API", At: ago("3 min ago")},
			{Seq: 1210, Action: "Daily login", XP: 25, Coins: 5, XPAfter: 19867, At: ago("2 h ago")},
			{Seq: 1207, Action: "Adjustment", Reason: "Prize of the summer cup", Coins: 500, XPAfter: 19842, At: ago("1 day ago")},
			{Seq: 1204, Action: "Adjustment", Reason: hostile, XP: -120, XPAfter: 19842, At: ago("2 days ago")},
		},
		Keys:   []member.Key{{Name: "Trading bot", Prefix: "lru_9a2c", Used: ago("1 h ago"), Active: true}},
		Audit:  []member.Event{{Who: "Ana Oliveira", What: "added 500 coins", At: ago("1 day ago")}},
		Stats:  []ui.Pair{{Name: "Messages", Value: "1,204"}, {Name: "Referrals", Value: "4"}},
		Fields: []ui.Pair{{Name: "Lots traded", Value: "182"}},
		Edit:   member.EditForm{DisplayName: "Sofía Reyes", Username: "sofia", Email: "sofia@example.com", Role: choices("Member", "Admin"), Language: []form.Option{{Value: "es", Label: "Español"}}, TimeZone: "America/Bogota"},
	}
	p.Crumbs = []ui.Link{{Label: "Members", Href: "/portal/members"}, {Label: "Sofía Reyes"}}
	return p
}
