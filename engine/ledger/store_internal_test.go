package ledger

import (
	"database/sql"
	"strings"
	"testing"

	"laurel/engine/db/dbtest"
)

// TestSetsAreFoundByTheirIndex keeps the hot path from ever reading a whole
// community: SQLite plans without statistics.
func TestSetsAreFoundByTheirIndex(t *testing.T) {
	d := dbtest.Open(t)
	s := newStatements(d.Dialect())
	for _, n := range []int{1, 16, chunk} {
		for _, c := range []struct {
			query, index string
			args         int
		}{
			{selectByReference + s.list(3, n), "ledger_reference (community_id=? AND source=? AND reference=?)", n + 2},
			{selectBalances + s.list(2, n), "sqlite_autoindex_balances_1 (community_id=? AND member_id=?)", n + 1},
		} {
			var plan strings.Builder
			err := each(t.Context(), d.Read(), "EXPLAIN QUERY PLAN "+c.query, make([]any, c.args), func(r *sql.Rows) error {
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
