package member_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/rest/resttest"
)

const handoverStart = "https://club.example.com/login/handover/"

func (w *world) secureAuth(t *testing.T, path, host string) resttest.Reply {
	t.Helper()
	return w.call(t, "GET", "/api/secureAuth"+path, "", nil, "apiKey: "+w.secrets.SecureAuthKey, "hostname: "+host)
}

func TestHandOver(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.join(t, "grace", api.RoleMember)
		got := w.secureAuth(t, "?userId=grace&email=grace@example.com&accessLevel=0&action=login", "northwind.example.net:443").Want(t, 200)
		if len(got.JSON) != 3 || got.At("error") != false || strings.Contains(got.Raw, w.secrets.SecureAuthKey) {
			t.Fatalf("got %s", got.Raw)
		}
		token, ok := strings.CutPrefix(got.Text("loginUrl"), handoverStart)
		if !ok {
			t.Fatalf("got %q", got.Text("loginUrl"))
		}
		state := func(want string) {
			t.Helper()
			got := w.secureAuth(t, "/"+got.Text("sessionId"), "club.example.com").Want(t, 200)
			if got.Text("status") != want || got.Text("userId") != "grace" || got.Text("expiresAt") != "2026-11-23T09:31:00.000Z" || got.At("error") != false {
				t.Errorf("got %s, want %s", got.Raw, want)
			}
		}
		state("pending")
		for range 3 {
			preview := w.call(t, "GET", "/v1/auth/handover/"+token, "", nil).Want(t, 200)
			if preview.Text("data.status") != "pending" || preview.Text("data.user.username") != "grace" || preview.Text("data.community.uri") != "northwind" {
				t.Errorf("got %s", preview.Raw)
			}
		}
		session := w.call(t, "POST", "/v1/auth/handover", "", map[string]any{"token": token}).Want(t, 200)
		w.call(t, "GET", "/v1/me", session.Text("data.token"), nil).Want(t, 200)
		w.call(t, "POST", "/v1/auth/handover", "", map[string]any{"token": token}).Want(t, 400, "token_invalid")
		state("used")
		if spent := w.call(t, "GET", "/v1/auth/handover/"+token, "", nil).Want(t, 200); strings.Contains(spent.Raw, "grace") || spent.Text("data.status") != "used" {
			t.Errorf("a spent link tells %s", spent.Raw)
		}
	})
}

func TestAHandOverEndsAfterAMinute(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	w.join(t, "grace", api.RoleMember)
	got := w.secureAuth(t, "?email=grace@example.com", "club.example.com").Want(t, 200)
	token := strings.TrimPrefix(got.Text("loginUrl"), handoverStart)
	w.clock.Advance(59 * time.Second)
	if s := w.secureAuth(t, "/"+got.Text("sessionId"), "club.example.com").Text("status"); s != "pending" {
		t.Errorf("got %s after 59 s, want pending", s)
	}
	w.clock.Advance(time.Second)
	w.call(t, "POST", "/v1/auth/handover", "", map[string]any{"token": token}).Want(t, 400, "token_invalid")
	if s := w.secureAuth(t, "/"+got.Text("sessionId"), "club.example.com").Text("status"); s != "expired" {
		t.Errorf("got %s after 60 s, want expired", s)
	}
}

func TestAHandOverSignsInOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.join(t, "grace", api.RoleMember)
		token := strings.TrimPrefix(w.secureAuth(t, "?userId=grace", "club.example.com").Want(t, 200).Text("loginUrl"), handoverStart)
		var mu sync.Mutex
		var group sync.WaitGroup
		statuses := map[int]int{}
		for range 100 {
			group.Go(func() {
				got := w.call(t, "POST", "/v1/auth/handover", "", map[string]any{"token": token})
				mu.Lock()
				statuses[got.Status]++
				mu.Unlock()
			})
		}
		group.Wait()
		if statuses[200] != 1 || statuses[400] != 99 {
			t.Errorf("got %v, want one success", statuses)
		}
	})
}

func TestHandOverRefusals(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	w.join(t, "grace", api.RoleMember)
	w.join(t, "ada", api.RoleMember)
	w.join(t, "olga", api.RoleOwner)
	other, secrets := w.community(t, "other")
	if _, err := w.s.Create(t.Context(), other.ID, api.NewUser{Username: "stranger", Email: "s@example.com"}); err != nil {
		t.Fatal(err)
	}
	key := w.secrets.SecureAuthKey
	for _, c := range []struct {
		name, query, key, host string
		status                 int
		code, field            string
	}{
		{"no key", "?userId=grace", "", "club.example.com", 401, "secure_auth_key_invalid", ""},
		{"wrong key", "?userId=grace", "nonsense", "club.example.com", 401, "secure_auth_key_invalid", ""},
		{"another kind of key", "?userId=grace", w.secrets.SystemKey, "club.example.com", 401, "secure_auth_key_invalid", ""},
		{"no host", "?userId=grace", key, "", 403, "secure_auth_hostname", "hostname"},
		{"other site", "?userId=grace", key, "other.example.net", 403, "secure_auth_hostname", "hostname"},
		{"nobody named", "", key, "club.example.com", 400, "invalid_user_id", "userId"},
		{"unknown", "?userId=nobody", key, "club.example.com", 404, "user_not_found", ""},
		{"two people", "?userId=grace&email=ada@example.com", key, "club.example.com", 400, "invalid_email", "email"},
		{"bad level", "?userId=grace&accessLevel=much", key, "club.example.com", 400, "invalid_access_level", "accessLevel"},
		{"bad action", "?userId=grace&action=delete", key, "club.example.com", 400, "invalid_action", "action"},
		{"owner", "?userId=olga", key, "club.example.com", 403, "secure_auth_team", ""},
		{"another community's user", "?userId=stranger", key, "club.example.com", 404, "user_not_found", ""},
		{"our user by another's key", "?userId=grace", secrets.SecureAuthKey, "club.example.com", 404, "user_not_found", ""},
		{"unknown session", "/aaaaaaaaaaaaaaaaaaaaaaaa", key, "club.example.com", 404, "handover_not_found", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := w.call(t, "GET", "/api/secureAuth"+c.query, "", nil, "apiKey: "+c.key, "hostname: "+c.host).Want(t, c.status, c.code)
			wantField(t, got, c.field)
			if got.At("error") != true || got.Text("message") == "" {
				t.Errorf("got %s", got.Raw)
			}
		})
	}
	if got := w.call(t, "GET", "/v1/nowhere", "", nil).Want(t, 404); got.At("error") != nil {
		t.Errorf("the mark of Secure Auth is elsewhere too: %s", got.Raw)
	}
	mine := w.secureAuth(t, "?userId=grace", "club.example.com").Want(t, 200).Text("sessionId")
	w.call(t, "GET", "/api/secureAuth/"+mine, "", nil, "apiKey: "+secrets.SecureAuthKey, "hostname: club.example.com").Want(t, 404)
}
