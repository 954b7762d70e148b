package ledger_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/ledger"
	"laurel/engine/rest/resttest"
)

// TestDaysAreTheCommunitys goes over the end of summer time in Lisbon: acts
// half an hour before and after each midnight belong to their own days.
func TestDaysAreTheCommunitys(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		key := w.key(t, api.PermGetUserStats)
		who := w.people(t, 1)[0]
		lisbon, err := time.LoadLocation("Europe/Lisbon")
		if err != nil {
			t.Fatal(err)
		}
		var acts []ledger.Act
		for _, at := range []string{"2026-10-24 23:30", "2026-10-25 00:30", "2026-10-25 23:30", "2026-10-26 00:30", "2026-11-22 23:59", "2026-11-23 00:00"} {
			moment, err := time.ParseInLocation("2006-01-02 15:04", at, lisbon)
			if err != nil {
				t.Fatal(err)
			}
			acts = append(acts, ledger.Act{Member: who, Action: "message", Source: "demo", OccurredAt: moment})
		}
		if _, err := w.s.Bulk(t.Context(), w.home.ID, acts); err != nil {
			t.Fatal(err)
		}
		// One that comes late, for yesterday.
		w.record(t, ledger.Act{Member: who, Action: "reply", Source: "api", OccurredAt: w.Now().Add(-10 * time.Hour)})
		check := func() {
			t.Helper()
			got := resttest.Call(t, w, "GET", "/apis/v1/users/activity/daily?identifier=m1@example.com&identifier_type=email&days=31", key, nil).Want(t, 200)
			stats := got.At("data.daily_stats").([]any)
			days := map[string]float64{}
			for _, s := range stats {
				days[s.(map[string]any)["date"].(string)] = s.(map[string]any)["xp"].(float64)
			}
			if len(stats) != 31 || stats[0].(map[string]any)["date"] != "23/11/2026" || got.Text("data.range.start_date") != "24/10/2026" || got.Text("message") != "User gamification stats fetched successfully" {
				t.Errorf("got %.300s", got.Raw)
			}
			for day, want := range map[string]float64{"24/10/2026": 10, "25/10/2026": 20, "26/10/2026": 10, "27/10/2026": 0, "22/11/2026": 20, "23/11/2026": 10} {
				if days[day] != want {
					t.Errorf("%s: got %v, want %v", day, days[day], want)
				}
			}
			one := resttest.Call(t, w, "POST", "/v1/users/activity/daily", key, `{"identifier":["m1@example.com","nobody@example.com"],"identifier_type":"email","date":"25/10/2026","page":1,"limit":10}`).Want(t, 200)
			if one.At("data.pagination.found") != 1.0 || one.At("data.pagination.total") != 2.0 || !strings.Contains(one.Raw, `"results":[{"identifier":"m1@example.com","user_id":"1","date":"25/10/2026","coins":0,"xp":20}]`) {
				t.Errorf("one day: %s", one.Raw)
			}
			acts := resttest.Call(t, w, "POST", "/v1/users/activity/stats", key, `{"identifier":"m1@example.com","identifier_type":"email","days":3}`).Want(t, 200)
			if acts.At("data.totals.messages") != 2.0 || acts.At("data.totals.replies") != 1.0 || !strings.Contains(acts.Raw, `{"date":"2026-11-21","messages":0,"replies":0,"reaction":0,"socials":0}`) {
				t.Errorf("stats: %s", acts.Raw)
			}
		}
		check()
		// A ledger that was begun before days were kept gives the same.
		err = w.DB().Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			if _, err := tx.Exec(ctx, `DELETE FROM member_days`); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, `UPDATE balances SET today_counts = ''`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.s.CountDays(t.Context()); err != nil {
			t.Fatal(err)
		}
		check()
		w.balanced(t)
		resttest.Call(t, w, "POST", "/v1/users/activity/daily", key, `{"identifier":["m1"],"date":"31/02/2026"}`).Want(t, 400, "invalid_date")
		resttest.Call(t, w, "GET", "/v1/users/activity/daily?identifier=m1&days=367", key, nil).Want(t, 400)
		resttest.Call(t, w, "GET", "/v1/users/activity/daily?identifier=nobody", key, nil).Want(t, 404, "user_not_found")
	})
}
