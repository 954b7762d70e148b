package badge_test

import (
	"slices"
	"testing"

	"laurel/api"
	"laurel/engine/badge"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/ledger"
	"laurel/engine/rest/resttest"
)

// TestAutomaticBadgeIsAwardedOnce also ends the process between the act and
// the award, takes the badge away, and has two nodes follow at once.
func TestAutomaticBadgeIsAwardedOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ann, bob := w.join(t, "ann"), w.join(t, "bob")
		b := w.make(t, api.BadgeInput{Title: "Talker", Action: api.BadgeMessages, Quantity: ptr(int64(3)), XP: ptr(int64(50)), Coins: ptr(int64(7))})
		w.act(t, ann, "message", 2)
		w.catchUp(t, w.s)
		if got := w.titles(t, ann); len(got) != 0 {
			t.Errorf("before the quantity: %v", got)
		}
		w.act(t, ann, "message", 1)
		before := w.wallet(t, ann)
		nodes := []*badge.Service{w.again(), w.again()} // nobody followed the act before the end
		for range 2 {
			for _, s := range nodes {
				w.catchUp(t, s)
			}
		}
		if got := w.titles(t, ann); !slices.Equal(got, []string{"Talker"}) {
			t.Errorf("ann holds %v", got)
		}
		after := w.wallet(t, ann)
		if after.XP-before.XP != 50 || after.Coins-before.Coins != 7 {
			t.Errorf("paid %d XP and %d coins, want 50 and 7", after.XP-before.XP, after.Coins-before.Coins)
		}
		if got := w.titles(t, bob); len(got) != 0 {
			t.Errorf("bob did nothing and holds %v", got)
		}
		if _, err := w.s.Revoke(t.Context(), w.home.ID, b.ID, "ann"); err != nil {
			t.Fatal(err)
		}
		w.act(t, ann, "message", 1)
		w.catchUp(t, w.s)
		if got := w.titles(t, ann); len(got) != 0 {
			t.Errorf("a rule brought back what was taken away: %v", got)
		}
		paid := w.wallet(t, ann).Coins
		list, err := w.s.Award(t.Context(), w.home.ID, b.ID, "ann")
		if err != nil || len(list) != 1 || list[0].Holders != 1 {
			t.Errorf("given back: %+v, %v", list, err)
		}
		if got := w.wallet(t, ann).Coins; got != paid {
			t.Errorf("given back, it paid again: %d coins, had %d", got, paid)
		}
		w.sound(t)
	})
}

// TestNewBadgeJudgesThePast has one for what members did before it was made,
// and another that is lowered until it is reached.
func TestNewBadgeJudgesThePast(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ann := w.join(t, "ann")
		w.act(t, ann, "message", 4)
		w.catchUp(t, w.s)
		w.make(t, api.BadgeInput{Title: "Three", Action: api.BadgeMessages, Quantity: ptr(int64(3))})
		nine := w.make(t, api.BadgeInput{Title: "Nine", Action: api.BadgeMessages, Quantity: ptr(int64(9))})
		w.catchUp(t, w.again())
		if got := w.titles(t, ann); !slices.Equal(got, []string{"Three"}) {
			t.Errorf("ann holds %v, want Three", got)
		}
		if _, err := w.s.Update(t.Context(), w.home.ID, nine.ID, api.BadgeInput{Title: "Four", Action: api.BadgeMessages, Quantity: ptr(int64(4))}); err != nil {
			t.Fatal(err)
		}
		w.clock.Advance(1)
		w.catchUp(t, w.s)
		if got := w.titles(t, ann); !slices.Contains(got, "Four") {
			t.Errorf("ann holds %v, want Four too", got)
		}
	})
}

// TestEveryActionCounts reaches each automatic badge by what it counts.
func TestEveryActionCounts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ann := w.join(t, "ann")
		for _, a := range api.BadgeActions()[1:] {
			w.make(t, api.BadgeInput{Title: string(a), Action: a, Quantity: ptr(int64(2))})
		}
		for range 3 {
			w.clock.Advance(24 * 3600e9)
			for _, action := range []string{"visit", "message", "reply", "react", "refer"} {
				if _, err := w.ledger.RecordOne(t.Context(), w.home.ID, ledger.Act{Member: ann, Action: action}); err != nil {
					t.Fatal(err)
				}
			}
		}
		w.catchUp(t, w.s)
		got := w.titles(t, ann)
		for _, a := range api.BadgeActions()[1:] {
			if !slices.Contains(got, string(a)) {
				t.Errorf("%s was reached and is not held: %v", a, got)
			}
		}
	})
}

