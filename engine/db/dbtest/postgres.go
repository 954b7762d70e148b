package dbtest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// shared is the PostgreSQL server of this test process.
var shared = sync.OnceValues(startServer) //nolint:gochecknoglobals // one server per process is the point

// PostgresURL returns the address of a fresh, empty database. It lies on the
// server that LAUREL_TEST_POSTGRES names (a superuser's URL), else on one that
// this process starts in a temporary folder and that ends with the process.
// Without a PostgreSQL installation the test is skipped, or fails if CI=true.
// The server does without fsync, except for benchmarks.
func PostgresURL(tb testing.TB) string {
	tb.Helper()
	admin := os.Getenv("LAUREL_TEST_POSTGRES")
	if admin == "" {
		admin = ownServer(tb)
	}
	name := "laurel_" + strings.ToLower(rand.Text())
	if err := execute(admin, "CREATE DATABASE "+name); err != nil {
		tb.Fatalf("create test database: %v", err)
	}
	tb.Cleanup(func() {
		if err := execute(admin, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			tb.Errorf("drop test database: %v", err)
		}
	})
	return withDatabase(tb, admin, name)
}

func ownServer(tb testing.TB) string {
	tb.Helper()
	s, err := shared()
	switch {
	case err != nil && os.Getenv("CI") != "":
		tb.Fatalf("PostgreSQL is needed in CI: %v", err)
	case err != nil:
		tb.Skipf("no PostgreSQL for this test: %v", err)
	}
	if _, ok := tb.(*testing.B); ok {
		if err := s.beDurable(); err != nil {
			tb.Fatalf("switch fsync on: %v", err)
		}
	}
	return s.url
}

func withDatabase(tb testing.TB, admin, name string) string {
	tb.Helper()
	u, err := url.Parse(admin)
	if err != nil {
		tb.Fatalf("LAUREL_TEST_POSTGRES: %v", err)
	}
	u.Path = "/" + name
	return u.String()
}

// execute runs statements on a connection of their own, one by one.
func execute(address string, statements ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	for _, text := range statements {
		if _, err := conn.Exec(ctx, text); err != nil {
			return fmt.Errorf("%s: %w", text, err)
		}
	}
	return nil
}
