package portaltest_test

import (
	"testing"
	"time"

	"laurel/api"
	"laurel/apiclient"
	"laurel/portaltest"
)

// TestRestoredMemberReturnsToItsRank deletes a member and restores it, on a
// real board.
func TestRestoredMemberReturnsToItsRank(t *testing.T) {
	p := portaltest.New(t)
	board := p.Board(t, "sprint")
	for _, name := range []string{"ada", "bob", "cleo"} {
		p.Join(t, name, api.RoleMember)
		for range map[string]int{"ada": 3, "bob": 2, "cleo": 1}[name] {
			p.Clock.Advance(time.Minute)
			if _, err := p.WithKey().Gamification().Record(t.Context(), api.Activity{User: name, Action: "message"}); err != nil {
				t.Fatal(err)
			}
		}
	}
	order := func() (names []string) {
		t.Helper()
		page, err := p.WithKey().Leaderboards().Entries(t.Context(), board.ID, apiclient.EntryQuery{})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range page.Entries {
			names = append(names, e.User.Username)
		}
		return names
	}
	before := order()
	users := p.WithKey().Users()
	for _, step := range []struct {
		action string
		shown  bool
	}{{"delete", false}, {"restore", true}} {
		done, err := users.ManageMany(t.Context(), p.Community.ID, api.ManageUsers{Action: step.action, Users: []string{"bob", "nobody"}})
		if err != nil || done.Done != 1 || len(done.Failed) != 1 || done.Failed[0].Code != "user_not_found" {
			t.Fatalf("%s: %+v, %v", step.action, done, err)
		}
		after := order()
		if step.shown != (len(after) == len(before)) || (step.shown && after[1] != before[1]) {
			t.Errorf("%s: got %v, before %v", step.action, after, before)
		}
		found, err := users.Filter(t.Context(), api.UserFilter{Filter: map[string]any{"username": "BOB"}})
		if err != nil || step.shown != (len(found.Users) == 1) {
			t.Errorf("%s: filter found %v, %v", step.action, found.Users, err)
		}
	}
}
