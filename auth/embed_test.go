package auth_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"laurel/auth"
)

const (
	accessID  = "ak_1"
	tenant    = "66500000000000000000000c"
	widgetID  = "66500000000000000000000f"
	page      = "https://shop.example.com"
	accessKey = "lrl_w_0123456789abcdefghijklmnopqrstuvwxyz"
)

var (
	use    = auth.Expect{CommunityID: tenant, Widget: widgetID, Kind: "leaderboard", Origin: page}
	plain  = map[string]any{"alg": "HS256", "typ": "JWT"}
	hsSpec = spec(auth.SigningSecret(accessKey))
)

func spec(keys ...auth.VerifyKey) auth.KeySpec {
	return auth.KeySpec{AccessID: accessID, CommunityID: tenant, Keys: keys}
}

type claims map[string]any

func goodClaims() claims {
	return claims{"iss": accessID, "sub": "customer-7", "aud": "laurel:embed", "iat": noon.Unix(), "exp": noon.Unix() + 300, "jti": "j1"}
}

func (c claims) with(name string, v any) claims { c[name] = v; return c }

func (c claims) without(name string) claims { delete(c, name); return c }

func TestVerifyEmbedFull(t *testing.T) {
	token := hs256(t, plain, goodClaims().with("wid", widgetID).with("origin", page).with("locale", "pt-PT").with("theme", "dark").
		with("cid", tenant).with("ids", map[string]string{"data-email": "a@b.example"}).with("name", "unknown claims are let be"), []byte(accessKey))
	got, err := auth.VerifyEmbed(noon, token, hsSpec, use)
	if err != nil {
		t.Fatal(err)
	}
	want := auth.EmbedClaims{
		AccessID: accessID, Subject: "customer-7", ID: "j1", IssuedAt: noon, ExpiresAt: noon.Add(5 * time.Minute),
		CommunityID: tenant, Widget: widgetID, Origin: page, Locale: "pt-PT", Theme: "dark",
		IDs: map[string]string{"data-email": "a@b.example"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("claims (-want +got):\n%s", diff)
	}
}

func TestVerifyEmbedAccepts(t *testing.T) {
	key := []byte(accessKey)
	for _, c := range []struct {
		name  string
		token string
		now   time.Time
		want  auth.Expect
	}{
		{"least", hs256(t, plain, goodClaims(), key), noon, use},
		{"no typ", hs256(t, claims{"alg": "HS256"}, goodClaims(), key), noon, use},
		{"own kid", hs256(t, claims{"alg": "HS256", "kid": accessID}, goodClaims(), key), noon, use},
		{"audience in a list", hs256(t, plain, goodClaims().with("aud", []string{"laurel:embed"}), key), noon, use},
		{"kind instead of id", hs256(t, plain, goodClaims().with("wid", "leaderboard"), key), noon, use},
		{"origin in other spelling", hs256(t, plain, goodClaims().with("origin", "https://SHOP.example.com:443/"), key), noon, use},
		{"unknown page", hs256(t, plain, goodClaims().with("origin", page), key), noon, auth.Expect{CommunityID: tenant, AnyOrigin: true}},
		{"exactly 15 minutes", hs256(t, plain, goodClaims().with("exp", noon.Unix()+900), key), noon, use},
		{"our clock 30 s behind", hs256(t, plain, goodClaims(), key), noon.Add(-30 * time.Second), use},
		{"29 s past its end", hs256(t, plain, goodClaims(), key), noon.Add(329 * time.Second), use},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := auth.VerifyEmbed(c.now, c.token, hsSpec, c.want); err != nil {
				t.Errorf("got %v, want nil", err)
			}
		})
	}
}

func TestVerifyEmbedPublicKeys(t *testing.T) {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	edPub, edKey, _ := ed25519.GenerateKey(rand.Reader)
	rsaSpec, edSpec := pemKey(t, &rsaKey.PublicKey), pemKey(t, edPub)
	if rsaSpec.Algorithm != auth.RS256 || edSpec.Algorithm != auth.EdDSA {
		t.Fatalf("got %s and %s", rsaSpec.Algorithm, edSpec.Algorithm)
	}
	both := spec(auth.SigningSecret(accessKey), rsaSpec, edSpec)
	for name, token := range map[string]string{
		"RS256": rs256(t, claims{"alg": "RS256"}, goodClaims(), rsaKey),
		"EdDSA": eddsa(t, claims{"alg": "EdDSA"}, goodClaims(), edKey),
		"HS256": hs256(t, plain, goodClaims(), []byte(accessKey)),
	} {
		if _, err := auth.VerifyEmbed(noon, token, both, use); err != nil {
			t.Errorf("%s: got %v, want nil", name, err)
		}
	}
	swapped := rs256(t, claims{"alg": "RS256"}, goodClaims(), rsaKey)
	if _, err := auth.VerifyEmbed(noon, swapped, spec(edSpec), use); codeOf(err) != auth.CodeEmbedBadKey {
		t.Errorf("RSA token, Ed25519 key: got %v", err)
	}
}

