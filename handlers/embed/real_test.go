package embed_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"laurel/api"
	"laurel/apiclient"
	"laurel/portaltest"
)

// partnerSite is a running product with a board, a widget on it for everybody
// and one for members.
type partnerSite struct {
	*portaltest.Portal
	t       *testing.T
	public  api.Widget
	members api.Widget
	key     api.AccessKey
}

func newPartnerSite(t *testing.T) *partnerSite {
	t.Helper()
	p := &partnerSite{Portal: portaltest.New(t), t: t}
	board := p.newBoard()
	p.public, p.members = p.newWidget(board, true), p.newWidget(board, false)
	var err error
	if p.key, err = p.WithKey().Widgets().CreateAccessKey(t.Context(), api.AccessKeyInput{Name: ptr("Site"), AllowedOrigins: &[]string{partner}}); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *partnerSite) newBoard() api.Leaderboard {
	p.t.Helper()
	board, err := p.WithKey().Leaderboards().Create(p.t.Context(), api.LeaderboardInput{
		Name: ptr("Autumn sprint"), RankingField: ptr(api.RankXP), IsEnabled: ptr(true), HasNoEndDate: ptr(true),
		StartDate: ptr(api.At(p.Clock.Now().AddDate(0, -1, 0))), AllowedTimeFilters: &[]api.Period{api.PeriodAllTime, api.PeriodWeekly},
		DisplayedColumns: &[]api.Column{{Column: "user", Visible: true}, {Column: "xps", Visible: true, Order: 1}},
		Widget:           &api.BoardWidget{Enabled: true, WhitelistedDomains: []string{partner}, Size: api.WidgetSize{Type: "dynamic"}},
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return board
}

func (p *partnerSite) newWidget(board api.Leaderboard, public bool) api.Widget {
	p.t.Helper()
	w, err := p.WithKey().Widgets().Create(p.t.Context(), api.WidgetInput{Name: ptr("Home"), Kind: ptr("leaderboard"), TargetID: &board.ID,
		IsPublic: &public, AllowedOrigins: &[]string{partner}})
	if err != nil {
		p.t.Fatal(err)
	}
	return w
}

func ptr[T any](v T) *T { return &v }

// ask sends a request over a real connection; the caller closes the body.
func (p *partnerSite) ask(path string, header ...string) *http.Response {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodGet, p.URL+path, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	return res
}

func (p *partnerSite) get(path string, header ...string) (*http.Response, string) {
	p.t.Helper()
	res := p.ask(path, header...)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return res, string(body)
}

// credentials is what the partner's server sends for its member.
func (p *partnerSite) credentials() api.EmbedTokenRequest {
	return api.EmbedTokenRequest{AccessID: p.key.AccessID, AccessKey: p.key.AccessKey, WidgetID: p.members.ID, Origin: partner,
		UserIdentifiers: map[string]string{"data-email": p.Member.User.Email}}
}

func TestProductPublicPages(t *testing.T) {
	p := newPartnerSite(t)
	for _, path := range []string{pageOf(p.public), "/custom-leaderboards/northwind/autumn-sprint", "/custom-leaderboards/" + p.public.TargetID} {
		res, body := p.get(path, "Cookie", "__Host-laurel=x")
		want(t, res, body, 200, "Autumn sprint", `data-mode="public"`)
		checkPolicy(t, res, partner)
		if got := res.Header.Get("Strict-Transport-Security"); got != "" {
			t.Errorf("got Strict-Transport-Security %q under http, where it has no say", got)
		}
	}
}

func pageOf(w api.Widget) string { return "/embed/leaderboard/" + w.ID }

func TestProductShowsAChangeWithinTheSecond(t *testing.T) {
	p := newPartnerSite(t)
	p.get(pageOf(p.public))
	res := p.ask(pageOf(p.public) + "/live?since=0")
	defer res.Body.Close()
	if _, err := p.WithKey().Gamification().Record(t.Context(), api.Activity{User: p.Member.User.ID, Action: "message"}); err != nil {
		t.Fatal(err)
	}
	replied := time.Now()
	if !waitFor(res.Body, p.Member.User.DisplayName) {
		t.Fatal("the stream ended without the change")
	}
	if took := time.Since(replied); took > time.Second {
		t.Errorf("got the change after %v, want 1 s at most", took)
	}
	page, body := p.get(pageOf(p.public))
	want(t, page, body, 200, p.Member.User.DisplayName)
}

// waitFor reads until the text has come, or the stream ends.
func waitFor(r io.Reader, text string) bool {
	got, buffer := "", make([]byte, 4096)
	for !strings.Contains(got, text) {
		n, err := r.Read(buffer)
		got += string(buffer[:n])
		if err != nil { // the last bytes may come with the end
			return strings.Contains(got, text)
		}
	}
	return true
}

func TestProductTicket(t *testing.T) {
	p := newPartnerSite(t)
	ticket, err := p.Client.Widgets().Ticket(t.Context(), p.credentials())
	if err != nil {
		t.Fatal(err)
	}
	path := strings.TrimPrefix(ticket.URL, p.URL)
	res, body := p.get(path, "Sec-Fetch-Dest", "document")
	want(t, res, body, 403, `data-error="origin_not_allowed"`)
	res, body = p.get(path, "Sec-Fetch-Dest", "iframe")
	want(t, res, body, 200, `data-mode="ticket"`, `"accessToken":"lrl_wa_`)
	checkPolicy(t, res, partner)
	res, body = p.get(path, "Sec-Fetch-Dest", "iframe")
	want(t, res, body, 401, `data-error="embed_replayed"`)
	log, err := p.WithKey().Widgets().EmbedLog(t.Context(), apiclient.EmbedLogQuery{WidgetID: p.members.ID})
	if err != nil || log.Total < 3 {
		t.Errorf("got %d lines in the partner's log (%v), want the ticket, the session and the refusals", log.Total, err)
	}
}

func TestProductRevocationBites(t *testing.T) {
	p := newPartnerSite(t)
	token, err := p.Client.Widgets().Token(t.Context(), p.credentials())
	if err != nil {
		t.Fatal(err)
	}
	session, err := p.Client.Widgets().Session(t.Context(), api.EmbedSessionRequest{EmbedToken: token.EmbedToken, WidgetID: p.members.ID, Origin: partner})
	if err != nil {
		t.Fatal(err)
	}
	bearer := []string{"Authorization", "Bearer " + session.AccessToken}
	res, body := p.get(pageOf(p.members)+"/body", bearer...)
	want(t, res, body, 200, `data-mode="member"`)
	live := p.ask(pageOf(p.members)+"/live", bearer...)
	defer live.Body.Close()
	if err := p.WithKey().Widgets().RevokeAccessKey(t.Context(), p.key.ID); err != nil {
		t.Fatal(err)
	}
	revoked := time.Now()
	if !waitFor(live.Body, `"code":"embed_revoked"`) || time.Since(revoked) > 5*time.Second {
		t.Errorf("the stream ended after %v, want its reason within 5 s", time.Since(revoked))
	}
	res, body = p.get(pageOf(p.members)+"/body", bearer...)
	want(t, res, body, 401, `"code":"embed_revoked"`)
}

func TestProductWidgetIsSwitchedOff(t *testing.T) {
	p := newPartnerSite(t)
	live := p.ask(pageOf(p.public) + "/live")
	defer live.Body.Close()
	if _, err := p.WithKey().Widgets().Update(t.Context(), p.public.ID, api.WidgetInput{IsEnabled: ptr(false)}); err != nil {
		t.Fatal(err)
	}
	if !waitFor(live.Body, `"code":"widget_gone"`) {
		t.Error("the stream ended without its reason")
	}
	res, body := p.get(pageOf(p.public))
	want(t, res, body, 404, `data-error="widget_gone"`)
	checkPolicy(t, res, partner)
}
