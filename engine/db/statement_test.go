package db

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
)

func cache(t *testing.T, limit int) *stmtCache {
	t.Helper()
	pool, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	c := newStmtCache(pool, limit)
	t.Cleanup(func() { c.close(); _ = pool.Close() })
	return c
}

func value(c *stmtCache, text string) (n int, err error) {
	s, err := c.acquire(context.Background(), text)
	if err != nil {
		return 0, err
	}
	defer c.release(s)
	return n, s.stmt.QueryRow().Scan(&n)
}

func TestStatementsAreKeptUpToABound(t *testing.T) {
	c := cache(t, 8)
	var done sync.WaitGroup
	for caller := range 4 {
		done.Go(func() {
			for i := range 200 {
				want := (i*7 + caller) % 20
				got, err := value(c, fmt.Sprintf("SELECT %d", want))
				if err != nil || got != want {
					t.Errorf("got %d, %v, want %d", got, err, want)
				}
			}
		})
	}
	done.Wait()
	if got := c.size(); got != 8 {
		t.Errorf("got %d statements, want 8", got)
	}
}

func TestStatementUsedLastStays(t *testing.T) {
	c := cache(t, 2)
	for _, text := range []string{"SELECT 1", "SELECT 2", "SELECT 1", "SELECT 3"} {
		if _, err := value(c, text); err != nil {
			t.Fatal(err)
		}
	}
	if c.lookup("SELECT 1") == nil || c.lookup("SELECT 2") != nil {
		t.Error("got the wrong statement dropped")
	}
	if _, err := value(c, "SELECT FROM"); err == nil {
		t.Error("got no error for a broken text")
	}
}

func TestDroppedStatementWorksUntilReleased(t *testing.T) {
	c := cache(t, 1)
	s, err := c.acquire(t.Context(), "SELECT 1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := value(c, "SELECT 2"); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := s.stmt.QueryRowContext(t.Context()).Scan(&n); err != nil || n != 1 {
		t.Errorf("got %d, %v from a dropped statement in use", n, err)
	}
	c.release(s)
	if err := s.stmt.QueryRowContext(t.Context()).Scan(&n); err == nil {
		t.Error("got a dropped statement still open after release")
	}
}
