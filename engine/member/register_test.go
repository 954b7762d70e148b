package member_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/rest/resttest"
)

func registration(name, email string, more ...string) map[string]any {
	body := map[string]any{"communityId": "northwind", "username": name, "email": email, "password": password}
	for i := 0; i+1 < len(more); i += 2 {
		body[more[i]] = more[i+1]
	}
	return body
}

func loginBody(name, secret string) map[string]any {
	return map[string]any{"communityId": "northwind", "login": name, "password": secret}
}

func TestRegisterConfirmSignIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.join(t, "grace", api.RoleMember)
		got := w.call(t, "POST", "/apis/v1/auth/register", "", registration("ada", "Ada@Example.com", "referral", "grace", "displayname", "Ada L.")).Want(t, 201)
		if got.Text("status") != "success" || got.At("data") != nil {
			t.Errorf("got %s", got.Raw)
		}
		w.call(t, "POST", "/v1/auth/login", "", loginBody("ada", password)).Want(t, 403, "email_not_verified")
		w.call(t, "POST", "/v1/auth/login", "", loginBody("ada", "wrong wrong wrong")).Want(t, 401, "credentials_wrong")
		if len(w.referrals) != 0 {
			t.Error("the referral was paid before the address was confirmed")
		}
		token := w.token(t, "Ada@Example.com")
		w.call(t, "POST", "/v1/auth/verify-email", "", map[string]any{"token": token}).Want(t, 200)
		wantField(t, w.call(t, "POST", "/v1/auth/verify-email", "", map[string]any{"token": token}).Want(t, 400, "token_invalid"), "token")
		if diff := cmp.Diff([]string{"grace>ada"}, w.referrals); diff != "" {
			t.Error(diff)
		}
		session := w.call(t, "POST", "/v1/auth/login", "", loginBody("ada@example.com", password)).Want(t, 200)
		if session.Text("data.user.displayName") != "Ada L." || session.Text("data.expiresAt") != "2026-11-30T09:30:00.000Z" {
			t.Errorf("got %s", session.Raw)
		}
		me := w.call(t, "GET", "/v1/me", session.Text("data.token"), nil).Want(t, 200)
		if me.Text("data.username") != "ada" || me.At("data.emailVerified") != true || me.At("data.isOnline") != true {
			t.Errorf("got %s", me.Raw)
		}
		if diff := cmp.Diff([]string{"ada"}, w.visits); diff != "" {
			t.Error(diff)
		}
	})
}

func TestBadRegistrationsNameTheField(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	w.join(t, "grace", api.RoleMember)
	for _, c := range []struct {
		name, field, code string
		body              any
		status            int
	}{
		{"short password", "password", "password_short", registration("ada", "a@example.com", "password", "short"), 400},
		{"common password", "password", "password_common", registration("ada", "a@example.com", "password", "password123"), 400},
		{"own name", "password", "password_personal", registration("adalove", "a@example.com", "password", "xx-adalove-xx"), 400},
		{"bad email", "email", "", registration("ada", "nobody"), 400},
		{"named email", "email", "", registration("ada", "Ada <a@example.com>"), 400},
		{"short username", "username", "", registration("a", "a@example.com"), 400},
		{"username like an address", "username", "", registration("a@b", "a@example.com"), 400},
		{"username like a number", "username", "", registration("12345", "a@example.com"), 400},
		{"username like an id", "username", "", registration("0123456789ABCDEF01234567", "a@example.com"), 400},
		{"username with a space", "username", "", registration("ada l", "a@example.com"), 400},
		{"turned display name", "displayname", "", registration("ada", "a@example.com", "displayname", "x\u202eada"), 400},
		{"taken username", "username", "username_taken", registration("GRACE", "a@example.com"), 409},
		{"unknown community", "communityId", "community_not_found", registration("ada", "a@example.com", "communityId", "nowhere"), 404},
		{"missing password", "password", "", map[string]any{"email": "a@example.com", "username": "ada"}, 400},
		{"garbage", "", "", "{", 400},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := w.call(t, "POST", "/v1/auth/register", "", c.body).Want(t, c.status)
			wantField(t, got, c.field)
			if c.code != "" && got.Text("code") != c.code {
				t.Errorf("got code %q, want %q", got.Text("code"), c.code)
			}
		})
	}
}

