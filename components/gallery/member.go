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
	list := memberList()
	odd := memberList()
	odd.Search, odd.IsForeign, odd.Steps.Next = hostile, true, ""
	odd.Rows = []member.Row{{ID: id(1), Name: hostile, Email: hostile, Cells: oddCells()}, {ID: id(2), Name: longest(), Username: longest(), Dummy: true, Cells: oddCells()}, {ID: id(3), Name: arabic, Cells: oddCells()}}
	filtered := memberList()
	filtered.IsFiltered, filtered.Builder = true, conditions()
	filtered.Segment = member.SegmentForm{ID: id(4), Name: hostile, IsEdited: true, CanSave: true, Open: "rename-segment", Typed: "VIPs", Error: "Another segment has that name."}
	nobody := member.ListProps{PortalProps: portal("Members", layout.PlaceMembers), Search: "zz", IsFiltered: true, Steps: ui.StepsProps{Noun: "members", Size: 25}}
	deleted := memberList()
	deleted.Bulk.IsDeleted = true
	refused := memberPage()
	refused.Adjust = member.AdjustForm{Open: true, Unit: "coins", Amount: "-99999", Errors: map[string]string{"amount": "That would leave less than nothing.", "reason": "Say why."}}
	fields := memberPage()
	fields.Known.Open, fields.Known.Fault, fields.Known.Picture = true, "Somebody else changed it.", member.PictureForm{Error: "Must be a PNG, JPEG or WebP picture."}
	return []State{
		whole(g, "page-fields-refused", member.Page(fields)),
		whole(g, "page-adjust-refused", member.Page(refused)),
		whole(g, "list", member.List(list)),
		whole(g, "list-odd", member.List(odd)),
		whole(g, "list-filtered", member.List(filtered)),
		whole(g, "list-deleted", member.List(deleted)),
		whole(g, "list-nobody", member.List(nobody)),
		whole(g, "list-empty", member.List(member.ListProps{PortalProps: portal("Members", layout.PlaceMembers)})),
		whole(g, "page", member.Page(memberPage())),
		whole(g, "reverse", member.Reverse(member.ReverseProps{PortalProps: portal("Take back", layout.PlaceMembers), MemberID: id(1), Member: hostile, ID: id(2), Entry: member.Entry{Action: "Badge", Reason: hostile, XP: 25, Coins: 10}, IsBadge: true, Fault: "It was not taken back.", Errors: map[string]string{"reason": "Is required."}})),
		whole(g, "page-plain", member.Page(member.PageProps{PortalProps: portal("Member", layout.PlaceMembers), Member: member.Member{ID: id(1), Name: hostile, Email: "x@example.com", Deleted: true}, CanOwner: true})),
	}
}

func memberList() member.ListProps {
	list := member.ListProps{
		PortalProps: portal("Members", layout.PlaceMembers), Statuses: choices("Everybody", "Dummies", "Deleted"), Total: 2000, CSV: "/portal/members.csv", HasPrivate: true,
		Tabs:    []ui.Tab{{Label: "Everybody", Href: "/portal/members", Current: true}, {Label: "VIPs by deposits", Href: "?segment=1", Count: "42"}, {Label: "Deleted", Href: "?status=deleted"}},
		Builder: member.BuilderProps{New: member.Condition{IsNew: true, Columns: columnChoices()}}, Choice: choices("Role", "Tier", "XP", "Phone"),
		Name:    ui.SortHeadProps{Label: "Member", Href: "?sort=displayName:asc"},
		Columns: []member.Column{{Label: "Tier", IsWide: true}, {Label: "XP", IsNumber: true, Href: "?sort=xp:asc", Dir: ui.Descending}, {Label: "Tags", IsWide: true}, {Label: "Phone", IsWide: true}, {Label: "Last seen", IsWide: true, Href: "?sort=lastSeen:desc"}},
		Bulk:    member.BulkProps{Action: "/portal/members/bulk", Total: 2000, Tags: []string{"vip", "beta"}, Roles: choices("Moderator", "Analyst"), IsForAll: true},
		Steps:   ui.StepsProps{Start: 26, Shown: 12, Total: 2000, Noun: "members", Path: "/portal/members", Query: url.Values{"sort": {"xp:desc"}}, Size: 25, Prev: "abc", Next: "def"},
	}
	for i, n := range names() {
		list.Rows = append(list.Rows, member.Row{ID: id(i), Name: n, Username: "member" + string(rune('a'+i)), Deleted: i == 10, Cells: []member.Cell{
			{Text: "Gold", Note: "level 31"}, {Number: score(i), IsNumber: true}, {Tags: []string{"vip", "beta"}[:i%3%2+1]}, {IsPrivate: i%2 == 0}, {IsTime: true, When: ago("3 min ago")},
		}})
	}
	return list
}

func oddCells() []member.Cell {
	return []member.Cell{{Text: longest()}, {Number: -12, IsNumber: true}, {Tags: []string{hostile, arabic}}, {Text: hostile}, {IsTime: true}}
}

