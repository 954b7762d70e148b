package embed_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"laurel/api"
	"laurel/apiclient"
	"laurel/portaltest"
)

// partnerBoard is a running product with a board, a public widget on it and one
// for members.
type partnerBoard struct {
	*portaltest.Portal
	t       *testing.T
	public  api.Widget
	members api.Widget
	key     api.AccessKey
}

func newPartnerBoard(t *testing.T) *partnerBoard {
	t.Helper()
	p := &partnerBoard{Portal: portaltest.New(t), t: t}
	c := p.WithKey()
	yes, started := true, api.At(p.Clock.Now().AddDate(0, -1, 0))
	board, err := c.Leaderboards().Create(t.Context(), api.LeaderboardInput{Name: ptr("Autumn sprint"), RankingField: ptr(api.RankXP),
		AllowedTimeFilters: &[]api.Period{api.PeriodAllTime, api.PeriodWeekly}, DisplayedColumns: &[]api.Column{{Column: "user", Visible: true}, {Column: "score", Visible: true, Order: 1}}, IsEnabled: &yes, HasNoEndDate: &yes, StartDate: &started,
		Widget: &api.BoardWidget{Enabled: true, WhitelistedDomains: []string{partner}, Size: api.WidgetSize{Type: "dynamic"}}})
	if err != nil {
		t.Fatal(err)
	}
	widget := func(public bool) api.Widget {
		w, err := c.Widgets().Create(t.Context(), api.WidgetInput{Name: ptr("Home"), Kind: ptr("leaderboard"), TargetID: &board.ID, IsPublic: &public, AllowedOrigins: &[]string{partner}})
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	p.public, p.members = widget(true), widget(false)
	if p.key, err = c.Widgets().CreateAccessKey(t.Context(), api.AccessKeyInput{Name: ptr("Site"), AllowedOrigins: &[]string{partner}}); err != nil {
		t.Fatal(err)
	}
	return p
}

func ptr[T any](v T) *T { return &v }

func (p *partnerBoard) get(path string, header ...string) (*http.Response, string) {
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
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return res, string(body)
}

func (p *partnerBoard) ticket() string {
	p.t.Helper()
	ticket, err := p.Client.Widgets().Ticket(p.t.Context(), api.EmbedTokenRequest{AccessID: p.key.AccessID, AccessKey: p.key.AccessKey,
		WidgetID: p.members.ID, Origin: partner, UserIdentifiers: map[string]string{"data-email": p.Member.User.Email}})
	if err != nil {
		p.t.Fatal(err)
	}
	return strings.TrimPrefix(ticket.URL, p.URL)
}

func TestRealPublicPage(t *testing.T) {
	p := newPartnerBoard(t)
	for _, path := range []string{"/embed/leaderboard/" + p.public.ID, "/custom-leaderboards/northwind/autumn-sprint", "/custom-leaderboards/" + p.public.TargetID} {
		res, body := p.get(path)
		want(t, res, body, 200, "Autumn sprint", `data-mode="public"`)
		checkPolicy(t, res, partner)
	}
}

func TestRealChangeIsSeenWithinTheSecond(t *testing.T) {
	p := newPartnerBoard(t)
	path := "/embed/leaderboard/" + p.public.ID
	p.get(path)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.URL+path+"/live?since=0", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if _, err := p.WithKey().Gamification().Record(t.Context(), api.Activity{User: p.Member.User.ID, Action: "message"}); err != nil {
		t.Fatal(err)
	}
	found := waitFor(res.Body, p.Member.User.DisplayName)
	if !found {
		t.Error("the stream ended without the change")
	}
	page, body := p.get(path)
	want(t, page, body, 200, p.Member.User.DisplayName)
}

// waitFor reads until the text has come, or the stream ends.
func waitFor(r io.Reader, text string) bool {
	got, buffer := "", make([]byte, 4096)
	for !strings.Contains(got, text) {
		n, err := r.Read(buffer)
		got += string(buffer[:n])
		if err != nil {
			return false
		}
	}
	return true
}

func TestRealTicket(t *testing.T) {
	p := newPartnerBoard(t)
	path := p.ticket()
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

func TestRealRevocationEndsStreams(t *testing.T) {
	p := newPartnerBoard(t)
	token, err := p.Client.Widgets().Token(t.Context(), api.EmbedTokenRequest{AccessID: p.key.AccessID, AccessKey: p.key.AccessKey,
		WidgetID: p.members.ID, Origin: partner, UserIdentifiers: map[string]string{"data-email": p.Member.User.Email}})
	if err != nil {
		t.Fatal(err)
	}
	session, err := p.Client.Widgets().Session(t.Context(), api.EmbedSessionRequest{EmbedToken: token.EmbedToken, WidgetID: p.members.ID, Origin: partner})
	if err != nil {
		t.Fatal(err)
	}
	bearer := []string{"Authorization", "Bearer " + session.AccessToken}
	res, body := p.get("/embed/leaderboard/"+p.members.ID+"/body", bearer...)
	want(t, res, body, 200, `data-mode="member"`)
	ended := make(chan string, 1)
	go func() {
		_, body := p.get("/embed/leaderboard/"+p.members.ID+"/live", bearer...)
		ended <- body
	}()
	if err := p.WithKey().Widgets().RevokeAccessKey(t.Context(), p.key.ID); err != nil {
		t.Fatal(err)
	}
	select {
	case body := <-ended:
		if !strings.Contains(body, "embed_revoked") {
			t.Errorf("got %q, want the reason", body)
		}
	case <-time.After(5 * time.Second):
		t.Error("the stream is open 5 s after the revocation")
	}
	res, body = p.get("/embed/leaderboard/"+p.members.ID+"/body", bearer...)
	want(t, res, body, 401, `"code":"embed_revoked"`)
}

func TestRealWidgetIsSwitchedOff(t *testing.T) {
	p := newPartnerBoard(t)
	path := "/embed/leaderboard/" + p.public.ID
	p.get(path)
	off := false
	if _, err := p.WithKey().Widgets().Update(t.Context(), p.public.ID, api.WidgetInput{IsEnabled: &off}); err != nil {
		t.Fatal(err)
	}
	_, body := p.get(path + "/live") // ends by itself, with the reason
	if !strings.Contains(body, "widget_gone") {
		t.Errorf("got %q, want the reason", body)
	}
	res, body := p.get(path)
	want(t, res, body, 404, `data-error="widget_gone"`)
	checkPolicy(t, res, partner)
}
