package ledger_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/ledger"
	"laurel/engine/member"
	"laurel/engine/rest"
	"laurel/engine/rest/resttest"
)

// world is a community in Lisbon with its ledger and a few members.
type world struct {
	*rest.Kit
	s           *ledger.Service
	communities *community.Service
	members     *member.Service
	clock       *resttest.Clock
	home        api.Community
	secrets     community.Secrets
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	clock := resttest.NewClock()
	k := resttest.Kit(t, d, clock)
	box, err := auth.NewKeyring(auth.MasterKey{1})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{Kit: k, clock: clock, communities: community.New(k, box)}
	w.members = member.New(k, w.communities, nil, member.Config{})
	w.s = ledger.New(k, w.communities, w.members)
	w.communities.OnCreate = w.s.Defaults
	w.s.Routes()
	w.home, w.secrets, err = w.communities.Create(t.Context(), community.Draft{Name: "Northwind Traders", URI: "northwind", Timezone: "Europe/Lisbon"})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// member makes a member of the role in a community.
func (w *world) member(t testing.TB, communityID, name string, role api.Role) member.Ref {
	t.Helper()
	r := member.Ref{ID: api.NewID(), Username: name, Role: role}
	err := w.DB().Write(context.Background(), func(ctx context.Context, tx *db.Tx) error {
		now := db.Micros(w.Now())
		return tx.QueryRow(ctx, `INSERT INTO members (community_id, id, no, username, username_key, email, email_key, role, created_at, updated_at)
			VALUES ($1,$2,(SELECT COALESCE(max(no),0)+1 FROM members WHERE community_id = $1),$3,$3,$4,$4,$5,$6,$6) RETURNING no`,
			communityID, r.ID, name, name+"@example.com", string(role), now).Scan(&r.No)
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// signIn gives a user token of the member.
func (w *world) signIn(t testing.TB, who member.Ref) string {
	t.Helper()
	token, claims, err := w.Tokens().Sign(who.ID, w.home.ID)
	if err != nil {
		t.Fatal(err)
	}
	err = w.DB().Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO logins (jti, community_id, member_id, created_at, expires_at) VALUES ($1,$2,$3,$4,$5)`,
			claims.ID, w.home.ID, who.ID, db.Micros(w.Now()), db.Micros(claims.ExpiresAt))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// key issues a community key with the permissions.
func (w *world) key(t testing.TB, permissions ...api.Permission) string {
	t.Helper()
	k, err := w.communities.IssueKey(t.Context(), w.home.ID, community.KindCommunity, "", api.NewAPIKey{Name: "test", Permissions: permissions})
	if err != nil {
		t.Fatal(err)
	}
	return k.Key
}

// people makes n members named m1, m2, …
func (w *world) people(t testing.TB, n int) []member.Ref {
	t.Helper()
	out := make([]member.Ref, n)
	for i := range out {
		out[i] = w.member(t, w.home.ID, fmt.Sprintf("m%d", i+1), api.RoleMember)
	}
	return out
}

func (w *world) record(t testing.TB, acts ...ledger.Act) []api.Award {
	t.Helper()
	awards, err := w.s.Record(context.Background(), w.home.ID, acts)
	if err != nil {
		t.Fatal(err)
	}
	return awards
}

// act is an act of now plus an offset.
func (w *world) act(who member.Ref, action string, offset time.Duration) ledger.Act {
	return ledger.Act{Member: who, Action: action, Source: "api", OccurredAt: w.Now().Add(offset)}
}

func (w *world) rules(t testing.TB, rules ...api.ActionRule) {
	t.Helper()
	resttest.Call(t, w, "PUT", "/v1/gamification/rules", w.signIn(t, w.member(t, w.home.ID, "admin"+api.NewID(), api.RoleAdmin)), rules).Want(t, 200)
}

// balanced fails the test unless the books balance.
func (w *world) balanced(t testing.TB) {
	t.Helper()
	report, err := w.s.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !report.OK() {
		t.Errorf("the books do not balance: %v", report.Faults)
	}
}
