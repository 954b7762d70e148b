package member_test

import (
	"strings"
	"testing"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
)

func TestUserFieldsLiveAndDie(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		owner := w.team(t, "olga", api.RoleOwner)
		path := "/v1/communities/" + w.home.ID + "/user-fields"
		made := w.call(t, "POST", "/apis"+path, owner, map[string]any{"field": "Account no", "name": "Account", "type": "text"}).Want(t, 201)
		if made.Text("message") != "Create user field successful" || made.At("meta.statusCode") != 201.0 || made.Text("data.field") != "Account-no" ||
			made.Text("data.creator.username") != "olga" || made.At("data.creator.id") != 1.0 || made.Text("data.communityId") != w.home.ID {
			t.Errorf("got %s", made.Raw)
		}
		id := made.Text("data._id")
		put := w.call(t, "PUT", path+"/"+id, owner, map[string]any{"name": "Account number", "type": "numerical"}).Want(t, 200)
		if put.Text("message") != "Updated user field" || put.Text("data.field") != "Account-no" || put.Text("data.name") != "Account number" {
			t.Errorf("got %s", put.Raw)
		}
		w.join(t, "grace", api.RoleMember)
		w.call(t, "PATCH", "/v1/users/grace", owner, map[string]any{"customFields": []map[string]any{{"fieldIdorName": "Account-no", "value": "42"}}}).Want(t, 200)
		if got := w.call(t, "GET", path, owner, nil).Want(t, 200); len(got.At("data").([]any)) != 1 {
			t.Errorf("got %s", got.Raw)
		}
		if got := w.call(t, "GET", path+"/"+id, owner, nil).Want(t, 200); got.Text("data.type") != "numerical" {
			t.Errorf("got %s", got.Raw)
		}
		if got := w.call(t, "DELETE", path+"/"+id, owner, nil).Want(t, 200); got.Text("message") != "Deleted user field" {
			t.Errorf("got %s", got.Raw)
		}
		w.call(t, "GET", path+"/"+id, owner, nil).Want(t, 404, "user_field_not_found")
		w.call(t, "POST", path, owner, map[string]any{"field": "Account-no", "name": "Again", "type": "text"}).Want(t, 201)
		if got := w.call(t, "GET", "/v1/communities/"+w.home.ID+"/users/grace", owner, nil).Want(t, 200); got.At("data.customFields") != nil {
			t.Errorf("a value of the deleted field came back: %s", got.Raw)
		}
	})
}

func TestBadUserFieldsNameTheField(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	key := w.key(t, api.PermUserFields)
	path := "/v1/communities/" + w.home.ID + "/user-fields"
	first := w.call(t, "POST", path, key, map[string]any{"field": "lots", "name": "Lots", "type": "number"}).Want(t, 201)
	if first.At("data.creator") != nil {
		t.Errorf("a key is no person: %s", first.Raw)
	}
	for _, c := range []struct {
		name, field string
		body        map[string]any
		status      int
	}{
		{"taken key", "field", map[string]any{"field": "lots", "name": "Other", "type": "text"}, 409},
		{"no name", "name", map[string]any{"field": "x", "type": "text"}, 400},
		{"blank name", "name", map[string]any{"field": "x", "name": " ", "type": "text"}, 400},
		{"bad type", "type", map[string]any{"field": "x", "name": "X", "type": "money"}, 400},
		{"no options", "options", map[string]any{"field": "x", "name": "X", "type": "select"}, 400},
		{"same options", "options", map[string]any{"field": "x", "name": "X", "type": "select", "options": []string{"a", "a"}}, 400},
		{"built in", "field", map[string]any{"field": "email", "name": "X", "type": "text"}, 400},
		{"strange key", "field", map[string]any{"field": "a/b", "name": "X", "type": "text"}, 400},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantField(t, w.call(t, "POST", path, key, c.body).Want(t, c.status), c.field)
		})
	}
	id := first.Text("data._id")
	wantField(t, w.call(t, "PUT", path+"/"+id, key, map[string]any{"field": "lots2", "name": "Lots", "type": "number"}).Want(t, 400), "field")
	w.call(t, "PUT", path+"/"+api.NewID(), key, map[string]any{"name": "Lots", "type": "number"}).Want(t, 404, "user_field_not_found")
	w.call(t, "GET", path, w.key(t, api.PermGetUserData), nil).Want(t, 403, "missing_permission")
	_, secrets := w.community(t, "other")
	w.call(t, "GET", path, "key:"+secrets.SystemKey, nil).Want(t, 403, "other_community")
}

