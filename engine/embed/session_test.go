package embed_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/rest/resttest"
)

func TestAccessKeyOpensASession(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		token := w.token(t, map[string]any{"widgetId": w.widget, "origin": shop, "locale": "de", "theme": "dark"})
		valid := resttest.Call(t, w, "POST", base+"/validate", token, nil).Want(t, 200)
		if valid.At("data.valid") != true || valid.Text("data.communityId") != w.home.ID {
			t.Errorf("validate: %s", valid.Raw)
		}
		resttest.Call(t, w, "POST", base+"/validate", "", map[string]any{"embedToken": token}).Want(t, 200) // not spent
		session := w.open(t, token, nil).Want(t, 200)
		if session.Text("data.user._id") != w.member.ID || session.Text("data.locale") != "de" || session.Text("data.theme") != "dark" || session.At("data.expiresIn") != 300.0 {
			t.Errorf("session: %s", session.Raw)
		}
		w.reads(t, session).Want(t, 200)
		w.reads(t, resttest.Reply{}).Want(t, 403, "widget_not_public")
		renewed := resttest.Call(t, w, "POST", base+"/session", "", map[string]any{"refreshToken": session.Text("data.refreshToken"), "widgetId": w.widget, "origin": shop}).Want(t, 200)
		w.reads(t, renewed).Want(t, 200)
		resttest.Call(t, w, "POST", base+"/session", "", map[string]any{"refreshToken": session.Text("data.refreshToken"), "widgetId": w.widget, "origin": shop}).Want(t, 401)
		resttest.Call(t, w, "POST", base+"/session", "", map[string]any{"refreshToken": renewed.Text("data.refreshToken"), "widgetId": w.second, "origin": shop}).Want(t, 401, "bad_key")
		resttest.Call(t, w, "POST", base+"/session", "", map[string]any{"refreshToken": renewed.Text("data.refreshToken"), "widgetId": w.widget, "origin": stadium}).Want(t, 401, "origin_not_allowed")
		w.clock.Advance(5 * time.Minute)
		w.reads(t, renewed).Want(t, 401, "embed_expired")
	})
}

func TestTicketsOpenOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ticket := func() string {
			got := resttest.Call(t, w, "POST", base+"/ticket", "", map[string]any{"accessId": w.accessID, "accessKey": w.secret, "widgetId": w.widget,
				"userIdentifiers": map[string]string{"data-email": "mia@example.com"}}).Want(t, 200)
			if !strings.HasPrefix(got.Text("data.url"), "https://laurel.example/embed/leaderboard/"+w.widget+"?ticket=") {
				t.Errorf("got %s", got.Raw)
			}
			return got.Text("data.ticket")
		}
		present := func(ticket, widget string) resttest.Reply {
			return resttest.Call(t, w, "POST", base+"/session", "", map[string]any{"ticket": ticket, "widgetId": widget})
		}
		first := ticket()
		present(first, w.second).Want(t, 401, "bad_key")
		w.reads(t, present(first, w.widget).Want(t, 200)).Want(t, 200)
		present(first, w.widget).Want(t, 401, "embed_replayed")
		present(first+"x", w.widget).Want(t, 401, "bad_key")
		late := ticket()
		w.clock.Advance(time.Minute)
		present(late, w.widget).Want(t, 401, "embed_expired")
	})
}

// TestOneOfAThousandGetsIn presents one jti and one ticket 1,000 times at once.
func TestOneOfAThousandGetsIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ticket := resttest.Call(t, w, "POST", base+"/ticket", "", map[string]any{"accessId": w.accessID, "accessKey": w.secret, "widgetId": w.widget,
			"userIdentifiers": map[string]string{"data-email": "mia@example.com"}}).Want(t, 200).Text("data.ticket")
		for name, body := range map[string]map[string]any{
			"token":  {"embedToken": w.token(t, nil), "widgetId": w.widget, "origin": shop},
			"ticket": {"ticket": ticket, "widgetId": w.widget},
		} {
			before := w.sessions(t, d)
			opened, replayed := w.storm(t, body, 1000)
			if opened != 1 || replayed != 999 {
				t.Errorf("%s: %d sessions and %d replays, want 1 and 999", name, opened, replayed)
			}
			if n := w.sessions(t, d) - before; n != 1 {
				t.Errorf("%s: %d rows, want 1", name, n)
			}
		}
	})
}

