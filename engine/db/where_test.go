package db_test

import (
	"slices"
	"strings"
	"testing"

	"laurel/engine/db"
	"laurel/engine/db/dbtest"
)

// TestWhereFindsWhatWasTyped looks for signs that are special to LIKE, on both
// databases.
func TestWhereFindsWhatWasTyped(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const names = `(SELECT 'Ann' AS name, 1 AS n UNION ALL SELECT '50% off', 2 UNION ALL SELECT 'a_b!', 3 UNION ALL SELECT 'ANNA', 4) AS names`
		for part, want := range map[string]string{"ann": "ANNA Ann", "%": "50% off", "_b!": "a_b!", "!": "a_b!", "n%": ""} {
			w := db.Where{}
			w.And("n < ?", 9)
			w.And("(lower(name) LIKE ? ESCAPE '!' OR lower(name) LIKE ? ESCAPE '!')", db.Containing(part))
			rows, err := d.Read().Query(t.Context(), `SELECT name FROM `+names+w.SQL(), w.Args...)
			if err != nil {
				t.Fatal(err)
			}
			defer rows.Close()
			var got []string
			for rows.Next() {
				var name string
				if err := rows.Scan(&name); err != nil {
					t.Fatal(err)
				}
				got = append(got, name)
			}
			if err := rows.Err(); err != nil {
				t.Fatal(err)
			}
			slices.Sort(got)
			if found := strings.Join(got, " "); found != want {
				t.Errorf("%q: got %q, want %q", part, found, want)
			}
		}
	})
}
