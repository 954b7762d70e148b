package member_test

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/event"
	"laurel/engine/member"
	"laurel/engine/rest"
	"laurel/engine/rest/resttest"
)

const password = "correct horse battery"

// world is a community with its members' operations, and what hooks heard.
type world struct {
	*rest.Kit
	s           *member.Service
	communities *community.Service
	clock       *resttest.Clock
	box         *auth.Keyring
	home        api.Community
	secrets     community.Secrets

	mu        sync.Mutex
	visits    []string
	referrals []string
	changes   int
	numbers   map[string]int64
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	clock := resttest.NewClock()
	k := resttest.Kit(t, d, clock)
	box, err := auth.NewKeyring(auth.MasterKey{1})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{Kit: k, communities: community.New(k, box), box: box, clock: clock, numbers: map[string]int64{}}
	w.s = w.service(auth.NewHasher(auth.CheapParams(), 4))
	w.communities.Routes()
	w.s.Routes()
	w.home, w.secrets = w.community(t, "northwind")
	return w
}

func (w *world) service(h *auth.Hasher) *member.Service {
	mailer := event.NewMailer(w.DB(), w.Now, w.Log(), event.MailConfig{Seal: w.box.Seal, Open: w.box.Open})
	s := member.New(w.Kit, w.communities, mailer, member.Config{BaseURL: "https://club.example.com/", Hasher: h})
	s.OnVisit = func(_ context.Context, _ string, ref member.Ref) {
		w.note(func() { w.visits = append(w.visits, ref.Username) })
	}
	s.OnReferral = func(_ context.Context, _ string, by, newcomer member.Ref) {
		w.note(func() { w.referrals = append(w.referrals, by.Username+">"+newcomer.Username) })
	}
	s.OnChange = func(string, member.Ref) { w.note(func() { w.changes++ }) }
	s.OnField = func(_ context.Context, _ string, _ member.Ref, key string, v int64) {
		w.note(func() { w.numbers[key] = v })
	}
	s.List = func(ctx context.Context, communityID string, q member.Window) (out member.Listed, err error) {
		deleted := q.Filter["is_deleted"] == true
		err = s.Each(ctx, communityID, func(c member.Card) error {
			if c.Deleted == deleted {
				out.Nos, out.Total = append(out.Nos, c.No), out.Total+1
			}
			return nil
		})
		return out, err
	}
	s.Wallets = func(_ context.Context, _ string, ids []string) (map[string]api.Wallet, error) {
		out := map[string]api.Wallet{}
		for _, id := range ids {
			out[id] = api.Wallet{XP: 120, Coins: 7, Messages: 3}
		}
		return out, nil
	}
	return s
}

func (w *world) note(fn func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	fn()
}

func (w *world) community(t testing.TB, uri string) (api.Community, community.Secrets) {
	t.Helper()
	c, secrets, err := w.communities.Create(t.Context(), community.Draft{Name: "Club " + uri, URI: uri, Timezone: "Europe/Lisbon", Domain: uri + ".example.net"})
	if err != nil {
		t.Fatal(err)
	}
	return c, secrets
}

