package auth_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"laurel/auth"
)

var noon = time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)

func clockAt(t *time.Time) auth.Clock { return func() time.Time { return *t } }

func signer(t *testing.T, now *time.Time, seeds ...byte) *auth.Signer {
	t.Helper()
	var keys [][]byte
	for _, s := range seeds {
		keys = append(keys, bytes.Repeat([]byte{s}, 32))
	}
	s, err := auth.NewSigner(clockAt(now), keys...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestUserToken(t *testing.T) {
	now := noon
	s := signer(t, &now, 1)
	token, want, err := s.Sign("66500000000000000000000a", "66500000000000000000000c")
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Verify(token)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("claims (-signed +read):\n%s", diff)
	}
	if got.ExpiresAt.Sub(got.IssuedAt) != 7*24*time.Hour || got.ID == "" {
		t.Errorf("got %+v, want seven days and a jti", got)
	}
}

func TestUserTokenWireForm(t *testing.T) {
	now := noon
	token, c, _ := signer(t, &now, 1).Sign("m", "c")
	header, payload := decodeToken(t, token)
	want := map[string]any{"_id": "m", "id": "m", "cid": "c", "jti": c.ID, "iat": float64(noon.Unix()), "exp": float64(noon.Unix() + 604800)}
	if diff := cmp.Diff(want, payload); diff != "" {
		t.Errorf("payload (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]any{"alg": "HS256", "typ": "JWT"}, header); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
}

func decodeToken(t *testing.T, token string) (header, payload map[string]any) {
	t.Helper()
	parts := strings.Split(token, ".")
	for i, to := range []*map[string]any{&header, &payload} {
		if err := json.Unmarshal(unb64(t, parts[i]), to); err != nil {
			t.Fatal(err)
		}
	}
	return header, payload
}

func TestUserTokenLife(t *testing.T) {
	for _, c := range []struct {
		name  string
		after time.Duration
		want  string
	}{
		{"30 s before", -30 * time.Second, ""},
		{"31 s before", -31 * time.Second, auth.CodeTokenNotYet},
		{"last second", 7*24*time.Hour - time.Second, ""},
		{"within leeway", 7*24*time.Hour + 29*time.Second, ""},
		{"past leeway", 7*24*time.Hour + 31*time.Second, auth.CodeTokenExpired},
	} {
		now := noon
		s := signer(t, &now, 1)
		token, _, _ := s.Sign("m", "c")
		now = noon.Add(c.after)
		_, err := s.Verify(token)
		if got := codeOf(err); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestUserTokenRotation(t *testing.T) {
	now := noon
	old, _, _ := signer(t, &now, 1).Sign("m", "c")
	during := signer(t, &now, 2, 1)
	if _, err := during.Verify(old); err != nil {
		t.Errorf("replaced key: got %v, want nil", err)
	}
	fresh, _, _ := during.Sign("m", "c")
	if _, err := signer(t, &now, 2).Verify(fresh); err != nil {
		t.Errorf("signed with the current key: got %v, want nil", err)
	}
	if _, err := signer(t, &now, 2).Verify(old); codeOf(err) != auth.CodeTokenBadKey {
		t.Errorf("key gone: got %v, want %s", err, auth.CodeTokenBadKey)
	}
}

func TestNewSignerRefuses(t *testing.T) {
	if _, err := auth.NewSigner(time.Now); err == nil {
		t.Error("no key: got nil")
	}
	if _, err := auth.NewSigner(time.Now, bytes.Repeat([]byte{1}, 32), []byte("short")); err == nil {
		t.Error("short key: got nil")
	}
}

func TestUserTokenRefusals(t *testing.T) {
	now := noon
	s := signer(t, &now, 1)
	key := bytes.Repeat([]byte{1}, 32)
	good := func() map[string]any {
		return map[string]any{"_id": "m", "id": "m", "cid": "c", "jti": "j", "iat": noon.Unix(), "exp": noon.Unix() + 3600}
	}
	without := func(name string) map[string]any { m := good(); delete(m, name); return m }
	with := func(name string, v any) map[string]any { m := good(); m[name] = v; return m }
	hs := map[string]any{"alg": "HS256", "typ": "JWT"}
	for _, c := range []struct{ name, token, want string }{
		{"good", hs256(t, hs, good(), key), ""},
		{"empty", "", auth.CodeTokenMalformed},
		{"other key", hs256(t, hs, good(), bytes.Repeat([]byte{9}, 32)), auth.CodeTokenBadKey},
		{"alg none", unsigned(t, map[string]any{"alg": "none"}, good()), auth.CodeTokenBadKey},
		{"alg HS384", hs256(t, map[string]any{"alg": "HS384"}, good(), key), auth.CodeTokenBadKey},
		{"no exp", hs256(t, hs, without("exp"), key), auth.CodeTokenClaims},
		{"no iat", hs256(t, hs, without("iat"), key), auth.CodeTokenClaims},
		{"no jti", hs256(t, hs, without("jti"), key), auth.CodeTokenClaims},
		{"no member", hs256(t, hs, without("_id"), key), auth.CodeTokenClaims},
		{"no community", hs256(t, hs, without("cid"), key), auth.CodeTokenClaims},
		{"two members", hs256(t, hs, with("id", "other"), key), auth.CodeTokenClaims},
		{"member of a wrong type", hs256(t, hs, with("_id", 7), key), auth.CodeTokenMalformed},
		{"an audience", hs256(t, hs, with("aud", "laurel:embed"), key), auth.CodeTokenClaims},
		{"eight days", hs256(t, hs, with("exp", noon.Unix()+8*86400), key), auth.CodeTokenClaims},
		{"not before later", hs256(t, hs, with("nbf", noon.Unix()+60), key), auth.CodeTokenNotYet},
		{"jwk", hs256(t, map[string]any{"alg": "HS256", "jwk": map[string]any{"kty": "oct"}}, good(), key), auth.CodeTokenMalformed},
		{"embed type", hs256(t, map[string]any{"alg": "HS256", "typ": "laurel-embed+jwt"}, good(), key), auth.CodeTokenMalformed},
		{"huge", strings.Repeat(".", 1<<20), auth.CodeTokenMalformed},
	} {
		_, err := s.Verify(c.token)
		if got := codeOf(err); got != c.want {
			t.Errorf("%s: got %q (%v), want %q", c.name, got, err, c.want)
		}
	}
}

// codeOf is a token error's code, empty for nil, and the text of any other error.
func codeOf(err error) string {
	var refused *auth.TokenError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &refused):
		return refused.Code
	}
	return err.Error()
}
