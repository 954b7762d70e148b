package e2e_test

import (
	"testing"

	"laurel/components/link"
	"laurel/portaltest/browser"
)

// testGrowth sets a tier's multiplier and the rule of falling, gives a role at
// an amount of XP, and converts a unit of everybody.
func testGrowth(t *testing.T, s site) {
	p := s.as(t, s.Admin, link.Tiers, browser.Options{})
	p.Find("[name=tier-2-multiplier]").Fill("125")
	p.Find("[name=demotion][value=idle]").Click()
	p.Role("button", "Save").Click()
	p.Find("[name=demotionDays]").WantAttribute("aria-invalid", "true") // a stretch has a length
	p.Find("[name=tier-2-multiplier]").WantValue("125")
	p.Find("[name=demotion][value=never]").Click()
	p.Role("button", "Save").Click()
	p.Find("#toasts").WantContains("Tiers and levels are saved")
	p.Find("[name=tier-2-multiplier]").WantValue("125")

	p.Role("link", "Roles by XP").Click()
	row := p.Find("tr").With("Gold circle")
	row.Find("input[type=number]").Fill("-5")
	p.Eval(`document.querySelector("#xp-roles").noValidate = true`)
	p.Role("button", "Save").Click()
	row.Find("input[type=number]").WantAttribute("aria-invalid", "true")
	row.Find("input[type=number]").Fill("900000")
	p.Role("button", "Save").Click()
	p.Find("#toasts").WantContains("The roles are saved")
	row.Find("input[type=number]").WantValue("900000")

	p.Role("link", "Convert units").Click()
	p.Find("[name=take]").Fill("1000000")
	p.Find("[name=from]").Select("premium")
	p.Role("button", "See what it would do").Click()
	p.Find("main").WantContains("Nobody holds 1,000,000 premium points.")
	p.Find("[name=to]").Select("premium")
	p.Role("button", "See what it would do").Click()
	p.Find("[name=to]").WantAttribute("aria-invalid", "true")
}
