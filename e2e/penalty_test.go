package e2e_test

import (
	"testing"

	"laurel/api"
	"laurel/components/link"
	"laurel/e2e/demo"
	"laurel/portaltest/browser"
)

// testPenalties warns a member, who reads it, and suspends him after bad input;
// the end is moved, and the suspension lifted.
func testPenalties(t *testing.T, s site) {
	name, secret := "rowdy", "a quiet harbour 77"
	if s.remote {
		name = "rowdy-remote"
	}
	u, err := s.api.Users().Create(t.Context(), api.NewUser{Username: name, Email: name + "@example.com", DisplayName: "Rowdy One", Password: secret, ConfirmPassword: secret, EmailPassword: true})
	if err != nil {
		t.Fatal(err)
	}
	account := demo.Account{Login: name, Password: secret, ID: u.ID}
	p := s.as(t, s.Owner, link.Member(u.ID), browser.Options{})
	p.Role("button", "More").Click()
	p.Role("link", "Warn, suspend or ban").Click()
	give := func(kind, days, reason string) {
		p.Find("#give-kind").Select(kind)
		p.Find("#give-days").Fill(days)
		p.Find("#give-reason").Fill(reason)
		p.Find("#give").Role("button", "Give it").Click()
	}
	p.Find("#give-user").WantValue(name)
	give("warning", "", "Please keep to the topic.")
	p.Find("#toasts").WantContains("gets a mail with the reason")

	m := s.as(t, account, link.Me, browser.Options{Width: 390, Height: 844})
	m.Find("main").WantContains("Please keep to the topic.")
	m.WantAccessible()

	p.Open(s.URL + link.Penalties + "?give=" + name)
	p.Find("#give-user").Fill("nobody-at-all")
	give("suspension", "", "Third time today.")
	p.Find("#give-days-error").WantContains("how many days")
	p.Find("#give-days").Fill("3")
	p.Find("#give").Role("button", "Give it").Click()
	p.Find("#give-user-error").WantContains("Nobody here")
	p.Find("#give-reason").WantValue("Third time today.")
	p.WantAccessible()
	p.Find("#give-user").Fill(name)
	p.Find("#give").Role("button", "Give it").Click()
	p.Find("#toasts").WantContains("It is given")
	m.Open(s.URL + link.Me)
	m.Find("main").WantContains("Third time today.")
	m.Open(s.URL + link.Channel(s.ChannelID))
	m.Find("main").WantContains("Third time today.")

	p.Open(s.URL + link.Penalties + "?user=" + name)
	row := p.Find(".audit-row").With("Third time today.")
	row.WantContains("In force")
	row.Find("summary").Nth(0).Click()
	row.Find("[name=days]").Fill("10")
	row.Role("button", "Move the end").Click()
	p.Find("#toasts").WantContains("ends on")
	row = p.Find(".audit-row").With("Third time today.")
	row.Find("summary").Nth(1).Click()
	row.Role("button", "Lift the penalty").Click()
	p.Find("#toasts").WantContains("can come back")
	p.Find(".audit-row").With("Third time today.").WantContains("Lifted")
	m.Open(s.URL + link.Me)
	m.Find("main").WantContains("@" + name)
}
