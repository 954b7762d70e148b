package member_test

import (
	"strings"
	"testing"
	"time"

	"laurel/api"
	"laurel/engine/db/dbtest"
)

func TestWhoReadsHisProfileIsOnline(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	token, key := w.team(t, "grace", api.RoleMember), w.key(t, api.PermGetUserData)
	online := func(want bool) {
		t.Helper()
		if got := w.call(t, "GET", "/v1/users/grace?isOnline=true", key, nil).Want(t, 200); got.At("data.isOnline") != want {
			t.Errorf("got %v, want %v", got.At("data.isOnline"), want)
		}
	}
	online(true)
	w.clock.Advance(5 * time.Minute)
	online(false)
	w.call(t, "GET", "/v1/me", token, nil).Want(t, 200)
	online(true)
}

func TestWelcomeMails(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	key := w.key(t, api.PermCreateUser)
	for _, c := range []struct {
		name string
		more map[string]any
		want string // part of the mail; empty for none
	}{
		{"silent", map[string]any{}, ""},
		{"without-password", map[string]any{"sendEmail": true}, "/reset#token="},
		{"with-password", map[string]any{"sendEmail": true, "password": password, "confirmPassword": password}, "/sign-in"},
		{"mail-password", map[string]any{"emailPassword": true, "password": password}, "/reset#token="},
		{"not-joined", map[string]any{"sendEmail": true, "joinServer": false}, "/verify#token="},
	} {
		t.Run(c.name, func(t *testing.T) {
			body := map[string]any{"username": c.name, "email": c.name + "@example.com"}
			for k, v := range c.more {
				body[k] = v
			}
			got := w.call(t, "POST", "/v1/users", key, body).Want(t, 201)
			if got.At("data.emailVerified") != (c.name != "not-joined") {
				t.Errorf("got %s", got.Raw)
			}
			text := strings.Join(w.mails(t, c.name+"@example.com"), "\n")
			if (text == "") != (c.want == "") || !strings.Contains(text, c.want) || strings.Contains(text, password) {
				t.Errorf("got %q, want %q", text, c.want)
			}
		})
	}
	w.call(t, "POST", "/v1/auth/verify-email", "", map[string]any{"token": w.token(t, "not-joined@example.com")}).Want(t, 200)
}