func TestOwnKeys(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		u := w.join(t, "grace", api.RoleMember)
		token, other := w.signIn(t, "grace"), w.team(t, "ada", api.RoleMember)
		path := "/v1/users/" + u.ID + "/api-keys"
		body := map[string]any{"name": "phone", "permissions": []string{"readOwnProfile"}, "expirePeriod": 0, "expireDate": "", "communityId": w.home.ID}
		made := w.call(t, "POST", path, token, body).Want(t, 201)
		secret, id := made.Text("data.key"), made.Text("data._id")
		alias := w.call(t, "POST", "/apis/v1/users/apikeys?userId="+u.ID, token, body).Want(t, 201)
		if alias.Text("data.key") == "" {
			t.Errorf("got %s", alias.Raw)
		}
		w.call(t, "GET", "/v1/me", secret, nil).Want(t, 200)
		w.call(t, "PATCH", "/v1/me", secret, map[string]any{"firstName": "Grace"}).Want(t, 403, "missing_permission")
		w.call(t, "POST", path, secret, body).Want(t, 403, "sign_in_needed")
		w.call(t, "GET", path, other, nil).Want(t, 403, "own_keys_only")
		w.call(t, "DELETE", "/v1/users/ada/api-keys/"+id, other, nil).Want(t, 404, "api_key_not_found")
		if list := w.call(t, "GET", path, token, nil).Want(t, 200); len(list.At("data").([]any)) != 2 {
			t.Errorf("got %s", list.Raw)
		}
		w.call(t, "PUT", path+"/"+id, token, map[string]any{"name": "tablet", "permissions": []string{"readOwnProfile", "updateOwnProfile"}}).Want(t, 200)
		if got := w.call(t, "PATCH", "/v1/me", secret, map[string]any{"firstName": "Grace"}).Want(t, 200); got.Text("data.firstName") != "Grace" {
			t.Errorf("got %s", got.Raw)
		}
		wantField(t, w.call(t, "POST", path, token, map[string]any{"name": "x", "permissions": []string{"getUserData"}}).Want(t, 400), "permissions")
		body["communityId"] = api.NewID()
		wantField(t, w.call(t, "POST", path, token, body).Want(t, 403, "other_community"), "communityId")
		w.call(t, "DELETE", path+"/"+id, token, nil).Want(t, 200)
		w.call(t, "GET", "/v1/me", secret, nil).Want(t, 401)
	})
}

func TestMe(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		token := w.team(t, "grace", api.RoleMember)
		if got := w.call(t, "GET", "/v1/me", token, nil).Want(t, 200); got.At("data.wallet.xp") != 120.0 {
			t.Errorf("got %s", got.Raw)
		}
		got := w.call(t, "PATCH", "/v1/me", token, map[string]any{"displayName": "Grace H.", "timezone": "Asia/Tokyo", "language": "ja"}).Want(t, 200)
		if got.Text("data.displayName") != "Grace H." || got.Text("data.language") != "ja" {
			t.Errorf("got %s", got.Raw)
		}
		w.call(t, "PATCH", "/v1/me", token, map[string]any{"role": "owner"}).Want(t, 403, "field_forbidden")
		w.call(t, "PATCH", "/v1/me", token, map[string]any{"customFields": []map[string]any{{"fieldIdorName": "x", "value": 1}}}).Want(t, 403, "field_forbidden")
		w.call(t, "GET", "/v1/me", w.key(t, api.PermGetUserData), nil).Want(t, 403, "person_needed")
		w.call(t, "GET", "/v1/me", "", nil).Want(t, 401)
	})
}

