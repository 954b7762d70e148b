// Package portaltest gives tests the ready product: everything that runs in
// production, on a database of its own, with a community, its people, boards,
// keys and widgets.
package portaltest

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"laurel/api"
	"laurel/apiclient"
	"laurel/auth"
	"laurel/cmd/portal/product"
	"laurel/engine"
	"laurel/engine/community"
	"laurel/engine/rest/resttest"
)

// Password is the password of every person that New makes.
const Password = "quiet-lantern-4821"

// Portal is a running product with one community.
type Portal struct {
	*product.Product
	URL       string
	Clock     *resttest.Clock
	Community api.Community
	Secrets   community.Secrets
	Key       string // community key with every permission
	Owner     Person
	Admin     Person
	Member    Person
}

// Person is somebody who is signed in to the API.
type Person struct {
	User  api.User
	Token string
}

// Options changes what New starts.
type Options struct {
	DatabaseURL string          // PostgreSQL; SQLite when empty
	Clock       *resttest.Clock // stands at resttest.Start when nil
	APIURL      string          // stand in front of this API; makes no community
}

// New starts a product on SQLite with a clock that stands still.
func New(t testing.TB) *Portal { return NewWith(t, Options{}) }

// NewWith starts a product.
func NewWith(t testing.TB, o Options) *Portal {
	t.Helper()
	if o.Clock == nil {
		o.Clock = resttest.NewClock()
	}
	p := &Portal{Clock: o.Clock}
	server := httptest.NewUnstartedServer(nil)
	p.URL = "http://" + server.Listener.Addr().String()
	made, err := product.New(t.Context(), product.Config{
		Data: t.TempDir(), DatabaseURL: o.DatabaseURL, APIURL: o.APIURL, BaseURL: p.URL, Clock: o.Clock.Now, Passwords: auth.CheapParams(), Version: "test",
		Watch: func(e *engine.Engine) http.Handler { return resttest.Watch(t, e.OpenAPI(), e) },
	})
	if err != nil {
		t.Fatal(err)
	}
	p.Product = made
	server.Config.Handler = made
	made.Start(t.Context())
	server.Start()
	t.Cleanup(func() {
		made.Drain()
		server.Close()
		if err := made.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	if o.APIURL == "" {
		p.settle(t)
	}
	return p
}

// settle makes the community and its people.
func (p *Portal) settle(t testing.TB) {
	t.Helper()
	var err error
	p.Community, p.Secrets, err = p.Engine.Communities.Create(t.Context(), community.Draft{Name: "Northwind Traders", URI: "northwind", Timezone: "Europe/Lisbon"})
	if err != nil {
		t.Fatal(err)
	}
	p.Owner = p.Join(t, "olga", api.RoleOwner)
	p.Admin = p.Join(t, "adam", api.RoleAdmin)
	p.Member = p.Join(t, "mia", api.RoleMember)
	key, err := p.Engine.Communities.IssueKey(t.Context(), p.Community.ID, community.KindCommunity, "", api.NewAPIKey{Name: "all", Permissions: api.CommunityPermissions()})
	if err != nil {
		t.Fatal(err)
	}
	p.Key = key.Key
}

// Join makes a person of the role and signs in as that person.
func (p *Portal) Join(t testing.TB, username string, role api.Role) Person {
	t.Helper()
	user, err := p.Engine.Members.Create(t.Context(), p.Community.ID, api.NewUser{
		Username: username, Email: username + "@example.com", DisplayName: username, Password: Password, Role: role,
	})
	if err != nil {
		t.Fatal(err)
	}
	session, err := p.Client.Auth().Login(t.Context(), api.Login{CommunityID: p.Community.ID, Login: username, Password: Password})
	if err != nil {
		t.Fatal(err)
	}
	return Person{user, session.Token}
}

// As is a client that acts as the person.
func (p *Portal) As(who Person) *apiclient.Client { return p.Client.WithToken(who.Token) }

// WithKey is a client that acts with the community key.
func (p *Portal) WithKey() *apiclient.Client { return p.Client.WithKey(p.Key) }

// Board makes an enabled XP board with every period.
func (p *Portal) Board(t testing.TB, slug string) api.Leaderboard {
	t.Helper()
	name, by, yes, start, filters := slug, api.RankXP, true, api.At(p.Clock.Now().AddDate(-1, 0, 0)), api.Periods()
	columns := []api.Column{{Column: "user", Visible: true}, {Column: "xps", Visible: true, Order: 1}}
	b, err := p.WithKey().Leaderboards().Create(t.Context(), api.LeaderboardInput{
		Name: &name, Slug: &slug, RankingField: &by, DisplayedColumns: &columns, StartDate: &start, HasNoEndDate: &yes,
		AllowedTimeFilters: &filters, IsEnabled: &yes,
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.WithKey().Leaderboards().Entries(t.Context(), b.ID, apiclient.EntryQuery{}); err != nil {
		t.Fatal(err) // waits until the new board is loaded: from then on awards tell ranks
	}
	return b
}
