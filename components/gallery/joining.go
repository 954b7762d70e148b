package gallery

import (
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/page/joining"
	"laurel/components/ui"
)

func joiningStates() []State {
	const g = "page/joining"
	shell := portal("Joining", layout.PlaceJoining)
	fields := choices("First name", "Last name")
	roles := []form.Option{{Label: "None: count it as my referral", Chosen: true}, {Value: id(1), Label: hostile}}
	full := joining.Props{PortalProps: shell, Fields: fields, Invite: joining.InviteForm{Roles: roles}, Policies: []joining.Policy{
		{ID: id(1), Title: "House rules", Start: "Be kind.", Version: 2, Changed: ago("3 days ago"), Form: joining.PolicyForm{ID: id(1), Title: "House rules", Body: "Be kind.\n\nNo spam."}},
		{ID: id(2), Title: hostile, Start: longest(), Version: 1, Changed: ago("1 h ago"), Form: joining.PolicyForm{ID: id(2), Title: hostile, Body: arabic}},
	}, Invites: []joining.Invite{
		{ID: id(1), URL: "https://laurel.example.com/register?invite=ABCDEFGHJKLMNPQR", Kind: "Counts as a referral", By: "owner", Used: "3 joined", Open: true, State: ui.BadgeProps{Text: "Open", Tone: ui.Good, Dot: true}},
		{ID: id(2), URL: "https://laurel.example.com/register?invite=STUVWXYZ", Kind: "Gives the role " + hostile, By: arabic, Used: "10 of 10 joined", Ends: ago("in 3 days"), State: ui.BadgeProps{Text: "Used up"}},
	}}
	refused := joining.Props{PortalProps: shell, Fields: fields,
		New:    joining.PolicyForm{Open: true, Title: hostile, Fault: "It was not saved.", Errors: map[string]string{"body": "Must not be empty."}},
		Invite: joining.InviteForm{Roles: roles, Uses: "0", Days: "x", Errors: map[string]string{"uses": "Must be 1 or more.", "days": "Must be a whole number."}}}
	return []State{
		whole(g, "full", joining.Page(full)),
		whole(g, "refused", joining.Page(refused)),
		whole(g, "empty", joining.Page(joining.Props{PortalProps: shell, Fields: fields, Invite: joining.InviteForm{Roles: roles}})),
	}
}
