package e2e_test

import (
	"fmt"
	"testing"

	"laurel/api"
	"laurel/apiclient"
	"laurel/e2e/demo"
	"laurel/portaltest/browser"
)

// TestWidgetFollowsOnAForeignPage opens a partner's page on another origin,
// posts activities until somebody new leads the day, and watches the open
// widget show it; then signs in as admin and as member.
func TestWidgetFollowsOnAForeignPage(t *testing.T) {
	d := demo.Start(t, "--trickle=false")
	client := apiclient.New(d.URL).WithKey(d.CommunityKey)

	t.Run("widget", func(t *testing.T) {
		p := browser.New(t, browser.Options{}).Open(d.HostURL)
		public := p.FrameAt("/embed/leaderboard/" + d.PublicWidgetID)
		public.Find("h1").WantContains("Autumn trading sprint")
		var many []api.Activity
		for i := range 400 {
			many = append(many, api.Activity{User: d.Member.ID, Action: "quote", IdempotencyKey: fmt.Sprint("lead-", i)})
		}
		if _, err := client.Gamification().RecordMany(t.Context(), many); err != nil {
			t.Fatal(err)
		}
		if _, err := client.Users().Adjust(t.Context(), d.Member.ID, api.Adjustment{Unit: api.UnitXP, Op: "add", Amount: 50_000, Reason: "e2e", Counts: true}); err != nil {
			t.Fatal(err)
		}
		public.Find("[data-part=podium]").WantContains("Priya Banerjee")
		p.Screenshot("foreign-page")
	})
	t.Run("admin", func(t *testing.T) {
		p := browser.New(t, browser.Options{}).Open(d.URL + "/sign-in")
		signIn(p, d.Admin)
		p.WantURL("**/portal")
		p.Open(d.URL + "/portal/leaderboards")
		p.Text("Autumn trading sprint").WantVisible()
		p.Screenshot("portal-leaderboards")
	})
	t.Run("member on a phone, dark", func(t *testing.T) {
		p := browser.New(t, browser.Options{Dark: true, Width: browser.Phone, Height: 844}).Open(d.URL + "/sign-in")
		signIn(p, d.Member)
		p.WantURL("**/home")
		p.Screenshot("member-home")
		p.Open(d.URL + "/ranks/" + d.LeaderboardSlug)
		p.Screenshot("member-board")
	})
}

func signIn(p *browser.Page, who demo.Account) {
	p.Find("[name=login]").Fill(who.Login)
	p.Find("[name=password]").Fill(who.Password)
	p.Find(".btn-primary").Click()
}
