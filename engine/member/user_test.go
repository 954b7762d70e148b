package member_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
)

func TestCreateUser(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		key := w.key(t, api.PermCreateUser, api.PermUserFields, api.PermGetUserData)
		fields := "/v1/communities/" + w.home.ID + "/user-fields"
		w.call(t, "POST", fields, key, map[string]any{"name": "Lots traded", "type": "numerical"}).Want(t, 201)
		tier := w.call(t, "POST", fields, key, map[string]any{"field": "broker tier", "name": "Tier", "type": "select", "options": []string{"Gold", "Silver"}}).Want(t, 201)
		w.join(t, "grace", api.RoleMember)
		got := w.call(t, "POST", "/apis/v1/users", key, map[string]any{
			"firstname": "Ada", "lastname": "Lovelace", "username": "ada", "displayname": "Countess", "email": "ada@example.com", "accessLevel": 1,
			"joinServer": true, "sendEmail": true, "emailPassword": false, "externalId": "crm-7", "referral": "grace@example.com",
			"customFields": []map[string]any{{"fieldIdorName": "Lots traded", "value": 12.0}, {"fieldIdorName": tier.Text("data._id"), "value": "Gold"}},
		}).Want(t, 201)
		if got.At("data.id") != 2.0 || got.Text("data.role") != "member" || got.Text("data.customFields.lots-traded") != "12" || got.Text("data.customFields.broker-tier") != "Gold" {
			t.Errorf("got %s", got.Raw)
		}
		if w.numbers["lots-traded"] != 12 || len(w.referrals) != 1 {
			t.Errorf("hooks heard %v and %v", w.numbers, w.referrals)
		}
		if strings.Contains(got.Raw, "password") {
			t.Errorf("the reply speaks of passwords: %s", got.Raw)
		}
		w.call(t, "POST", "/v1/auth/password/reset", "", map[string]any{"token": w.token(t, "ada@example.com"), "password": "chosen by a countess"}).Want(t, 200)
		w.call(t, "POST", "/v1/auth/login", "", loginBody("ADA", "chosen by a countess")).Want(t, 200)
	})
}

func TestBadUsersNameTheField(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	key := w.key(t, api.PermCreateUser, api.PermUserFields)
	fields := "/v1/communities/" + w.home.ID + "/user-fields"
	for name, kind := range map[string]string{"n": "number", "d": "date", "b": "boolean", "s": "single-line-text"} {
		w.call(t, "POST", fields, key, map[string]any{"field": name, "name": "Field " + name, "type": kind}).Want(t, 201)
	}
	w.call(t, "POST", fields, key, map[string]any{"field": "c", "name": "Choice", "type": "select", "options": []string{"x"}}).Want(t, 201)
	w.call(t, "POST", "/v1/users", key, map[string]any{"username": "grace", "email": "grace@example.com", "externalId": "7"}).Want(t, 201)
	custom := func(name string, value any) map[string]any {
		return map[string]any{"customFields": []map[string]any{{"fieldIdorName": name, "value": value}}}
	}
	for _, c := range []struct {
		name, field, code string
		more              map[string]any
		status            int
	}{
		{"bad username", "username", "", map[string]any{"username": "x y"}, 400},
		{"bad email", "email", "", map[string]any{"email": "nobody"}, 400},
		{"taken username", "username", "username_taken", map[string]any{"username": "Grace"}, 409},
		{"taken email", "email", "email_taken", map[string]any{"email": "GRACE@EXAMPLE.COM"}, 409},
		{"taken external id", "externalId", "external_id_taken", map[string]any{"externalId": "7"}, 409},
		{"short password", "password", "password_short", map[string]any{"password": "x", "confirmPassword": "x"}, 400},
		{"other confirmation", "confirmPassword", "", map[string]any{"password": password, "confirmPassword": "different"}, 400},
		{"confirmation alone", "password", "", map[string]any{"confirmPassword": password}, 400},
		{"unknown referral", "referral", "", map[string]any{"referral": "nobody"}, 400},
		{"bad zone", "timezone", "", map[string]any{"timezone": "Mars/Base"}, 400},
		{"bad language", "language", "", map[string]any{"language": "xx"}, 400},
		{"bad level", "accessLevel", "", map[string]any{"accessLevel": -1}, 400},
		{"unknown role", "role", "", map[string]any{"role": "king"}, 400},
		{"team role by key", "", "role_forbidden", map[string]any{"role": "admin"}, 403},
		{"unknown field", "customFields.nothing", "", custom("nothing", 1), 400},
		{"text for a number", "customFields.n", "", custom("n", "many"), 400},
		{"huge number", "customFields.n", "", custom("n", 1e17), 400},
		{"text for a date", "customFields.d", "", custom("d", "31/12/2026"), 400},
		{"number for a date", "customFields.d", "", custom("d", 3), 400},
		{"text for a boolean", "customFields.b", "", custom("b", "yes"), 400},
		{"number for text", "customFields.s", "", custom("s", 4), 400},
		{"two lines", "customFields.s", "", custom("s", "a\nb"), 400},
		{"not among the options", "customFields.c", "", custom("c", "y"), 400},
	} {
		t.Run(c.name, func(t *testing.T) {
			body := map[string]any{"username": "ada", "email": "ada@example.com"}
			for k, v := range c.more {
				body[k] = v
			}
			got := w.call(t, "POST", "/v1/users", key, body).Want(t, c.status)
			wantField(t, got, c.field)
			if c.code != "" && got.Text("code") != c.code {
				t.Errorf("got code %q, want %q", got.Text("code"), c.code)
			}
		})
	}
	w.call(t, "POST", "/v1/users", w.key(t, api.PermGetUserData), map[string]any{"username": "ada", "email": "ada@example.com"}).Want(t, 403, "missing_permission")
	w.call(t, "POST", "/v1/users", "", map[string]any{}).Want(t, 401, "credential_missing")
}

