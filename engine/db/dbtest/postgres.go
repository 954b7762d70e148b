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
	return create(tb, adminURL(tb), "template1")
}

// migratedURL is PostgresURL with the schema in place, where copying it is
// possible.
func migratedURL(tb testing.TB) string {
	tb.Helper()
	admin := adminURL(tb)
	if os.Getenv(adminVariable) != "" {
		return create(tb, admin, "template1")
	}
	template, err := migratedDatabase()
	if err != nil {
		tb.Fatalf("migrate test database: %v", err)
	}
	return create(tb, admin, template)
}

const adminVariable = "LAUREL_TEST_POSTGRES"

func adminURL(tb testing.TB) string {
	tb.Helper()
	if admin := os.Getenv(adminVariable); admin != "" {
		return admin
	}
	return ownServer(tb)
}

func create(tb testing.TB, admin, template string) string {
	tb.Helper()
	name := "laurel_" + strings.ToLower(rand.Text())
	if err := Execute(admin, "CREATE DATABASE "+name+" TEMPLATE "+template); err != nil {
		tb.Fatalf("create test database: %v", err)
	}
	tb.Cleanup(func() {
		if err := Execute(admin, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			tb.Errorf("drop test database: %v", err)
		}
	})
	address, err := withDatabase(admin, name)
	if err != nil {
		tb.Fatal(err)
	}
	return address
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

func withDatabase(admin, name string) (string, error) {
	u, err := url.Parse(admin)
	if err != nil {
		return "", fmt.Errorf("%s: %w", adminVariable, err)
	}
	u.Path = "/" + name
	return u.String(), nil
}

// Execute runs statements on a connection of their own, one by one.
func Execute(address string, statements ...string) error {
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
