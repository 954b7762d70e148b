package e2e_test

import (
	"fmt"
	"testing"

	"laurel/portaltest/browser"
)

// testHosts shows widgets on pages that forbid nearly everything.
func testHosts(t *testing.T, s site) {
	public, members := s.newWidget(t, true), s.newWidget(t, false)
	strict := "default-src 'none'; img-src data:; script-src 'nonce-host'; frame-src " + s.URL + "; require-trusted-types-for 'script'"
	for _, test := range []struct {
		name, policy string
		e            *embedding
		body         string
		own          string // whose row is marked
		options      browser.Options
	}{
		{name: "strict policy", policy: strict, e: public, body: public.element("")},
		{name: "strict policy, member", policy: strict, e: members, body: members.element(`token="` + members.token(t, 4) + `"`), own: "Trader 5"},
		{name: "sandboxed element", e: public, body: public.element(`sandbox="allow-scripts"`)},
		{name: "sandboxed element, member", e: members, body: members.element(`sandbox="allow-scripts" token="` + members.token(t, 5) + `"`), own: "Trader 6"},
		{name: "sandboxed frame", e: public, body: `<iframe sandbox="allow-scripts" title="Ranks" width="400" height="700" src="` + s.URL + public.path() + `"></iframe>`},
		{name: "third-party cookies allowed", e: members, body: members.element(`token="` + members.token(t, 6) + `"`), own: "Trader 7", options: browser.Options{ThirdPartyCookies: true}},
		{name: "scripts off", e: public, body: `<iframe title="Ranks" width="400" height="700" src="` + s.URL + public.path() + `"></iframe>`, options: browser.Options{NoScript: true}},
		{name: "older tag", e: public, body: `<rai-leaderboard-widget id="widget" widget-id="` + public.ID + `"></rai-leaderboard-widget>`},
	} {
		t.Run(test.name, func(t *testing.T) {
			page := test.e.page(test.body)
			if page.policy = test.policy; test.policy != "" {
				page.head = `<script nonce="host">` + recorder + `</script><script nonce="host" type="module" src="` + s.URL + `/embed.js"></script>`
			}
			b := browser.New(t, test.options)
			p := b.Open(test.e.partner.shows(page))
			test.e.wantShown(p)
			if test.own != "" {
				test.e.frame(p).Find("[data-me],.lb-mine").Nth(0).WantContains(test.own)
			}
			wantNoTraces(t, b)
		})
	}
	t.Run("demo's own pages", func(t *testing.T) { testDemoHost(t, s) })
}

// wantNoTraces wants neither cookies nor anything stored by our origin.
func wantNoTraces(t *testing.T, b *browser.Browser) {
	t.Helper()
	cookies, err := b.Context().Cookies()
	if err != nil {
		t.Fatal(err)
	}
	state, err := b.Context().StorageState()
	if err != nil {
		t.Fatal(err)
	}
	if len(cookies) > 0 || len(state.Origins) > 0 {
		t.Errorf("the widget left %v and %v, want neither cookies nor storage", cookies, state.Origins)
	}
}

// testDemoHost looks at the partner's site that comes with the demo.
func testDemoHost(t *testing.T, s site) {
	for _, o := range []browser.Options{{}, {Dark: true, Width: browser.Phone}} {
		p := browser.New(t, o).Open(s.HostURL)
		public, own := p.FrameAt("/embed/leaderboard/"+s.PublicWidgetID), p.FrameAt("/embed/leaderboard/"+s.WidgetID)
		public.Find(".lb-podium li").WantCount(3)
		own.Find("[data-me],.lb-mine").Nth(0).WantContains("Priya Banerjee")
		p.WantAccessible()
		wantNoOverflow(t, p, "the demo's host page")
		s.picture(p, "host")
		p.Open(s.HostURL + "/iframe")
		own.Find("[data-me],.lb-mine").Nth(0).WantContains("Priya Banerjee")
		s.picture(p, "host-iframe")
	}
}

// wantNoOverflow wants no document of the page to be wider than it is shown.
func wantNoOverflow(t *testing.T, p *browser.Page, name string) {
	t.Helper()
	for _, frame := range p.Raw.Frames() {
		over, err := frame.Evaluate(`() => document.documentElement.scrollWidth - document.documentElement.clientWidth`)
		if frame.IsDetached() {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(over) != "0" {
			t.Errorf("%s: %s is %v px wider than the screen", name, frame.URL(), over)
		}
	}
}
