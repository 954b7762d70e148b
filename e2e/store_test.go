package e2e_test

import (
	"os"
	"path/filepath"
	"testing"

	"laurel/components/link"
	"laurel/portaltest/browser"
)

// testStore puts a product on the shelf after bad input, buys it on a phone,
// is told when it is gone and when it is too dear, and moves the order.
func testStore(t *testing.T, s site) {
	team := s.as(t, s.Admin, link.ProductNew, browser.Options{})
	team.Find("[name=name]").Fill("Lucky coin")
	team.Find("[name=price]").Fill("7")
	team.Find("[name=discount]").SetChecked(true)
	team.Find("[name=discountprice]").Fill("9")
	team.Role("button", "Add an audience").Click()
	team.Find("[name=a0-users]").Fill("nobody-at-all")
	team.Role("button", "Remove audience").Click()
	team.Find("[name=name]").WantValue("Lucky coin")
	team.Role("button", "Save").Click()
	team.Find("main").WantContains("Must be lower than the price")
	team.Find("[name=discountprice]").Fill("3")
	team.Find("[name=stock]").Fill("1")
	team.Find("[name=askaddress]").SetChecked(true)
	team.Role("button", "Save").Click()
	team.Find("#toasts").WantContains("is saved")
	team.Role("link", "Lucky coin").Click()
	team.Find("#sees").WantContains("3 coins")

	phone := s.as(t, s.Member, link.Home, browser.Options{Width: browser.Phone})
	phone.Find("nav").Role("link", "Store").Click()
	item := phone.Find(".shop-item").With("Lucky coin")
	item.WantContains("Reduced")
	phone.Find(".shop-item").With("Hoodie").WantContains("more")
	item.Role("button", "Redeem").Click()
	dialog := phone.Find("dialog[open]")
	dialog.WantContains("instead of")
	dialog.Find("[name=address]").Fill("Rua do Ouro 7, Lisbon")
	dialog.Role("button", "Redeem for 3 coins").Click()
	phone.WantURL("**" + link.MePurchases)
	phone.Find("#toasts").WantContains("It is yours: Lucky coin")
	phone.Find(".order").Nth(0).WantContains("Lucky coin")
	phone.Open(s.URL + link.Store)
	phone.Find(".shop-item").With("Lucky coin").WantContains("Nothing left")

	team.Open(s.URL + link.Purchases + "?search=" + s.Member.Login)
	team.Role("link", "Lucky coin").Nth(0).Click()
	team.Find("#steps [name=status]").Select("Cancelled")
	team.Find("#steps [name=note]").Fill("The last one was lost.")
	team.Role("button", "Move order").Click()
	team.Find("#toasts").WantContains("3 points went back")
	team.Find("#steps").WantContains("The last one was lost.")
	phone.Open(s.URL + link.Home)
	phone.Find(".m-bell").Click()
	phone.WantURL("**" + link.Notices)
	phone.Find(".is-new").With("Lucky coin: Cancelled").WantContains("The last one was lost.")
	phone.Role("button", "Mark all as read").Click()
	phone.Find(".is-new").With("Lucky coin").WantCount(0)
	importProducts(t, s, team)
}

// importProducts reads a table with a bad line, which changes nothing, and a
// good one.
func importProducts(t *testing.T, s site, team *browser.Page) {
	file := filepath.Join(t.TempDir(), "products.csv")
	load := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		team.Open(s.URL + link.Shop)
		team.Role("button", "Import CSV").Click()
		if err := team.Find("dialog[open] [name=file]").Raw.SetInputFiles(file); err != nil {
			t.Fatal(err)
		}
		team.Find("dialog[open]").Role("button", "Import").Click()
	}
	load("Name,Price\nPostcard,2\nPoster,cheap\n")
	team.Find("dialog[open]").WantContains("whole number")
	load("Name,Price,Stock\nPostcard,2,50\nPoster,9,10\n")
	team.Find("#toasts").WantContains("2 products made")
	team.Role("link", "Postcard").WantVisible()
}
