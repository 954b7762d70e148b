package embed_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/rest/resttest"
)

func TestPartnersSignTheirOwn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		hs := w.accessID
		hsSecret := []byte(w.secret)
		rsaKey, rsaPEM := rsaPair(t)
		edKey, edPEM := edPair(t)
		rs, _, rsSecret := w.accessKey(t, w.key, map[string]any{"name": "RSA", "algorithm": "RS256", "publicKey": rsaPEM})
		ed, _, edSecret := w.accessKey(t, w.key, map[string]any{"name": "Ed", "algorithm": "EdDSA", "publicKey": edPEM})
		for _, c := range []struct {
			name   string
			iss    string
			method jwt.SigningMethod
			key    any
			status int
		}{
			{"HS256 by secret", hs, jwt.SigningMethodHS256, hsSecret, 200},
			{"RS256 by key", rs, jwt.SigningMethodRS256, rsaKey, 200},
			{"EdDSA by key", ed, jwt.SigningMethodEdDSA, edKey, 200},
			{"HS256 with the RSA key's PEM", rs, jwt.SigningMethodHS256, []byte(rsaPEM), 401},
			{"HS256 with the trimmed PEM", rs, jwt.SigningMethodHS256, []byte(strings.TrimSpace(rsaPEM)), 401},
			{"HS256 with the Ed25519 key's PEM", ed, jwt.SigningMethodHS256, []byte(edPEM), 401},
			{"HS256 by the secret of an RS256 key", rs, jwt.SigningMethodHS256, []byte(rsSecret), 401},
			{"HS256 by the secret of an EdDSA key", ed, jwt.SigningMethodHS256, []byte(edSecret), 401},
			{"HS512 by secret", hs, jwt.SigningMethodHS512, hsSecret, 401},
			{"PS256 by the RSA key", rs, jwt.SigningMethodPS256, rsaKey, 401},
			{"RS512 by the RSA key", rs, jwt.SigningMethodRS512, rsaKey, 401},
			{"RS256 under the HS256 key", hs, jwt.SigningMethodRS256, rsaKey, 401},
			{"EdDSA under the RS256 key", rs, jwt.SigningMethodEdDSA, edKey, 401},
		} {
			token := w.signed(t, c.method, c.key, jwt.MapClaims{"iss": c.iss})
			got := w.open(t, token, nil)
			if got.Status != c.status || (c.status == 401 && got.Text("code") != "bad_key") {
				t.Errorf("%s: got %d %s", c.name, got.Status, got.Raw)
			}
			if c.status == 200 {
				w.open(t, token, nil).Want(t, 401, "embed_replayed")
			}
		}
		resttest.Call(t, w, "POST", keys, w.key, map[string]any{"name": "x", "algorithm": "RS256", "publicKey": edPEM}).Want(t, 400)
		resttest.Call(t, w, "POST", keys, w.key, map[string]any{"name": "x", "algorithm": "none"}).Want(t, 400)
	})
}

