package auth_test

import (
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"strings"
	"testing"

	"laurel/auth"
)

type refusal struct{ name, token, want string }

func TestEmbedRefusals(t *testing.T) {
	cases := append(append(badForms(t), badHeaders(t)...), badClaims(t)...)
	if len(cases) < 40 {
		t.Fatalf("%d refusals, want at least 40", len(cases))
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := auth.VerifyEmbed(noon, c.token, hsSpec, use)
			if codeOf(err) != c.want || got.Subject != "" {
				t.Fatalf("got %+v, %v, want %s", got, err, c.want)
			}
			public := err.(interface{ Public() string }).Public()
			if public != auth.PublicMessage || (len(c.token) > 9 && strings.Contains(err.Error(), c.token)) {
				t.Errorf("says %q in public and %q in the log", public, err)
			}
		})
	}
}

func badForms(t *testing.T) []refusal {
	good := hs256(t, plain, goodClaims(), []byte(accessKey))
	parts := strings.Split(good, ".")
	const m = auth.CodeEmbedMalformed
	return []refusal{
		{"empty", "", m},
		{"one word", "token", m},
		{"two parts", parts[0] + "." + parts[1], m},
		{"four parts", good + ".x", m},
		{"only dots", "..", m},
		{"1 MB of dots", strings.Repeat(".", 1<<20), m},
		{"1 MB of letters", strings.Repeat("A", 1<<20), m},
		{"over 8 kB, well signed", hs256(t, plain, goodClaims().with("x", strings.Repeat("x", 9000)), []byte(accessKey)), m},
		{"garbage", "!!!.???.***", m},
		{"standard base64", strings.Replace(good, ".", "+.", 1), m},
		{"padding", parts[0] + "=." + parts[1] + "." + parts[2], m},
		{"leading space", " " + good, m},
		{"trailing line break", good + "\n", m},
		{"line break inside", parts[0] + "\n." + parts[1] + "." + parts[2], m},
		{"NUL inside", parts[0] + "\x00." + parts[1] + "." + parts[2], m},
		{"loose last bits", looseBits(parts), m},
		{"header not JSON", b64([]byte("alg")) + "." + parts[1] + "." + parts[2], m},
		{"payload not JSON", hs256(t, plain, "nope", []byte(accessKey)), m},
		{"payload a list", hs256(t, plain, "[]", []byte(accessKey)), m},
		{"payload null", hs256(t, plain, "null", []byte(accessKey)), m},
		{"data after the payload", hs256(t, plain, `{"iss":"ak_1"} {}`, []byte(accessKey)), m},
		{"not UTF-8", hs256(t, plain, "{\"iss\":\"\xff\"}", []byte(accessKey)), m},
		{"payload changed", parts[0] + "." + part(t, goodClaims().with("sub", "owner")) + "." + parts[2], auth.CodeEmbedBadKey},
		{"no signature", parts[0] + "." + parts[1] + ".", auth.CodeEmbedBadKey},
		{"signature of another length", parts[0] + "." + parts[1] + ".AAAA", auth.CodeEmbedBadKey},
	}
}

// looseBits sets bits of the signature's last character that stand for nothing.
func looseBits(parts []string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	sig := parts[2]
	last := strings.IndexByte(alphabet, sig[len(sig)-1])
	return parts[0] + "." + parts[1] + "." + sig[:len(sig)-1] + string(alphabet[last|1])
}

