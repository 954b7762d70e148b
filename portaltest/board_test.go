package portaltest_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"laurel/api"
	"laurel/apiclient"
	"laurel/engine/db/dbtest"
	"laurel/engine/rest/resttest"
	"laurel/portaltest"
)

// TestBoardsEqualANaiveModel records random acts and compares every rank with
// a plain sort, on both databases.
func TestBoardsEqualANaiveModel(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			var o portaltest.Options
			if engine == "postgres" {
				o.DatabaseURL = dbtest.PostgresURL(t)
			}
			p := portaltest.NewWith(t, o)
			board := p.Board(t, "sprint")
			r := rand.New(rand.NewPCG(1, 2))
			type row struct {
				name  string
				score int64
				order int
			}
			rows := map[string]*row{}
			for i, name := range []string{"olga", "adam", "mia"} { // each sign-in paid for the first visit of the day
				rows[name] = &row{name, 5, i - 100}
			}
			for i := range 12 {
				name := fmt.Sprintf("racer%02d", i)
				p.Join(t, name, api.RoleMember)
				rows[name] = &row{name, 5, i - 50}
			}
			for i := range 200 {
				p.Clock.Advance(time.Minute)
				name := fmt.Sprintf("racer%02d", r.IntN(12))
				award, err := p.WithKey().Gamification().Record(t.Context(), api.Activity{User: name, Action: []string{"message", "reply", "react"}[r.IntN(3)], IdempotencyKey: fmt.Sprint(i)})
				if err != nil {
					t.Fatal(err)
				}
				if award.XP == 0 {
					continue
				}
				rows[name].score += award.XP
				rows[name].order = i
				if len(award.Ranks) != 1 || award.Ranks[0].Score != rows[name].score {
					t.Fatalf("act %d: got ranks %+v, want score %d", i, award.Ranks, rows[name].score)
				}
			}
			var want []*row
			for _, one := range rows {
				want = append(want, one)
			}
			slices.SortFunc(want, func(a, b *row) int {
				if a.score != b.score {
					return int(b.score - a.score)
				}
				return a.order - b.order
			})
			got, err := p.WithKey().Leaderboards().Entries(t.Context(), board.ID, apiclient.EntryQuery{Period: api.PeriodAllTime})
			if err != nil || len(got.Entries) != len(want) {
				t.Fatalf("got %d rows, want %d: %v", len(got.Entries), len(want), err)
			}
			for i, e := range got.Entries {
				if e.User.Username != want[i].name || e.Score != want[i].score || e.Rank != i+1 {
					t.Errorf("rank %d: got %s with %d, want %s with %d", i+1, e.User.Username, e.Score, want[i].name, want[i].score)
				}
			}
		})
	}
}

