package e2e_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"laurel/auth"
	"laurel/portaltest/browser"
)

func testRefusals(t *testing.T, s site) {
	e := s.newWidget(t, false)
	used := e.token(t, 0)
	e.wantShown(e.on(t, e.element(`token="`+used+`"`), browser.Options{}))
	for _, test := range []struct{ name, token, code string }{
		{"expired", e.signed(t, time.Now().Add(-time.Hour)), "embed_expired"},
		{"replayed", used, "embed_replayed"},
		{"made up", "not.a.token", "bad_key"},
		{"cut", used[:len(used)-4] + "AAAA", "bad_key"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := e.on(t, e.element(`token="`+test.token+`"`), browser.Options{})
			e.wantRefused(t, p, test.code)
		})
	}
	t.Run("signed by the partner", func(t *testing.T) {
		p := e.on(t, e.element(`token="`+e.signed(t, time.Now())+`"`), browser.Options{})
		e.frame(p).Find("[data-me]").WantContains("Trader 8")
	})
	t.Run("another origin", func(t *testing.T) {
		stranger := newPartner(t)
		b := browser.New(t, browser.Options{})
		b.ExpectProblem("frame-ancestors")
		p := b.Open(stranger.shows(e.page(e.element(`token="` + e.token(t, 3) + `"`))))
		p.WantEval(`told.includes("error frame_blocked")`)
		p.WantEval(`getComputedStyle(document.getElementById("widget")).display === "block"`)
		if got := announced(t, p); !strings.Contains(got, "could not be loaded") {
			t.Errorf("the tree of what is read out is %s, want the panel's sentence in it", got)
		}
		if got := told(p); strings.Contains(got, "ready") {
			t.Errorf("the element told %s, want no ready", got)
		}
	})
	t.Run("opened in a tab", func(t *testing.T) {
		p := s.open(t, e.path(), browser.Options{})
		p.Find("[data-error=origin_not_allowed]").WantVisible()
	})
}

// announced is the tree that assistive technology reads, also of the closed
// shadow root of the element.
func announced(t *testing.T, p *browser.Page) string {
	t.Helper()
	devTools, err := p.Raw.Context().NewCDPSession(p.Raw)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := devTools.Send("Accessibility.getFullAXTree", map[string]any{})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// signed is a token that the partner signs itself, for the eighth of the crowd.
func (e *embedding) signed(t *testing.T, at time.Time) string {
	t.Helper()
	token, _, err := auth.MintEmbed(at, auth.SigningSecret(e.key.AccessKey), auth.EmbedClaims{
		AccessID: e.key.AccessID, Subject: e.crowd[7].ID, Widget: e.ID, IDs: map[string]string{"data-email": e.crowd[7].Email},
	}, 5*time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// wantRefused wants the calm panel, the reason as an event, and never "ready".
func (e *embedding) wantRefused(t *testing.T, p *browser.Page, code string) {
	t.Helper()
	p.WantEval(`told.some((x) => x.startsWith("error"))`)
	if got := told(p); !strings.Contains(got, "error "+code) || strings.Contains(got, "ready") {
		t.Errorf("the element told %s, want error %s and no ready", got, code)
	}
	panel := e.frame(p).Role("alert", "")
	panel.WantVisible()
	panel.Find("[data-retry]").WantVisible()
	panel.Find("small").WantVisible()
	if text := panel.Text(); strings.Contains(text, code) || strings.Contains(text, "Trader") {
		t.Errorf("the panel says %q, want one calm sentence", text)
	}
}

func testRevocation(t *testing.T, s site) {
	e := s.newWidget(t, false)
	p := e.on(t, e.element(`token="`+e.token(t, 0)+`"`), browser.Options{})
	e.wantShown(p)
	if err := s.api.Widgets().RevokeAccessKey(t.Context(), e.key.ID); err != nil {
		t.Fatal(err)
	}
	e.frame(p).Role("alert", "").WantVisible()
	e.frame(p).Find("h1").WantHidden()
	p.WantEval(`told.includes("error embed_revoked")`)
}
