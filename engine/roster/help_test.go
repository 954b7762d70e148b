package roster_test

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/event"
	"laurel/engine/ledger"
	"laurel/engine/member"
	"laurel/engine/rest"
	"laurel/engine/rest/resttest"
	"laurel/engine/roster"
)

// world is a community with everything that the roster stands on.
type world struct {
	*rest.Kit
	s           *roster.Service
	members     *member.Service
	ledger      *ledger.Service
	communities *community.Service
	clock       *resttest.Clock
	home        api.Community
	team        context.Context // acts as an admin
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	clock := resttest.NewClock()
	k := resttest.Kit(t, d, clock)
	box, err := auth.NewKeyring(auth.MasterKey{1})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{Kit: k, communities: community.New(k, box), clock: clock}
	mailer := event.NewMailer(d, k.Now, k.Log(), event.MailConfig{Seal: box.Seal, Open: box.Open})
	w.members = member.New(k, w.communities, mailer, member.Config{BaseURL: "https://club.example.com", Hasher: auth.NewHasher(auth.CheapParams(), 4)})
	w.ledger = ledger.New(k, w.communities, w.members)
	w.s = roster.New(k, w.members, w.ledger)
	w.communities.OnCreate = w.ledger.Defaults
	w.members.Wallets, w.members.List, w.members.OnSeen = w.ledger.Wallets, w.s.List, w.s.Seen
	w.members.OnChange = w.s.Changed
	w.communities.Routes()
	w.members.Routes()
	w.ledger.Routes()
	w.s.Routes()
	if w.home, _, err = w.communities.Create(t.Context(), community.Draft{Name: "Northwind", URI: "northwind", Timezone: "Europe/Lisbon"}); err != nil {
		t.Fatal(err)
	}
	w.team = rest.WithCaller(t.Context(), rest.Caller{Kind: rest.UserToken, CommunityID: w.home.ID, MemberID: "000000000000000000000001", Role: api.RoleAdmin, Name: "adam"})
	return w
}

func (w *world) key(t testing.TB, permissions ...api.Permission) string {
	t.Helper()
	k, err := w.communities.IssueKey(t.Context(), w.home.ID, community.KindCommunity, "", api.NewAPIKey{Name: "test", Permissions: permissions})
	if err != nil {
		t.Fatal(err)
	}
	return k.Key
}

func (w *world) call(t testing.TB, method, path, credential string, body any) resttest.Reply {
	t.Helper()
	return resttest.Call(t, w.Kit, method, path, credential, body)
}

// fields makes one field of each kind.
func (w *world) fields(t testing.TB, key string) {
	t.Helper()
	for _, f := range []map[string]any{
		{"field": "country", "name": "Country", "type": "select", "options": []string{"PT", "ES", "DE", "JP"}},
		{"field": "deposits", "name": "Total deposits", "type": "number"},
		{"field": "birthday", "name": "Birthday", "type": "date"},
		{"field": "vip", "name": "VIP", "type": "boolean"},
		{"field": "phone", "name": "Phone", "type": "single-line-text", "private": true},
	} {
		w.call(t, "POST", "/v1/communities/"+w.home.ID+"/user-fields", key, f).Want(t, 201)
	}
}

// seeds are members with values of every kind, some missing.
func seeds(r *rand.Rand, n int, now time.Time) []member.Seed {
	out := make([]member.Seed, n)
	for i := range out {
		s := member.Seed{
			Username: "m" + pad(i), Email: "M" + pad(i) + "@example.com", FirstName: pick(r, "Ana", "Bo", "Chi", ""), LastName: pick(r, "Silva", "Lund"),
			Language: pick(r, "en", "es", "de"), IsDummy: r.IntN(15) == 0, CreatedAt: now.Add(-time.Duration(r.IntN(400*24)) * time.Hour),
			Fields: map[string]string{},
		}
		if r.IntN(3) == 0 {
			s.Tags = []string{pick(r, "whale", "new", "ambassador")}
		}
		if r.IntN(5) > 0 {
			s.Fields["country"] = pick(r, "PT", "ES", "DE", "JP")
		}
		if r.IntN(5) > 0 {
			s.Fields["deposits"] = pick(r, "0", "12.5", "100", "-3", "99999")
		}
		if r.IntN(5) > 0 {
			s.Fields["birthday"] = pick(r, "1990-05-31", "1999-12-31", "2001-01-01", "2001-01-01T10:00:00Z")
		}
		if r.IntN(2) > 0 {
			s.Fields["vip"] = pick(r, "true", "false")
		}
		s.Fields["phone"] = "+351" + pad(i)
		out[i] = s
	}
	return out
}

func pick(r *rand.Rand, of ...string) string { return of[r.IntN(len(of))] }

func pad(i int) string {
	const digits = "0123456789"
	b := []byte("a000000")
	for k := len(b) - 1; k > 0; k-- {
		b[k] = digits[i%10]
		i /= 10
	}
	return string(b)
}

// holders knows one role, which two members have.
func holders(_ context.Context, _, role string) ([]int64, bool, error) {
	return []int64{2, 4}, role == "Moderator", nil
}