func TestUserInfo(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	u := w.join(t, "olga", api.RoleOwner)
	key := w.key(t, api.PermGetUserData)
	for _, ref := range []string{"1", "olga@example.com", "OLGA", u.ID} {
		got := w.call(t, "POST", "/v1/users/info", key, map[string]any{"idOrEmail": ref}).Want(t, 200)
		want := map[string]any{
			"userId": "1", "username": "olga", "xp": 120.0, "coins": 7.0, "roles": []any{"@all", "owner"}, "highestRole": "owner", "firstName": "",
			"lastName": "", "xpEarnedToday": 0.0, "coinsEarnedToday": 0.0, "language": "English", "totalMessages": 3.0, "totalReactions": 0.0,
			"visitCount": 0.0, "replySent": 0.0, "timeSpent": 0.0, "loginStreak": 0.0, "customFields": map[string]any{},
		}
		if diff := cmp.Diff(map[string]any{"status": "success", "data": want}, got.JSON); diff != "" {
			t.Error(diff)
		}
	}
	w.call(t, "POST", "/v1/users/info", key, map[string]any{"idOrEmail": "2"}).Want(t, 404, "user_not_found")
	wantField(t, w.call(t, "POST", "/v1/users/info", key, map[string]any{}).Want(t, 400), "idOrEmail")
}

func TestGetUserShowsTheFieldsAskedFor(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	u := w.join(t, "grace", api.RoleMember)
	other := w.team(t, "ada", api.RoleMember)
	key := w.key(t, api.PermGetUserData)
	got := w.call(t, "GET", "/apis/v1/users/"+u.ID, key, nil).Want(t, 200)
	want := map[string]any{
		"meta": map[string]any{"status": "success", "statusCode": 200.0}, "message": "Get user success.",
		"data": map[string]any{"_id": u.ID, "id": 1.0, "avatar": "", "displayName": "grace", "username": "grace", "firstName": "", "lastName": "",
			"email": "grace@example.com", "isOnline": false, "lastLogin": nil},
	}
	if diff := cmp.Diff(want, got.JSON); diff != "" {
		t.Error(diff)
	}
	some := w.call(t, "GET", "/v1/users/1?_id=true&username=true&email=false", key, nil).Want(t, 200)
	if diff := cmp.Diff(map[string]any{"_id": u.ID, "username": "grace"}, some.At("data")); diff != "" {
		t.Error(diff)
	}
	w.call(t, "GET", "/v1/users/ada", other, nil).Want(t, 200)
	w.call(t, "GET", "/v1/users/grace", other, nil).Want(t, 403, "own_record_only")
	w.call(t, "GET", "/v1/users/nobody", other, nil).Want(t, 403, "own_record_only")
	w.call(t, "GET", "/v1/users/nobody", key, nil).Want(t, 404, "user_not_found")
	w.call(t, "GET", "/v1/users/grace", w.key(t, api.PermCreateUser), nil).Want(t, 403, "missing_permission")
}

