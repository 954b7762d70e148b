package community_test

import (
	"context"
	"strings"
	"testing"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/rest"
	"laurel/engine/rest/resttest"
)

type world struct {
	*rest.Kit
	s       *community.Service
	clock   *resttest.Clock
	home    api.Community
	secrets community.Secrets
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	clock := resttest.NewClock()
	k := resttest.Kit(t, d, clock)
	box, err := auth.NewKeyring(auth.MasterKey{1})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{Kit: k, s: community.New(k, box), clock: clock}
	w.s.Routes()
	w.home, w.secrets, err = w.s.Create(t.Context(), community.Draft{Name: "Northwind Traders", URI: "northwind", Timezone: "Europe/Lisbon"})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// signIn inserts a member of the role and returns a token for him.
func (w *world) signIn(t *testing.T, role api.Role) string {
	t.Helper()
	id := api.NewID()
	token, claims, err := w.Tokens().Sign(id, w.home.ID)
	if err != nil {
		t.Fatal(err)
	}
	err = w.DB().Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		now := db.Micros(w.Now())
		if _, err := tx.Exec(ctx, `INSERT INTO members (community_id, id, no, username, username_key, email, email_key, role, created_at, updated_at)
			VALUES ($1,$2,(SELECT COALESCE(max(no),0)+1 FROM members WHERE community_id = $1),$2,$2,'','',$3,$4,$4)`, w.home.ID, id, string(role), now); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO logins (jti, community_id, member_id, created_at, expires_at) VALUES ($1,$2,$3,$4,$5)`,
			claims.ID, w.home.ID, id, now, db.Micros(claims.ExpiresAt))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestSettingsAreReadAndChanged(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		path := "/v1/communities/" + w.home.ID
		admin, member := w.signIn(t, api.RoleAdmin), w.signIn(t, api.RoleMember)

		got := resttest.Call(t, w, "GET", "/apis"+path, member, nil).Want(t, 200)
		if got.Text("data.uri") != "northwind" || got.At("data.members") != 2.0 {
			t.Errorf("got %s", got.Raw)
		}
		resttest.Call(t, w, "PATCH", path, member, map[string]any{"name": "X"}).Want(t, 403, "missing_permission")
		got = resttest.Call(t, w, "PATCH", path, admin, map[string]any{"name": "Southwind", "timezone": "Asia/Tokyo"}).Want(t, 200)
		if got.Text("data.name") != "Southwind" {
			t.Errorf("got %s", got.Raw)
		}
		log := resttest.Call(t, w, "GET", path+"/audit-log?action=community", admin, nil).Want(t, 200)
		if log.At("meta.total") != 1.0 || !strings.Contains(log.Raw, "Southwind") {
			t.Errorf("audit log: %s", log.Raw)
		}
	})
}

func TestBadSettingsNameTheField(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	admin := w.signIn(t, api.RoleAdmin)
	if _, _, err := w.s.Create(t.Context(), community.Draft{Name: "Other", URI: "other"}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, field string
		body        any
		status      int
	}{
		{"empty name", "name", map[string]any{"name": ""}, 400},
		{"bad zone", "timezone", map[string]any{"timezone": "Mars/Base"}, 400},
		{"bad uri", "uri", map[string]any{"uri": "Not A Slug"}, 400},
		{"bad domain", "domain", map[string]any{"domain": "http://x"}, 400},
		{"bad language", "language", map[string]any{"language": "xx"}, 400},
		{"taken uri", "uri", map[string]any{"uri": "other"}, 409},
		{"garbage", "", "{", 400},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := resttest.Call(t, w, "PATCH", "/v1/communities/"+w.home.ID, admin, c.body).Want(t, c.status)
			if c.field != "" && !strings.Contains(got.Raw, `"field":"`+c.field+`"`) {
				t.Errorf("no field %q in %s", c.field, got.Raw)
			}
		})
	}
}

func TestKeysLiveAndDie(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		owner := w.signIn(t, api.RoleOwner)
		path := "/v1/communities/" + w.home.ID + "/api-keys"
		made := resttest.Call(t, w, "POST", path, owner, map[string]any{"name": "CRM", "permissions": []string{"getUserData"}, "expirePeriod": 1}).Want(t, 201)
		secret, id := made.Text("data.key"), made.Text("data._id")

		resttest.Call(t, w, "GET", "/v1/communities/"+w.home.ID, secret, nil).Want(t, 200)
		if list := resttest.Call(t, w, "GET", path, owner, nil).Want(t, 200); strings.Contains(list.Raw, secret) {
			t.Error("the list shows the secret")
		}
		resttest.Call(t, w, "GET", path, secret, nil).Want(t, 403, "sign_in_needed")
		resttest.Call(t, w, "PUT", path+"/"+id, owner, map[string]any{"isActive": false}).Want(t, 200)
		resttest.Call(t, w, "GET", "/v1/communities/"+w.home.ID, secret, nil).Want(t, 401, "credential_invalid")
		resttest.Call(t, w, "PUT", path+"/"+id, owner, map[string]any{"isActive": true}).Want(t, 200)
		fresh := resttest.Call(t, w, "POST", path+"/"+id+"/rotate", owner, nil).Want(t, 200).Text("data.key")
		resttest.Call(t, w, "GET", "/v1/communities/"+w.home.ID, secret, nil).Want(t, 401)
		resttest.Call(t, w, "GET", "/v1/communities/"+w.home.ID, fresh, nil).Want(t, 200)
		resttest.Call(t, w, "GET", "/v1/communities/"+w.home.ID, "key:"+fresh, nil).Want(t, 401)
		resttest.Call(t, w, "GET", "/v1/communities/"+api.NewID(), fresh, nil).Want(t, 403, "other_community")

		w.clock.Advance(25 * 60 * 60 * 1e9)
		resttest.Call(t, w, "GET", "/v1/communities/"+w.home.ID, fresh, nil).Want(t, 401)
		resttest.Call(t, w, "DELETE", path+"/"+id, owner, nil).Want(t, 200)
		resttest.Call(t, w, "DELETE", path+"/"+id, owner, nil).Want(t, 404, "api_key_not_found")
		resttest.Call(t, w, "POST", path, owner, map[string]any{"name": "x", "permissions": []string{"nonsense"}}).Want(t, 400, "invalid_permissions")
	})
}

func TestSystemKeyRotates(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	owner, admin := w.signIn(t, api.RoleOwner), w.signIn(t, api.RoleAdmin)
	path := "/v1/communities/" + w.home.ID + "/system-key"
	resttest.Call(t, w, "GET", "/v1/communities/"+w.home.ID, "key:"+w.secrets.SystemKey, nil).Want(t, 200)
	resttest.Call(t, w, "POST", path, admin, nil).Want(t, 403)
	fresh := resttest.Call(t, w, "POST", path, owner, nil).Want(t, 200).Text("data.key")
	resttest.Call(t, w, "GET", "/v1/communities/"+w.home.ID, "key:"+w.secrets.SystemKey, nil).Want(t, 401)
	resttest.Call(t, w, "GET", "/v1/communities/"+w.home.ID, "key:"+fresh, nil).Want(t, 200)
	if id, err := w.s.CheckSingleKey(t.Context(), community.KindSecureAuth, w.secrets.SecureAuthKey); err != nil || id != w.home.ID {
		t.Errorf("got %q, %v", id, err)
	}
}

func TestIdempotentWritesHappenOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		admin := w.signIn(t, api.RoleAdmin)
		path := "/v1/communities/" + w.home.ID
		first := resttest.Call(t, w, "PATCH", path, admin, `{"name":"One"}`, "Idempotency-Key: k1").Want(t, 200)
		w.clock.Advance(1e9)
		again := resttest.Call(t, w, "PATCH", path, admin, `{"name":"One"}`, "Idempotency-Key: k1").Want(t, 200)
		if first.Raw != again.Raw || again.Header.Get("Idempotent-Replayed") != "true" {
			t.Errorf("got %q, want the first reply %q", again.Raw, first.Raw)
		}
		resttest.Call(t, w, "PATCH", path, admin, `{"name":"Two"}`, "Idempotency-Key: k1").Want(t, 409, "idempotency_key_reused")
		keys := "/v1/communities/" + w.home.ID + "/api-keys"
		body := `{"name":"k","permissions":[]}`
		resttest.Call(t, w, "POST", keys, admin, body, "Idempotency-Key: k2").Want(t, 201)
		resttest.Call(t, w, "POST", keys, admin, body, "Idempotency-Key: k2").Want(t, 409, "idempotency_reply_withheld")
		if n := resttest.Call(t, w, "GET", keys, admin, nil).JSON["data"].([]any); len(n) != 1 {
			t.Errorf("got %d keys, want 1", len(n))
		}
	})
}

func TestCommunityIsFoundByItsAddress(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	if c, err := w.s.ByHost(t.Context(), "anything.example"); err != nil || c.ID != w.home.ID {
		t.Errorf("the only community should answer for every host: %v", err)
	}
	other, _, err := w.s.Create(t.Context(), community.Draft{Name: "Südwind Café", Domain: "club.example.com"})
	if err != nil || other.URI != "s-dwind-caf" {
		t.Fatalf("got %q, %v", other.URI, err)
	}
	if c, err := w.s.ByHost(t.Context(), "CLUB.example.com"); err != nil || c.ID != other.ID {
		t.Errorf("got %v, %v", c.ID, err)
	}
	if _, err := w.s.ByHost(t.Context(), "anything.example"); !api.IsKind(err, api.NotFound) {
		t.Errorf("got %v, want not found", err)
	}
	if zone := w.s.Zone(t.Context(), w.home.ID); zone.String() != "Europe/Lisbon" {
		t.Errorf("got %v", zone)
	}
}