func badHeaders(t *testing.T) []refusal {
	key := []byte(accessKey)
	signed := func(h any) string { return hs256(t, h, goodClaims(), key) }
	const m, k = auth.CodeEmbedMalformed, auth.CodeEmbedBadKey
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return []refusal{
		{"alg none", unsigned(t, claims{"alg": "none"}, goodClaims()), k},
		{"alg None, signed", signed(claims{"alg": "None"}), k},
		{"no alg", signed(claims{"typ": "JWT"}), k},
		{"alg a number", signed(claims{"alg": 256}), k},
		{"alg HS512", signed(claims{"alg": "HS512"}), k},
		{"alg in lower case", signed(claims{"alg": "hs256"}), k},
		{"alg RS256 over a MAC", signed(claims{"alg": "RS256"}), k},
		{"signed by a stranger's RSA key", rs256(t, claims{"alg": "RS256"}, goodClaims(), rsaKey), k},
		{"two algs", signed(`{"alg":"HS256","alg":"none"}`), m},
		{"jku", signed(claims{"alg": "HS256", "jku": "https://evil.example/keys"}), m},
		{"jwk", signed(claims{"alg": "HS256", "jwk": claims{"kty": "oct", "k": "AAAA"}}), m},
		{"x5u", signed(claims{"alg": "HS256", "x5u": "https://evil.example/cert"}), m},
		{"x5c", signed(claims{"alg": "HS256", "x5c": []string{"AAAA"}}), m},
		{"crit", signed(claims{"alg": "HS256", "crit": []string{"exp"}}), m},
		{"b64 false", signed(claims{"alg": "HS256", "b64": false}), m},
		{"nested token", signed(claims{"alg": "HS256", "cty": "JWT"}), m},
		{"another type of token", signed(claims{"alg": "HS256", "typ": "at+jwt"}), m},
		{"type a number", signed(claims{"alg": "HS256", "typ": 1}), m},
		{"foreign kid", signed(claims{"alg": "HS256", "kid": "ak_2"}), k},
		{"kid a path", signed(claims{"alg": "HS256", "kid": "../../../dev/null"}), k},
		{"kid a number", signed(claims{"alg": "HS256", "kid": 1}), m},
		{"other secret", hs256(t, plain, goodClaims(), []byte(accessKey+"x")), k},
		{"empty secret", hs256(t, plain, goodClaims(), nil), k},
		{"secret's stored hash as secret", hs256(t, plain, goodClaims(), []byte(auth.HashKey(accessKey))), k},
	}
}

func badClaims(t *testing.T) []refusal {
	key := []byte(accessKey)
	set := func(name string, v any) string { return hs256(t, plain, goodClaims().with(name, v), key) }
	unset := func(name string) string { return hs256(t, plain, goodClaims().without(name), key) }
	at := noon.Unix()
	raw := fmt.Sprintf(`"iss":"ak_1","sub":"customer-7","aud":"laurel:embed","jti":"j1","iat":%d,"exp":%d`, at, at+300)
	const m, miss, bad = auth.CodeEmbedMalformed, auth.CodeEmbedMissingClaim, auth.CodeEmbedBadClaim
	return []refusal{
		{"no iss", unset("iss"), miss}, {"no sub", unset("sub"), miss}, {"no aud", unset("aud"), miss},
		{"no iat", unset("iat"), miss}, {"no exp", unset("exp"), miss}, {"no jti", unset("jti"), miss},
		{"empty sub", set("sub", ""), miss}, {"null exp", set("exp", nil), miss}, {"EXP instead of exp", hs256(t, plain, goodClaims().without("exp").with("EXP", at+300), key), miss},
		{"sub a number", set("sub", 7), m}, {"exp a text", set("exp", "tomorrow"), m}, {"exp past all numbers", hs256(t, plain, `{"exp":1e999}`, key), m},
		{"aud a number", set("aud", 1), m}, {"ids a list", set("ids", []string{"x"}), m}, {"ids of numbers", set("ids", claims{"data-age": 7}), m},
		{"sub twice", hs256(t, plain, "{"+raw+`,"sub":"owner"}`, key), m},
		{"sub twice, escaped", hs256(t, plain, "{"+raw+`,"s\u0075b":"owner"}`, key), m},
		{"exp twice", hs256(t, plain, fmt.Sprintf(`{%s,"exp":%d}`, raw, at+60), key), m},
		{"twice inside ids", hs256(t, plain, "{"+raw+`,"ids":{"data-email":"a","data-email":"b"}}`, key), m},
		{"expired", hs256(t, plain, goodClaims().with("iat", at-400).with("exp", at-31), key), auth.CodeEmbedExpired},
		{"exp 0", hs256(t, plain, goodClaims().with("exp", 0), key), auth.CodeEmbedExpired},
		{"issued in the future", hs256(t, plain, goodClaims().with("iat", at+31).with("exp", at+300), key), auth.CodeEmbedNotYet},
		{"not before later", set("nbf", at+31), auth.CodeEmbedNotYet},
		{"15 minutes and a second", set("exp", at+901), auth.CodeEmbedLifetime},
		{"a year", set("exp", at+31536000), auth.CodeEmbedLifetime},
		{"issued long ago", set("iat", at-86400), auth.CodeEmbedLifetime},
		{"ends before it begins", hs256(t, plain, goodClaims().with("iat", at+20).with("exp", at+10), key), auth.CodeEmbedLifetime},
		{"other audience", set("aud", "laurel:api"), auth.CodeEmbedAudience}, {"audience as a part", set("aud", "laurel:embed2"), auth.CodeEmbedAudience},
		{"other issuer", set("iss", "ak_2"), auth.CodeEmbedIssuer},
		{"other tenant", set("cid", "66500000000000000000000d"), auth.CodeEmbedWrongTenant},
		{"other widget", set("wid", "66500000000000000000000e"), auth.CodeEmbedWrongWidget}, {"other kind", set("wid", "store"), auth.CodeEmbedWrongWidget},
		{"other origin", set("origin", "https://evil.example"), auth.CodeEmbedWrongOrigin}, {"origin null", set("origin", "null"), auth.CodeEmbedWrongOrigin},
		{"long sub", set("sub", strings.Repeat("x", 600)), bad}, {"long jti", set("jti", strings.Repeat("x", 200)), bad},
		{"control characters", set("sub", "a\nb"), bad}, {"unknown theme", set("theme", "hotdog"), bad},
		{"long locale", set("locale", strings.Repeat("x", 40)), bad}, {"identifier without data-", set("ids", claims{"role": "admin"}), bad},
	}
}