// TestBadTokensAreRefused presents everything that a token must not be. The
// public code tells little; the embed log tells the partner why.
func TestBadTokensAreRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		now := w.clock.Now()
		sign := func(changes jwt.MapClaims) string {
			return w.signed(t, jwt.SigningMethodHS256, []byte(w.secret), changes)
		}
		otherID, _, otherSecret := w.accessKey(t, w.other, map[string]any{"name": "Theirs"})
		foreign := w.signed(t, jwt.SigningMethodHS256, []byte(otherSecret), jwt.MapClaims{"iss": otherID})
		none := w.signed(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, nil)
		for _, c := range []struct {
			name, token, public, logged string
			changes                     map[string]any
		}{
			{"malformed", "not a token", "bad_key", "", nil},
			{"alg none", none, "bad_key", "embed_bad_key", nil},
			{"alg None", noneLike(none, "None"), "bad_key", "", nil},
			{"wrong key", w.signed(t, jwt.SigningMethodHS256, []byte(strings.Repeat("k", 40)), nil), "bad_key", "embed_bad_key", nil},
			{"unknown access id", sign(jwt.MapClaims{"iss": "ak_nobody"}), "bad_key", "", nil},
			{"other audience", sign(jwt.MapClaims{"aud": "someone:else"}), "bad_key", "embed_audience", nil},
			{"no audience", sign(jwt.MapClaims{"aud": nil}), "bad_key", "", nil},
			{"no jti", sign(jwt.MapClaims{"jti": nil}), "bad_key", "embed_missing_claim", nil},
			{"no sub", sign(jwt.MapClaims{"sub": nil}), "bad_key", "embed_missing_claim", nil},
			{"no iat", sign(jwt.MapClaims{"iat": nil}), "bad_key", "embed_missing_claim", nil},
			{"no exp", sign(jwt.MapClaims{"exp": nil}), "bad_key", "embed_missing_claim", nil},
			{"expired", sign(jwt.MapClaims{"iat": now.Add(-10 * time.Minute).Unix(), "exp": now.Add(-time.Minute).Unix()}), "embed_expired", "embed_expired", nil},
			{"not yet", sign(jwt.MapClaims{"nbf": now.Add(time.Hour).Unix()}), "bad_key", "embed_not_yet", nil},
			{"lives too long", sign(jwt.MapClaims{"exp": now.Add(16 * time.Minute).Unix()}), "bad_key", "embed_lifetime", nil},
			{"names another community", sign(jwt.MapClaims{"cid": w.otherID}), "bad_key", "embed_wrong_tenant", nil},
			{"another community's key", foreign, "bad_key", "embed_wrong_tenant", nil},
			{"another widget", sign(jwt.MapClaims{"wid": w.second}), "bad_key", "embed_wrong_widget", nil},
			{"another origin in the token", sign(jwt.MapClaims{"origin": stadium}), "origin_not_allowed", "embed_wrong_origin", nil},
			{"framed elsewhere", sign(nil), "origin_not_allowed", "embed_wrong_origin", map[string]any{"origin": stadium}},
			{"framed over plain HTTP", sign(nil), "origin_not_allowed", "embed_wrong_origin", map[string]any{"origin": "http://shop.example.com"}},
			{"a look-alike origin", sign(nil), "origin_not_allowed", "embed_wrong_origin", map[string]any{"origin": shop + ".evil.example"}},
			{"unknown person", sign(jwt.MapClaims{"sub": "nobody"}), "bad_key", "embed_unknown_user", nil},
		} {
			t.Run(c.name, func(t *testing.T) {
				got := w.open(t, c.token, c.changes).Want(t, 401, c.public)
				if got.Text("message") == "" || strings.Contains(got.Raw, "embed_w") {
					t.Errorf("got %s", got.Raw)
				}
				log := resttest.Call(t, w, "GET", "/v1/widget-embed-log?limit=1", w.key, nil).Want(t, 200)
				if c.logged != "" && !strings.Contains(log.Raw, `"code":"`+c.logged+`"`) {
					t.Errorf("log: got %s, want %s", log.Raw, c.logged)
				}
				if w.sessions(t, d) != 0 {
					t.Fatal("a session was opened")
				}
				w.clock.Advance(time.Millisecond)
			})
		}
		resttest.Call(t, w, "POST", base+"/validate", none, nil).Want(t, 401, "bad_key")
		resttest.Call(t, w, "POST", base+"/validate", "", nil).Want(t, 400)
		resttest.Call(t, w, "POST", base+"/session", "", map[string]any{"widgetId": w.widget}).Want(t, 400, "one_credential_needed")
		resttest.Call(t, w, "POST", base+"/session", "", map[string]any{"widgetId": "none", "ticket": "x"}).Want(t, 404, "widget_gone")
	})
}

