package auth_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"laurel/auth"
)

func TestNewKey(t *testing.T) {
	form := regexp.MustCompile(`^lrl_[cuswag]_[0-9A-Za-z]{49}$`)
	seen := map[string]bool{}
	for _, kind := range []auth.KeyKind{auth.KeyCommunity, auth.KeyUser, auth.KeySystem, auth.KeyWidget, auth.KeySecureAuth, auth.KeyWidgetAPI} {
		for range 50 {
			k := auth.NewKey(kind)
			if !form.MatchString(k.Secret) || k.Secret[:10] != k.Prefix || k.Hash != auth.HashKey(k.Secret) || seen[k.Secret] {
				t.Fatalf("bad key %+v", k)
			}
			seen[k.Secret] = true
			if got, err := auth.CheckKeyForm(" " + k.Secret + "\n"); got != kind || err != nil {
				t.Fatalf("got %q, %v, want %q", got, err, kind)
			}
		}
	}
}

func TestHashKey(t *testing.T) {
	// SHA-256 of "abc", FIPS 180-2 appendix B.1.
	const want = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	for _, s := range []string{"abc", " abc", "abc\r\n"} {
		if got := auth.HashKey(s); got != want {
			t.Errorf("HashKey(%q) = %s, want %s", s, got, want)
		}
	}
}

func TestCheckKeyFormRefuses(t *testing.T) {
	good := auth.NewKey(auth.KeyCommunity).Secret
	other := byte('A')
	if good[20] == 'A' {
		other = 'B'
	}
	for name, s := range map[string]string{
		"empty":        "",
		"hex":          strings.Repeat("ab", 32),
		"cut":          good[:len(good)-1],
		"longer":       good + "0",
		"unknown kind": "lrl_z_" + good[6:],
		"no kind":      "lrl___" + good[6:],
		"changed":      good[:20] + string(other) + good[21:],
		"kind swapped": "lrl_s_" + good[6:],
		"not base62":   good[:20] + "-" + good[21:],
		"other prefix": "xrl" + good[3:],
	} {
		if kind, err := auth.CheckKeyForm(s); !errors.Is(err, auth.ErrKeyForm) || kind != "" {
			t.Errorf("%s: got %q, %v, want ErrKeyForm", name, kind, err)
		}
	}
}

func TestNewOpaque(t *testing.T) {
	a, b := auth.NewOpaque(auth.PrefixTicket), auth.NewOpaque(auth.PrefixTicket)
	if a.Token == b.Token || !strings.HasPrefix(a.Token, auth.PrefixTicket) || len(a.Token) != len(auth.PrefixTicket)+43 {
		t.Errorf("got %q and %q", a.Token, b.Token)
	}
	if a.Hash != auth.HashKey(a.Token) || strings.Contains(a.Hash, a.Token) {
		t.Errorf("hash %q does not belong to %q", a.Hash, a.Token)
	}
}

func TestAccessExpiry(t *testing.T) {
	now := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name      string
		left, got time.Duration
	}{
		{"long session", time.Hour, 5 * time.Minute},
		{"session about to end", time.Minute, time.Minute},
		{"session over", -time.Minute, -time.Minute},
	} {
		if got := auth.AccessExpiry(now, now.Add(c.left)); !got.Equal(now.Add(c.got)) {
			t.Errorf("%s: got %v, want %v", c.name, got.Sub(now), c.got)
		}
	}
}