// join makes a confirmed member with a password.
func (w *world) join(t *testing.T, name string, role api.Role) api.User {
	t.Helper()
	u, err := w.s.Create(t.Context(), w.home.ID, api.NewUser{Username: name, Email: name + "@example.com", Password: password, Role: role})
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// signIn signs a member of join in.
func (w *world) signIn(t *testing.T, name string) string {
	t.Helper()
	return w.call(t, "POST", "/v1/auth/login", "", map[string]any{"communityId": "northwind", "login": name, "password": password}).
		Want(t, 200).Text("data.token")
}

// team makes a member of the role and signs it in.
func (w *world) team(t *testing.T, name string, role api.Role) string {
	t.Helper()
	w.join(t, name, role)
	return w.signIn(t, name)
}

// key makes a community key.
func (w *world) key(t *testing.T, permissions ...api.Permission) string {
	t.Helper()
	k, err := w.communities.IssueKey(t.Context(), w.home.ID, community.KindCommunity, "", api.NewAPIKey{Name: "test", Permissions: permissions})
	if err != nil {
		t.Fatal(err)
	}
	return k.Key
}

func (w *world) call(t *testing.T, method, path, credential string, body any, header ...string) resttest.Reply {
	t.Helper()
	return resttest.Call(t, w.Kit, method, path, credential, body, header...)
}

// mails are the texts of mails to an address, newest last.
func (w *world) mails(t *testing.T, to string) []string {
	t.Helper()
	rows, err := w.DB().Read().Query(t.Context(), `SELECT id, body FROM mails WHERE recipient = $1 ORDER BY created_at, id`, to)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var out []string
	for rows.Next() {
		var id, sealed string
		if err := rows.Scan(&id, &sealed); err != nil {
			t.Fatal(err)
		}
		text, err := w.box.Open(sealed, event.MailPlace(id))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(text))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

var tokenForm = regexp.MustCompile(`https://club\.example\.com/(verify|reset)#token=(\S+)`)

// token is the one-use token of the last mail to an address.
func (w *world) token(t *testing.T, to string) string {
	t.Helper()
	all := w.mails(t, to)
	if len(all) == 0 {
		t.Fatalf("no mail to %s", to)
	}
	m := tokenForm.FindStringSubmatch(all[len(all)-1])
	if m == nil {
		t.Fatalf("no link in %q", all[len(all)-1])
	}
	w.clock.Advance(time.Millisecond) // so that the next mail is newer
	return m[2]
}

// wantField fails unless the reply names the field.
func wantField(t *testing.T, r resttest.Reply, field string) {
	t.Helper()
	if field != "" && !strings.Contains(r.Raw, `"field":"`+field+`"`) {
		t.Errorf("no field %q in %s", field, r.Raw)
	}
}

// from is the same world called from another address.
func (w *world) from(ip string) caller { return caller{w, ip} }

type caller struct {
	w  *world
	ip string
}

func (c caller) call(t *testing.T, method, path, credential string, body any) resttest.Reply {
	t.Helper()
	h := http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		r.RemoteAddr = c.ip + ":4321"
		c.w.ServeHTTP(rw, r)
	})
	return resttest.Call(t, h, method, path, credential, body)
}

// newWorldOver is another process over the same database.
func newWorldOver(t *testing.T, old *world) *world {
	t.Helper()
	return newWorldWith(t, old, auth.NewHasher(auth.CheapParams(), 4))
}

// newWorldWith is another process with other costs of a password.
func newWorldWith(t *testing.T, old *world, h *auth.Hasher) *world {
	t.Helper()
	k := resttest.Kit(t, old.DB(), old.clock)
	box, err := auth.NewKeyring(auth.MasterKey{1})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{Kit: k, communities: community.New(k, box), box: box, clock: old.clock, home: old.home, secrets: old.secrets, numbers: map[string]int64{}}
	w.s = w.service(h)
	w.s.Routes()
	return w
}

func exporters() map[string]func(context.Context, string, member.Ref) (any, error) {
	return map[string]func(context.Context, string, member.Ref) (any, error){
		"ledger": func(context.Context, string, member.Ref) (any, error) { return "all of it", nil },
	}
}

// dump names the columns of the database that hold the text.
func (w *world) dump(t *testing.T, text string) []string {
	t.Helper()
	var out []string
	for table, columns := range map[string][]string{
		"members": {"username", "email", "email_key", "password_hash", "custom"}, "api_keys": {"hash", "prefix", "name"},
		"logins": {"jti", "ip", "user_agent"}, "login_failures": {"account"}, "one_use_tokens": {"hash", "id", "data"},
		"mails": {"recipient", "subject", "body", "error"}, "audit_log": {"target_name", "actor_name", "before", "after"},
		"idempotency": {"key", "reply"},
	} {
		for _, column := range columns {
			var n int
			query := "SELECT count(*) FROM " + table + " WHERE " + column + " LIKE $1"
			if err := w.DB().Read().QueryRow(t.Context(), query, "%"+text+"%").Scan(&n); err != nil {
				t.Fatal(err)
			}
			if n > 0 {
				out = append(out, table+"."+column)
			}
		}
	}
	slices.Sort(out)
	return out
}
