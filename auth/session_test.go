package auth_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/sessions"

	"laurel/auth"
)

func TestSessionKeepsValues(t *testing.T) {
	p := newPortal(t)
	p.signIn(t, "m1")
	p.visit(t, func(r *http.Request, w http.ResponseWriter, s *sessions.Session) {
		s.Values["upstream"] = "lrl_u_secret"
		s.AddFlash("Saved.")
		p.save(t)(r, w, s)
	})
	s := p.visit(t, nil)
	if s.IsNew || s.Values[auth.SessionMember] != "m1" || s.Values["upstream"] != "lrl_u_secret" {
		t.Errorf("got %v, new %v", s.Values, s.IsNew)
	}
	if f := s.Flashes(); len(f) != 1 || f[0] != "Saved." {
		t.Errorf("flashes: got %v", f)
	}
}

func TestSessionCookie(t *testing.T) {
	p := newPortal(t)
	p.signIn(t, "m1")
	c := p.cookie
	if c.Name != "__Host-laurel" || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.MaxAge != 604800 || len(c.Value) != 43 {
		t.Errorf("got %+v", c)
	}
	local := newPortal(t, func(c *auth.SessionConfig) { c.Insecure = true })
	local.signIn(t, "m1")
	if local.cookie.Name != "laurel" || local.cookie.Secure || !local.cookie.HttpOnly {
		t.Errorf("plain http: got %+v", local.cookie)
	}
}

func TestSessionAtRest(t *testing.T) {
	p := newPortal(t)
	p.signIn(t, "m1")
	p.visit(t, func(r *http.Request, w http.ResponseWriter, s *sessions.Session) {
		s.Values["upstream"] = "lrl_u_secret"
		p.save(t)(r, w, s)
	})
	var hash, data string
	if err := p.db.QueryRowContext(t.Context(), `SELECT id_hash, data FROM portal_sessions`).Scan(&hash, &data); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(hash+data, p.cookie.Value) || strings.Contains(data, "lrl_u") || hash != auth.HashKey(p.cookie.Value) {
		t.Errorf("the row tells too much: %s %s", hash, data)
	}
}

func TestEmptySessionIsNotStored(t *testing.T) {
	p := newPortal(t)
	if s := p.visit(t, p.save(t)); !s.IsNew || p.cookie != nil || p.rows(t) != 0 {
		t.Errorf("got new %v, cookie %v, %d rows", s.IsNew, p.cookie, p.rows(t))
	}
}

func TestForeignIDIsNotAdopted(t *testing.T) {
	for _, value := range []string{strings.Repeat("A", 43), "short", "", strings.Repeat("A", 5000), "../../" + strings.Repeat("A", 37)} {
		p := newPortal(t)
		p.cookie = &http.Cookie{Name: p.CookieName(), Value: value}
		p.signIn(t, "m1")
		if p.cookie.Value == value {
			t.Errorf("%.50q was taken over as a session id", value)
		}
	}
}

func TestRotateEndsTheOldID(t *testing.T) {
	p := newPortal(t)
	p.visit(t, func(r *http.Request, w http.ResponseWriter, s *sessions.Session) {
		s.Values["return"] = "/badges"
		p.save(t)(r, w, s)
	})
	before := p.cookie
	p.now = p.now.Add(time.Hour)
	p.signIn(t, "m1")
	if before.Value == p.cookie.Value || p.rows(t) != 1 {
		t.Fatalf("id kept, or %d rows", p.rows(t))
	}
	if s := p.visit(t, nil); s.Values["return"] != "/badges" {
		t.Errorf("values lost: %v", s.Values)
	}
	p.cookie = before
	if s := p.visit(t, nil); !s.IsNew {
		t.Error("the old id still opens the session")
	}
}

