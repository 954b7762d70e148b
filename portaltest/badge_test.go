package portaltest_test

import (
	"testing"

	"laurel/api"
	"laurel/apiclient"
	"laurel/portaltest"
)

// TestBadgesStandBesideNames follows a badge from its making to a row of
// standings, through apiclient.
func TestBadgesStandBesideNames(t *testing.T) {
	p := portaltest.New(t)
	board := p.Board(t, "xp")
	if _, err := p.WithKey().Gamification().Record(t.Context(), api.Activity{User: p.Member.User.ID, Action: "message"}); err != nil {
		t.Fatal(err)
	}
	shows := func(want ...string) {
		t.Helper()
		s, err := p.As(p.Member).Leaderboards().Entries(t.Context(), board.ID, apiclient.EntryQuery{})
		if err != nil || len(s.Entries) == 0 || s.Me == nil {
			t.Fatalf("standings: %+v, %v", s, err)
		}
		for _, e := range []api.Entry{s.Entries[0], *s.Me} {
			got := []string{}
			for _, b := range e.User.Badges {
				got = append(got, b.Title)
			}
			if len(got) != len(want) || (len(got) == 1 && got[0] != want[0]) {
				t.Errorf("the row shows %v, want %v", got, want)
			}
		}
	}
	shows()
	team := p.As(p.Admin).Badges()
	made, err := team.Create(t.Context(), api.BadgeInput{Title: "Mentor", Action: api.BadgeCustom})
	if err != nil {
		t.Fatal(err)
	}
	wish, err := p.As(p.Member).Me().Apply(t.Context(), made.ID, "please", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := team.Approve(t.Context(), wish.ID); err != nil {
		t.Fatal(err)
	}
	shows("Mentor")
	progress, err := p.As(p.Member).Me().Progress(t.Context())
	if err != nil || len(progress.Badges) != 1 {
		t.Errorf("progress: %+v, %v", progress.Badges, err)
	}
	if self, err := p.As(p.Member).Me().Get(t.Context()); err != nil || len(self.Badges) != 1 || self.Badges[0].Title != "Mentor" {
		t.Errorf("own record: %+v, %v", self.Badges, err)
	}
	if _, err := team.Update(t.Context(), made.ID, api.BadgeInput{Title: "Guide", Action: api.BadgeCustom}); err != nil {
		t.Fatal(err)
	}
	shows("Guide")
	if err := p.As(p.Member).Me().ShowBadges(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	shows()
	if err := p.As(p.Member).Me().ShowBadges(t.Context(), []string{made.ID}); err != nil {
		t.Fatal(err)
	}
	shows("Guide")
	if _, err := team.Remove(t.Context(), made.ID, "mia"); err != nil {
		t.Fatal(err)
	}
	shows()
}
