package e2e_test

import (
	"testing"

	"laurel/components/link"
	"laurel/portaltest/browser"
)

// testPurchases finds the member's order with a voucher, changes what it tells
// its buyer, after bad input, and reads it as the buyer.
func testPurchases(t *testing.T, s site) {
	p := s.as(t, s.Owner, link.Purchases, browser.Options{})
	p.Find(".filters[role=search] [name=status]").Select("Completed")
	p.Find(".filters[role=search] [name=search]").Fill(s.Member.Login)
	p.Role("button", "Filter").Click()
	p.WantURLPart("status=Completed")
	p.Find(".list tbody tr").With("Seat at the options workshop").Role("link", "Seat at the options workshop").Click()
	text, code := "Ask for Ana at the desk.", p.Find("[name=voucherCode]")
	if s.remote {
		text = "Ask for Rui at the desk."
	}
	old := code.Value()
	p.Find("[name=redemptionInstructions]").Fill(text)
	code.Fill("")
	p.Role("button", "Save").Click()
	p.Find("[name=voucherCode][aria-invalid]").WantVisible()
	p.Find("[name=redemptionInstructions]").WantValue(text)
	p.Find("[name=voucherCode]").Fill(old)
	p.Role("button", "Save").Click()
	p.Find("#toasts").WantContains("its buyer sees it at once")

	m := s.as(t, s.Member, link.Me, browser.Options{})
	m.Role("link", "My purchases").Click()
	m.Find(".order").With(text).WantContains("Voucher")
}
