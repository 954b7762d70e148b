package auth_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"laurel/auth"
)

func ring(t *testing.T, seeds ...byte) *auth.Keyring {
	t.Helper()
	var keys []auth.MasterKey
	for _, s := range seeds {
		keys = append(keys, auth.MasterKey(bytes.Repeat([]byte{s}, 32)))
	}
	k, err := auth.NewKeyring(keys[0], keys[1:]...)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestSealRoundTrip(t *testing.T) {
	k := ring(t, 1)
	for _, plain := range []string{"", "x", strings.Repeat("secret ", 1000)} {
		a, b := k.Seal([]byte(plain), "webhook:1"), k.Seal([]byte(plain), "webhook:1")
		if a == b {
			t.Error("sealing twice gives the same text: the nonce is not fresh")
		}
		got, err := k.Open(a, "webhook:1")
		if err != nil || string(got) != plain {
			t.Errorf("got %q, %v, want %q", got, err, plain)
		}
		if plain == "x" && strings.Contains(a, base64.RawURLEncoding.EncodeToString([]byte(plain))+".") {
			t.Error("the plain text shows")
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	k := ring(t, 1)
	sealed := k.Seal([]byte("secret"), "webhook:1")
	for name, s := range map[string]string{
		"empty": "", "plain": "secret", "no body": sealed[:12], "short": sealed[:20],
		"other version": "s2" + sealed[2:], "other key": ring(t, 2).Seal([]byte("secret"), "webhook:1"),
		"trailing": sealed + "A", "line break": sealed + "\n.",
	} {
		if got, err := k.Open(s, "webhook:1"); !errors.Is(err, auth.ErrSealed) || got != nil {
			t.Errorf("%s: got %q, %v, want ErrSealed", name, got, err)
		}
	}
	if _, err := k.Open(sealed, "webhook:2"); !errors.Is(err, auth.ErrSealed) {
		t.Errorf("another place: got %v, want ErrSealed", err)
	}
}

func TestOpenRefusesEveryChangedByte(t *testing.T) {
	k := ring(t, 1)
	head, body, _ := strings.Cut(k.Seal([]byte("secret"), "w")[3:], ".")
	raw, _ := base64.RawURLEncoding.DecodeString(body)
	for i := range raw {
		bad := bytes.Clone(raw)
		bad[i] ^= 1
		if _, err := k.Open("s1."+head+"."+base64.RawURLEncoding.EncodeToString(bad), "w"); !errors.Is(err, auth.ErrSealed) {
			t.Errorf("byte %d changed: got %v, want ErrSealed", i, err)
		}
	}
}

func TestSealRotation(t *testing.T) {
	before, during, after := ring(t, 1), ring(t, 2, 1), ring(t, 2)
	old := before.Seal([]byte("secret"), "w")
	if got, err := during.Open(old, "w"); err != nil || string(got) != "secret" {
		t.Errorf("got %q, %v", got, err)
	}
	if during.IsCurrent(old) || !during.IsCurrent(during.Seal(nil, "w")) {
		t.Error("IsCurrent does not tell the keys apart")
	}
	if _, err := after.Open(old, "w"); !errors.Is(err, auth.ErrSealed) {
		t.Errorf("key gone: got %v, want ErrSealed", err)
	}
}

func TestDerive(t *testing.T) {
	k := ring(t, 2, 1)
	jwt, other := k.Derive("jwt"), k.Derive("cursor")
	if len(jwt) != 2 || len(jwt[0]) != 32 || bytes.Equal(jwt[0], jwt[1]) || bytes.Equal(jwt[0], other[0]) {
		t.Errorf("got %x and %x", jwt, other)
	}
	if !bytes.Equal(jwt[1], ring(t, 1).Derive("jwt")[0]) {
		t.Error("a key that became previous derives something else")
	}
}

func TestLoadOrCreateKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "master.key")
	var wg sync.WaitGroup
	rings := make([]*auth.Keyring, 8)
	for i := range rings {
		wg.Go(func() { rings[i], _ = auth.LoadOrCreateKey(path) })
	}
	wg.Wait()
	sealed := rings[0].Seal([]byte("secret"), "w")
	for i, k := range rings {
		if _, err := k.Open(sealed, "w"); err != nil {
			t.Errorf("start %d has another key: %v", i, err)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got %v, %v, want mode 600", info.Mode(), err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".key-*")); len(left) > 0 {
		t.Errorf("files left behind: %v", left)
	}
}

func TestLoadKeyRotation(t *testing.T) {
	path := filepath.Join(t.TempDir(), "master.key")
	first, err := auth.LoadOrCreateKey(path)
	if err != nil {
		t.Fatal(err)
	}
	sealed := first.Seal([]byte("secret"), "w")
	text, _ := os.ReadFile(path)
	if err := os.WriteFile(path, []byte(auth.NewMasterKey()+"\n"+string(text)), 0o600); err != nil {
		t.Fatal(err)
	}
	second, err := auth.LoadOrCreateKey(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := second.Open(sealed, "w"); err != nil || second.IsCurrent(sealed) {
		t.Errorf("got %v, current %v, want nil, false", err, second.IsCurrent(sealed))
	}
}

func TestLoadKeyRefuses(t *testing.T) {
	for _, c := range []struct {
		name, text string
		mode       os.FileMode
	}{
		{"readable by all", auth.NewMasterKey(), 0o644},
		{"empty", "", 0o600},
		{"not base64", "hello", 0o600},
		{"short", "c2hvcnQ=", 0o600},
		{"second line bad", auth.NewMasterKey() + "\nx", 0o600},
	} {
		path := filepath.Join(t.TempDir(), "k")
		if err := os.WriteFile(path, []byte(c.text), c.mode); err != nil {
			t.Fatal(err)
		}
		if _, err := auth.LoadOrCreateKey(path); err == nil {
			t.Errorf("%s: got nil, want an error", c.name)
		}
		if got, _ := os.ReadFile(path); string(got) != c.text {
			t.Errorf("%s: the file was changed", c.name)
		}
	}
	if _, err := auth.LoadOrCreateKey(filepath.Join(t.TempDir(), "no", "such", "folder")); err == nil {
		t.Error("missing folder: got nil, want an error")
	}
}