func pemText(t *testing.T, public any) string {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

func pemKey(t *testing.T, public any) auth.VerifyKey {
	t.Helper()
	k, err := auth.ParsePublicKey("\n  " + pemText(t, public) + "\n")
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestMintEmbed(t *testing.T) {
	keys := ring(t, 2, 1)
	mine := keys.EmbedKeys(accessID)
	for _, c := range []struct {
		name       string
		life, want time.Duration
	}{
		{"default", 0, 5 * time.Minute}, {"asked", 10 * time.Minute, 10 * time.Minute}, {"cut", time.Hour, 15 * time.Minute},
	} {
		token, signed, err := auth.MintEmbed(noon, mine[0], auth.EmbedClaims{
			AccessID: accessID, CommunityID: tenant, Subject: "customer-7", Widget: "store", IDs: map[string]string{"data-email": "a@b.example"},
		}, c.life)
		if err != nil {
			t.Fatal(err)
		}
		got, err := auth.VerifyEmbed(noon, token, spec(mine...), auth.Expect{CommunityID: tenant, Kind: "store"})
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if diff := cmp.Diff(signed, got); diff != "" || got.ExpiresAt.Sub(got.IssuedAt) != c.want || got.ID == "" {
			t.Errorf("%s: got %+v, diff\n%s", c.name, got, diff)
		}
	}
}

func TestMintedTokensStayWithTheirKey(t *testing.T) {
	keys := ring(t, 1)
	token, _, _ := auth.MintEmbed(noon, keys.EmbedKeys("ak_2")[0], auth.EmbedClaims{AccessID: accessID, Subject: "x"}, 0)
	if _, err := auth.VerifyEmbed(noon, token, spec(keys.EmbedKeys(accessID)...), use); codeOf(err) != auth.CodeEmbedBadKey {
		t.Errorf("another access id's key: got %v, want %s", err, auth.CodeEmbedBadKey)
	}
	if _, _, err := auth.MintEmbed(noon, auth.VerifyKey{Algorithm: auth.HS256}, auth.EmbedClaims{}, 0); err == nil {
		t.Error("minted without a secret")
	}
	huge := map[string]string{"data-x": strings.Repeat("x", auth.MaxToken)}
	if _, _, err := auth.MintEmbed(noon, keys.EmbedKeys(accessID)[0], auth.EmbedClaims{IDs: huge}, 0); codeOf(err) != auth.CodeEmbedMalformed {
		t.Errorf("too long: got %v, want %s", err, auth.CodeEmbedMalformed)
	}
}

func TestEmbedKeyRotation(t *testing.T) {
	old, fresh := "lrl_w_old_old_old_old_old_old", " lrl_w_new_new_new_new_new_new\n"
	overlap := spec(auth.SigningSecret(fresh), auth.SigningSecret(old))
	for _, secret := range []string{old, strings.TrimSpace(fresh)} {
		if _, err := auth.VerifyEmbed(noon, hs256(t, plain, goodClaims(), []byte(secret)), overlap, use); err != nil {
			t.Errorf("%q: got %v, want nil", secret, err)
		}
	}
	revoked := hs256(t, plain, goodClaims(), []byte(old))
	if _, err := auth.VerifyEmbed(noon, revoked, spec(auth.SigningSecret(fresh)), use); codeOf(err) != auth.CodeEmbedBadKey {
		t.Errorf("after the overlap: got %v, want %s", err, auth.CodeEmbedBadKey)
	}
}

func TestParsePublicKeyRefuses(t *testing.T) {
	small, _ := rsa.GenerateKey(rand.Reader, 1024)
	_, private, _ := ed25519.GenerateKey(rand.Reader)
	der, _ := x509.MarshalPKCS8PrivateKey(private)
	for name, text := range map[string]string{
		"empty": "", "garbage": "hello",
		"small":   smallPEM(t, small),
		"private": string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})),
		"broken":  string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: []byte("x")})),
		"two":     pemText(t, private.Public()) + pemText(t, private.Public()),
	} {
		if _, err := auth.ParsePublicKey(text); err == nil {
			t.Errorf("%s: got nil, want an error", name)
		}
	}
}

func smallPEM(t *testing.T, k *rsa.PrivateKey) string {
	if k == nil { // this Go refuses to make one
		return "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----"
	}
	return pemText(t, &k.PublicKey)
}

func TestPeekIssuer(t *testing.T) {
	for _, c := range []struct{ name, token, want string }{
		{"unverified", hs256(t, plain, goodClaims(), []byte("any key at all")), accessID},
		{"none", hs256(t, plain, goodClaims().without("iss"), nil), ""},
		{"number", hs256(t, plain, goodClaims().with("iss", 7), nil), ""},
		{"long", hs256(t, plain, goodClaims().with("iss", strings.Repeat("x", 200)), nil), ""},
		{"garbage", "a.b.c", ""},
		{"empty", "", ""},
	} {
		if got := auth.PeekIssuer(c.token); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
