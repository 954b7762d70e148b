package ledger

import (
	"database/sql"
	"strconv"
	"strings"
	"testing"

	"laurel/engine/db"
	"laurel/engine/db/dbtest"
)

// TestSetsAreFoundByTheirIndex keeps the hot path from ever reading a whole
// community: SQLite plans without statistics.
func TestSetsAreFoundByTheirIndex(t *testing.T) {
	d := dbtest.Open(t)
	sets := db.NewSets(d.Dialect())
	for _, n := range []int{1, 16, 200} {
		keys := make([]string, n)
		for i := range keys {
			keys[i] = strconv.Itoa(i)
		}
		for _, c := range []struct {
			query, index string
			before       []any
		}{
			{selectByReference, "ledger_reference (community_id=? AND source=? AND reference=?)", []any{"c", "api"}},
			{selectBalances, "sqlite_autoindex_balances_1 (community_id=? AND member_id=?)", []any{"c"}},
		} {
			var plan strings.Builder
			err := sets.Select(t.Context(), d.Read(), "EXPLAIN QUERY PLAN "+c.query, c.before, keys, func(r *sql.Rows) error {
				var a, b, e int
				var text string
				err := r.Scan(&a, &b, &e, &text)
				plan.WriteString(text)
				return err
			})
			if err != nil || !strings.Contains(plan.String(), c.index) {
				t.Errorf("%d keys: got plan %q, %v; want it to use %s", n, plan.String(), err, c.index)
			}
		}
	}
}
