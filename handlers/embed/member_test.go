package embed_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"laurel/api"
)

const memberPage = "/embed/leaderboard/" + memberID

func TestShellHoldsNoData(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		res, body := s.get(memberPage+"?theme=dark&locale=ar", "Sec-Fetch-Dest", "iframe")
		want(t, res, body, 200, `data-mode="member"`, "data-skeleton", `dir="rtl"`, `data-theme="dark"`, "!Member 1", "!Priya")
		if got := res.Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("got %q", got)
		}
		if n := len(regexp.MustCompile(`token:\s*""`).FindAllString(body, -1)); n != 1 {
			t.Errorf("got %d places for a token, want 1", n)
		}
		if got := s.api.count("GET /v1/public/widgets/" + memberID + "/entries"); got != 0 {
			t.Errorf("got %d reads of the standings", got)
		}
	})
}

func TestNonceIsFresh(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		seen := map[string]bool{}
		for range 10 {
			res, body := s.get(memberPage)
			nonce := regexp.MustCompile(`'nonce-([^']+)'`).FindStringSubmatch(res.Header.Get("Content-Security-Policy"))[1]
			if !strings.Contains(body, `<script nonce="`+strings.ReplaceAll(nonce, "+", "&#43;")+`">`) && !strings.Contains(body, `<script nonce="`+nonce+`">`) {
				t.Errorf("the page's script lacks the nonce %s", nonce)
			}
			seen[nonce] = true
		}
		if len(seen) != 10 {
			t.Errorf("got %d nonces for 10 pages", len(seen))
		}
	})
}

func TestTicketIsSpentOnce(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		res, body := s.get(memberPage+"?ticket="+goodTick, "Sec-Fetch-Dest", "iframe")
		want(t, res, body, 200, `data-mode="ticket"`, "Priya B.", "Member 1", "(du)", "12 XP", `"accessToken":"`+goodKey, `"refreshToken":"lrl_ws_good"`, `"expiresIn":300`, "!"+goodTick)
		if got := res.Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("got %q", got)
		}
		if csp := res.Header.Get("Content-Security-Policy"); !strings.HasSuffix(csp, "frame-ancestors "+partner) {
			t.Errorf("framed by its origin alone: got %q", csp)
		}
		if got := res.Header.Get("Access-Control-Allow-Origin"); got != "" {
			t.Errorf("a session may be read by %q", got)
		}
		res, body = s.get(memberPage + "?ticket=" + goodTick)
		want(t, res, body, 401, `data-error="embed_replayed"`, "!Priya", "!"+goodTick)
		if got := s.api.reported(); len(got) != 0 {
			t.Errorf("the API logs refusals itself, got %v", got)
		}
	})
}

func TestTicketIsForFramesOnly(t *testing.T) {
	tests := []struct {
		name, header, value string
		status              int
		code                string
	}{
		{"a tab", "Sec-Fetch-Dest", "document", 403, "origin_not_allowed"},
		{"a script", "Sec-Fetch-Dest", "empty", 403, "origin_not_allowed"},
		{"loaded ahead", "Sec-Purpose", "prefetch", 503, "server_error"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, s *site) {
				res, body := s.get(memberPage+"?ticket="+goodTick, test.header, test.value)
				want(t, res, body, test.status, `data-error="`+test.code+`"`, "!Priya")
				if got := s.api.reported(); len(got) != 1 || got[0] != test.code {
					t.Errorf("reported: got %v, want %s", got, test.code)
				}
				res, body = s.get(memberPage+"?ticket="+goodTick, "Sec-Fetch-Dest", "iframe")
				want(t, res, body, 200, "Priya B.")
			})
		})
	}
}

func TestHeadDoesNotSpendATicket(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		s.send(http.MethodHead, memberPage+"?ticket="+goodTick)
		res, body := s.get(memberPage + "?ticket=" + goodTick)
		want(t, res, body, 200, "Priya B.")
	})
}

func TestMemberPageInATab(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		res, body := s.get(memberPage, "Sec-Fetch-Dest", "document")
		want(t, res, body, 403, `data-error="origin_not_allowed"`)
	})
}

func TestBody(t *testing.T) {
	tests := []struct {
		name, widget, token string
		status              int
		want                []string
	}{
		{"public", publicID, "", 200, []string{`id="laurel"`, `data-mode="public"`, "!Priya"}},
		{"public, as a member", publicID, goodKey, 200, []string{`data-mode="member"`, "Priya B.", "data-me", "12 XP to rank 119"}},
		{"member", memberID, goodKey, 200, []string{`id="laurel"`, `data-revision="7"`, "Priya B."}},
		{"nobody", memberID, "", 401, []string{`"error":{"code":"bad_key"}`, `"requestId":"`}},
		{"bad token", memberID, "lrl_wa_bad", 401, []string{`"code":"bad_key"`}},
		{"no widget", "65f0c0ffee65f0c0ffee0009", goodKey, 404, []string{`"code":"widget_gone"`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, s *site) {
				var header []string
				if test.token != "" {
					header = []string{"Authorization", "Bearer " + test.token}
				}
				res, body := s.get("/embed/leaderboard/"+test.widget+"/body", header...)
				want(t, res, body, test.status, test.want...)
				if got := res.Header.Get("Cache-Control"); test.token != "" && got != "no-store" {
					t.Errorf("got %q", got)
				}
			})
		})
	}
}

func TestExpiredBearerIsTold(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		s.api.revoke(goodKey, "embed_expired")
		for _, path := range []string{"/body", "/live"} {
			res, body := s.get(memberPage+path, "Authorization", "Bearer "+goodKey)
			want(t, res, body, 401, `"code":"embed_expired"`)
		}
	})
}

func TestTicketForAnOriginTheWidgetLacks(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		s.api.change(memberID, func(w *api.Widget) { w.AllowedOrigins = []string{"https://other.example"} })
		res, _ := s.get(memberPage + "?ticket=" + goodTick)
		if csp := res.Header.Get("Content-Security-Policy"); !strings.HasSuffix(csp, "frame-ancestors 'none'") {
			t.Errorf("got %q", csp)
		}
	})
}
