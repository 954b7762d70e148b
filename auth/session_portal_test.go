package auth_test

import (
	"context"
	"database/sql"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/gorilla/sessions"
	_ "modernc.org/sqlite"

	"laurel/auth"
)

const sessionTable = `CREATE TABLE portal_sessions (id_hash TEXT PRIMARY KEY, data TEXT NOT NULL,
	member_id TEXT NOT NULL DEFAULT '', community_id TEXT NOT NULL DEFAULT '', user_agent TEXT NOT NULL DEFAULT '', ip TEXT NOT NULL DEFAULT '',
	created_at BIGINT NOT NULL, seen_at BIGINT NOT NULL, expires_at BIGINT NOT NULL)`

// querier gives database/sql the engine's method names.
type querier struct {
	sqlQuerier
}

type sqlQuerier interface {
	ExecContext(ctx context.Context, q string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, q string, args ...any) *sql.Row
}

func (q querier) Exec(ctx context.Context, s string, args ...any) (sql.Result, error) {
	return q.ExecContext(ctx, s, args...)
}

func (q querier) Query(ctx context.Context, s string, args ...any) (*sql.Rows, error) {
	return q.QueryContext(ctx, s, args...)
}

func (q querier) QueryRow(ctx context.Context, s string, args ...any) *sql.Row {
	return q.QueryRowContext(ctx, s, args...)
}

// portal is a session store on a real database, and a browser in front of it.
type portal struct {
	*auth.SessionStore
	db     *sql.DB
	now    time.Time
	writes int
	cookie *http.Cookie
}

func newPortal(t *testing.T, change ...func(*auth.SessionConfig)) *portal {
	t.Helper()
	d, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "s.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if _, err := d.ExecContext(t.Context(), sessionTable); err != nil {
		t.Fatal(err)
	}
	p := &portal{db: d, now: noon}
	c := auth.SessionConfig{Read: querier{d}, Write: p.write, Keys: ring(t, 1), Clock: clockAt(&p.now)}
	for _, f := range change {
		f(&c)
	}
	p.SessionStore = auth.NewSessionStore(c)
	return p
}

// write runs fn twice, the first time rolled back, as the engine's may.
func (p *portal) write(ctx context.Context, fn func(context.Context, auth.Querier) error) error {
	p.writes++
	for _, commit := range []bool{false, true} {
		tx, err := p.db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		err = fn(ctx, querier{tx})
		if err != nil || !commit {
			_ = tx.Rollback()
		} else {
			err = tx.Commit()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// visit makes one request with the browser's cookie and keeps what comes back.
func (p *portal) visit(t *testing.T, do func(r *http.Request, w http.ResponseWriter, s *sessions.Session)) *sessions.Session {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "https://portal.example/", nil)
	r.Header.Set("User-Agent", "browser")
	if p.cookie != nil {
		r.AddCookie(p.cookie)
	}
	w := httptest.NewRecorder()
	s, err := p.Session(r)
	if err != nil {
		t.Fatal(err)
	}
	if do != nil {
		do(r, w, s)
	}
	for _, c := range w.Result().Cookies() {
		p.cookie = c
	}
	return s
}

func (p *portal) signIn(t *testing.T, member string) {
	t.Helper()
	p.visit(t, func(r *http.Request, w http.ResponseWriter, s *sessions.Session) {
		s.Values[auth.SessionMember], s.Values[auth.SessionCommunity] = member, tenant
		if err := p.Rotate(r, w, s); err != nil {
			t.Fatal(err)
		}
	})
}

func (p *portal) save(t *testing.T) func(*http.Request, http.ResponseWriter, *sessions.Session) {
	return func(r *http.Request, w http.ResponseWriter, s *sessions.Session) {
		if err := s.Save(r, w); err != nil {
			t.Fatal(err)
		}
	}
}

func (p *portal) rows(t *testing.T) (n int) {
	t.Helper()
	if err := p.db.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM portal_sessions`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
