package e2e_test

import (
	"testing"

	"github.com/playwright-community/playwright-go"

	"laurel/components/link"
	"laurel/portaltest/browser"
)

// testJoining adds a policy and an invite, and lets a newcomer register by it.
func testJoining(t *testing.T, s site) {
	team := s.as(t, s.Owner, link.Joining, browser.Options{})
	team.Role("button", "New policy").Click()
	dialog := team.Find("#policy")
	dialog.WantVisible()
	dialog.Label("Title").Fill("Signals are opinions")
	dialog.Label("Text").Fill("No signal is advice.\n\nNobody is paid for one.")
	dialog.Role("button", "Save the policy").Click()
	team.Find("#policies").WantContains("Signals are opinions")
	team.Role("button", "New invite").Nth(0).Click()
	invite := team.Find("#invite")
	invite.Find("[name=uses]").Fill("1")
	invite.Role("button", "Make the link").Click()
	row := team.Find("#invites .invite").Nth(0)
	row.WantContains("0 of 1 joined")
	address := row.Find(".copy-value").Text()

	newcomer := s.open(t, "", browser.Options{Width: browser.Phone})
	newcomer.Open(address)
	newcomer.Label("Name").Fill("Nuno Newcomer")
	newcomer.Label("Username").Fill("nuno-newcomer")
	newcomer.Label("Email").Fill("nuno@newcomer.example")
	newcomer.Label("Password").Fill("a-long-way-home-77")
	newcomer.Role("button", "Create account").Click() // the browser asks for the ticks
	newcomer.Find("details").With("Signals are opinions").WantContains("No signal is advice.")
	for _, title := range []string{"House rules", "Risk notice", "Signals are opinions"} {
		newcomer.Label("I agree to “" + title + "”").SetChecked(true)
	}
	newcomer.Role("button", "Create account").Click()
	newcomer.WantURLPart(link.Verify)

	team.Reload()
	team.Find("#invites .invite").Nth(0).WantContains("Used up")
	team.Role("button", "Delete Signals are opinions").Click()
	team.Find("dialog[open]").Role("button", "Delete").Click()
	team.Find("main").WantContains("Risk notice")
	team.Find("#policies").With("Signals are opinions").WantCount(0)
}

// testMilestones reads how far the member is on a journey of the demo.
func testMilestones(t *testing.T, s site) {
	p := s.as(t, s.Member, link.Home, browser.Options{Width: browser.Phone})
	p.Find("#journeys").WantContains("Next: Part of the talk")
	p.Role("link", "All milestones").Click()
	p.WantURL("**" + link.Milestones)
	p.Find(".journey > li.is-done").WantContains("Forty visits")
	p.Find(".journey > li").Nth(1).WantContains("× 2")
	p.Find(".journey > li.is-locked").WantContains("The long run")
	p.WantAccessible()
}

// testReferrals makes a program by the editor's buttons and takes it away, and
// looks at the member's own page.
func testReferrals(t *testing.T, s site) {
	team := s.as(t, s.Owner, link.ProgramNew, browser.Options{})
	team.Label("Name").Nth(0).Fill("Winter friends")
	team.Find("[name=s0-name]").Fill("Talks")
	team.Role("button", "Add a condition").Click()
	team.Find("[name=s0-name]").WantValue("Talks")
	team.Find("[name=s0-g0-c0-value]").Fill("5")
	team.Find("[name=s0-g0-c1-fact]").Select("level")
	team.Find("[name=s0-g0-c1-value]").Fill("many")
	team.Find("[name=s0-xp]").Fill("40")
	team.Role("button", "Save").Click()
	team.Find(".condition-group .field-error").WantVisible()
	team.Find("[name=s0-g0-c1-value]").Fill("3")
	team.Role("button", "Save").Click()
	card := team.Find(".program").With("Winter friends")
	card.WantContains("at least 5 messages and at least level 3")
	card.WantContains("40 XP")
	team.Find("#referees tbody tr").Nth(0).WantContains("of")
	card.Role("link", "Winter friends").Click()
	team.Role("button", "Delete…").Click()
	team.Find("dialog[open] [name=confirm]").Fill("Winter friends")
	team.Find("dialog[open]").Role("button", "Delete").Click()
	team.Find(".program").With("Winter friends").WantCount(0)

	member := s.as(t, s.Member, link.MeFriends, browser.Options{Width: browser.Phone})
	member.Open(s.URL + link.Me)
	member.Find(".face-edit").Click()
	file := playwright.InputFile{Name: "no-picture.png", MimeType: "image/png", Buffer: []byte("words")}
	if err := member.Find("#picture-file").Raw.SetInputFiles([]playwright.InputFile{file}); err != nil {
		t.Fatal(err)
	}
	member.Role("button", "Upload").Click()
	member.Find("#picture .field-error").WantVisible()
	member.Open(s.URL + link.MeFriends)
	member.Find("#friends").WantContains("of 3")
	member.Find(".stages").WantContains("You get 50 XP and 10 coins")
	member.Find("details.more summary").Click()
	member.Label("Your code").Fill("x!")
	member.Role("button", "Use this code").Click()
	member.Find(".field-error").WantVisible()
	member.Label("Your code").WantValue("x!")
}
