package auth_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"laurel/auth"
)

func TestPasswordHashRoundTrip(t *testing.T) {
	h := auth.NewHasher(auth.CheapParams(), 2)
	encoded, err := h.Hash(t.Context(), "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, password string
		want           bool
	}{
		{"same", "correct horse", true},
		{"other", "correct horsf", false},
		{"empty", "", false},
		{"longer", "correct horse ", false},
		{"full-width form", "\uff43orrect horse", true},
		{"huge", strings.Repeat("x", 1<<20), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			ok, rehash, err := h.Verify(t.Context(), c.password, encoded)
			if err != nil || ok != c.want || rehash {
				t.Errorf("got %v, %v, %v, want %v, false, nil", ok, rehash, err, c.want)
			}
		})
	}
}

func TestPasswordHashesDiffer(t *testing.T) {
	h := auth.NewHasher(auth.CheapParams(), 1)
	a, _ := h.Hash(t.Context(), "correct horse")
	b, _ := h.Hash(t.Context(), "correct horse")
	if a == b {
		t.Error("two hashes of one password are equal: the salt is not fresh")
	}
}

func TestDefaultParamsHold(t *testing.T) {
	p := auth.DefaultParams()
	if p.Memory < 64*1024 || p.Time < 1 || p.Threads != 1 {
		t.Errorf("got %+v, want at least 64 MiB, one pass, one thread", p)
	}
	encoded, err := auth.NewHasher(p, 1).Hash(t.Context(), "correct horse")
	if err != nil || !strings.HasPrefix(encoded, "$argon2id$v=19$m=65536,t=1,p=1$") {
		t.Errorf("got %q, %v", encoded, err)
	}
}

func TestPasswordRehash(t *testing.T) {
	old, _ := auth.NewHasher(auth.CheapParams(), 1).Hash(t.Context(), "correct horse")
	h := auth.NewHasher(auth.Params{Memory: 128, Time: 1, Threads: 1}, 1)
	if ok, rehash, err := h.Verify(t.Context(), "correct horse", old); !ok || !rehash || err != nil {
		t.Errorf("right password: got %v, %v, %v, want true, true, nil", ok, rehash, err)
	}
	if ok, rehash, _ := h.Verify(t.Context(), "wrong", old); ok || rehash {
		t.Errorf("wrong password: got %v, %v, want false, false", ok, rehash)
	}
}

func TestPasswordHashForm(t *testing.T) {
	h := auth.NewHasher(auth.CheapParams(), 1)
	good, _ := h.Hash(t.Context(), "correct horse")
	for name, encoded := range map[string]string{
		"empty":        "",
		"bcrypt":       "$2a$10$abcdefghijklmnopqrstuv",
		"argon2i":      strings.Replace(good, "argon2id", "argon2i", 1),
		"version":      strings.Replace(good, "v=19", "v=16", 1),
		"huge memory":  strings.Replace(good, "m=64", "m=99999999", 1),
		"no memory":    strings.Replace(good, "m=64", "m=0", 1),
		"no passes":    strings.Replace(good, "t=1", "t=0", 1),
		"many passes":  strings.Replace(good, "t=1", "t=9999", 1),
		"no threads":   strings.Replace(good, "p=1", "p=0", 1),
		"short digest": good[:len(good)-8],
		"not base64":   good[:len(good)-1] + "*",
		"more parts":   good + "$x",
	} {
		if ok, _, err := h.Verify(t.Context(), "correct horse", encoded); ok || !errors.Is(err, auth.ErrHashForm) {
			t.Errorf("%s: got %v, %v, want ErrHashForm", name, ok, err)
		}
	}
}

func TestVerifyNobody(t *testing.T) {
	h := auth.NewHasher(auth.CheapParams(), 1)
	if err := h.VerifyNobody(t.Context(), "anything at all"); err != nil {
		t.Errorf("got %v, want nil", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := h.VerifyNobody(ctx, "anything at all"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
}

func TestPasswordRules(t *testing.T) {
	rules := auth.NewPasswordRules()
	for _, c := range []struct{ name, password, want string }{
		{"nine characters", "vK8#pLq2z", "password_short"},
		{"ten characters", "vK8#pLq2zw", ""},
		{"ten wide characters", "ünïcødé-ñø", ""},
		{"256 characters", strings.Repeat("vK8#pLq2zw", 25) + "abcdef", ""},
		{"257 characters", strings.Repeat("vK8#pLq2zw", 25) + "abcdefg", "password_long"},
		{"not text", "vK8#pLq2zw\xff", "password_text"},
		{"with NUL", "vK8#pLq2zw\x00", "password_text"},
		{"listed", "password123", "password_common"},
		{"listed in capitals", "PASSWORD123", "password_common"},
		{"listed spelt with signs", "P@ssw0rd123", "password_common"},
		{"word and year", "Sunshine2024", "password_common"},
		{"word and signs", "!!Welcome99", "password_common"},
		{"doubled word", "dragondragon", "password_common"},
		{"one character", "aaaaaaaaaaaa", "password_common"},
		{"two characters", "1212121212", "password_common"},
		{"repeated unit", "xyz!xyz!xyz!", "password_common"},
		{"digits in order", "0123456789", "password_common"},
		{"digits backwards", "9876543210", "password_common"},
		{"alphabet", "ghijklmnopqr", "password_common"},
		{"keyboard row", "qwertyuiop", "password_common"},
		{"keyboard columns", "1qaz2wsx3edc", "password_common"},
		{"holds the user name", "xx-MariaLopez-77", "password_personal"},
		{"holds the mailbox", "sales.north-11", "password_personal"},
		{"short names are let be", "channel-ann-7", ""},
		{"plain long phrase", "four barrels of quiet rain", ""},
		{"word among others", "my dragon eats turnips", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := rules.Check(c.password, "marialopez", "Sales.North@example.com", "ann", "")
			var refused *auth.PasswordError
			got := ""
			if errors.As(err, &refused) {
				got = refused.Code
				if refused.Message == "" || refused.Error() != refused.Message {
					t.Errorf("message %q, error %q", refused.Message, refused.Error())
				}
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
