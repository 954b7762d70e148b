package e2e_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/playwright-community/playwright-go"

	"laurel/components/link"
	"laurel/portaltest/browser"
)

// accessKeys is the page of the partner's access keys.
type accessKeys struct{ *browser.Page }

func (p accessKeys) create(name, origins string) {
	p.Role("button", "Create key").Click()
	dialog := p.Find("dialog[open]")
	dialog.Label("Name").Fill(name)
	dialog.Find("[name=allowedOrigins]").Fill(origins)
	dialog.Find(".dialog-foot .btn-primary").Click()
}

func (p accessKeys) secret() *browser.Element { return p.Find("#access-key") }

func testAccessKey(t *testing.T, s site) {
	p := accessKeys{s.as(t, s.Admin, link.AccessKeys, browser.Options{})}
	p.create("Wrong origins", "not an origin")
	p.Find("dialog[open] [name=allowedOrigins]").WantAttribute("aria-invalid", "true")
	p.Find("dialog[open]").Label("Name").WantValue("Wrong origins")
	p.Open(s.URL + link.AccessKeys)
	p.create("Harbour shop", "https://shop.example")
	secret := p.secret().Text()
	if len(secret) < 24 {
		t.Errorf("got the secret %q, want a long one", secret)
	}
	p.Find("main table").With("Harbour shop").WantVisible()
	p.Reload()
	p.secret().WantCount(0)
	if strings.Contains(p.Find("body").Text(), secret) {
		t.Error("the secret is shown a second time")
	}
}

// partner is somebody else's site, whose page shows what it is given.
type partner struct {
	origin string
	page   atomic.Pointer[partnerPage]
}

type partnerPage struct{ head, body, policy string }

func newPartner(t *testing.T) *partner {
	t.Helper()
	p := &partner{}
	p.origin = browser.Foreign(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		now := p.page.Load()
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if now.policy != "" {
			w.Header().Set("Content-Security-Policy", now.policy)
		}
		_, _ = fmt.Fprintf(w, `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Partner</title>`+
			`<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">`+
			`<link rel="icon" href="data:,">%s</head><body><main><h1>Partner</h1>%s</main></body></html>`, now.head, now.body)
	}))
	return p
}

// shows sets the partner's page and gives its address.
func (p *partner) shows(page partnerPage) string {
	p.page.Store(&page)
	return p.origin + "/"
}

// configurator is the form of a widget with preview and snippets.
type configurator struct{ *browser.Page }

func (p configurator) fill(name, origins string, public bool) {
	p.Label("Name").Fill(name)
	p.Find("[name=allowedOrigins]").Fill(origins)
	p.Find("[name=isPublic]").Raw.SetChecked(public, playwright.LocatorSetCheckedOptions{Force: playwright.Bool(true)}) //nolint:errcheck // judged below
	p.Find(".form-foot .btn-primary").Click()
}

func testConfigurator(t *testing.T, s site) {
	site := newPartner(t)
	b := browser.New(t, browser.Options{})
	if err := b.Context().GrantPermissions([]string{"clipboard-read", "clipboard-write"}); err != nil {
		t.Fatal(err)
	}
	in := signInPage{b.Open(s.URL + link.SignIn + "?next=" + link.WidgetNew)}
	in.submit(s.Admin.Login, s.Admin.Password)
	in.WantURLPart(link.WidgetNew)
	p := configurator(in)
	p.fill("Shop window", site.origin, true)
	p.Find("#snippet-element").WantVisible()
	p.FrameAt("/embed/leaderboard/").Find("h1").WantVisible()
	p.Find("#snippet-element").WantContains("<laurel-leaderboard")
	p.Find(".code").With("<laurel-leaderboard").Role("button", "Copy").Click()
	p.Find("[role=status], .toast").With("Copied").Nth(0).WantVisible()
	snippet, _ := p.Eval(`navigator.clipboard.readText()`).(string)
	if strings.TrimSpace(snippet) != p.Find("#snippet-element").Text() {
		t.Errorf("copied %q, want the snippet", snippet)
	}
	host := browser.New(t, browser.Options{}).Open(site.shows(partnerPage{body: snippet}))
	host.FrameAt("/embed/leaderboard/").Find(".lb-table tbody tr").Nth(0).WantVisible()
	frame := p.Find("details").With("Plain iframe")
	frame.Find("summary").Click()
	code := frame.Find("code, pre").Nth(0).Text()
	host.Open(site.shows(partnerPage{body: code}))
	host.FrameAt("/embed/leaderboard/").Find(".lb-table tbody tr").Nth(0).WantVisible()
	tried := p.Role("link", "Test my embed").Attribute("href")
	if tried == "" {
		t.Error("the configurator leads to no test page")
	}
}
