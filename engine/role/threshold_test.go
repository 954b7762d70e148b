package role_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/ledger"
	"laurel/engine/member"
	"laurel/engine/rest"
	"laurel/engine/rest/resttest"
	"laurel/engine/role"
)

// world is a community whose ledger gives roles.
type world struct {
	*rest.Kit
	s      *role.Service
	ledger *ledger.Service
	home   api.Community
	key    string
	people []member.Ref
}

func newWorld(t testing.TB, d *db.DB, people int) *world {
	t.Helper()
	k := resttest.Kit(t, d, resttest.NewClock())
	box, err := auth.NewKeyring(auth.MasterKey{1})
	if err != nil {
		t.Fatal(err)
	}
	communities := community.New(k, box)
	members := member.New(k, communities, nil, member.Config{Hasher: auth.NewHasher(auth.CheapParams(), 2)})
	w := &world{Kit: k, s: role.New(k, members), ledger: ledger.New(k, communities, members)}
	communities.OnCreate = func(ctx context.Context, tx *db.Tx, id string) error {
		if err := w.ledger.Defaults(ctx, tx, id); err != nil {
			return err
		}
		return w.s.Defaults(ctx, tx, id)
	}
	w.ledger.Rewards = []ledger.Reward{w.s.ByXP}
	w.s.Routes()
	if w.home, _, err = communities.Create(t.Context(), community.Draft{Name: "Northwind Traders", URI: "northwind"}); err != nil {
		t.Fatal(err)
	}
	w.key = w.admin(t)
	for i := range people {
		name := fmt.Sprintf("m%d", i)
		if _, err := members.Create(t.Context(), w.home.ID, api.NewUser{Username: name, Email: name + "@example.com"}); err != nil {
			t.Fatal(err)
		}
		ref, err := members.Resolve(t.Context(), w.home.ID, name)
		if err != nil {
			t.Fatal(err)
		}
		w.people = append(w.people, ref)
	}
	return w
}

// admin gives a user token of an admin.
func (w *world) admin(t testing.TB) string {
	t.Helper()
	id := api.NewID()
	token, claims, err := w.Tokens().Sign(id, w.home.ID)
	if err != nil {
		t.Fatal(err)
	}
	err = w.DB().Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO members (community_id, id, no, username, username_key, email, email_key, role, created_at, updated_at)
			VALUES ($1,$2,1000,'boss','boss','boss@example.com','boss@example.com','admin',1,1)`, w.home.ID, id)
		if err == nil {
			_, err = tx.Exec(ctx, `INSERT INTO logins (jti, community_id, member_id, created_at, expires_at) VALUES ($1,$2,$3,$4,$5)`,
				claims.ID, w.home.ID, id, db.Micros(w.Now()), db.Micros(claims.ExpiresAt))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func (w *world) role(t testing.TB, title string) string {
	t.Helper()
	r, err := w.s.Create(t.Context(), w.home.ID, api.RoleInput{Title: &title})
	if err != nil {
		t.Fatal(err)
	}
	return r.ID
}

// xp changes a member's XP and lets the reader catch up.
func (w *world) xp(t testing.TB, who member.Ref, n int64) {
	t.Helper()
	err := w.DB().Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := w.ledger.Post(ctx, tx, w.home.ID, []ledger.Posting{{Member: who, Action: "adjustment", XP: n, Source: "api"}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.ledger.CatchUp(t.Context(), w.home.ID); err != nil {
		t.Fatal(err)
	}
}

func (w *world) has(t testing.TB, who member.Ref, want ...string) {
	t.Helper()
	got, err := w.s.Names(t.Context(), w.home.ID, who.ID)
	if err != nil {
		t.Fatal(err)
	}
	if want = append(want, "@all"); !slices.Equal(got, want) {
		t.Errorf("%s: got roles %q, want %q", who.Username, got, want)
	}
}

const thresholds = "/v1/gamification/role-thresholds"

func (w *world) set(t testing.TB, list ...api.RoleThreshold) resttest.Reply {
	t.Helper()
	if list == nil {
		list = []api.RoleThreshold{}
	}
	return resttest.Call(t, w, "PUT", thresholds, w.key, api.RoleThresholds{Thresholds: list})
}

func TestRolesComeWithXP(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, 3)
		regular, elder := w.role(t, "Regular"), w.role(t, "Elder")
		w.xp(t, w.people[0], 150)
		w.set(t, api.RoleThreshold{RoleID: regular, XP: 100, TakeBack: true}, api.RoleThreshold{RoleID: elder, XP: 500}).Want(t, 200)
		w.has(t, w.people[0])
		if err := w.s.SettleThresholds(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := resttest.Call(t, w, "GET", thresholds, w.key, nil).Want(t, 200); !strings.Contains(got.Raw, `"role":"Regular","xp":100,"takeBack":true,"settled":true`) || !strings.Contains(got.Raw, `"role":"Elder"`) {
			t.Errorf("got %s", got.Raw)
		}
		w.has(t, w.people[0], "Regular")
		w.xp(t, w.people[1], 99)
		w.has(t, w.people[1])
		w.xp(t, w.people[1], 1)
		w.has(t, w.people[1], "Regular")
		w.xp(t, w.people[1], 400)
		w.has(t, w.people[1], "Regular", "Elder")
		w.xp(t, w.people[1], -450)
		w.has(t, w.people[1], "Elder") // kept: it is not taken back
		w.xp(t, w.people[1], 60)
		w.has(t, w.people[1], "Regular", "Elder")
	})
}

func TestOnlyWhatXPGaveIsTakenBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, 2)
		regular := w.role(t, "Regular")
		if _, err := w.s.Give(t.Context(), w.home.ID, regular, "m0"); err != nil {
			t.Fatal(err)
		}
		w.set(t, api.RoleThreshold{RoleID: regular, XP: 10, TakeBack: true}).Want(t, 200)
		for _, who := range w.people {
			w.xp(t, who, 20)
			w.xp(t, who, -15)
		}
		w.has(t, w.people[0], "Regular")
		w.has(t, w.people[1])
		w.xp(t, w.people[1], 15)
		w.set(t, api.RoleThreshold{RoleID: regular, XP: 1000, TakeBack: true}).Want(t, 200)
		if err := w.s.SettleThresholds(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.has(t, w.people[1])
		if _, err := w.s.Delete(t.Context(), w.home.ID, regular); err != nil {
			t.Fatal(err)
		}
		w.xp(t, w.people[1], 2000)
		w.has(t, w.people[1])
	})
}

func TestThresholdsAreChecked(t *testing.T) {
	w := newWorld(t, dbtest.Open(t), 0)
	regular := w.role(t, "Regular")
	for name, list := range map[string][]api.RoleThreshold{
		"unknown": {{RoleID: api.NewID(), XP: 5}},
		"twice":   {{RoleID: regular, XP: 5}, {RoleID: regular, XP: 6}},
		"no XP":   {{RoleID: regular}},
	} {
		if got := w.set(t, list...); got.Status != 400 {
			t.Errorf("%s: got %d %s", name, got.Status, got.Raw)
		}
	}
	w.set(t, api.RoleThreshold{RoleID: w.home.ID, XP: 5}).Want(t, 409, "role_is_default")
	w.set(t, api.RoleThreshold{RoleID: regular, XP: 5}).Want(t, 200)
	if got := w.set(t).Want(t, 200); !strings.Contains(got.Raw, `"thresholds":[]`) {
		t.Errorf("got %s", got.Raw)
	}
}