func (w *world) sessions(t *testing.T, d *db.DB) (n int) {
	t.Helper()
	if err := d.Read().QueryRow(t.Context(), `SELECT count(*) FROM embed_sessions`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// storm sends one request n times at once.
func (w *world) storm(t *testing.T, body map[string]any, n int) (opened, replayed int64) {
	t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	var won, lost atomic.Int64
	var all sync.WaitGroup
	start := make(chan struct{})
	for range n {
		all.Go(func() {
			req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, base+"/session", strings.NewReader(string(raw)))
			req.Header.Set("Content-Type", "application/json")
			rec := httptest.NewRecorder()
			<-start
			w.ServeHTTP(rec, req)
			switch {
			case rec.Code == http.StatusOK:
				won.Add(1)
			case rec.Code == http.StatusUnauthorized && strings.Contains(rec.Body.String(), `"embed_replayed"`):
				lost.Add(1)
			default:
				t.Errorf("got %d %s", rec.Code, rec.Body)
			}
		})
	}
	close(start)
	all.Wait()
	return won.Load(), lost.Load()
}

func TestRevocationBites(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		session, spare := w.open(t, w.token(t, nil), nil).Want(t, 200), w.token(t, nil)
		w.reads(t, session).Want(t, 200)
		resttest.Call(t, w, "DELETE", keys+"/"+w.keyID, w.key, nil).Want(t, 200)
		w.reads(t, session).Want(t, 401, "embed_revoked")
		w.open(t, spare, nil).Want(t, 401, "embed_revoked")
		w.mint(t, nil).Want(t, 401, "access_key_invalid")
		resttest.Call(t, w, "POST", base+"/session", "", map[string]any{"refreshToken": session.Text("data.refreshToken"), "widgetId": w.widget}).Want(t, 401, "embed_revoked")
		resttest.Call(t, w, "PUT", keys+"/"+w.keyID, w.key, map[string]any{"isActive": true}).Want(t, 409, "access_key_revoked")
	})
}

// TestSessionsEndWithWhatTheyStandOn switches off the widget and deletes the member.
func TestSessionsEndWithWhatTheyStandOn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		session := w.open(t, w.token(t, nil), nil).Want(t, 200)
		resttest.Call(t, w, "PUT", "/v1/widgets/"+w.widget, w.key, map[string]any{"isEnabled": false}).Want(t, 200)
		if got := w.reads(t, session); got.Status != 401 && got.Status != 404 {
			t.Errorf("widget off: got %d", got.Status)
		}
		w.open(t, w.token(t, nil), nil).Want(t, 404, "widget_gone")
		resttest.Call(t, w, "PUT", "/v1/widgets/"+w.widget, w.key, map[string]any{"isEnabled": true}).Want(t, 200)
		w.reads(t, session).Want(t, 200)
		token := w.token(t, nil)
		resttest.Call(t, w, "POST", "/v1/users/manage", w.key, map[string]any{"action": "delete", "user": "mia"}).Want(t, 200)
		w.clock.Advance(3 * time.Second) // longer than a credential is remembered
		w.reads(t, session).Want(t, 401, "embed_revoked")
		w.open(t, token, nil).Want(t, 401, "bad_key")
		w.mint(t, nil).Want(t, 404, "embed_unknown_user")
	})
}

func TestRotationOverlaps(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		rotated := resttest.Call(t, w, "POST", keys+"/"+w.keyID+"/rotate", w.key, map[string]any{"overlapHours": 2}).Want(t, 200)
		fresh := rotated.Text("data.accessKey")
		if fresh == "" || fresh == w.secret {
			t.Fatalf("got %s", rotated.Raw)
		}
		w.token(t, nil)
		w.token(t, map[string]any{"accessKey": fresh})
		w.clock.Advance(2 * time.Hour)
		w.mint(t, nil).Want(t, 401, "access_key_invalid")
		w.token(t, map[string]any{"accessKey": fresh})
		resttest.Call(t, w, "POST", keys+"/"+w.keyID+"/rotate", w.key, map[string]any{}).Want(t, 200)
		w.mint(t, map[string]any{"accessKey": fresh}).Want(t, 401, "access_key_invalid")
		if got := resttest.Call(t, w, "GET", keys+"/"+w.keyID, w.key, nil).Want(t, 200); strings.Contains(got.Raw, "lrl_") {
			t.Errorf("a secret is shown again: %s", got.Raw)
		}
	})
}

func TestLegacySignIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		signIn := func(communityID, key, email string) resttest.Reply {
			return resttest.Call(t, w, "POST", "/widget/"+communityID+"/signin", "", nil, "returningai-api-key: "+key, "email: "+email)
		}
		got := signIn(w.home.ID, w.secrets.WidgetKey, "mia@example.com").Want(t, 200)
		w.reads(t, w.open(t, got.Text("token"), nil).Want(t, 200)).Want(t, 200)
		w.open(t, got.Text("token"), nil).Want(t, 401, "embed_replayed")
		signIn(w.home.ID, w.secrets.WidgetKey, "nobody@example.com").Want(t, 404)
		signIn(w.home.ID, w.secrets.WidgetKey, "").Want(t, 400)
		signIn(w.home.ID, "wrong", "mia@example.com").Want(t, 401)
		signIn(w.home.ID, w.secrets.SystemKey, "mia@example.com").Want(t, 401)
		signIn(w.otherID, w.secrets.WidgetKey, "mia@example.com").Want(t, 403, "other_community")
		resttest.Call(t, w, "POST", "/v1/users/manage", w.key, map[string]any{"action": "delete", "user": "mia"}).Want(t, 200)
		signIn(w.home.ID, w.secrets.WidgetKey, "mia@example.com").Want(t, 404)
	})
}
