package gallery

import (
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/page/badge"
	"laurel/components/page/me"
	"laurel/components/ui"
)

// emblems need no file: pictures elsewhere are not shown.
func emblem(title string) ui.EmblemProps {
	return ui.EmblemProps{Title: title, Size: ui.EmblemLarge}
}

func emblemStates() []State {
	drawn := ui.EmblemProps{Title: "Night owl", Image: "/favicon.svg"}
	themed := drawn
	themed.Dark, themed.Size, themed.Dim = "/favicon.svg", ui.EmblemHuge, true
	return []State{
		piece("ui", "emblem/plain", ui.Emblem(ui.EmblemProps{})),
		piece("ui", "emblem/picture", ui.Emblem(drawn)),
		piece("ui", "emblem/themed", ui.Emblem(themed)),
		piece("ui", "emblem/elsewhere", ui.Emblem(ui.EmblemProps{Title: hostile, Image: "//evil.example/x.png", Dark: hostile})),
		piece("ui", "emblem/beside-a-name", ui.Emblems([]ui.EmblemProps{drawn, {Title: arabic}, {Title: longest()}})),
		piece("ui", "emblem/none", ui.Emblems(nil)),
	}
}

func badgeStates() []State {
	const g = "page/badge"
	list := badge.ListProps{PortalProps: portal("Badges", layout.PlaceBadges), CanEdit: true, Rows: []badge.Row{
		{ID: "b1", Emblem: emblem("Hundred messages"), How: "Automatic: 100 messages", Pays: "50 XP, 10 coins", Holders: 212},
		{ID: "b2", Emblem: emblem("First live trade"), How: "By application with proof", Holders: 1, Waiting: 3},
		{ID: "b3", Emblem: emblem(hostile), How: "Given by the team or the API"},
		{ID: "b4", Emblem: emblem(longest()), How: "By application"},
		{ID: "b5", Emblem: emblem(arabic), How: "By application"},
	}}
	list.Applications = 3
	edit := badge.EditorProps{PortalProps: portal("Hundred messages", layout.PlaceBadges), ID: "b1", Title: "Hundred messages", Description: "Be heard.", Actions: choices("Messages sent", "Application"), Quantity: "100", XP: "50", Light: "/favicon.svg",
		Holders:    []badge.Holder{{ID: id(1), Name: "Sofía Reyes", How: "reached", At: ago("3 min ago")}, {ID: id(2), Name: hostile, How: "by application", At: ago("2 days ago")}},
		Pagination: ui.PaginationProps{Page: 1, Size: 25, Total: 212, Path: "/portal/badges/b1"}, Delete: ui.ConfirmProps{Typed: "Hundred messages"}}
	refused := edit
	refused.Title, refused.Fault, refused.Errors = hostile, "Nothing was saved yet.", map[string]string{"quantity": "Must be 1 or more.", "lightImage": "Must be a picture."}
	refused.Award = badge.AwardForm{User: "nobody", Error: "Nobody here is known by that name."}
	fresh := badge.EditorProps{PortalProps: portal("New badge", layout.PlaceBadges), Actions: choices("Application", "Messages sent"), Open: true}
	return []State{
		whole(g, "list", badge.List(list)),
		whole(g, "list-empty", badge.List(badge.ListProps{PortalProps: portal("Badges", layout.PlaceBadges), CanEdit: true})),
		whole(g, "new", badge.Editor(fresh)),
		whole(g, "edit", badge.Editor(edit)),
		whole(g, "edit-refused", badge.Editor(refused)),
		whole(g, "applications", badge.Applications(wishes(true))),
		whole(g, "applications-refused", badge.Applications(wishes(false))),
		whole(g, "applications-none", badge.Applications(badge.ApplicationsProps{PortalProps: portal("Applications", layout.PlaceBadges), Waiting: true})),
	}
}

func wishes(waiting bool) badge.ApplicationsProps {
	p := badge.ApplicationsProps{PortalProps: portal("Applications", layout.PlaceBadges), Waiting: waiting, Pagination: ui.PaginationProps{Page: 1, Size: 25, Total: 2, Path: "/portal/badges/applications"},
		Tabs: []ui.Tab{{Label: "Waiting", Href: "?", Current: waiting, Count: "2"}, {Label: "Refused", Href: "?status=refused", Current: !waiting}},
		Rows: []badge.Application{
			{ID: id(1), Emblem: emblem("First live trade"), BadgeID: "b2", MemberID: id(1), Name: "Kwame Boateng", Note: "Closed on Friday with 31 %.\nSee the statement.", Proofs: []badge.Proof{{Href: "/favicon.svg", Name: "statement.png"}, {Href: "/favicon.svg", Name: hostile}}, At: ago("3 min ago")},
			{ID: id(2), Emblem: emblem(arabic), BadgeID: "b5", MemberID: id(2), Name: hostile, Note: hostile, At: ago("2 days ago")},
		}}
	if !waiting {
		p.Rows[0].State, p.Rows[0].Reason, p.Rows[0].By, p.Rows[0].Decided = ui.BadgeProps{Text: "Refused", Tone: ui.Bad}, "Too blurred.", "ana", ago("1 h ago")
		p.Rows[1].State = ui.BadgeProps{Text: "Approved", Tone: ui.Good}
		return p
	}
	p.Refuse = badge.RefuseForm{ID: id(2), Error: "Say why."}
	return p
}

func ownBadges() me.BadgesProps {
	return me.BadgesProps{MemberProps: area("Badges", layout.PlaceMe),
		Held:     []me.Badge{{ID: "b1", Emblem: emblem("Hundred messages"), Shown: true, At: ago("3 days ago")}, {ID: "b2", Emblem: emblem(hostile), At: ago("12 Mar")}, {ID: "b3", Emblem: emblem(arabic), At: ago("2 Feb")}},
		Progress: []me.Badge{{ID: "b4", Emblem: emblem("Chatterbox"), Text: "Keep talking.", Count: 212, Of: 500, Unit: "messages", Pays: "50 XP", Note: "held by 12 members"}},
		Open: []me.Badge{
			{ID: "b5", Emblem: emblem("First live trade"), Text: "One live trade with 30 % gain.", Proof: true, Pays: "10 coins"},
			{ID: "b6", Emblem: emblem("Mentor"), Waiting: true, At: ago("2 h ago")},
			{ID: "b7", Emblem: emblem(longest()), Reason: hostile, Note: "held by 1 member"},
		},
		Locked: []me.Badge{{ID: "b8", Emblem: emblem("Founder"), Text: "For the first hundred."}},
	}
}

func ownBadgeStates() []State {
	const g = "page/me"
	refused := ownBadges()
	refused.Error = "Choose three at most."
	refused.Apply = me.ApplyForm{ID: "b5", Note: hostile, Errors: map[string]string{"proof": "Is needed."}}
	return []State{
		whole(g, "badges", me.Badges(ownBadges())),
		whole(g, "badges-refused", me.Badges(refused)),
		whole(g, "badges-empty", me.Badges(me.BadgesProps{MemberProps: area("Badges", layout.PlaceMe)})),
	}
}

// awardable are badges that a member's page offers.
func awardable() []form.Option { return choices("Mentor", "Founder") }
