package gallery

import (
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/page/me"
	"laurel/components/page/referral"
	"laurel/components/ui"
)

func referralStates() []State {
	const g = "page/referral"
	shell := portal("Referrals", layout.PlaceReferrals)
	way := ui.WayProps{Name: "Bring a friend", Text: "2 of 3", Done: 2, Of: 3}
	list := referral.ListProps{PortalProps: shell, Next: "?cursor=1", Later: true, Link: referral.LinkForm{Param: "customer", Fields: choices("None", "Account")}, Programs: []referral.Program{
		{Name: "Bring a friend", Href: "/portal/referrals/programs/1", About: "For every friend who stays.", State: ui.BadgeProps{Text: "On", Tone: ui.Good, Dot: true}, Kind: ui.BadgeProps{Text: "Referrals"}, Stages: []referral.Stage{{Name: "Says hello", Needs: "at least 3 messages", Pays: "50 XP and 10 coins"}, {Name: hostile, Needs: longest()}}},
		{Name: hostile, Href: "/portal/referrals/programs/2", State: ui.BadgeProps{Text: "Off"}, Kind: ui.BadgeProps{Text: "Milestones"}},
	}, Referees: []referral.Referee{
		{Person: ui.PersonProps{Name: "sofia", Href: "/portal/members/1"}, By: "ana", ByHref: "/portal/members/2", Joined: ago("3 days ago"), Programs: []ui.WayProps{way}},
		{Person: ui.PersonProps{Name: arabic}, By: hostile, Joined: ago("1 h ago")},
	}}
	facts := []form.Option{{Value: "messages", Label: "Messages", Group: "Activity"}, {Value: "field:account", Label: hostile, Group: "User fields"}}
	stages := []referral.StageForm{
		{At: "s0", Name: "Says hello", Operator: "AND", XP: "50", Coins: "10", FriendXP: "20", Hours: "24", Factor: "2", Groups: []referral.GroupForm{
			{At: "s0-g0", Operator: "OR", Conditions: []referral.ConditionForm{{At: "s0-g0-c0", Fact: "messages", Op: "gte", Value: "3"}, {At: "s0-g0-c1", Fact: "field:account", Op: "set"}}},
			{At: "s0-g1", Conditions: []referral.ConditionForm{{At: "s0-g1-c0", Fact: "field:gone", Op: "eq", Value: hostile}}}}},
		{At: "s1", Name: hostile, Hidden: true, Groups: []referral.GroupForm{{At: "s1-g0", Conditions: []referral.ConditionForm{{At: "s1-g0-c0", Fact: "messages", Op: "gte", Value: "x"}}}}},
	}
	edit := referral.EditorProps{PortalProps: shell, ID: id(1), Saved: "Bring a friend", Name: "Bring a friend", Enabled: true, Stages: stages, Facts: facts}
	refused := edit
	refused.Fault, refused.NotGone, refused.Errors = "It was not saved.", "Type the name.", map[string]string{"name": "Is taken.", "s1-g0-c0-value": "Must be a number.", "s0-xp": "Must be a whole number."}
	return []State{
		whole(g, "list", referral.List(list)),
		whole(g, "list-empty", referral.List(referral.ListProps{PortalProps: shell, Link: referral.LinkForm{Fault: "It was not saved.", Errors: map[string]string{"param": "Is taken."}}})),
		whole(g, "editor", referral.Editor(edit)),
		whole(g, "editor-refused", referral.Editor(refused)),
		whole(g, "milestones-new", referral.Editor(referral.EditorProps{PortalProps: shell, Milestone: true, Stages: stages[1:], Facts: facts})),
	}
}

func friendStates() []State {
	const g = "page/me"
	p := me.FriendsProps{MemberProps: area("Invite friends", layout.PlaceMe), URL: "https://laurel.example.com/register?ref=priya", Code: "priya", Earned: "They earned you 120 XP and 30 coins", Next: "?cursor=1",
		Offers:  []me.Offer{{Name: "Bring a friend", About: "For every friend who stays.", Steps: []me.OfferStep{{Name: "Says hello", Needs: "at least 3 messages", Pays: "50 XP", Gives: "20 XP"}, {Name: hostile}}}},
		Friends: []me.Friend{{Name: "sofia", Joined: ago("3 days ago"), Ways: []me.FriendWay{{WayProps: ui.WayProps{Name: "Bring a friend", Text: "1 of 2", Done: 1, Of: 2}, Next: "Stays: at least 7 visits"}}}, {Name: hostile, Joined: ago("1 h ago")}}}
	return []State{
		whole(g, "friends", me.Friends(p)),
		whole(g, "friends-none", me.Friends(me.FriendsProps{MemberProps: area("Invite friends", layout.PlaceMe), URL: "https://laurel.example.com/register?ref=x", Code: "x", Errors: map[string]string{"code": "Must be at least 4 characters."}})),
	}
}