func TestDeleteAndRestore(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		session := w.team(t, "grace", api.RoleMember)
		key := w.key(t, api.PermManageUser, api.PermGetUserData)
		manage := func(action, user string) map[string]any { return map[string]any{"action": action, "user": user} }
		got := w.call(t, "POST", "/v1/users/manage", key, manage("delete", "grace")).Want(t, 200)
		if diff := cmp.Diff(map[string]any{"action": "delete", "user": "grace"}, got.At("data")); diff != "" {
			t.Error(diff)
		}
		w.call(t, "GET", "/v1/me", session, nil).Want(t, 401)
		w.call(t, "GET", "/v1/users/grace", key, nil).Want(t, 404, "user_not_found")
		wantField(t, w.call(t, "POST", "/v1/users/manage", key, manage("delete", "grace")).Want(t, 409, "user_already_deleted"), "user")
		list := "/v1/communities/" + w.home.ID + "/users"
		if got := w.call(t, "GET", list, key, nil).Want(t, 200); got.At("meta.total") != 0.0 {
			t.Errorf("got %s", got.Raw)
		}
		if got := w.call(t, "GET", list+"?status=deleted", key, nil).Want(t, 200); got.At("meta.total") != 1.0 {
			t.Errorf("got %s", got.Raw)
		}
		if got := w.call(t, "GET", list+"/grace", key, nil).Want(t, 200); got.At("data.isDeleted") != true {
			t.Errorf("got %s", got.Raw)
		}
		w.call(t, "POST", "/v1/users/manage", key, manage("restore", "grace@example.com")).Want(t, 200)
		wantField(t, w.call(t, "POST", "/v1/users/manage", key, manage("restore", "grace")).Want(t, 409, "user_not_deleted"), "user")
		w.call(t, "GET", "/v1/me", session, nil).Want(t, 401)
		w.signIn(t, "grace")
		wantField(t, w.call(t, "POST", "/v1/users/manage", key, manage("erase", "grace")).Want(t, 400), "action")
		w.call(t, "POST", "/v1/users/manage", key, manage("delete", "nobody")).Want(t, 404, "user_not_found")
	})
}

func TestTheTeamIsProtected(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		owner, admin, member := w.team(t, "olga", api.RoleOwner), w.team(t, "adam", api.RoleAdmin), w.team(t, "mia", api.RoleMember)
		key := w.key(t, api.PermManageUser)
		role := func(r api.Role) map[string]any { return map[string]any{"role": r} }
		remove := map[string]any{"action": "delete", "user": "olga"}

		w.call(t, "PATCH", "/v1/users/mia", member, role("admin")).Want(t, 403, "missing_permission")
		w.call(t, "PATCH", "/v1/users/mia", key, role("admin")).Want(t, 403, "role_forbidden")
		w.call(t, "PATCH", "/v1/users/adam", key, map[string]any{"displayName": "Owned"}).Want(t, 403, "team_member_protected")
		w.call(t, "PATCH", "/v1/users/olga", admin, map[string]any{"displayName": "Owned"}).Want(t, 403, "team_member_protected")
		w.call(t, "PATCH", "/v1/users/mia", admin, role("owner")).Want(t, 403, "role_forbidden")
		w.call(t, "PATCH", "/v1/users/adam", admin, role("owner")).Want(t, 403, "role_forbidden")
		w.call(t, "POST", "/v1/users/manage", admin, remove).Want(t, 403, "team_member_protected")
		w.call(t, "PATCH", "/v1/users/olga", owner, role("member")).Want(t, 409, "last_owner")
		w.call(t, "POST", "/v1/users/manage", owner, remove).Want(t, 409, "last_owner")
		w.call(t, "DELETE", "/v1/me", owner, nil).Want(t, 409, "last_owner")

		w.call(t, "PATCH", "/v1/users/mia", admin, role("admin")).Want(t, 200)
		w.call(t, "PATCH", "/v1/users/mia", owner, role("owner")).Want(t, 200)
		w.call(t, "PATCH", "/v1/users/olga", owner, role("member")).Want(t, 200)
		w.call(t, "PATCH", "/v1/users/adam", owner, role("member")).Want(t, 403, "missing_permission")
		w.call(t, "PATCH", "/v1/users/mia", member, role("member")).Want(t, 409, "last_owner")
		log := w.call(t, "GET", "/v1/communities/"+w.home.ID+"/audit-log?action=user.update&targetId=", member, nil).Want(t, 200)
		if log.At("meta.total") != 3.0 || !strings.Contains(log.Raw, `"before":{`) || !strings.Contains(log.Raw, `"role":"owner"`) {
			t.Errorf("got %s", log.Raw)
		}
	})
}

