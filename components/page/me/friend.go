package me

import (
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/ui"
)

// FriendsProps is the page on which a member invites friends and sees how far
// they have come.
type FriendsProps struct {
	layout.MemberProps
	URL     string // the member's own link
	Brought int64
	Earned  string // "120 XP and 30 coins"
	Offers  []Offer
	Friends []Friend
	Next    string // address of the friends after these
	Code    string // as typed
	Errors  map[string]string
}

// Offer is a program that friends can be brought into.
type Offer struct {
	Name  string
	About string
	Steps []OfferStep
}

// OfferStep is a stage of a program.
type OfferStep struct {
	Name  string
	Needs string // empty when it is a secret
	Pays  string // for the member
	Gives string // for the friend
}

// Friend is somebody the member brought.
type Friend struct {
	Name   string
	Image  string
	Joined ui.Moment
	Ways   []FriendWay
}

// FriendWay is how far a friend is in one program.
type FriendWay struct {
	ui.WayProps
	Next string // what the present stage still takes
}

func (p FriendsProps) code() form.Input {
	return form.Input{Field: form.Field{Name: "code", Label: "Your code", Hint: "4 to 30 letters, digits and hyphens. Links with your old code stop working.", Error: p.Errors["code"], Required: true}, Value: p.Code, MaxLength: 30, Autocomplete: "off"}
}
