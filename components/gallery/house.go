package gallery

import (
	"laurel/components/layout"
	"laurel/components/page/audit"
	"laurel/components/page/gamification"
	"laurel/components/page/mail"
	"laurel/components/page/setting"
	"laurel/components/ui"
)

func gamificationStates() []State {
	const g = "page/gamification"
	rules := gamification.RulesProps{PortalProps: portal("Gamification", layout.PlaceRules), CanEdit: true, Errors: map[string]string{"reply-cap": "A whole number, 0 or more."}, Rows: []gamification.Rule{
		{Action: "message", Label: "Sending a message", On: true, XP: "10", Coins: "1", Premium: "0", Cooldown: "30", Cap: "50"},
		{Action: "reply", Label: "Replying", On: true, XP: "10", Coins: "1", Premium: "0", Cooldown: "30", Cap: "-1"},
		{Action: "react", Label: "Reacting", On: true, XP: "2", Coins: "0", Premium: "0", Cooldown: "5", Cap: "100"},
		{Action: "login", Label: "Daily login", Hint: "first visit of the day", On: true, XP: "25", Coins: "5", Premium: "0", Cap: "1", NoCool: true},
		{Action: "referral", Label: hostile, XP: "120", Coins: "50", Premium: "1", Cap: "0", NoCool: true},
	}}
	tiers := gamification.TiersProps{PortalProps: portal("Gamification", layout.PlaceRules), CanEdit: true, ShowTiers: true, Curve: []float64{0, 100, 250, 500, 900, 1500, 2400, 3600, 5200}, Bounds: []int{0, 3, 6}, Demotion: "idle", Days: "30", MinXP: "100", Standing: map[string]int64{"1": 664, "2": 702, "3": 388}, Tiers: []gamification.Tier{
		{ID: "1", Name: "Bronze", Levels: [3]string{"0", "100", "250"}, Multiplier: "100"}, {ID: "2", Name: "Silver", Levels: [3]string{"500", "900", "1500"}, Multiplier: "110"}, {ID: "3", Name: "Gold", Levels: [3]string{"2400", "3600", "5200"}, Multiplier: "125"}, {},
	}}
	roles := gamification.RolesProps{PortalProps: portal("Gamification", layout.PlaceRules), Fault: "Nothing was saved yet.", Errors: map[string]string{"role-2-xp": "Must be at least 1."}, Rows: []gamification.XPRole{
		{ID: "1", Name: "Mentor", XP: "5000", TakeBack: true, Members: 41, Settling: true}, {ID: "2", Name: hostile, XP: "0"}, {ID: "3", Name: "Moderator", Members: 4},
	}}
	convert := gamification.ConvertProps{PortalProps: portal("Gamification", layout.PlaceRules), From: choices("coins", "XP"), To: choices("XP", "coins"), Take: "10", Give: "1"}
	asked := convert
	asked.Preview = &gamification.ConvertPreview{Sentence: "12 members hold 10 coins or more: together they give 340 coins and get 34 XP.", Words: "convert 10 coins to 1 xp"}
	asked.Rows = []gamification.Conversion{
		{What: "10 coins to 1 XP", Done: 700, Members: 2000, Running: true, Result: "8,120 coins became 812 XP", By: "Ana Oliveira", At: ago("a moment ago")},
		{What: "100 premium points to 5 coins", Done: 12, Members: 12, Result: "4,000 premium points became 200 coins", By: hostile, At: ago("2 days ago")},
	}
	return []State{
		whole(g, "roles", gamification.Roles(roles)),
		whole(g, "roles-none", gamification.Roles(gamification.RolesProps{PortalProps: roles.PortalProps})),
		whole(g, "convert", gamification.Convert(convert)),
		whole(g, "convert-preview", gamification.Convert(asked)),
		whole(g, "rules", gamification.Rules(rules)),
		whole(g, "tiers", gamification.Tiers(tiers)),
		whole(g, "tiers-refused", gamification.Tiers(gamification.TiersProps{PortalProps: portal("Gamification", layout.PlaceRules), Fault: "It was not saved.", Errors: map[string]string{"tier-0-level-2": "Must be more than level 1 needs."}, Tiers: []gamification.Tier{{Name: hostile, Levels: [3]string{"10", "5", "x"}}}})),
	}
}

