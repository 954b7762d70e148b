package auth_test

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"laurel/auth"
)

func TestMask(t *testing.T) {
	key := auth.NewKey(auth.KeyCommunity)
	for in, want := range map[string]string{
		key.Secret:   key.Prefix + "••••",
		"":           "••••",
		"short":      "••••",
		"0123456789": "••••",
	} {
		if got := auth.Mask(in); got != want {
			t.Errorf("Mask(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMaskText(t *testing.T) {
	key := auth.NewKey(auth.KeyWidget).Secret
	for _, c := range []struct{ in, want string }{
		{"nothing to hide", "nothing to hide"},
		{"key " + key + " refused", "key " + key[:10] + "•••• refused"},
		{auth.NewOpaque("lrl_tk_").Token, "lrl_tk_"},
		{"/embed/leaderboard/1?ticket=abc123&x=1", "/embed/leaderboard/1?ticket=••••&x=1"},
		{"/a?x=1&access_token=abc", "/a?x=1&access_token=••••"},
		{"Authorization: Bearer abc.def", "Authorization: ••••"},
		{"token eyJhbGciOi.eyJzdWIi.sig-x bad", "token •••• bad"},
		{"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "••••"},
	} {
		if got := auth.MaskText(c.in); !strings.HasPrefix(got, c.want) {
			t.Errorf("MaskText(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

type address string

func (a address) String() string { return string(a) }

func TestRedactAttr(t *testing.T) {
	const secret = "s3cr3t-v4lue"
	key := auth.NewKey(auth.KeySystem).Secret
	var buf bytes.Buffer
	log := slog.New(slog.NewTextHandler(&buf, &slog.HandlerOptions{ReplaceAttr: auth.RedactAttr}))
	for _, name := range []string{"token", "Token", "embed_token", "accessKey", "API-Key", "apiKey", "x-api-key", "secret", "client_secret",
		"password", "Authorization", "ticket", "cookie", "Set-Cookie", "cookies", "KEY", "a.b.key"} {
		log.Info("x", name, secret, slog.Group("g", name, secret), name, []byte(secret))
	}
	log.Info("x", "err", errors.New("refused "+key), "url", address("/x?token="+secret), "path", "/x?ticket="+secret)
	if got := buf.String(); strings.Contains(got, secret) || strings.Contains(got, key) || strings.Contains(got, "s3cr3t") {
		t.Errorf("a secret shows in:\n%s", got)
	}
	buf.Reset()
	log.Info("x", "key_id", "6650", "keyId", "6651", "member", "6652", "tokens_left", 7, "monkey", "bananas", "n", 3)
	for _, want := range []string{"6650", "6651", "6652", "tokens_left=7", "bananas", "n=3"} {
		if !strings.Contains(buf.String(), want) {
			t.Errorf("%q is missing in %s", want, buf.String())
		}
	}
}