// TestDeletedMemberLeavesAndReturns takes a member off the board and back to
// the old rank.
func TestDeletedMemberLeavesAndReturns(t *testing.T) {
	p := portaltest.New(t)
	board := p.Board(t, "sprint")
	for _, name := range []string{"ann", "bob"} {
		p.Join(t, name, api.RoleMember)
		p.Clock.Advance(time.Minute)
		if _, err := p.WithKey().Gamification().Record(t.Context(), api.Activity{User: name, Action: "message"}); err != nil {
			t.Fatal(err)
		}
	}
	rank := func(name string) int {
		s, err := p.WithKey().Leaderboards().Around(t.Context(), board.ID, name, api.PeriodAllTime, 3)
		if api.IsKind(err, api.NotFound) {
			return 0
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range s.Entries {
			if e.User.Username == name {
				return e.Rank
			}
		}
		t.Fatalf("the row of %s is not among %d around it", name, len(s.Entries))
		return 0
	}
	manage := func(action string) {
		if err := p.WithKey().Users().Manage(t.Context(), api.ManageUser{Action: action, User: "ann"}); err != nil {
			t.Fatal(err)
		}
	}
	if rank("ann") != 1 || rank("bob") != 2 {
		t.Fatalf("before: ann %d, bob %d", rank("ann"), rank("bob"))
	}
	manage("delete")
	if rank("ann") != 0 || rank("bob") != 1 {
		t.Errorf("deleted: ann %d, bob %d", rank("ann"), rank("bob"))
	}
	manage("restore")
	if rank("ann") != 1 || rank("bob") != 2 {
		t.Errorf("restored: ann %d, bob %d", rank("ann"), rank("bob"))
	}
}

// TestPeriodsRollOver closes a day and a week, keeps them readable, and begins anew.
func TestPeriodsRollOver(t *testing.T) {
	p := portaltest.New(t)
	board := p.Board(t, "sprint")
	record := func() {
		if _, err := p.WithKey().Gamification().Record(t.Context(), api.Activity{User: "mia", Action: "message"}); err != nil {
			t.Fatal(err)
		}
	}
	entries := func(q apiclient.EntryQuery) api.Standings {
		s, err := p.WithKey().Leaderboards().Entries(t.Context(), board.ID, q)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	record()
	p.Clock.Advance(24 * time.Hour)
	if s := entries(apiclient.EntryQuery{Period: api.PeriodDaily}); s.PeriodKey != "2026-11-24" || s.Total != 0 {
		t.Errorf("new day: got %s with %d", s.PeriodKey, s.Total)
	}
	record()
	if s := entries(apiclient.EntryQuery{Period: api.PeriodWeekly}); s.PeriodKey != "2026-W48" || s.Entries[0].Score != 25 {
		t.Errorf("week: got %+v", s)
	}
	if s := entries(apiclient.EntryQuery{Period: api.PeriodDaily, At: "2026-11-23"}); !s.Closed || s.Total != 3 || s.Entries[0].Score != 15 {
		t.Errorf("closed day: got %+v", s)
	}
}

// TestBadBoardsNameTheField sends what a board must not be.
func TestBadBoardsNameTheField(t *testing.T) {
	p := portaltest.New(t)
	p.Board(t, "taken")
	good := map[string]any{"name": "B", "rankingField": "currencies", "displayedColumns": []any{map[string]any{"column": "user", "visible": true, "order": 0}}, "startDate": "2026-01-01", "isEnabled": true}
	columns := make([]any, 51)
	for i := range columns {
		columns[i] = map[string]any{"column": fmt.Sprintf("field:f%d", i), "visible": true, "order": i}
	}
	for _, c := range []struct {
		name, field string
		value       any
		status      int
	}{
		{"slug taken", "slug", "taken", 409},
		{"slug form", "slug", "Not A Slug", 400},
		{"51 columns", "displayedColumns", columns, 400},
		{"window ends before it starts", "endDate", "2025-01-01", 400},
		{"unknown metric", "rankingField", "luck", 400},
		{"unknown period", "allowedTimeFilters", []string{"hourly"}, 400},
		{"zone", "zone", "Mars/Base", 400},
	} {
		t.Run(c.name, func(t *testing.T) {
			body := map[string]any{}
			for k, v := range good {
				body[k] = v
			}
			body[c.field] = c.value
			got := resttest.Call(t, p, "POST", "/v1/leaderboards", p.Key, body).Want(t, c.status)
			if !strings.Contains(got.Raw, `"field":"`+c.field) {
				t.Errorf("no field %q in %s", c.field, got.Raw)
			}
		})
	}
}

// TestWidgetsAreFramedByTheirOriginsOnly reads a public and a member's widget
// as a browser would.
func TestWidgetsAreFramedByTheirOriginsOnly(t *testing.T) {
	p := portaltest.New(t)
	board := p.Board(t, "sprint")
	name, kind, origins, yes := "W", "leaderboard", []string{"https://partner.example"}, true
	w, err := p.WithKey().Widgets().Create(t.Context(), api.WidgetInput{Name: &name, Kind: &kind, TargetID: &board.ID, IsPublic: &yes, AllowedOrigins: &origins})
	if err != nil {
		t.Fatal(err)
	}
	for path, status := range map[string]int{"/embed/leaderboard/" + w.ID: 200, "/embed/leaderboard/none": 404} {
		got := resttest.Call(t, p, "GET", path, "", nil).Want(t, status)
		policy := got.Header.Get("Content-Security-Policy")
		if (status == 200) != strings.Contains(policy, "https://partner.example") || got.Header.Get("X-Frame-Options") != "" || got.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s: policy %q", path, policy)
		}
	}
	page := resttest.Call(t, p, "GET", "/embed/leaderboard/"+w.ID, "", nil)
	resttest.Call(t, p, "GET", "/embed/leaderboard/"+w.ID, "", nil, "If-None-Match: "+page.Header.Get("Etag")).Want(t, 304)
	if n := strings.Count(page.Raw, `token: ""`); n != 1 {
		t.Errorf("the page holds the token's place %d times, want once", n)
	}
}

// TestPagesAskWhoYouAre sends strangers to sign in and members away from the portal.
func TestPagesAskWhoYouAre(t *testing.T) {
	p := portaltest.New(t)
	for _, path := range []string{"/portal/leaderboards", "/home", "/ranks"} {
		got := resttest.Call(t, p, "GET", path, "", nil).Want(t, 303)
		if !strings.HasPrefix(got.Header.Get("Location"), "/sign-in") {
			t.Errorf("%s leads to %q", path, got.Header.Get("Location"))
		}
	}
	resttest.Call(t, p, "GET", "/nothing-here", "", nil).Want(t, 404)
	resttest.Call(t, p, "POST", "/sign-in", "", "login=mia", "Content-Type: application/x-www-form-urlencoded", "Sec-Fetch-Site: cross-site").Want(t, 403)
	got := resttest.Call(t, p, "POST", "/sign-in", "", "login=mia&password="+portaltest.Password, "Content-Type: application/x-www-form-urlencoded", "Sec-Fetch-Site: same-origin").Want(t, 303)
	cookie, _, _ := strings.Cut(got.Header.Get("Set-Cookie"), ";")
	resttest.Call(t, p, "GET", "/portal/leaderboards", "", nil, "Cookie: "+cookie).Want(t, 403)
	if home := resttest.Call(t, p, "GET", "/home", "", nil, "Cookie: "+cookie).Want(t, 200); !strings.Contains(home.Raw, "mia") {
		t.Error("the home page does not greet the member")
	}
}