func TestPatchUser(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.join(t, "grace", api.RoleMember)
		w.join(t, "ada", api.RoleMember)
		key := w.key(t, api.PermManageUser, api.PermGetUserData, api.PermUserFields)
		w.call(t, "POST", "/v1/communities/"+w.home.ID+"/user-fields", key, map[string]any{"field": "lots", "name": "Lots", "type": "number"}).Want(t, 201)
		if _, err := w.s.Resolve(t.Context(), w.home.ID, "grace"); err != nil {
			t.Fatal(err)
		}
		got := w.call(t, "PATCH", "/v1/users/grace", key, map[string]any{"username": "Admiral", "displayName": "Grace H.", "language": "fr",
			"timezone": "Europe/Paris", "customFields": []map[string]any{{"fieldIdorName": "lots", "value": 3}}}).Want(t, 200)
		if got.Text("data.username") != "Admiral" || got.Text("data.customFields.lots") != "3" || w.numbers["lots"] != 3 {
			t.Errorf("got %s", got.Raw)
		}
		if _, err := w.s.Resolve(t.Context(), w.home.ID, "grace"); !api.IsKind(err, api.NotFound) {
			t.Errorf("the old name still resolves: %v", err)
		}
		got = w.call(t, "PATCH", "/v1/users/admiral", key, map[string]any{"customFields": []map[string]any{{"fieldIdorName": "lots", "value": nil}}}).Want(t, 200)
		if got.At("data.customFields") != nil || got.Text("data.displayName") != "Grace H." {
			t.Errorf("got %s", got.Raw)
		}
		wantField(t, w.call(t, "PATCH", "/v1/users/admiral", key, map[string]any{"username": "ada"}).Want(t, 409, "username_taken"), "username")
		wantField(t, w.call(t, "PATCH", "/v1/users/admiral", key, map[string]any{"timezone": "Mars"}).Want(t, 400), "timezone")
		wantField(t, w.call(t, "PATCH", "/v1/users/admiral", key, map[string]any{"username": "4711"}).Want(t, 400), "username")
		w.call(t, "PATCH", "/v1/users/nobody", key, map[string]any{}).Want(t, 404, "user_not_found")
	})
}

func TestTenantsAreIsolated(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		u := w.join(t, "grace", api.RoleMember)
		other, secrets := w.community(t, "other")
		key := "key:" + secrets.SystemKey
		for _, ref := range []string{u.ID, "grace", "1", "grace@example.com"} {
			w.call(t, "GET", "/v1/users/"+ref, key, nil).Want(t, 404, "user_not_found")
			w.call(t, "GET", "/v1/communities/"+other.ID+"/users/"+ref, key, nil).Want(t, 404, "user_not_found")
			w.call(t, "PATCH", "/v1/users/"+ref, key, map[string]any{"displayName": "Owned"}).Want(t, 404)
			w.call(t, "POST", "/v1/users/manage", key, map[string]any{"action": "delete", "user": ref}).Want(t, 404)
		}
		w.call(t, "GET", "/v1/communities/"+w.home.ID+"/users", key, nil).Want(t, 403, "other_community")
		if got := w.call(t, "GET", "/v1/communities/"+other.ID+"/users", key, nil).Want(t, 200); got.At("meta.total") != 0.0 {
			t.Errorf("got %s", got.Raw)
		}
		created := w.call(t, "POST", "/v1/users", key, map[string]any{"username": "grace", "email": "grace@example.com"}).Want(t, 201)
		if created.At("data.id") != 1.0 {
			t.Errorf("numbers are not counted by community: %s", created.Raw)
		}
	})
}
