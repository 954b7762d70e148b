package member_test

import (
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
)

func TestFailuresSlowAnAccountDown(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.join(t, "grace", api.RoleMember)
		for _, name := range []string{"grace", "nobody"} {
			for i := range 5 {
				if got := w.call(t, "POST", "/v1/auth/login", "", loginBody(name, fmt.Sprintf("wrong %d", i))); got.Status != 401 {
					t.Fatalf("%s: got %d at try %d, want 401", name, got.Status, i+1)
				}
			}
			for _, want := range []int{10, 20, 40} {
				got := w.call(t, "POST", "/v1/auth/login", "", loginBody(name, password)).Want(t, 429, "too_many_attempts")
				if got.Header.Get("Retry-After") != strconv.Itoa(want) {
					t.Errorf("%s: got Retry-After %q, want %d", name, got.Header.Get("Retry-After"), want)
				}
				w.clock.Advance(time.Duration(want) * time.Second)
				w.call(t, "POST", "/v1/auth/login", "", loginBody(name, "wrong again")).Want(t, 401)
			}
		}
		restarted := newWorldOver(t, w)
		restarted.call(t, "POST", "/v1/auth/login", "", loginBody("grace", password)).Want(t, 429)
		w.clock.Advance(15 * time.Minute)
		w.call(t, "POST", "/v1/auth/login", "", loginBody("grace", password)).Want(t, 200)
		w.call(t, "POST", "/v1/auth/login", "", loginBody("grace", "wrong once more")).Want(t, 401)
	})
}

// Strangers who fail on purpose cannot keep somebody out who signed in from
// the same address before.
func TestAKnownAddressIsNotSlowedDownByStrangers(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	w.join(t, "grace", api.RoleMember)
	w.signIn(t, "grace")
	for range 8 {
		w.from("198.51.100.7").call(t, "POST", "/v1/auth/login", "", loginBody("grace", "wrong wrong"))
	}
	w.from("198.51.100.7").call(t, "POST", "/v1/auth/login", "", loginBody("grace", password)).Want(t, 429)
	w.call(t, "POST", "/v1/auth/login", "", loginBody("grace", password)).Want(t, 200)
}

func TestAThousandAtOnceAreNotFree(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	w.join(t, "grace", api.RoleMember)
	var mu sync.Mutex
	var group sync.WaitGroup
	statuses := map[int]int{}
	for range 60 {
		group.Go(func() {
			got := w.call(t, "POST", "/v1/auth/login", "", loginBody("grace", "wrong wrong"))
			mu.Lock()
			statuses[got.Status]++
			mu.Unlock()
		})
	}
	group.Wait()
	if statuses[401] != 5 || statuses[429] != 55 {
		t.Errorf("got %v, want 5 tries answered and 55 refused", statuses)
	}
}

func TestWhoCannotSignIn(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	owner := w.team(t, "olga", api.RoleOwner)
	w.join(t, "gone", api.RoleMember)
	w.call(t, "POST", "/v1/users/manage", owner, map[string]any{"action": "delete", "user": "gone"}).Want(t, 200)
	if _, err := w.s.Create(t.Context(), w.home.ID, api.NewUser{Username: "standin", Email: "d@example.com", Password: password, IsDummy: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.s.Create(t.Context(), w.home.ID, api.NewUser{Username: "nopass", Email: "n@example.com"}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"gone", "standin", "nopass"} {
		w.call(t, "POST", "/v1/auth/login", "", loginBody(name, password)).Want(t, 401, "credentials_wrong")
	}
	w.community(t, "other")
	body := loginBody("olga", password)
	body["communityId"] = "other"
	w.call(t, "POST", "/v1/auth/login", "", body).Want(t, 401)
	delete(body, "communityId")
	wantField(t, w.call(t, "POST", "/v1/auth/login", "", body).Want(t, 404, "community_not_found"), "communityId")
	w.call(t, "POST", "http://northwind.example.net:8080/v1/auth/login", "", body).Want(t, 200)
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		one := w.team(t, "grace", api.RoleMember)
		w.clock.Advance(time.Second)
		two := w.signIn(t, "grace")
		other := w.team(t, "ada", api.RoleMember)
		list := w.call(t, "GET", "/v1/auth/sessions", two, nil).Want(t, 200)
		items, _ := list.At("data").([]any)
		if len(items) != 2 || items[0].(map[string]any)["isCurrent"] != true || items[1].(map[string]any)["isCurrent"] != false {
			t.Fatalf("got %s", list.Raw)
		}
		first, _ := items[1].(map[string]any)["_id"].(string)
		w.call(t, "DELETE", "/v1/auth/sessions/"+first, other, nil).Want(t, 404, "session_not_found")
		w.call(t, "DELETE", "/v1/auth/sessions/"+first, two, nil).Want(t, 200)
		w.call(t, "GET", "/v1/me", one, nil).Want(t, 401)
		w.call(t, "POST", "/v1/auth/logout", two, nil).Want(t, 200)
		w.call(t, "GET", "/v1/me", two, nil).Want(t, 401)
		w.call(t, "GET", "/v1/me", other, nil).Want(t, 200)
		w.clock.Advance(7*24*time.Hour + time.Minute)
		w.call(t, "GET", "/v1/me", other, nil).Want(t, 401)
	})
}

func TestAForgottenPasswordIsReset(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		session := w.team(t, "grace", api.RoleMember)
		forgot := map[string]any{"communityId": "northwind", "email": "GRACE@example.com"}
		w.call(t, "POST", "/v1/auth/password/forgot", "", forgot).Want(t, 200)
		token := w.token(t, "grace@example.com")
		reset := func(secret string) map[string]any { return map[string]any{"token": token, "password": secret} }
		wantField(t, w.call(t, "POST", "/v1/auth/password/reset", "", reset("short")).Want(t, 400, "password_short"), "password")
		w.call(t, "POST", "/v1/auth/password/reset", "", reset("a brand new secret")).Want(t, 200)
		wantField(t, w.call(t, "POST", "/v1/auth/password/reset", "", reset("a brand new secret 2")).Want(t, 400, "token_invalid"), "token")
		w.call(t, "GET", "/v1/me", session, nil).Want(t, 401)
		w.call(t, "POST", "/v1/auth/login", "", loginBody("grace", password)).Want(t, 401)
		w.call(t, "POST", "/v1/auth/login", "", loginBody("grace", "a brand new secret")).Want(t, 200)

		w.clock.Advance(time.Second)
		w.call(t, "POST", "/v1/auth/password/forgot", "", forgot).Want(t, 200)
		token = w.token(t, "grace@example.com")
		w.clock.Advance(time.Hour)
		w.call(t, "POST", "/v1/auth/password/reset", "", reset("a brand new secret 3")).Want(t, 400, "token_invalid")
	})
}

func TestOneUseTokensAreUsedOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.join(t, "grace", api.RoleMember)
		w.call(t, "POST", "/v1/auth/password/forgot", "", map[string]any{"communityId": "northwind", "email": "grace@example.com"}).Want(t, 200)
		token := w.token(t, "grace@example.com")
		var mu sync.Mutex
		var group sync.WaitGroup
		statuses := map[int]int{}
		for i := range 100 {
			group.Go(func() {
				got := w.call(t, "POST", "/v1/auth/password/reset", "", map[string]any{"token": token, "password": fmt.Sprintf("a brand new secret %d", i)})
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
