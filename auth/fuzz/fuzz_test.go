// Package fuzz_test holds the fuzz targets of package auth, apart from its
// other tests, so that fuzzing need not instrument a whole database.
package fuzz_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"laurel/auth"
)

const accessKey = "lrl_w_0123456789abcdefghijklmnopqrstuvwxyz"

func token(header, payload string, signed bool) string {
	b64 := base64.RawURLEncoding.EncodeToString
	text := b64([]byte(header)) + "." + b64([]byte(payload))
	if !signed {
		return text + "."
	}
	mac := hmac.New(sha256.New, []byte(accessKey))
	mac.Write([]byte(text))
	return text + "." + b64(mac.Sum(nil))
}

func FuzzVerifyEmbed(f *testing.F) {
	now := time.Unix(1_777_896_000, 0)
	key := auth.KeySpec{AccessID: "ak_1", CommunityID: "c1", Keys: []auth.VerifyKey{auth.SigningSecret(accessKey)}}
	use := auth.Expect{CommunityID: "c1", Widget: "w1", Kind: "store", Origin: "https://shop.example.com"}
	f.Add(`{"alg":"HS256","typ":"JWT"}`, `{"iss":"ak_1","sub":"s","aud":"laurel:embed","jti":"j","iat":1777896000,"exp":1777896300}`, true)
	f.Add(`{"alg":"HS256"}`, `{"iss":"ak_1","exp":1e99,"ids":{"a":{"b":[{}]}}}`, true)
	f.Add(`{"alg":"none","kid":""}`, `[[[[`, false)
	f.Fuzz(func(t *testing.T, header, payload string, signed bool) {
		_ = auth.PeekIssuer(header + "." + payload + ".")
		got, err := auth.VerifyEmbed(now, token(header, payload, signed), key, use)
		if err != nil {
			var refused *auth.TokenError
			if !errors.As(err, &refused) || !strings.HasPrefix(refused.Code, "embed_") {
				t.Errorf("refused without a code: %v", err)
			}
			return
		}
		if !signed || got.AccessID != "ak_1" || got.Subject == "" || got.ID == "" || got.CommunityID != "c1" ||
			got.ExpiresAt.Sub(got.IssuedAt) > auth.EmbedLife || got.ExpiresAt.Before(now.Add(-auth.Leeway)) {
			t.Errorf("accepted %+v", got)
		}
	})
}

func FuzzParseOrigin(f *testing.F) {
	for _, s := range []string{"https://example.com", "https://*.example.com:8443", "capacitor:", "http://localhost:3000", "https://münchen.example", "https://a;b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		o, err := auth.ParseOrigin(s)
		if err != nil {
			return
		}
		text := o.String()
		again, err := auth.ParseOrigin(text)
		if err != nil || again != o {
			t.Errorf("%q gives %q, which gives %+v, %v", s, text, again, err)
		}
		if strings.ContainsAny(text, " ;,'\"\t\r\n") || auth.FrameAncestors([]string{s}) != text {
			t.Errorf("%q gives %q, which does not fit a header", s, text)
		}
		if !o.Wildcard && o.Host != "" && !o.Matches(o) {
			t.Errorf("%q does not match itself", text)
		}
	})
}
