package e2e_test

import (
	"testing"
	"time"

	"laurel/api"
	"laurel/components/link"
	"laurel/portaltest/browser"
)

// testStreaks makes a streak by the editor's buttons, is told what is wrong,
// lets a member live it, and takes it away.
func testStreaks(t *testing.T, s site) {
	team := s.as(t, s.Admin, link.StreakNew, browser.Options{})
	team.Find("[name=name]").Fill("Two drawings")
	team.Role("button", "Add a condition").Click()
	team.Find("[name=name]").WantValue("Two drawings")
	team.Find("[name=c0-fact]").Select("count:object")
	team.Find("[name=c0-value]").Fill("2")
	team.Role("button", "Remove condition").Nth(1).Click()
	team.Find("[name=c1-fact]").WantCount(0)
	team.Find("[name=daystype]").Select("custom")
	team.Role("button", "Save").Click()
	team.Find("main").WantContains("Must name at least one day")
	team.Find("[name=c0-value]").WantValue("2")
	team.Find("[name=daystype]").Select("everyday")
	team.Find("[name=m0-count]").Fill("1")
	team.Find("[name=m0-coins]").Fill("30")
	team.Find("[name=offmax]").Fill("2")
	team.Find("[name=offprice]").Fill("10")
	team.Role("button", "Save").Click()
	team.Find("#toasts").WantContains("is saved")
	team.Find(".program").With("Two drawings").WantContains("0 members take part")

	phone := s.as(t, s.Member, link.Streaks, browser.Options{Width: browser.Phone})
	card := phone.Find("article.streak").With("Two drawings")
	card.WantContains("Object: 0 of 2")
	for range 2 {
		if _, err := s.api.Gamification().Record(t.Context(), api.Activity{User: "priya", Action: "object"}); err != nil {
			t.Fatal(err)
		}
	}
	for tries := 0; card.Find(".streak-flame.is-lit").Count() == 0 && tries < 40; tries++ { // it is counted after the fact
		time.Sleep(250 * time.Millisecond)
		phone.Reload()
	}
	card.WantContains("1 day")
	card.Role("button", "Buy one for 10 coins").Click()
	phone.Find("#toasts").WantContains("1 day off now")
	card.WantContains("1 of 2 days off")
	card.Role("link", "Calendar").Click()
	phone.Find(".streak-month .is-completed").WantCount(1)

	team.Role("link", "All logs").Nth(0).Click()
	team.Find("[name=user]").Fill("priya")
	team.Role("button", "Filter").Click()
	team.Find("tbody tr").With("Two drawings").WantContains("30 coins")
	team.Find("tbody tr").With("Two drawings").Role("link", "priya").Click()
	team.Find("#ledger a[href*='/ledger/']").Nth(0).Click()
	team.Role("button", "Take it back").Click() // the browser asks for the reason
	team.Find("[name=reason]").Fill("It was a test")
	team.Role("button", "Take it back").Click()
	team.Find("#toasts").WantContains("It is taken back")
	team.Find("#ledger").WantContains("It was a test")
	team.Open(s.URL + link.StreakList)
	team.Role("link", "Two drawings").Click()
	team.Find("#takers").WantContains("1 day")
	team.Role("button", "Delete…").Click()
	team.Find("dialog[open] [name=confirm]").Fill("Two drawings")
	team.Find("dialog[open]").Role("button", "Delete").Click()
	team.Find("#toasts").WantContains("is deleted")
}
