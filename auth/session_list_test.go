package auth_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"laurel/auth"
)

func TestSessionList(t *testing.T) {
	p := newPortal(t, func(c *auth.SessionConfig) { c.ClientIP = func(*http.Request) string { return "203.0.113.7" } })
	p.signIn(t, "m1")
	p.cookie, p.now = nil, noon.Add(time.Hour)
	p.signIn(t, "m1")
	current := p.visit(t, nil)
	p.cookie = nil
	p.signIn(t, "m2")
	list, err := p.List(t.Context(), tenant, "m1")
	if err != nil || len(list) != 2 {
		t.Fatalf("got %v, %v, want two sessions", list, err)
	}
	want := auth.SessionInfo{
		ID: auth.SessionHandle(current), UserAgent: "browser", IP: "203.0.113.7",
		CreatedAt: p.now, SeenAt: p.now, ExpiresAt: p.now.Add(auth.SessionAbsolute),
	}
	if list[0] != want || list[1].CreatedAt != noon {
		t.Errorf("got %+v, want %+v first", list, want)
	}
	if other, _ := p.List(t.Context(), "66500000000000000000000d", "m1"); len(other) != 0 {
		t.Errorf("another community sees %v", other)
	}
	p.now = p.now.Add(auth.SessionIdle)
	if idle, _ := p.List(t.Context(), tenant, "m1"); len(idle) != 0 {
		t.Errorf("ended sessions are listed: %v", idle)
	}
}

func TestRevoke(t *testing.T) {
	p := newPortal(t)
	p.signIn(t, "m1")
	first, handle := p.cookie, auth.HashKey(p.cookie.Value)
	for _, c := range []struct{ name, community, member, id string }{
		{"another member's", tenant, "m2", handle},
		{"another community's", "66500000000000000000000d", "m1", handle},
		{"unknown", tenant, "m1", "nope"},
		{"the cookie itself", tenant, "m1", first.Value},
	} {
		if err := p.Revoke(t.Context(), c.community, c.member, c.id); !errors.Is(err, auth.ErrNoSession) {
			t.Errorf("%s: got %v, want ErrNoSession", c.name, err)
		}
	}
	if err := p.Revoke(t.Context(), tenant, "m1", handle); err != nil {
		t.Fatal(err)
	}
	if s := p.visit(t, nil); !s.IsNew {
		t.Error("a revoked session still opens")
	}
}

func TestRevokeAll(t *testing.T) {
	p := newPortal(t)
	for _, m := range []string{"m1", "m1", "m2", "m1"} {
		p.cookie = nil
		p.signIn(t, m)
	}
	kept := auth.SessionHandle(p.visit(t, nil))
	if n, err := p.RevokeAllOf(t.Context(), tenant, "m1", kept); n != 2 || err != nil {
		t.Errorf("got %d, %v, want 2", n, err)
	}
	if s := p.visit(t, nil); s.IsNew {
		t.Error("the session to keep was ended")
	}
	if n, err := p.RevokeCommunity(t.Context(), "66500000000000000000000d"); n != 0 || err != nil {
		t.Errorf("another community: got %d, %v, want 0", n, err)
	}
	if n, err := p.RevokeCommunity(t.Context(), tenant); n != 2 || err != nil {
		t.Errorf("got %d, %v, want 2", n, err)
	}
}
