package embed_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"laurel/api"
)

const publicPage = "/embed/leaderboard/" + publicID

func TestPublicPageIsComplete(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		res, body := s.get(publicPage)
		want(t, res, body, 200, "Autumn sprint", "Member 1", "Member 5", `data-mode="public"`, `data-revision="7"`,
			`data-body="`+publicPage+`/body"`, `data-live="`+publicPage+`/live"`, `[&#34;https://partner.example&#34;,&#34;https://*.shop.example&#34;]`, "14:05")
		if n := len(regexp.MustCompile(`token:\s*""`).FindAllString(body, -1)); n != 1 {
			t.Errorf("got %d places for a token, want 1", n)
		}
		if got, want := res.Header.Get("Cache-Control"), "public, max-age=0, must-revalidate"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func TestPublicPageIsAskedForOnce(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		s.get(publicPage)
		pass(time.Millisecond)
		s.get(publicPage)
		before := s.api.count("GET /v1/public/widgets/" + publicID + "/entries")
		for range 100 {
			s.get(publicPage)
		}
		if got := s.api.count("GET /v1/public/widgets/"+publicID+"/entries") - before; got != 0 {
			t.Errorf("got %d reads for 100 pages, want none", got)
		}
		if got := s.api.opened.Load(); got != 1 {
			t.Errorf("got %d streams, want 1", got)
		}
	})
}

func TestChangeIsShownAtOnce(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		res, _ := s.get(publicPage)
		old := res.Header.Get("ETag")
		s.api.score(12345, 800, 700)
		pass(time.Millisecond)
		res, body := s.get(publicPage, "If-None-Match", old)
		want(t, res, body, 200, "12,345", `data-revision="8"`)
	})
}

func TestUnchangedPageKeepsItsTag(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		res, _ := s.get(publicPage)
		tag := res.Header.Get("ETag")
		s.api.cut()
		pass(10 * time.Second)
		res, body := s.get(publicPage, "If-None-Match", tag)
		want(t, res, body, http.StatusNotModified)
		if body != "" || res.Header.Get("ETag") != tag || res.Header.Get("Content-Type") != "" {
			t.Errorf("got %q and %v with 304", body, res.Header)
		}
		if !strings.Contains(res.Header.Get("Content-Security-Policy"), partner) {
			t.Error("304 without a frame policy")
		}
	})
}

func TestEncodings(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		_, plain := s.get(publicPage)
		tags := map[string]bool{}
		for accept, want := range map[string]string{"": "", "gzip": "gzip", "gzip, deflate, br": "br", "br;q=0, gzip;q=0.5": "gzip", "identity": ""} {
			res, body := s.get(publicPage, "Accept-Encoding", accept)
			if got := res.Header.Get("Content-Encoding"); got != want {
				t.Errorf("%q: got %q, want %q", accept, got, want)
			}
			if got := decode(t, want, body); got != plain {
				t.Errorf("%q: got another page", accept)
			}
			tags[res.Header.Get("ETag")] = true
			if got := res.Header.Get("Vary"); got != "Accept-Encoding, Accept-Language" {
				t.Errorf("vary: got %q", got)
			}
		}
		if len(tags) != 3 {
			t.Errorf("got %d tags, want one for each coding", len(tags))
		}
	})
}

func decode(t *testing.T, coding, body string) string {
	t.Helper()
	var r io.Reader = strings.NewReader(body)
	var err error
	switch coding {
	case "gzip":
		r, err = gzip.NewReader(r)
	case "br":
		r = brotli.NewReader(r)
	}
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestLooks(t *testing.T) {
	tests := []struct {
		name, query, language string
		want                  []string
	}{
		{"plain", "", "", []string{`lang="en"`, `dir="ltr"`, "!data-theme", "!lb-compact"}},
		{"dark", "?theme=dark", "", []string{`data-theme="dark"`, "?period=weekly&amp;theme=dark"}},
		{"older name of the theme", "?color=light", "", []string{`data-theme="light"`}},
		{"unknown theme", "?theme=pink%22", "", []string{"!pink", "!data-theme"}},
		{"compact", "?compact=1", "", []string{"lb-compact"}},
		{"arabic", "?locale=ar", "de", []string{`lang="ar"`, `dir="rtl"`}},
		{"region", "?locale=de-CH", "", []string{`lang="de"`}},
		{"unknown locale", "?locale=tlh", "", []string{`lang="en"`}},
		{"reader's language", "", "fr-CA,fr;q=0.9,en;q=0.5", []string{`lang="fr"`}},
		{"period", "?period=weekly", "", []string{`data-period="weekly" aria-current="page"`}},
		{"period the board lacks", "?period=daily", "", []string{`data-period="all-time" aria-current="page"`}},
		{"older sizes", "?width=300&height=10%25", "", []string{"!300", "Member 1"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, s *site) {
				res, body := s.get(publicPage+test.query, "Accept-Language", test.language)
				want(t, res, body, 200, test.want...)
			})
		})
	}
}

