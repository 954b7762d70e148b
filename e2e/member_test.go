package e2e_test

import (
	"testing"

	"laurel/components/link"
	"laurel/portaltest/browser"
)

func testMemberPages(t *testing.T, s site) {
	t.Run("in the portal", func(t *testing.T) {
		p := s.as(t, s.Admin, link.Members, browser.Options{})
		p.Find("main [type=search], main [data-slash]").Nth(0).Fill("priya")
		p.Press("Enter")
		p.WantURLPart("search=priya")
		p.Role("link", "Priya Banerjee").Nth(0).Click()
		p.WantURL("**" + link.Member(s.Member.ID))
		p.Find("h1").WantContains("Priya Banerjee")
		p.Find(".stats-member").WantContains("XP")
		p.Find("main").WantContains("Ledger")
		p.Role("button", "Adjust points").Click()
		p.Find("dialog[open]").WantVisible()
	})
	t.Run("own home and rank", func(t *testing.T) {
		p := s.as(t, s.Member, "", browser.Options{Width: browser.Phone, Dark: true})
		p.Find("h1").WantContains("Priya")
		p.Find("main").Role("link", "Autumn trading sprint").Click()
		p.WantURL("**" + link.Rank(s.LeaderboardSlug))
		p.Find(".lb-podium li").WantCount(3)
		own := p.Find(".lb-me, .lb-mine")
		own.WantContains("Priya Banerjee")
		own.WantVisible()
	})
}
