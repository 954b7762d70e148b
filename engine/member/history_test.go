package member_test

import (
	"strings"
	"testing"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
)

// TestEveryChangeOfAValueIsInTheHistoryOnce changes a value by each path.
func TestEveryChangeOfAValueIsInTheHistoryOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		key, base := w.key(t, api.CommunityPermissions()...), "/v1/communities/"+w.home.ID
		boss := w.team(t, "boss", api.RoleAdmin)
		field := w.call(t, "POST", base+"/user-fields", key, map[string]any{"name": "Lots traded", "type": "number", "defaultValue": 1, "private": true}).Want(t, 201).Text("data._id")
		u := w.call(t, "POST", "/v1/users", key, map[string]any{"username": "ada", "email": "ada@example.com"}).Want(t, 201)
		set := func(credential string, value any) {
			w.call(t, "PATCH", "/v1/users/ada", credential, map[string]any{"customFields": []map[string]any{{"fieldIdorName": "lots-traded", "value": value}}}).Want(t, 200)
		}
		set(key, 5)
		set(key, "5") // the same value: no change
		set(boss, 6)
		set(boss, nil)
		path := base + "/users/ada/user-field-histories"
		w.call(t, "POST", path, key, map[string]any{"fieldId": field, "oldValue": 0, "newValue": 7, "source": "crm", "createdAt": "2020-01-02"}).Want(t, 201)
		w.call(t, "POST", path, key, map[string]any{"fieldId": field, "newValue": "many"}).Want(t, 400)
		w.call(t, "POST", path, key, map[string]any{"fieldId": "nothing", "newValue": 1}).Want(t, 404, "user_field_not_found")
		w.call(t, "DELETE", base+"/user-fields/"+field, key, nil).Want(t, 200)
		want := []string{"6>|portal|boss", "5>6|portal|boss", "1>5|api|test", ">1|api|test", "0>7|crm|test"}
		for _, at := range []string{path, base + "/user-field-histories", base + "/user-fields/" + field + "/histories", base + "/users/" + u.Text("data._id") + "/user-fields/" + field + "/histories"} {
			got := w.call(t, "GET", at, key, nil).Want(t, 200)
			var lines []string
			for _, item := range got.At("data").([]any) {
				h := item.(map[string]any)
				lines = append(lines, h["oldValue"].(string)+">"+h["newValue"].(string)+"|"+h["source"].(string)+"|"+h["actor"].(map[string]any)["name"].(string))
			}
			if strings.Join(lines, " ") != strings.Join(want, " ") || got.At("meta.total") != 5.0 {
				t.Errorf("%s: got %q, want %q", at, lines, want)
			}
		}
		w.call(t, "GET", base+"/user-fields/0123456789abcdef01234567/histories", key, nil).Want(t, 404, "user_field_not_found")
	})
}

func TestRequiredFields(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	key := w.key(t, api.CommunityPermissions()...)
	fields := "/v1/communities/" + w.home.ID + "/user-fields"
	w.call(t, "POST", fields, key, map[string]any{"name": "Country", "type": "select", "options": []string{"PT", "ES"}, "required": true}).Want(t, 201)
	w.call(t, "POST", fields, key, map[string]any{"name": "Odd", "type": "colour"}).Want(t, 400)
	wantField(t, w.call(t, "POST", fields, key, map[string]any{"name": "Plan", "type": "select", "options": []string{"A"}, "defaultValue": "B"}).Want(t, 400), "defaultValue")
	wantField(t, w.call(t, "POST", "/v1/users", key, map[string]any{"username": "ada", "email": "ada@example.com"}).Want(t, 400), "customFields.country")
	w.call(t, "POST", "/v1/users", key, map[string]any{"username": "ada", "email": "ada@example.com",
		"customFields": []map[string]any{{"fieldIdorName": "Country", "value": "PT"}}}).Want(t, 201)
	wantField(t, w.call(t, "PATCH", "/v1/users/ada", key, map[string]any{"customFields": []map[string]any{{"fieldIdorName": "country", "value": nil}}}).Want(t, 400), "customFields.country")
}

// TestClaimNeedsTheMail: whoever knows the address of an imported account gets
// nothing; the reader of its mailbox gets the account with all that is in it.
func TestClaimNeedsTheMail(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		key := w.key(t, api.CommunityPermissions()...)
		for _, joined := range []bool{true, false} {
			name := map[bool]string{true: "ada", false: "bob"}[joined]
			made := w.call(t, "POST", "/v1/users", key, map[string]any{"username": name, "email": name + "@example.com", "joinServer": joined}).Want(t, 201)
			w.call(t, "POST", "/v1/auth/register", "", registration("thief-"+name, name+"@example.com")).Want(t, 201)
			for _, login := range []string{name, "thief-" + name, name + "@example.com"} {
				w.call(t, "POST", "/v1/auth/login", "", loginBody(login, password)).Want(t, 401, "credentials_wrong")
			}
			token, mine := w.token(t, name+"@example.com"), "another fine password"
			w.call(t, "POST", "/v1/auth/verify-email", "", map[string]any{"token": token}).Want(t, 400, "token_invalid")
			w.call(t, "POST", "/v1/auth/password/reset", "", map[string]any{"token": token, "password": mine}).Want(t, 200)
			w.call(t, "POST", "/v1/auth/password/reset", "", map[string]any{"token": token, "password": mine}).Want(t, 400, "token_invalid")
			session := w.call(t, "POST", "/v1/auth/login", "", loginBody(name+"@example.com", mine)).Want(t, 200)
			if session.Text("data.user._id") != made.Text("data._id") {
				t.Errorf("%s: another account: %s", name, session.Raw)
			}
		}
	})
}
