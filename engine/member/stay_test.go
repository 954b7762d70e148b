package member_test

import (
	"testing"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/rest/resttest"
)

// TestTimeSpentIsTheLengthOfStays looks in at several moments: what lies within
// ten minutes is one stay, a longer absence is none.
func TestTimeSpentIsTheLengthOfStays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		token := w.team(t, "ada", api.RoleOwner)
		for _, pause := range []time.Duration{0, 2 * time.Minute, 9 * time.Minute, time.Hour, time.Minute} {
			w.clock.Advance(pause)
			resttest.Call(t, w, "GET", "/v1/me", token, nil).Want(t, 200)
		}
		got := resttest.Call(t, w, "POST", "/v1/users/info", token, map[string]string{"idOrEmail": "ada@example.com"}).Want(t, 200).At("data.timeSpent")
		if got != 12.0*60 {
			t.Errorf("got %v seconds, want 720", got)
		}
	})
}
