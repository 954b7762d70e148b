package e2e_test

import (
	"testing"

	"laurel/components/link"
	"laurel/portaltest/browser"
)

// testWheel spins by mouse and by keyboard, reads the result, and lets the
// browser compute the draws anew.
func testWheel(t *testing.T, s site) {
	p := s.as(t, s.Member, link.Home, browser.Options{Width: browser.Phone, ReducedMotion: true})
	p.Role("link", "Go and spin").Click()
	p.WantURL("**" + link.Wheel)
	p.Find(".wheel path.slice").WantCount(8)
	p.Role("button", "Spin").Click()
	p.Find("[aria-live] .wheel-won").WantVisible()
	p.Find(".wheel-panel .lines li").WantCount(1)
	p.Find("form[data-wheel] button").WantFocused()
	p.Press("Enter")
	p.Find(".wheel-panel .lines li").WantCount(2)
	first := p.Find(".wheel-panel .lines li").Nth(0).Text()
	p.Reload()
	p.Find(".wheel-panel .lines li").Nth(0).WantContains(first[:5])
	p.Role("link", "Is it fair? Check every draw").Click()
	p.Find("[data-proof]").WantCount(2)
	p.Find("[data-verdict]").Nth(0).WantContains("secret")
	p.Find("[name=client]").Fill("words of my own")
	p.Role("button", "Show the seed and change it").Click()
	p.Find("[data-verdict]").Nth(0).WantContains("Checked: as drawn")
	p.Find("[data-verdict]").Nth(1).WantContains("Checked: as drawn")
	p.Find("#client-seed").WantText("words of my own")
	editWheel(t, s) // after the spins: both are about the one wheel
}

// editWheel adds a segment, is told what is wrong, tries the wheel out
// and saves it, and gives a member spins.
func editWheel(t *testing.T, s site) {
	p := s.as(t, s.Admin, link.WheelEditor, browser.Options{})
	p.Find("[name=s8-label]").Fill("Five XP")
	p.Find("[name=s8-type]").Select("xp")
	p.Find("[name=s8-weight]").Fill("0")
	p.Role("button", "Save").Click()
	p.Find(".wheel-rows .field-error").WantContains("1 or more")
	p.Find("[name=s8-label]").WantValue("Five XP")
	p.Find("[name=s8-amount]").Fill("5")
	p.Role("button", "Try 10,000 spins").Click()
	p.Find("#trial").WantContains("10,000 spins pay")
	p.Role("button", "Save").Click()
	p.Find("#toasts").WantContains("The wheel is saved")
	p.Find(".wheel path.slice").WantCount(9)
	p.Find("[name=s8-label]").Fill("")
	p.Role("button", "Save").Click()
	p.Find(".wheel path.slice").WantCount(8)
	p.Find("#spins li").Nth(0).WantVisible()
	p.Find("#spins li a").Nth(0).Click()
	p.Find("#spins-op").Select("overwrite")
	p.Find("#spins-value").Fill("3")
	p.Role("button", "Change spins").Click()
	p.Find("#toasts").WantContains("3 spins now")
}