func columnChoices() []form.Option {
	return []form.Option{{Label: "Choose"}, {Value: "tags", Label: "Tag", Group: "Standing"}, {Value: "xp", Label: "XP", Group: "Points"}, {Value: "country", Label: hostile, Group: "User fields", Chosen: true}}
}

// memberKnown is what a community keeps about a member, of every type.
func memberKnown() member.Known {
	k := member.Known{
		Fields: []member.FieldRow{
			{ID: id(1), Name: "Lots traded", Value: "182", Who: "Partner backend", Source: "By the API", Changed: ago("2 h ago"), Input: member.FieldInput{Kind: member.ValueNumber, Value: "182", Required: true}},
			{ID: id(2), Name: "Phone", Value: "+351 000", Private: true, Input: member.FieldInput{Value: "+351 000", Hint: "Shown to the team only."}},
			{ID: id(3), Name: hostile, Value: hostile, Input: member.FieldInput{Value: hostile, IsLong: true, Error: "Must be a single line."}},
			{ID: id(4), Name: "Country", Input: member.FieldInput{Kind: member.ValueChoice, Options: choices("No value", "Spain")}},
			{ID: id(5), Name: "Birthday", Value: "1990-05-31", Input: member.FieldInput{Kind: member.ValueDay, Value: "1990-05-31"}},
		},
		Changes: []member.Change{{Field: "Lots traded", Old: "180", New: "182", Who: "Partner backend", Source: "By the API", At: ago("2 h ago")}, {Field: hostile, Old: hostile, Who: arabic, Source: "In the portal", At: ago("3 h ago")}},
		Tags:    member.TagsForm{Tags: []string{"vip", hostile, arabic}, Typed: "vip", Known: []string{"vip", "beta"}}, Unclaimed: true,
		Activity: member.Activity{XP: 345, Coins: 12, Messages: 30, Replies: 4, Reacted: 9},
	}
	for i := range 30 {
		k.Activity.Days = append(k.Activity.Days, ui.Bar{Label: "23 Nov", Note: "11 XP", Value: int64(i * (i % 4))})
	}
	return k
}

// conditions are a line of every kind.
func conditions() member.BuilderProps {
	ops := choices("is", "is not")
	return member.BuilderProps{New: member.Condition{At: 6, IsNew: true, Columns: columnChoices()}, Conditions: []member.Condition{
		{At: 0, Columns: columnChoices(), Ops: ops, Label: "Tag", Value: hostile, Suggested: []string{"vip", arabic}, Remove: "?a"},
		{At: 1, Columns: columnChoices(), Ops: ops, Label: "XP", Kind: member.ValueNumber, Value: "x", Error: "Must be a number.", Remove: "?b"},
		{At: 2, Columns: columnChoices(), Ops: ops, Label: "Joined", Kind: member.ValueDay, Value: "2026-05-31", Remove: "?c"},
		{At: 3, Columns: columnChoices(), Ops: ops, Label: "Last seen", Kind: member.ValueDays, Value: "30", Remove: "?d"},
		{At: 4, Columns: columnChoices(), Ops: ops, Label: "Tier", Kind: member.ValueChoice, Options: choices("Gold", "Silver"), Remove: "?e"},
		{At: 5, Columns: columnChoices(), Ops: ops, Label: "Email", Kind: member.ValueNone, Remove: "?f"},
	}}
}

func memberPage() member.PageProps {
	p := member.PageProps{
		Streaks:     []member.Streak{{ID: id(8), Name: hostile, State: ui.BadgeProps{Text: "Broken", Tone: ui.Bad, Dot: true}, Text: "0 days, longest 12 days, 1 day off held", Broke: "12 days"}},
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
		Badges: []member.Badge{{ID: "b1", Emblem: ui.EmblemProps{Title: "Hundred messages"}, How: "reached", At: ago("3 days ago")}}, Awardable: awardable(),
		Keys:  []member.Key{{Name: "Trading bot", Prefix: "lru_9a2c", Used: ago("1 h ago"), Active: true}},
		Audit: []member.Event{{Who: "Ana Oliveira", What: "added 500 coins", At: ago("1 day ago")}},
		Stats: []ui.Pair{{Name: "Messages", Value: "1,204"}, {Name: "Referrals", Value: "4"}},
		Known: memberKnown(),
		Edit:  member.EditForm{DisplayName: "Sofía Reyes", Username: "sofia", Email: "sofia@example.com", Role: choices("Member", "Admin"), Language: []form.Option{{Value: "es", Label: "Español"}}, TimeZone: "America/Bogota"},
	}
	p.Roles, p.Givable = []member.HeldRole{{ID: id(1), Title: "Mentor", Tint: "teal"}, {ID: id(2), Title: hostile}}, choices("Moderator", "Guest")
	p.Crumbs = []ui.Link{{Label: "Members", Href: "/portal/members"}, {Label: "Sofía Reyes"}}
	return p
}