// A stranger learns nothing about who has an account from any reply.
func TestRepliesDoNotTellWhoIsAMember(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.join(t, "grace", api.RoleMember)
		w.call(t, "POST", "/v1/auth/register", "", registration("unconfirmed", "waiting@example.com")).Want(t, 201)
		for _, c := range []struct {
			name, path           string
			known, unknown, late any
		}{
			{"register", "/v1/auth/register", registration("fresh1", "grace@example.com"), registration("fresh2", "nobody@example.com"), registration("unconfirmed", "waiting@example.com")},
			{"forgot", "/v1/auth/password/forgot", map[string]any{"communityId": "northwind", "email": "grace@example.com"},
				map[string]any{"communityId": "northwind", "email": "nobody2@example.com"}, map[string]any{"communityId": "northwind", "email": "waiting@example.com"}},
			{"login", "/v1/auth/login", loginBody("grace", "wrong wrong"), loginBody("nobody3", "wrong wrong"), loginBody("unconfirmed", "wrong wrong")},
		} {
			var first resttest.Reply
			for i, body := range []any{c.known, c.unknown, c.late} {
				got := w.call(t, "POST", c.path, "", body, "X-Request-Id: same-for-all")
				if i == 0 {
					first = got
				}
				if got.Status != first.Status || got.Raw != first.Raw {
					t.Errorf("%s: got %d %s, want %d %s", c.name, got.Status, got.Raw, first.Status, first.Raw)
				}
			}
		}
		if text := strings.Join(w.mails(t, "grace@example.com"), "\n"); !strings.Contains(text, "already has an account") {
			t.Errorf("the member was not told: %q", text)
		}
		w.call(t, "POST", "/v1/auth/login", "", loginBody("fresh1", password)).Want(t, 401)
	})
}

// Who registers somebody else's address first must not keep a way in.
func TestTheConfirmedRegistrationSetsThePassword(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	w.call(t, "POST", "/v1/auth/register", "", registration("squatter", "victim@example.com")).Want(t, 201)
	stale := w.token(t, "victim@example.com")
	w.call(t, "POST", "/v1/auth/register", "", registration("victim", "victim@example.com", "password", "quite another secret")).Want(t, 201)
	w.call(t, "POST", "/v1/auth/verify-email", "", map[string]any{"token": w.token(t, "victim@example.com")}).Want(t, 200)
	w.call(t, "POST", "/v1/auth/verify-email", "", map[string]any{"token": stale}).Want(t, 400)
	w.call(t, "POST", "/v1/auth/login", "", loginBody("victim@example.com", password)).Want(t, 401)
	w.call(t, "POST", "/v1/auth/login", "", loginBody("victim@example.com", "quite another secret")).Want(t, 200)
}

func TestANameThatWaitsForItsMailIsNotToldApart(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	a := w.call(t, "POST", "/v1/auth/register", "", registration("ada", "one@example.com")).Want(t, 201)
	b := w.call(t, "POST", "/v1/auth/register", "", registration("ada", "two@example.com")).Want(t, 201)
	if a.Raw != b.Raw {
		t.Errorf("got %s and %s", a.Raw, b.Raw)
	}
	if text := w.mails(t, "two@example.com")[0]; !strings.Contains(text, `"ada-`) {
		t.Errorf("no similar name in %q", text)
	}
}

func TestStrangersCannotFloodAMailbox(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	w.join(t, "grace", api.RoleMember)
	forgot := map[string]any{"communityId": "northwind", "email": "grace@example.com"}
	for range 9 {
		w.call(t, "POST", "/v1/auth/password/forgot", "", forgot).Want(t, 200)
	}
	if n := len(w.mails(t, "grace@example.com")); n != 5 {
		t.Errorf("got %d mails in an hour, want 5", n)
	}
	w.clock.Advance(61 * time.Minute)
	w.call(t, "POST", "/v1/auth/password/forgot", "", forgot).Want(t, 200)
	if n := len(w.mails(t, "grace@example.com")); n != 6 {
		t.Errorf("got %d mails after the hour, want 6", n)
	}
}

func TestVerificationLinksEnd(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	w.call(t, "POST", "/v1/auth/register", "", registration("ada", "ada@example.com")).Want(t, 201)
	token := w.token(t, "ada@example.com")
	w.clock.Advance(24 * time.Hour)
	w.call(t, "POST", "/v1/auth/verify-email", "", map[string]any{"token": token}).Want(t, 400, "token_invalid")
	w.call(t, "POST", "/v1/auth/verify-email", "", map[string]any{"token": "lrl_ml_nonsense"}).Want(t, 400, "token_invalid")
	w.call(t, "POST", "/v1/auth/register", "", registration("x1", "y@example.com", "referral", "a stale link")).Want(t, 201)
}
