package e2e_test

import (
	"testing"

	"laurel/components/link"
	"laurel/e2e/demo"
	"laurel/portaltest/browser"
)

// signInPage is the sign-in form.
type signInPage struct{ *browser.Page }

func (s site) signInPage(t *testing.T, o browser.Options) signInPage {
	t.Helper()
	return signInPage{s.open(t, link.SignIn, o)}
}

func (p signInPage) login() *browser.Element    { return p.Label("Email or username") }
func (p signInPage) password() *browser.Element { return p.Label("Password") }

func (p signInPage) submit(login, password string) {
	p.login().Fill(login)
	p.password().Fill(password)
	p.Find("form.form button").Click()
}

// as is a browser in which somebody is signed in, on the page at path.
func (s site) as(t *testing.T, who demo.Account, path string, o browser.Options) *browser.Page {
	t.Helper()
	p := s.signInPage(t, o)
	p.submit(who.Login, who.Password)
	if who == s.Owner || who == s.Admin {
		p.WantURL("**" + link.Portal)
	} else {
		p.WantURL("**" + link.Home)
	}
	if path != "" {
		p.Open(s.URL + path)
	}
	return p.Page
}

func testSignIn(t *testing.T, s site) {
	t.Run("admin, after a slip", func(t *testing.T) {
		p := s.signInPage(t, browser.Options{})
		p.submit(s.Admin.Login, "not-the-password")
		p.Role("alert", "").WantVisible()
		p.login().WantValue(s.Admin.Login)
		p.password().WantValue("")
		p.submit(s.Admin.Login, s.Admin.Password)
		p.WantURL("**" + link.Portal)
		p.Role("navigation", "Main").WantVisible()
	})
	t.Run("member comes back to the page asked for, and signs out", func(t *testing.T) {
		p := signInPage{s.open(t, link.MeHistory, browser.Options{Width: browser.Phone})}
		p.WantURLPart(link.SignIn + "?next=")
		p.submit(s.Member.Login, s.Member.Password)
		p.WantURL("**" + link.MeHistory)
		if status := p.Open(s.URL + link.Portal); status != 403 {
			t.Errorf("the portal answers a member with %d, want 403", status)
		}
		p.Open(s.URL + link.Home)
		p.Find(".account-face").Click()
		p.Role("button", "Sign out").Click()
		p.WantURLPart(link.SignIn)
		p.Open(s.URL + link.Home)
		p.WantURLPart(link.SignIn + "?next=")
	})
}