// noneLike changes the algorithm's spelling in an unsigned token.
func noneLike(token, alg string) string {
	_, rest, _ := strings.Cut(token, ".")
	return base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"`+alg+`","typ":"JWT"}`)) + "." + rest
}

// TestDoubledClaimsAreRefused signs a payload that names the subject twice.
func TestDoubledClaimsAreRefused(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	parts := strings.Split(w.signed(t, jwt.SigningMethodHS256, []byte(w.secret), nil), ".")
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	text := parts[0] + "." + base64.RawURLEncoding.EncodeToString([]byte(strings.Replace(string(payload), "{", `{"sub":"owner",`, 1)))
	mac := hmac.New(sha256.New, []byte(w.secret))
	mac.Write([]byte(text))
	w.open(t, text+"."+base64.RawURLEncoding.EncodeToString(mac.Sum(nil)), nil).Want(t, 401, "bad_key")
}

func TestExchangeRefuses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.person(t, w.home.ID, "noah")
		theirs := w.makeWidget(t, w.other, "theirs")
		resttest.Call(t, w, "PUT", keys+"/"+w.keyID, w.key, map[string]any{"allowedOrigins": []string{shop}}).Want(t, 200)
		for _, c := range []struct {
			name    string
			changes map[string]any
			status  int
			says    string
		}{
			{"wrong secret", map[string]any{"accessKey": "lrl_w_wrong"}, 401, `"access_key_invalid"`},
			{"unknown access id", map[string]any{"accessId": "ak_none"}, 401, `"access_key_invalid"`},
			{"no identifier", map[string]any{"userIdentifiers": map[string]string{}}, 400, `"field":"userIdentifiers"`},
			{"unmapped identifier", map[string]any{"userIdentifiers": map[string]string{"data-shoe": "9"}}, 400, `"field":"userIdentifiers"`},
			{"unknown member", map[string]any{"userIdentifiers": map[string]string{"data-email": "no@example.com"}}, 404, `"embed_unknown_user"`},
			{"two members", map[string]any{"userIdentifiers": map[string]string{"data-email": "mia@example.com", "data-user-id": "noah"}}, 409, `"identifiers_disagree"`},
			{"another community's widget", map[string]any{"widgetId": theirs}, 400, `"field":"widgetId"`},
			{"origin not allowed", map[string]any{"origin": stadium}, 400, `"field":"origin"`},
			{"no access id", map[string]any{"accessId": ""}, 400, `"field":"accessId"`},
		} {
			got := w.mint(t, c.changes)
			if got.Status != c.status || !strings.Contains(got.Raw, c.says) {
				t.Errorf("%s: got %d %s", c.name, got.Status, got.Raw)
			}
		}
		resttest.Call(t, w, "GET", keys+"/"+w.keyID, w.other, nil).Want(t, 404, "access_key_not_found")
		resttest.Call(t, w, "DELETE", keys+"/"+w.keyID, w.other, nil).Want(t, 404)
		resttest.Call(t, w, "PUT", "/v1/widgets/"+w.widget, w.other, map[string]any{"name": "mine"}).Want(t, 404, "widget_not_found")
	})
}

// TestNewcomersAreMadeOnlyWhenAllowed exchanges for people whom nobody knows.
func TestNewcomersAreMadeOnlyWhenAllowed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ids := map[string]any{"userIdentifiers": map[string]string{"data-email": "zoe@example.com", "data-customer-id": "c-9"}}
		w.mint(t, ids).Want(t, 404, "embed_unknown_user")
		resttest.Call(t, w, "PUT", keys+"/"+w.keyID, w.key, map[string]any{"createUsers": true}).Want(t, 200)
		session := w.open(t, w.token(t, ids), nil).Want(t, 200)
		if session.Text("data.user.username") != "zoe" {
			t.Errorf("got %s", session.Raw)
		}
		again := w.open(t, w.token(t, map[string]any{"userIdentifiers": map[string]string{"data-customer-id": "c-9"}}), nil).Want(t, 200)
		if again.Text("data.user._id") != session.Text("data.user._id") {
			t.Errorf("got %s, want the same member", again.Raw)
		}
	})
}
