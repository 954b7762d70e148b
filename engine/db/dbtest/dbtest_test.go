package dbtest_test

import (
	"testing"

	"laurel/engine/db"
	"laurel/engine/db/dbtest"
)

func TestEachRunsOnBothEngines(t *testing.T) {
	var seen []db.Dialect
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		seen = append(seen, d.Dialect())
		if _, err := d.Version(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
	if len(seen) == 0 || seen[0] != db.SQLite || (len(seen) > 1 && seen[1] != db.PostgreSQL) {
		t.Errorf("got engines %v, want sqlite, then postgres", seen)
	}
}

func TestDatabasesAreSeparate(t *testing.T) {
	if a, b := dbtest.PostgresURL(t), dbtest.PostgresURL(t); a == b {
		t.Errorf("got %s twice", a)
	}
}