func TestOwnPassword(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		old, token := w.team(t, "grace", api.RoleMember), ""
		token = w.signIn(t, "grace")
		change := func(now, next string) map[string]any { return map[string]any{"current": now, "password": next} }
		wantField(t, w.call(t, "POST", "/v1/me/password", token, change("wrong wrong", "a brand new secret")).Want(t, 400, "password_wrong"), "current")
		wantField(t, w.call(t, "POST", "/v1/me/password", token, change(password, "short")).Want(t, 400, "password_short"), "password")
		w.call(t, "POST", "/v1/me/password", token, change(password, "a brand new secret")).Want(t, 200)
		w.call(t, "GET", "/v1/me", token, nil).Want(t, 200)
		w.call(t, "GET", "/v1/me", old, nil).Want(t, 401)
		w.call(t, "POST", "/v1/auth/login", "", loginBody("grace", "a brand new secret")).Want(t, 200)
		for range 5 {
			w.call(t, "POST", "/v1/me/password", token, change("wrong wrong", "a brand new secret")).Want(t, 400)
		}
		w.call(t, "POST", "/v1/me/password", token, change("a brand new secret", "one more secret")).Want(t, 429, "too_many_attempts")
	})
}

func TestExportAndCloseAccount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		owner := w.team(t, "olga", api.RoleOwner)
		u := w.join(t, "grace", api.RoleMember)
		token := w.signIn(t, "grace")
		w.call(t, "POST", "/v1/auth/password/forgot", "", map[string]any{"communityId": "northwind", "email": "grace@example.com"}).Want(t, 200)
		w.call(t, "PATCH", "/v1/users/grace", owner, map[string]any{"firstName": "Grace"}).Want(t, 200)
		key := w.call(t, "POST", "/v1/users/"+u.ID+"/api-keys", token, map[string]any{"name": "phone", "permissions": []string{}}).Want(t, 201).Text("data.key")
		w.s.Exports = exporters()
		out := w.call(t, "GET", "/v1/me/export", token, nil).Want(t, 200)
		for _, part := range []string{"sessions", "keys", "mails", "changes"} {
			if list, _ := out.At("data." + part).([]any); len(list) == 0 {
				t.Errorf("nothing under %s in %s", part, out.Raw)
			}
		}
		if out.Text("data.user.email") != "grace@example.com" || out.Text("data.parts.ledger") != "all of it" {
			t.Errorf("got %s", out.Raw)
		}
		w.call(t, "DELETE", "/v1/me", token, nil).Want(t, 200)
		w.call(t, "GET", "/v1/me", token, nil).Want(t, 401)
		w.call(t, "GET", "/v1/me", key, nil).Want(t, 401)
		got := w.call(t, "GET", "/v1/communities/"+w.home.ID+"/users/2", owner, nil).Want(t, 200)
		if got.Text("data.username") != "deleted-2" || got.Text("data.email") != "" || got.Text("data.displayName") != "Deleted member" || got.At("data.isDeleted") != true {
			t.Errorf("got %s", got.Raw)
		}
		if found := w.dump(t, "grace@example.com"); len(found) > 0 {
			t.Errorf("the address is still in %v", found)
		}
		w.join(t, "grace", api.RoleMember)
	})
}

func TestSecretsAreNotStoredInClear(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		u := w.join(t, "grace", api.RoleMember)
		token := w.signIn(t, "grace")
		key := w.call(t, "POST", "/v1/users/"+u.ID+"/api-keys", token, map[string]any{"name": "k", "permissions": []string{}}).Want(t, 201).Text("data.key")
		w.call(t, "POST", "/v1/auth/login", "", loginBody("typo-"+password, password)).Want(t, 401)
		url := w.secureAuth(t, "?userId=grace", "club.example.com").Want(t, 200).Text("loginUrl")
		w.call(t, "POST", "/v1/auth/password/forgot", "", map[string]any{"communityId": "northwind", "email": "grace@example.com"}).Want(t, 200)
		mailed := w.token(t, "grace@example.com")
		for name, secret := range map[string]string{"password": password, "mailed token": mailed, "token": token, "key": key, "hand-over": url[len(handoverStart):], "system key": w.secrets.SystemKey} {
			if found := w.dump(t, secret); len(found) > 0 {
				t.Errorf("the %s is in clear in %v", name, found)
			}
		}
		owner, mails := w.team(t, "olga", api.RoleOwner), "/v1/communities/"+w.home.ID+"/mails"
		list := w.call(t, "GET", mails, owner, nil).Want(t, 200)
		id, _ := list.At("data").([]any)[0].(map[string]any)["_id"].(string)
		if mail := w.call(t, "GET", mails+"/"+id, owner, nil).Want(t, 200); !strings.Contains(mail.Text("data.text"), mailed) {
			t.Errorf("the owner cannot read the kept mail: %s", mail.Raw)
		}
	})
}
