package db_test

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"laurel/engine/db"
	"laurel/engine/db/dbtest"
)

const insertPairs = `INSERT INTO pairs (kind, key)`

// pairs makes a table of n keys "k0", "k1", … of a kind.
func pairs(t *testing.T, d *db.DB, kind string, n int) *db.Sets {
	t.Helper()
	sets := db.NewSets(d.Dialect())
	if err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `CREATE TABLE IF NOT EXISTS pairs (kind TEXT NOT NULL, key TEXT NOT NULL, mark BIGINT NOT NULL DEFAULT 0, PRIMARY KEY (kind, key))`); err != nil {
			return err
		}
		return sets.Insert(ctx, tx, insertPairs, "", n, 2, func(i int, args []any) []any { return append(args, kind, fmt.Sprint("k", i)) })
	}); err != nil {
		t.Fatal(err)
	}
	return sets
}

func keys(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprint("k", i)
	}
	return out
}

func TestSetsReadAndChangeWhatTheyName(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		sets := pairs(t, d, "a", 700)
		pairs(t, d, "b", 3)
		for _, n := range []int{0, 1, 3, 256, 257, 600} {
			asked := append(keys(n), "unknown")
			if err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
				return sets.Update(ctx, tx, `UPDATE pairs SET mark = $1 WHERE kind = $2 AND key`, []any{n, "a"}, asked)
			}); err != nil {
				t.Fatal(err)
			}
			var got []string
			if err := sets.Select(t.Context(), d.Read(), `SELECT key FROM pairs WHERE kind = $1 AND mark = $2 AND key`, []any{"a", n}, asked, func(r *sql.Rows) error {
				var key string
				err := r.Scan(&key)
				got = append(got, key)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			want := keys(n)
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%d keys: got %d rows", n, len(got))
			}
		}
	})
}

// TestOldStatisticsCostNoScan asks for keys of a kind that PostgreSQL believes
// to have no rows.
func TestOldStatisticsCostNoScan(t *testing.T) {
	d := dbtest.OpenPostgres(t)
	pairs(t, d, "a", 5000)
	if err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error { _, err := tx.Exec(ctx, `ANALYZE pairs`); return err }); err != nil {
		t.Fatal(err)
	}
	pairs(t, d, "b", 5000)
	query := "EXPLAIN " + db.KeyByKey(`SELECT mark FROM pairs WHERE kind = $1 AND key`, 2)
	var plan strings.Builder
	if err := db.Each(t.Context(), d.Read(), query, []any{"b", keys(16)}, func(r *sql.Rows) error {
		var line string
		err := r.Scan(&line)
		plan.WriteString(line + "\n")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(plan.String(), "(key = one.key)") || strings.Contains(plan.String(), "Filter") {
		t.Errorf("got plan\n%s", plan.String())
	}
}