func TestSessionLife(t *testing.T) {
	for _, c := range []struct {
		name  string
		steps []time.Duration
		alive bool
	}{
		{"idle just below", []time.Duration{12*time.Hour - time.Second}, true},
		{"idle", []time.Duration{12 * time.Hour}, false},
		{"used in between", []time.Duration{11 * time.Hour, 11 * time.Hour, 11 * time.Hour}, true},
		{"seven days of use", every(11*time.Hour, 7*24*time.Hour), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPortal(t)
			p.signIn(t, "m1")
			var s *sessions.Session
			for _, step := range c.steps {
				p.now = p.now.Add(step)
				s = p.visit(t, nil)
			}
			if s.IsNew == c.alive {
				t.Errorf("alive %v, want %v", !s.IsNew, c.alive)
			}
			if n, err := p.Purge(t.Context()); err != nil || (n == 0) != c.alive {
				t.Errorf("purged %d, %v", n, err)
			}
		})
	}
}

func every(step, total time.Duration) (out []time.Duration) {
	for sum := time.Duration(0); sum < total; sum += step {
		out = append(out, step)
	}
	return out
}

func TestReadingSeldomWrites(t *testing.T) {
	p := newPortal(t)
	p.signIn(t, "m1")
	p.writes = 0
	for range 100 {
		p.visit(t, nil)
	}
	p.now = p.now.Add(61 * time.Second)
	p.visit(t, nil)
	p.visit(t, nil)
	if p.writes != 1 {
		t.Errorf("got %d writes, want 1", p.writes)
	}
}

func TestSignOut(t *testing.T) {
	p := newPortal(t)
	p.signIn(t, "m1")
	before := p.cookie
	p.visit(t, func(r *http.Request, w http.ResponseWriter, s *sessions.Session) {
		s.Options.MaxAge = -1
		p.save(t)(r, w, s)
	})
	if p.cookie.Value != "" || p.cookie.MaxAge >= 0 || p.rows(t) != 0 {
		t.Errorf("got cookie %+v, %d rows", p.cookie, p.rows(t))
	}
	p.cookie = before
	if s := p.visit(t, nil); !s.IsNew {
		t.Error("the old cookie still works")
	}
}

func TestRevokedSessionIsNotRevived(t *testing.T) {
	p := newPortal(t)
	p.signIn(t, "m1")
	p.visit(t, func(r *http.Request, w http.ResponseWriter, s *sessions.Session) {
		if _, err := p.RevokeAllOf(r.Context(), tenant, "m1", ""); err != nil {
			t.Fatal(err)
		}
		s.Values["x"] = "y"
		if err := s.Save(r, w); !errors.Is(err, auth.ErrNoSession) {
			t.Errorf("got %v, want ErrNoSession", err)
		}
	})
	if p.cookie.MaxAge >= 0 || p.rows(t) != 0 {
		t.Errorf("got cookie %+v, %d rows", p.cookie, p.rows(t))
	}
}

func TestSessionUnderALostKey(t *testing.T) {
	p := newPortal(t)
	p.signIn(t, "m1")
	other := auth.NewSessionStore(auth.SessionConfig{Read: querier{p.db}, Write: p.write, Keys: ring(t, 9), Clock: clockAt(&p.now)})
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.AddCookie(p.cookie)
	if s, err := other.Session(r); err != nil || !s.IsNew || len(s.Values) != 0 {
		t.Errorf("got %v, new %v, %v", s.Values, s.IsNew, err)
	}
}

func TestSessionDatabaseFailure(t *testing.T) {
	p := newPortal(t)
	p.signIn(t, "m1")
	_ = p.db.Close()
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.AddCookie(p.cookie)
	s, err := p.Session(r)
	if err == nil || s == nil || !s.IsNew {
		t.Errorf("got %v, %v, want an error and a new session", s, err)
	}
	s.Values["x"] = "y"
	if err := s.Save(r, httptest.NewRecorder()); err == nil {
		t.Error("saved without a database")
	}
	if _, err := p.List(t.Context(), tenant, "m1"); err == nil {
		t.Error("listed without a database")
	}
}