func auditStates() []State {
	const g = "page/audit"
	p := audit.Props{PortalProps: portal("Audit log", layout.PlaceAudit), Actors: choices("Everybody", "Ana Oliveira"), Actions: choices("Everything", "Leaderboards"), Pagination: ui.PaginationProps{Page: 1, Size: 25, Total: 3, Noun: "changes", Path: "/portal/audit"}, Rows: []audit.Row{
		{ID: "1", Actor: "Ana Oliveira", Via: "portal", Action: "changed the leaderboard", Target: "Autumn trading sprint", Href: "/portal/leaderboards/1", From: "192.0.2.17", At: ago("4 min ago"), Changes: []audit.Change{{Field: "topRankLimit", Before: "50", After: "100"}, {Field: "description", After: "Six weeks, every trade counts."}}},
		{ID: "2", Actor: "Trade feed", Via: "API key", Action: "created the member", Target: hostile, From: "198.51.100.4", At: ago("1 h ago")},
		{ID: "3", Actor: "Ana Oliveira", Via: "portal", Action: "revoked the API key", Target: "Old CRM", From: "192.0.2.17", At: ago("2 days ago"), Changes: []audit.Change{{Field: "isActive", Before: "true", After: "false"}}},
	}}
	return []State{
		whole(g, "full", audit.Page(p)),
		whole(g, "empty", audit.Page(audit.Props{PortalProps: portal("Audit log", layout.PlaceAudit)})),
	}
}

func mailStates() []State {
	const g = "page/mail"
	rows := []mail.Row{{ID: "1", To: "mei@example.com", Subject: "Confirm your address", At: ago("2 min ago")}, {ID: "2", To: hostile, Subject: hostile, At: ago("1 h ago"), State: mail.Sent}, {ID: "3", To: "x@example.com", Subject: "Choose a new password", At: ago("1 day ago"), State: mail.Failed}}
	return []State{
		whole(g, "list", mail.List(mail.ListProps{CanOpen: true, PortalProps: portal("Mail outbox", layout.PlaceMail), Rows: rows, NoServer: true})),
		whole(g, "list-admin", mail.List(mail.ListProps{PortalProps: portal("Mail outbox", layout.PlaceMail), Rows: rows})),
		whole(g, "list-empty", mail.List(mail.ListProps{CanOpen: true, PortalProps: portal("Mail outbox", layout.PlaceMail)})),
		whole(g, "page", mail.Page(mail.PageProps{PortalProps: portal("Mail", layout.PlaceMail), Mail: rows[0], Text: "Hi Mei,\n\nconfirm your address:\n" + hostile, Links: []string{"https://laurel.example.com/verify?token=t"}, Error: "The server refused the recipient."})),
	}
}

func settingStates() []State {
	p := setting.Props{
		PortalProps: portal("Settings", layout.PlaceSettings), CanEdit: true, Owner: true, ID: id(0), Name: "Northwind Traders", URI: "northwind", About: "Traders who share how they think.", Zone: "Europe/Lisbon", Languages: choices("English", "Português"),
		Secure: setting.Secure{Prefix: "lrx_77b1", Rotated: ago("12 days ago")}, Invite: setting.InviteForm{Roles: choices("Admin", "Owner")},
		Team: []setting.Mate{{ID: id(1), Name: "Ana Oliveira", Email: "ana@example.com", Role: "Owner"}, {ID: id(2), Name: hostile, Email: "b@example.com", Role: "Admin", Roles: choices("Admin", "Owner", "Member")}},
	}
	return []State{
		whole("page/setting", "full", setting.Page(p)),
		whole("page/setting", "reader", setting.Page(setting.Props{PortalProps: portal("Settings", layout.PlaceSettings), Errors: map[string]string{"uri": "Taken."}, Fault: "It was not saved."})),
	}
}