func TestWidgetOptions(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		s.api.change(publicID, func(w *api.Widget) {
			w.Options = api.WidgetOptions{Theme: "dark", Locale: "ja", Compact: true, Period: api.PeriodWeekly, Rows: 3,
				Button: api.WidgetButton{Enabled: true, Text: "Join in", Link: "https://partner.example/join"}}
		})
		res, body := s.get(publicPage, "Accept-Language", "fr")
		want(t, res, body, 200, `data-theme="dark"`, `lang="ja"`, "lb-compact", `data-period="weekly" aria-current="page"`, "Join in")
		if got := res.Header.Get("Vary"); got != "Accept-Encoding" {
			t.Errorf("vary: got %q", got)
		}
		res, body = s.get(publicPage + "?theme=light&locale=es&compact=0")
		want(t, res, body, 200, `data-theme="light"`, `lang="es"`, "!lb-compact")
	})
}

func TestSettingsAreNoticed(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		s.get(publicPage)
		s.api.change(publicID, func(w *api.Widget) { w.AllowedOrigins = []string{"https://new.example"} })
		pass(time.Second)
		res, body := s.get(publicPage)
		want(t, res, body, 200, "https://new.example", "!partner.example")
		if csp := res.Header.Get("Content-Security-Policy"); !strings.HasSuffix(csp, "frame-ancestors https://new.example") {
			t.Errorf("got %q", csp)
		}
		s.api.mu.Lock()
		s.api.board.Name = "Winter sprint" // without a word on any stream
		s.api.mu.Unlock()
		pass(4 * time.Second)
		res, body = s.get(publicPage)
		want(t, res, body, 200, "Winter sprint")
	})
}

func TestSwitchedOff(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		s.get(publicPage)
		s.api.change(publicID, func(w *api.Widget) { w.IsEnabled = false })
		pass(time.Second)
		res, body := s.get(publicPage)
		want(t, res, body, 404, `data-error="widget_gone"`, "!Member 1")
		if csp := res.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "frame-ancestors "+partner) {
			t.Errorf("the panel of a known widget is framed by its origins: got %q", csp)
		}
		s.api.change(publicID, func(w *api.Widget) { w.IsEnabled = true })
		res, body = s.get(publicPage)
		want(t, res, body, 200, "Member 1")
	})
}

func TestStreamIsLost(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		s.get(publicPage)
		s.api.fail(api.NewError(api.Unavailable, "database_unavailable", "Not now."))
		pass(10 * time.Second)
		res, body := s.get(publicPage)
		want(t, res, body, 200, "Member 1") // the last one, with its own time
		pass(time.Minute)
		res, body = s.get(publicPage)
		want(t, res, body, 503, `data-error="server_error"`)
		s.api.fail(nil)
		s.api.score(4321)
		res, body = s.get(publicPage)
		want(t, res, body, 200, "4,321")
		pass(6 * time.Second)
		s.api.score(999)
		pass(time.Millisecond)
		res, body = s.get(publicPage)
		want(t, res, body, 200, "999")
	})
}

func TestIdleWidgetIsDropped(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		s.get(publicPage)
		pass(4 * time.Minute)
		if got := open(s); got != 1 {
			t.Errorf("warm: got %d streams, want 1", got)
		}
		pass(2 * time.Minute)
		if got := open(s); got != 0 {
			t.Errorf("idle: got %d streams, want none", got)
		}
		res, body := s.get(publicPage)
		want(t, res, body, 200, "Member 1")
	})
}

func open(s *site) int {
	s.api.mu.Lock()
	defer s.api.mu.Unlock()
	return len(s.api.streams)
}

func TestPeriodRollsOver(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		end := api.At(time.Now().Add(90 * time.Minute))
		s.api.mu.Lock()
		s.api.board.Duration = api.Duration{End: &end}
		s.api.mu.Unlock()
		res, body := s.get(publicPage)
		want(t, res, body, 200, "ends in 1 hour")
		pass(31 * time.Minute)
		res, body = s.get(publicPage)
		want(t, res, body, 200, "ends in 59 minutes")
		pass(time.Hour)
		res, body = s.get(publicPage)
		want(t, res, body, 200, "Final result")
	})
}

func TestServeFromMemory(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		if serve(s, publicPage) {
			t.Error("answered before anything is known")
		}
		s.get(publicPage)
		pass(time.Millisecond)
		s.get(publicPage)
		for address, want := range map[string]bool{publicPage: true, publicPage + "?ticket=x": false, publicPage + "/live": false, "/embed/leaderboard/none": false} {
			if got := serve(s, address); got != want {
				t.Errorf("%s: got %v, want %v", address, got, want)
			}
		}
	})
}
