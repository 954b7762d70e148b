package embed_test

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"laurel/api"
)

// replies is one request for each route and status.
var replies = []struct {
	name, method, address string
	header                []string
	status                int
	framed                string // by whom, as the policy says
}{
	{"public", "GET", publicPage, nil, 200, partner + " https://*.shop.example"},
	{"head", "HEAD", publicPage, nil, 200, partner + " https://*.shop.example"},
	{"preview", "GET", publicPage + "?preview=1", nil, 200, "'self' " + partner + " https://*.shop.example"},
	{"body", "GET", publicPage + "/body", nil, 200, partner + " https://*.shop.example"},
	{"shell", "GET", memberPage, nil, 200, partner + " https://other.example"},
	{"ticket", "GET", memberPage + "?ticket=" + goodTick, nil, 200, partner},
	{"bad ticket", "GET", memberPage + "?ticket=x", nil, 401, partner + " https://other.example"},
	{"tab", "GET", memberPage, []string{"Sec-Fetch-Dest", "document"}, 403, partner + " https://other.example"},
	{"bearer", "GET", memberPage + "/body", []string{"Authorization", "Bearer " + goodKey}, 200, partner + " https://other.example"},
	{"no bearer", "GET", memberPage + "/body", nil, 401, partner + " https://other.example"},
	{"live without bearer", "GET", memberPage + "/live", nil, 401, partner + " https://other.example"},
	{"live by head", "HEAD", publicPage + "/live", nil, 405, partner + " https://*.shop.example"},
	{"endless id", "GET", "/embed/leaderboard/" + strings.Repeat("a", 5000), nil, 404, "'none'"},
	{"unknown", "GET", "/embed/leaderboard/none", nil, 404, "'none'"},
	{"unknown, live", "GET", "/embed/leaderboard/none/live", nil, 404, "'none'"},
	{"no such page", "GET", "/embed/wheel/1", nil, 404, "'none'"},
	{"deep", "GET", "/embed/a/b/c/d", nil, 404, "'none'"},
	{"written to", "POST", publicPage, nil, 405, "'none'"},
	{"deleted", "DELETE", "/embed/x", nil, 405, "'none'"},
	{"question", "OPTIONS", publicPage + "/live", nil, 204, "'none'"},
	{"alias", "GET", "/custom-leaderboards/northwind/autumn", nil, 200, partner + " https://*.shop.example"},
	{"alias by id", "GET", "/custom-leaderboards/" + boardID, nil, 200, partner + " https://*.shop.example"},
	{"unknown alias", "GET", "/custom-leaderboards/northwind/spring", nil, 404, "'none'"},
	{"alias written to", "PUT", "/custom-leaderboards/" + boardID, nil, 405, "'none'"},
}

func TestHeadersOfEveryReply(t *testing.T) {
	for _, test := range replies {
		t.Run(test.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, s *site) {
				s.get(publicPage)
				s.get(memberPage)
				header := append([]string{"Cookie", "__Host-laurel=secret"}, test.header...)
				res, body := s.send(test.method, test.address, header...)
				want(t, res, body, test.status)
				checkPolicy(t, res, test.framed)
				if got := res.Header.Get("Strict-Transport-Security"); got != "max-age=31536000" {
					t.Errorf("got Strict-Transport-Security %q under https", got)
				}
				if res.StatusCode >= 400 && res.Header.Get("X-Request-Id") == "" {
					t.Error("a failure without a request id")
				}
			})
		})
	}
}

func checkPolicy(t *testing.T, res *http.Response, framed string) {
	t.Helper()
	csp := res.Header.Get("Content-Security-Policy")
	if !strings.HasSuffix(csp, "; frame-ancestors "+framed) || !strings.HasPrefix(csp, "default-src 'none'; ") || strings.Contains(csp, "unsafe") {
		t.Errorf("policy: got %q, framed by %q wanted", csp, framed)
	}
	for name, want := range map[string]string{
		"X-Frame-Options": "", "Set-Cookie": "", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
		"Cross-Origin-Resource-Policy": "cross-origin", "Cross-Origin-Embedder-Policy": "require-corp",
	} {
		if got := res.Header.Get(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if !strings.Contains(res.Header.Get("Permissions-Policy"), "camera=()") {
		t.Error("the permissions are open")
	}
}

// scripts that stand in a page's HTML.
var inline = regexp.MustCompile(`(?s)<script>(.*?)</script>`)

func TestInlineScriptIsAllowedByHash(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		for _, address := range []string{publicPage, publicPage + "?theme=dark&locale=ja", "/embed/leaderboard/none"} {
			res, body := s.get(address)
			found := inline.FindAllStringSubmatch(body, -1)
			if len(found) != 1 {
				t.Fatalf("%s: got %d inline scripts, want 1", address, len(found))
			}
			sum := sha256.Sum256([]byte(found[0][1]))
			want := "script-src 'self' 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
			if csp := res.Header.Get("Content-Security-Policy"); !strings.Contains(csp, want) {
				t.Errorf("%s: got %q, want %q", address, csp, want)
			}
		}
	})
}

func TestSandboxedFramesMayAsk(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		for _, path := range []string{"", "/body", "/live"} {
			res, _ := s.send(http.MethodOptions, publicPage+path, "Origin", "null", "Access-Control-Request-Headers", "authorization")
			if got := res.Header.Get("Access-Control-Allow-Origin") + " " + res.Header.Get("Access-Control-Allow-Headers"); got != "* Authorization, Content-Type" {
				t.Errorf("%s: got %q", path, got)
			}
		}
		res, _ := s.get(publicPage, "Origin", "null")
		if got := res.Header.Get("Access-Control-Allow-Origin"); got != "*" {
			t.Errorf("got %q", got)
		}
	})
}

func TestFailureOfTheAPI(t *testing.T) {
	tests := []struct {
		name   string
		err    *api.Error
		status int
		code   string
		after  string
	}{
		{"limit", &api.Error{Kind: api.RateLimited, Code: "rate_limited", Message: "Slowly.", RetryAfter: time.Minute}, 429, "rate_limited", "60"},
		{"starting", &api.Error{Kind: api.Unavailable, Code: "board_loading", Message: "Soon.", RetryAfter: 2 * time.Second}, 503, "server_error", "2"},
		{"broken", api.NewError(api.Internal, "internal", "Secret detail."), 500, "server_error", ""},
		{"unreachable", api.NewError(api.Upstream, "unreachable", "Secret detail."), 502, "server_error", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, s *site) {
				s.get(memberPage)
				s.api.fail(test.err)
				res, body := s.get(memberPage + "?locale=de")
				want(t, res, body, test.status, `data-error="`+test.code+`"`, `data-retry`, `data-request="`+res.Header.Get("X-Request-Id"), `lang="de"`, "!Secret", "!"+test.err.Message)
				if got := res.Header.Get("Retry-After"); got != test.after {
					t.Errorf("retry after: got %q, want %q", got, test.after)
				}
				checkPolicy(t, res, partner+" https://other.example")
				if got := s.api.reported(); len(got) != 1 || got[0] != test.code {
					t.Errorf("reported: got %v", got)
				}
			})
		})
	}
}

func TestSameFailureIsReportedOnce(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		for range 50 {
			s.get(memberPage, "Sec-Fetch-Dest", "document")
		}
		if got := len(s.api.reported()); got != 1 {
			t.Errorf("got %d lines, want 1", got)
		}
		pass(6 * time.Second)
		s.get(memberPage, "Sec-Fetch-Dest", "document")
		if got := len(s.api.reported()); got != 2 {
			t.Errorf("later: got %d lines, want 2", got)
		}
	})
}
