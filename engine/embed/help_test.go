package embed_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"laurel/api"
	"laurel/auth"
	"laurel/engine"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/rest/resttest"
)

const (
	shop    = "https://shop.example.com"
	stadium = "https://stadium.example.com"
	base    = "/v2/api/widget-access-keys"
	keys    = "/v1/widget-access-keys"
)

// world is the whole engine with two communities; the first has a board, a
// widget that shop may frame, an access key and a member.
type world struct {
	*engine.Engine
	clock    *resttest.Clock
	home     api.Community
	secrets  community.Secrets
	key      string // community key with every permission
	other    string // such a key of the other community
	otherID  string
	member   api.User
	widget   string
	second   string // another widget of the home
	accessID string // of the access key
	keyID    string
	secret   string
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	ring, err := auth.NewKeyring(auth.MasterKey{1})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{clock: resttest.NewClock()}
	w.Engine, err = engine.New(engine.Config{DB: d, Clock: w.clock.Now, Keyring: ring, Hasher: auth.NewHasher(auth.CheapParams(), 1), BaseURL: "https://laurel.example"})
	if err != nil {
		t.Fatal(err)
	}
	w.home, w.secrets, w.key = w.community(t, "northwind")
	other, _, key := w.community(t, "contoso")
	w.otherID, w.other = other.ID, key
	w.member = w.person(t, w.home.ID, "mia")
	w.widget, w.second = w.makeWidget(t, w.key, "b1"), w.makeWidget(t, w.key, "b2")
	w.accessID, w.keyID, w.secret = w.accessKey(t, w.key, map[string]any{"name": "Shop"})
	return w
}

func (w *world) community(t *testing.T, uri string) (api.Community, community.Secrets, string) {
	t.Helper()
	c, secrets, err := w.Communities.Create(t.Context(), community.Draft{Name: uri, URI: uri, Timezone: "Europe/Lisbon"})
	if err != nil {
		t.Fatal(err)
	}
	k, err := w.Communities.IssueKey(t.Context(), c.ID, community.KindCommunity, "", api.NewAPIKey{Name: "all", Permissions: api.CommunityPermissions()})
	if err != nil {
		t.Fatal(err)
	}
	return c, secrets, k.Key
}

func (w *world) person(t *testing.T, communityID, name string) api.User {
	t.Helper()
	u, err := w.Members.Create(t.Context(), communityID, api.NewUser{Username: name, Email: name + "@example.com"})
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func (w *world) makeWidget(t *testing.T, key, slug string) string {
	t.Helper()
	board := resttest.Call(t, w, "POST", "/v1/leaderboards", key, map[string]any{
		"name": slug, "slug": slug, "rankingField": "xps", "startDate": "2020-01-01", "isEnabled": true,
		"displayedColumns": []map[string]any{{"column": "user", "visible": true, "order": 0}},
	}).Want(t, 201).Text("data._id")
	return resttest.Call(t, w, "POST", "/v1/widgets", key, map[string]any{
		"name": slug, "kind": "leaderboard", "targetId": board, "allowedOrigins": []string{shop},
	}).Want(t, 201).Text("data._id")
}

func (w *world) accessKey(t *testing.T, key string, body map[string]any) (accessID, id, secret string) {
	t.Helper()
	got := resttest.Call(t, w, "POST", keys, key, body).Want(t, 201)
	return got.Text("data.accessId"), got.Text("data._id"), got.Text("data.accessKey")
}

// mint exchanges the access key; changes replace parts of the request.
func (w *world) mint(t *testing.T, changes map[string]any) resttest.Reply {
	t.Helper()
	body := map[string]any{"accessId": w.accessID, "accessKey": w.secret, "userIdentifiers": map[string]string{"data-email": "mia@example.com"}}
	for k, v := range changes {
		body[k] = v
	}
	return resttest.Call(t, w, "POST", base+"/token", "", body)
}

func (w *world) token(t *testing.T, changes map[string]any) string {
	t.Helper()
	return w.mint(t, changes).Want(t, 200).Text("data.embedToken")
}

// open presents a token as the widget's frame does.
func (w *world) open(t *testing.T, token string, changes map[string]any) resttest.Reply {
	t.Helper()
	body := map[string]any{"embedToken": token, "widgetId": w.widget, "origin": shop}
	for k, v := range changes {
		body[k] = v
	}
	return resttest.Call(t, w, "POST", base+"/session", "", body)
}

// signed is a token as a partner signs it.
func (w *world) signed(t *testing.T, method jwt.SigningMethod, key any, changes jwt.MapClaims) string {
	t.Helper()
	now := w.clock.Now()
	claims := jwt.MapClaims{"iss": w.accessID, "sub": "mia", "aud": auth.EmbedAudience, "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(), "jti": api.NewID()}
	for k, v := range changes {
		if v == nil {
			delete(claims, k)
		} else {
			claims[k] = v
		}
	}
	token, err := jwt.NewWithClaims(method, claims).SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// reads tells what the entries of the widget answer to an access token.
func (w *world) reads(t *testing.T, session resttest.Reply) resttest.Reply {
	t.Helper()
	return resttest.Call(t, w, http.MethodGet, "/v1/public/widgets/"+w.widget+"/entries", session.Text("data.accessToken"), nil)
}

func rsaPair(t *testing.T) (*rsa.PrivateKey, string) {
	t.Helper()
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return k, publicPEM(t, &k.PublicKey)
}

func edPair(t *testing.T) (ed25519.PrivateKey, string) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return private, publicPEM(t, public)
}

func publicPEM(t *testing.T, public any) string {
	t.Helper()
	raw, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: raw}))
}
