package embed_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"laurel/api"
)

const publicLive = publicPage + "/live"

func TestLiveTellsEachChange(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		l := s.live(publicLive + "?since=7")
		defer l.cancel()
		if got := l.header.Get("Content-Type"); got != "text/event-stream; charset=utf-8" {
			t.Errorf("got %q", got)
		}
		if got := l.events(); len(got) != 0 {
			t.Errorf("nothing is new, got %q", got)
		}
		s.api.score(54321, 1)
		got := l.events()
		if len(got) != 1 || !strings.HasPrefix(got[0], "id: 8\ndata: <main id=\"laurel\" data-revision=\"8\">") || !strings.Contains(got[0], "54,321") {
			t.Errorf("got %q", got)
		}
	})
}

func TestLiveBeginsWithWhatWasMissed(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		l := s.live(publicLive + "?since=5&locale=ar")
		defer l.cancel()
		if got := l.events(); len(got) != 1 || !strings.HasPrefix(got[0], "id: 7\n") {
			t.Errorf("got %q", got)
		}
	})
}

func TestHundredViewersShareOneStream(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		var all []*listener
		for range 100 {
			l := s.live(publicLive + "?since=7")
			defer l.cancel()
			all = append(all, l)
		}
		before := s.api.count("GET /v1/public/widgets/" + publicID + "/entries")
		s.api.score(4242)
		for _, l := range all {
			if got := l.events(); len(got) != 1 || !strings.Contains(got[0], "4,242") {
				t.Fatalf("got %q", got)
			}
		}
		if got := s.api.count("GET /v1/public/widgets/"+publicID+"/entries") - before; got != 1 {
			t.Errorf("got %d reads for one change, want 1", got)
		}
		if got := s.api.opened.Load(); got != 1 {
			t.Errorf("got %d streams, want 1", got)
		}
	})
}

func TestLiveGivesSignsOfLife(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		for _, header := range [][]string{nil, {"Authorization", "Bearer " + goodKey}} {
			l := s.live(publicLive+"?since=7", header...)
			l.take()
			for range 3 {
				pass(20 * time.Second)
				if got := l.take(); len(got) == 0 || !strings.HasPrefix(got[0], ":") {
					t.Errorf("got %q in 20 s, want a comment", got)
				}
			}
			l.cancel()
			if !l.isOver() {
				t.Error("the stream outlives its reader")
			}
		}
	})
}

func TestLiveEndsWithTheWidget(t *testing.T) {
	for name, off := range map[string]func(*api.Widget){
		"switched off": func(w *api.Widget) { w.IsEnabled = false },
		"not public":   func(w *api.Widget) { w.IsPublic = false },
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, s *site) {
				l := s.live(publicLive + "?since=7")
				s.api.change(publicID, off)
				pass(5 * time.Second)
				got := l.events()
				if len(got) != 1 || !strings.Contains(got[0], "event: error\n") || !strings.Contains(got[0], `"code":"widget_gone"`) || !strings.Contains(got[0], `"requestId":"`) {
					t.Errorf("got %q", got)
				}
				if !l.isOver() {
					t.Error("the stream is open still")
				}
			})
		})
	}
}

func TestLiveSurvivesALostStream(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		l := s.live(publicLive + "?since=7")
		defer l.cancel()
		s.api.fail(api.NewError(api.Unavailable, "database_unavailable", "Not now."))
		pass(20 * time.Second)
		s.api.fail(nil)
		s.api.score(7777)
		pass(6 * time.Second)
		if got := l.events(); len(got) != 1 || !strings.Contains(got[0], "7,777") {
			t.Errorf("got %q", got)
		}
	})
}

func TestDrainEndsEveryStream(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		all := []*listener{s.live(publicLive), s.live(publicLive, "Authorization", "Bearer "+goodKey)}
		s.embed.Drain()
		for i, l := range all {
			if !l.isOver() {
				t.Errorf("stream %d is open still", i)
			}
		}
		if got := open(s); got != 0 {
			t.Errorf("got %d streams to the API, want none", got)
		}
		res, body := s.get(publicPage)
		want(t, res, body, 200, "Member 1")
	})
}

func TestMemberLive(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		l := s.live("/embed/leaderboard/"+memberID+"/live?since=7", "Authorization", "Bearer "+goodKey)
		defer l.cancel()
		if got := l.events(); len(got) != 0 {
			t.Errorf("nothing is new, got %q", got)
		}
		s.api.score(600)
		if got := l.events(); len(got) != 1 || !strings.Contains(got[0], "Priya B.") || !strings.Contains(got[0], "data-me") {
			t.Errorf("got %q", got)
		}
		s.api.mu.Lock()
		defer s.api.mu.Unlock()
		for _, token := range s.api.streams {
			if token != goodKey {
				t.Errorf("the API is asked with %q", token)
			}
		}
	})
}

func TestMemberLiveEndsWithTheSession(t *testing.T) {
	tests := []struct{ name, code, want string }{
		{"revoked", "embed_revoked", `"code":"embed_revoked"`},
		{"expired, to be renewed", "embed_expired", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, s *site) {
				l := s.live(publicLive+"?since=7", "Authorization", "Bearer "+goodKey)
				s.api.revoke(goodKey, test.code)
				pass(5 * time.Second)
				if got := fmt.Sprint(l.events()); !strings.Contains(got, test.want) || (test.want == "" && got != "[]") {
					t.Errorf("got %s, want %s", got, test.want)
				}
				if !l.isOver() {
					t.Error("the stream is open still")
				}
			})
		})
	}
}

func TestMemberLiveLooksAgainAfterAFailure(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		l := s.live(publicLive+"?since=7", "Authorization", "Bearer "+goodKey)
		defer l.cancel()
		s.api.mu.Lock()
		s.api.broken = api.NewError(api.Unavailable, "database_unavailable", "Not now.")
		s.api.mu.Unlock()
		s.api.score(8888)
		pass(5 * time.Second)
		s.api.mu.Lock()
		s.api.broken = nil
		s.api.mu.Unlock()
		pass(2 * time.Second)
		if got := l.events(); len(got) != 1 || !strings.Contains(got[0], "8,888") {
			t.Errorf("got %q", got)
		}
	})
}

func TestMemberLiveAsksForANewPage(t *testing.T) {
	inBubble(t, func(t *testing.T, s *site) {
		l := s.live("/embed/leaderboard/"+memberID+"/live?since=7", "Authorization", "Bearer "+goodKey)
		s.api.change(memberID, func(w *api.Widget) { w.Options.Rows = 3 })
		if got := l.events(); len(got) != 1 || !strings.HasPrefix(got[0], "event: reload\n") || !l.isOver() {
			t.Errorf("got %q", got)
		}
	})
}
