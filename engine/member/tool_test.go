package member_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
)

func TestToolsMakePeopleWhoCanSignIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		u, err := w.s.CreateOwner(t.Context(), w.home.ID, "olga", "olga@example.com", password)
		if err != nil || u.Role != api.RoleOwner || !u.EmailVerified {
			t.Fatalf("got %+v, %v", u, err)
		}
		old := w.signIn(t, "olga")
		if err := w.s.SetPassword(t.Context(), w.home.ID, "olga@example.com", "a brand new secret"); err != nil {
			t.Fatal(err)
		}
		w.call(t, "GET", "/v1/me", old, nil).Want(t, 401)
		w.call(t, "POST", "/v1/auth/login", "", loginBody("olga", "a brand new secret")).Want(t, 200)
		if err := w.s.SetPassword(t.Context(), w.home.ID, "nobody", password); !api.IsKind(err, api.NotFound) {
			t.Errorf("got %v, want NotFound", err)
		}
		if err := w.s.SetPassword(t.Context(), w.home.ID, "olga", "short"); !errors.Is(err, &api.Error{Code: "password_short"}) {
			t.Errorf("got %v, want password_short", err)
		}
	})
}

func TestPurgeKeepsWhatStillCounts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		token := w.team(t, "grace", api.RoleMember)
		w.call(t, "POST", "/v1/auth/login", "", loginBody("nobody", "wrong wrong")).Want(t, 401)
		w.secureAuth(t, "?userId=grace", "club.example.com").Want(t, 200)
		count := func() (out []int) {
			for _, table := range []string{"logins", "one_use_tokens", "login_failures"} {
				var n int
				if err := d.Read().QueryRow(t.Context(), "SELECT count(*) FROM "+table).Scan(&n); err != nil {
					t.Fatal(err)
				}
				out = append(out, n)
			}
			return out
		}
		for _, step := range []struct {
			days int
			want []int
		}{{0, []int{1, 1, 1}}, {2, []int{1, 1, 0}}, {8, []int{1, 0, 0}}, {98, []int{0, 0, 0}}} {
			w.clock.Advance(time.Duration(step.days) * 24 * time.Hour)
			if err := w.s.Purge(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := count(); !slices.Equal(got, step.want) {
				t.Errorf("after %d more days: got %v, want %v", step.days, got, step.want)
			}
			if step.days == 0 {
				w.call(t, "GET", "/v1/me", token, nil).Want(t, 200)
			}
		}
	})
}

// With real costs of a hash, an unknown account takes as long as a known one.
func TestUnknownAccountsTakeAsLong(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	other := newWorldWith(t, w, auth.NewHasher(auth.Params{Memory: 8 * 1024, Time: 1, Threads: 1}, 1))
	other.join(t, "grace", api.RoleMember)
	times := map[string][]time.Duration{}
	for range 21 {
		for _, name := range []string{"grace", "nobody"} {
			begin := time.Now()
			other.call(t, "POST", "/v1/auth/login", "", loginBody(name, "wrong wrong")).Want(t, 401)
			times[name] = append(times[name], time.Since(begin))
		}
		w.clock.Advance(16 * time.Minute)
	}
	known, unknown := median(times["grace"]), median(times["nobody"])
	if ratio := float64(known) / float64(unknown); ratio < .5 || ratio > 2 {
		t.Errorf("a known account takes %s, an unknown one %s", known, unknown)
	}
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}
