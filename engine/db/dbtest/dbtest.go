// Package dbtest gives tests fresh databases: SQLite files in the test's
// folder, and databases on a PostgreSQL server that it starts once per test
// process when none is named.
package dbtest

import (
	"path/filepath"
	"testing"

	"laurel/engine/db"
)

// Open returns a fresh, migrated SQLite database that is closed with the test.
func Open(tb testing.TB) *db.DB {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "laurel.db")
	if err := copyMigrated(path); err != nil {
		tb.Fatalf("make test database: %v", err)
	}
	return OpenConfig(tb, db.Config{Path: path})
}

// OpenPostgres returns a fresh, migrated PostgreSQL database that is closed
// with the test; see PostgresURL for when the test is skipped or fails.
func OpenPostgres(tb testing.TB) *db.DB {
	tb.Helper()
	return OpenConfig(tb, db.Config{URL: migratedURL(tb)})
}

// OpenConfig opens the database that c names and closes it with the test.
func OpenConfig(tb testing.TB, c db.Config) *db.DB {
	tb.Helper()
	d, err := db.Open(tb.Context(), c)
	if err != nil {
		tb.Fatalf("open test database: %v", err)
	}
	tb.Cleanup(func() {
		if err := d.Close(); err != nil {
			tb.Errorf("close test database: %v", err)
		}
	})
	return d
}

// Each runs fn as the subtests "sqlite" and "postgres", each with a fresh
// database.
func Each(t *testing.T, fn func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, Open(t)) })
	t.Run("postgres", func(t *testing.T) { fn(t, OpenPostgres(t)) })
}
