package member_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/member"
)

func seeds(n int) []member.Seed {
	out := make([]member.Seed, n)
	for i := range out {
		name := fmt.Sprintf("member-%06d", i)
		out[i] = member.Seed{Username: name, Email: name + "@example.com", DisplayName: fmt.Sprintf("Émile %d", i)}
	}
	return out
}

func TestCreateManyNumbersInOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.join(t, "grace", api.RoleMember)
		many := seeds(1203)
		many[7] = member.Seed{Username: "tagged", DisplayName: "Tagged", Tags: []string{"vip"}, Fields: map[string]string{"lots": "3"}, IsDummy: true, Role: api.RoleAdmin}
		refs, err := w.s.CreateMany(t.Context(), w.home.ID, many)
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range refs {
			if r.No != int64(i)+2 || r.Username != many[i].Username {
				t.Fatalf("got %+v at %d", r, i)
			}
		}
		cards, err := w.s.Cards(t.Context(), w.home.ID, []int64{1, 9, 9, 99999})
		if err != nil {
			t.Fatal(err)
		}
		want := map[int64]member.Card{
			1: {ID: cards[1].ID, No: 1, Username: "grace", DisplayName: "grace", Role: api.RoleMember},
			9: {ID: refs[7].ID, No: 9, Username: "tagged", DisplayName: "Tagged", Role: api.RoleAdmin, Tags: []string{"vip"}, IsDummy: true, Fields: map[string]string{"lots": "3"}},
		}
		if diff := cmp.Diff(want, cards); diff != "" {
			t.Error(diff)
		}
		all := make([]int64, 1204)
		for i := range all {
			all[i] = int64(i) + 1
		}
		if cards, err = w.s.Cards(t.Context(), w.home.ID, all); err != nil || len(cards) != 1204 {
			t.Errorf("got %d cards and %v", len(cards), err)
		}
		if _, err := w.s.CreateMany(t.Context(), w.home.ID, seeds(1)); !errors.Is(err, &api.Error{Code: "user_exists"}) {
			t.Errorf("got %v, want user_exists", err)
		}
		if _, err := w.s.CreateMany(t.Context(), w.home.ID, []member.Seed{{Username: "no good"}}); !api.IsKind(err, api.Invalid) {
			t.Errorf("got %v, want Invalid", err)
		}
	})
}

func TestEachStreamsAllInOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		if _, err := w.s.CreateMany(t.Context(), w.home.ID, seeds(5007)); err != nil {
			t.Fatal(err)
		}
		next := int64(1)
		err := w.s.Each(t.Context(), w.home.ID, func(c member.Card) error {
			if c.No != next {
				return fmt.Errorf("got number %d, want %d", c.No, next)
			}
			next++
			return nil
		})
		if err != nil || next != 5008 {
			t.Errorf("ended at %d with %v", next, err)
		}
		stop := errors.New("enough")
		if err := w.s.Each(t.Context(), w.home.ID, func(member.Card) error { return stop }); !errors.Is(err, stop) {
			t.Errorf("got %v, want the function's error", err)
		}
	})
}

func TestResolveForgetsWhatChanged(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		owner := w.team(t, "olga", api.RoleOwner)
		u := w.join(t, "Gráce", api.RoleMember)
		want := member.Ref{ID: u.ID, No: 2, Username: "Gráce", Role: api.RoleMember}
		for _, ref := range []string{u.ID, "2", "gráce", "GRA\u0301CE", " Gráce@EXAMPLE.com "} {
			for range 2 {
				got, err := w.s.Resolve(t.Context(), w.home.ID, ref)
				if err != nil || got != want {
					t.Errorf("%q: got %+v, %v, want %+v", ref, got, err, want)
				}
			}
		}
		w.call(t, "POST", "/v1/users/manage", owner, map[string]any{"action": "delete", "user": u.ID}).Want(t, 200)
		for _, ref := range []string{u.ID, "2", "gráce", "gráce@example.com"} {
			if got, err := w.s.Resolve(t.Context(), w.home.ID, ref); err != nil || !got.Deleted {
				t.Errorf("%q: got %+v, %v, want it deleted", ref, got, err)
			}
		}
		for _, ref := range []string{"", "nobody", "3", "99999999999999999999999", "x@y", api.NewID(), "a\x00b\xff", "0"} {
			if _, err := w.s.Resolve(t.Context(), w.home.ID, ref); !errors.Is(err, &api.Error{Code: "user_not_found"}) {
				t.Errorf("%q: got %v, want user_not_found", ref, err)
			}
		}
	})
}

func BenchmarkCreateMany(b *testing.B) {
	w := newWorld(b, dbtest.Open(b))
	many := seeds(20_000)
	for i := 0; b.Loop(); i++ {
		for j := range many {
			many[j].Username = fmt.Sprintf("m%d-%d", i, j)
			many[j].Email = many[j].Username + "@example.com"
		}
		if _, err := w.s.CreateMany(b.Context(), w.home.ID, many); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*len(many))/b.Elapsed().Seconds(), "members/s")
}

func BenchmarkCards(b *testing.B) {
	w := newWorld(b, dbtest.Open(b))
	if _, err := w.s.CreateMany(b.Context(), w.home.ID, seeds(20_000)); err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{21, 100} {
		nos := make([]int64, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				for j := range nos {
					nos[j] = int64((i*7919+j*104729)%20_000) + 1
				}
				if _, err := w.s.Cards(b.Context(), w.home.ID, nos); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
