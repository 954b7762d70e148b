package auth_test

import (
	"crypto"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"testing"
)

// The helpers here make tokens by hand, good and bad, without the library
// that reads them.

func b64(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

func unb64(t testing.TB, s string) []byte {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func part(t testing.TB, v any) string {
	t.Helper()
	if text, ok := v.(string); ok { // JSON as it stands
		return b64([]byte(text))
	}
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b64(raw)
}

func unsigned(t testing.TB, header, payload any) string {
	t.Helper()
	return part(t, header) + "." + part(t, payload) + "."
}

func hs256(t testing.TB, header, payload any, key []byte) string {
	t.Helper()
	text := part(t, header) + "." + part(t, payload)
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return text + "." + b64(mac.Sum(nil))
}

func rs256(t testing.TB, header, payload any, key *rsa.PrivateKey) string {
	t.Helper()
	text := part(t, header) + "." + part(t, payload)
	sum := sha256.Sum256([]byte(text))
	sig, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return text + "." + b64(sig)
}

func eddsa(t testing.TB, header, payload any, key ed25519.PrivateKey) string {
	t.Helper()
	text := part(t, header) + "." + part(t, payload)
	return text + "." + b64(ed25519.Sign(key, []byte(text)))
}