func TestEmbedKeyConfusion(t *testing.T) {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	public := pemKey(t, &rsaKey.PublicKey)
	text := pemText(t, &rsaKey.PublicKey)
	for name, secret := range map[string]string{"PEM": text, "PEM trimmed": strings.TrimSpace(text), "modulus": string(rsaKey.N.Bytes())} {
		token := hs256(t, plain, goodClaims(), []byte(secret))
		if _, err := auth.VerifyEmbed(noon, token, spec(public), use); codeOf(err) != auth.CodeEmbedBadKey {
			t.Errorf("%s as the secret: got %v, want %s", name, err, auth.CodeEmbedBadKey)
		}
	}
	for name, k := range map[string]auth.VerifyKey{
		"no key":                {},
		"short secret":          {Algorithm: auth.HS256, Secret: []byte("short")},
		"secret for RS256":      {Algorithm: auth.RS256, Secret: []byte(accessKey)},
		"public key for HS256":  {Algorithm: auth.HS256, Public: public.Public},
		"RSA key for EdDSA":     {Algorithm: auth.EdDSA, Public: public.Public},
		"nil RSA key":           {Algorithm: auth.RS256, Public: (*rsa.PublicKey)(nil)},
		"algorithm none":        {Algorithm: "none", Secret: []byte(accessKey)},
		"algorithm not of ours": {Algorithm: "HS512", Secret: []byte(accessKey)},
	} {
		for _, token := range []string{hs256(t, plain, goodClaims(), k.Secret), unsigned(t, claims{"alg": "none"}, goodClaims())} {
			if _, err := auth.VerifyEmbed(noon, token, spec(k), use); codeOf(err) != auth.CodeEmbedBadKey {
				t.Errorf("%s: got %v, want %s", name, err, auth.CodeEmbedBadKey)
			}
		}
	}
}

func TestEmbedUse(t *testing.T) {
	token := hs256(t, plain, goodClaims().with("origin", page), []byte(accessKey))
	for _, c := range []struct {
		name string
		key  auth.KeySpec
		want auth.Expect
		code string
	}{
		{"another tenant's widget", hsSpec, auth.Expect{CommunityID: "66500000000000000000000d", Origin: page}, auth.CodeEmbedWrongTenant},
		{"no tenant named", auth.KeySpec{AccessID: accessID, Keys: hsSpec.Keys}, auth.Expect{Origin: page}, auth.CodeEmbedWrongTenant},
		{"page not known", hsSpec, auth.Expect{CommunityID: tenant}, auth.CodeEmbedWrongOrigin},
		{"subdomain of the page", hsSpec, auth.Expect{CommunityID: tenant, Origin: "https://x.shop.example.com"}, auth.CodeEmbedWrongOrigin},
		{"no keys left", spec(), use, auth.CodeEmbedBadKey},
	} {
		if _, err := auth.VerifyEmbed(noon, token, c.key, c.want); codeOf(err) != c.code {
			t.Errorf("%s: got %v, want %s", c.name, err, c.code)
		}
	}
	user := signer(t, &noon, 1)
	personal, _, _ := user.Sign("m", tenant)
	same := auth.VerifyKey{Algorithm: auth.HS256, Secret: []byte(strings.Repeat("\x01", 32))}
	if _, err := auth.VerifyEmbed(noon, personal, spec(same), use); codeOf(err) != auth.CodeEmbedMissingClaim {
		t.Errorf("a person's token under the same key: got %v, want %s", err, auth.CodeEmbedMissingClaim)
	}
}