// TestHistoryIsDatedBack records a past and wants the award in it.
func TestHistoryIsDatedBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ann := w.join(t, "ann")
		w.make(t, api.BadgeInput{Title: "Talker", Action: api.BadgeMessages, Quantity: ptr(int64(1)), XP: ptr(int64(5))})
		past := w.clock.Now().AddDate(0, 0, -30)
		err := w.s.Live(t.Context(), w.home.ID, func() error {
			_, err := w.ledger.Bulk(t.Context(), w.home.ID, []ledger.Act{{Member: ann, Action: "message", Source: "demo", OccurredAt: past}})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		held, err := w.s.Held(t.Context(), w.home.ID, ann.ID)
		if err != nil || len(held) != 1 || !held[0].AwardedAt.Equal(past) {
			t.Errorf("held: %+v, %v", held, err)
		}
		entries, err := w.ledger.Since(t.Context(), w.home.ID, 0, 10)
		if err != nil || len(entries) != 2 || !entries[1].CreatedAt.Equal(past) {
			t.Errorf("entries: %+v, %v", entries, err)
		}
		w.sound(t)
	})
}

// TestShownBadges follows what stands beside a name: the first ones, then
// what was chosen.
func TestShownBadges(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ann := w.join(t, "ann")
		var ids []string
		for _, title := range []string{"A", "B", "C", "D", "E"} {
			b := w.make(t, api.BadgeInput{Title: title, Action: api.BadgeCustom})
			ids = append(ids, b.ID)
			if title == "E" {
				break
			}
			if _, err := w.s.Award(t.Context(), w.home.ID, b.ID, "ann"); err != nil {
				t.Fatal(err)
			}
		}
		want := func(what string, titles ...string) {
			t.Helper()
			faces, err := w.s.FacesOf(t.Context(), w.home.ID, []string{ann.ID})
			got := []string{}
			for _, f := range faces[ann.ID] {
				got = append(got, f.Title)
			}
			if err != nil || !slices.Equal(got, titles) {
				t.Errorf("%s: shows %v (%v), want %v", what, got, err, titles)
			}
		}
		want("untouched", "A", "B", "C")
		for _, bad := range [][]string{{ids[0], ids[0]}, {ids[4]}, {ids[0], ids[1], ids[2], ids[3]}, {"x"}} {
			if err := w.s.Show(t.Context(), w.home.ID, ann, bad); !api.IsKind(err, api.Invalid) {
				t.Errorf("%v: got %v, want Invalid", bad, err)
			}
		}
		if err := w.s.Show(t.Context(), w.home.ID, ann, []string{ids[3], ids[1]}); err != nil {
			t.Fatal(err)
		}
		want("chosen", "D", "B")
		if _, err := w.s.Award(t.Context(), w.home.ID, ids[4], "ann"); err != nil {
			t.Fatal(err)
		}
		want("a new one does not push in", "D", "B")
		if _, err := w.s.Revoke(t.Context(), w.home.ID, ids[3], "ann"); err != nil {
			t.Fatal(err)
		}
		want("taken away", "B")
		if _, err := w.s.Delete(t.Context(), w.home.ID, ids[1]); err != nil {
			t.Fatal(err)
		}
		want("deleted")
	})
}

// TestOtherCommunitySeesNothing asks by another community's system key.
func TestOtherCommunitySeesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ann := w.join(t, "ann")
		b := w.make(t, api.BadgeInput{Title: "Ours", Action: api.BadgeCustom})
		a, err := w.s.Apply(t.Context(), w.home.ID, b.ID, ann, "please", nil)
		if err != nil {
			t.Fatal(err)
		}
		_, secrets, err := w.homes.Create(t.Context(), community.Draft{Name: "Elsewhere"})
		if err != nil {
			t.Fatal(err)
		}
		other := "key:" + secrets.SystemKey
		if got := resttest.Call(t, w, "GET", "/api/v1/badges", other, nil).Want(t, 200); len(got.At("body").([]any)) != 0 {
			t.Errorf("sees %s", got.Raw)
		}
		if got := resttest.Call(t, w, "GET", "/v1/badges/applications", other, nil).Want(t, 200); len(got.At("data").([]any)) != 0 {
			t.Errorf("sees %s", got.Raw)
		}
		for _, c := range []struct {
			method, path string
			body         any
		}{
			{"PUT", "/api/v1/badges/" + b.ID, api.BadgeInput{Title: "Theirs", Action: api.BadgeCustom}},
			{"DELETE", "/api/v1/badges/" + b.ID, nil},
			{"POST", "/api/v1/badges/" + b.ID + "/award", api.BadgeUser{UserID: ann.ID}},
			{"POST", "/api/v1/badges/" + b.ID + "/remove", api.BadgeUser{UserID: ann.ID}},
			{"GET", "/v1/badges/" + b.ID + "/holders", nil},
			{"POST", "/v1/badges/applications/" + a.ID + "/approve", nil},
			{"POST", "/v1/badges/applications/" + a.ID + "/refuse", api.BadgeRefusal{Reason: "x"}},
			{"GET", "/v1/badges/applications/" + a.ID + "/proofs/1", nil},
		} {
			resttest.Call(t, w, c.method, c.path, other, c.body).Want(t, 404)
		}
	})
}
