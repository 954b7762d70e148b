package db_test

import (
	"bytes"
	"context"
	"net"
	"net/url"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"laurel/engine/db"
	"laurel/engine/db/dbtest"
)

// proxy stands between the program and PostgreSQL, as a network does that can
// fail.
type proxy struct {
	listener net.Listener
	url      string
	network  string
	target   string

	mu      sync.Mutex
	open    []net.Conn
	away    bool
	swallow []byte // pass on what contains this, but lose the connection before the answer
}

func newProxy(t *testing.T) *proxy {
	t.Helper()
	address := dbtest.PostgresURL(t)
	config, err := pgconn.ParseConfig(address)
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{}
	p.network, p.target = pgconn.NetworkAddress(config.Host, config.Port)
	dir := t.TempDir()
	if p.listener, err = (&net.ListenConfig{}).Listen(t.Context(), "unix", filepath.Join(dir, ".s.PGSQL.5432")); err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.Host, u.RawQuery = "", url.Values{"host": {dir}, "sslmode": {"disable"}}.Encode()
	p.url = u.String()
	go p.accept()
	t.Cleanup(func() { _ = p.listener.Close(); p.cut(true) })
	return p
}

func (p *proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		server, err := (&net.Dialer{}).DialContext(context.Background(), p.network, p.target)
		p.mu.Lock()
		if err != nil || p.away {
			_ = client.Close()
			p.mu.Unlock()
			continue
		}
		p.open = append(p.open, client, server)
		p.mu.Unlock()
		go p.forward(client, server)
		go p.answer(server, client)
	}
}

func (p *proxy) forward(from, to net.Conn) {
	buffer := make([]byte, 1<<16)
	for {
		n, err := from.Read(buffer)
		if err != nil {
			_ = to.Close()
			return
		}
		p.mu.Lock()
		lose := len(p.swallow) > 0 && bytes.Contains(buffer[:n], p.swallow)
		p.mu.Unlock()
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
		if lose {
			_ = from.Close()
			return // the server goes on with what it has
		}
	}
}

func (p *proxy) answer(from, to net.Conn) {
	buffer := make([]byte, 1<<16)
	for {
		n, err := from.Read(buffer)
		if err != nil {
			_ = to.Close()
			return
		}
		_, _ = to.Write(buffer[:n]) // keep reading: the server finishes its work
	}
}

// cut ends all connections; away refuses new ones until the next cut.
func (p *proxy) cut(away bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.away = away
	for _, c := range p.open {
		_ = c.Close()
	}
	p.open = nil
}

func (p *proxy) lose(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.swallow = []byte(text)
}

func TestServerAway(t *testing.T) {
	p := newProxy(t)
	d := dbtest.OpenConfig(t, db.Config{URL: p.url})
	table(t, d)
	b := newNotes(d, nil)
	p.cut(true)
	if err := d.Write(t.Context(), insert(1)); !db.IsUnavailable(err) {
		t.Errorf("write: got %v, want unavailable", err)
	}
	if _, err := b.Do(t.Context(), 2); !db.IsUnavailable(err) {
		t.Errorf("batch: got %v, want unavailable", err)
	}
	if err := d.Read().QueryRow(t.Context(), `SELECT 1`).Scan(new(int)); !db.IsUnavailable(err) {
		t.Errorf("read: got %v, want unavailable", err)
	}
	p.cut(false)
	if err := d.Write(t.Context(), insert(3)); err != nil {
		t.Errorf("write when it is back: %v", err)
	}
	if _, err := b.Do(t.Context(), 4); err != nil {
		t.Errorf("batch when it is back: %v", err)
	}
	if got := ids(t, d); !slices.Equal(got, []int{3, 4}) {
		t.Errorf("got rows %v, want 3 and 4", got)
	}
}

// TestAnswerToCommitLost makes sure that a write whose outcome nobody knows is
// reported and not repeated.
func TestAnswerToCommitLost(t *testing.T) {
	p := newProxy(t)
	d := dbtest.OpenConfig(t, db.Config{URL: p.url})
	mustWrite(t, d, `CREATE TABLE note (id BIGINT, text TEXT)`) // without a key a second try would show
	p.lose("COMMIT")
	if err := d.Write(t.Context(), insert(1)); !db.IsUnavailable(err) {
		t.Errorf("got %v, want unavailable", err)
	}
	p.lose("")
	eventually(t, "the first commit to arrive", func() bool { return count(t, d.Read()) == 1 })
	if err := d.Write(t.Context(), insert(2)); err != nil {
		t.Fatal(err)
	}
	if got := ids(t, d); !slices.Equal(got, []int{1, 2}) {
		t.Errorf("got rows %v, want each once", got)
	}
}
