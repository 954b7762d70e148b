package rest_test

import (
	"sync"
	"testing"
	"time"

	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/rest/resttest"
)

// once is the header of the tests' key.
const once = "Idempotency-Key: one"

// TestKeysMakeWritesHappenOnce repeats a write in every way there is.
func TestKeysMakeWritesHappenOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		first := resttest.Call(t, s, "POST", "/v1/things", keyOne, `{"name":"a"}`, once).Want(t, 200)
		again := resttest.Call(t, s, "POST", "/v1/things", keyOne, `{"name":"a"}`, once).Want(t, 200)
		if again.Raw != first.Raw || again.Header.Get("Idempotent-Replayed") != "true" || first.Header.Get("Idempotent-Replayed") != "" {
			t.Errorf("got %s %v, want %s", again.Raw, again.Header, first.Raw)
		}
		for name, c := range map[string]struct{ path, body string }{
			"another body": {"/v1/things", `{"name":"b"}`}, "another query": {"/v1/things?x=1", `{"name":"a"}`}, "another operation": {"/v1/secrets", `{"name":"a"}`},
		} {
			if got := resttest.Call(t, s, "POST", c.path, keyOne, c.body, once); got.Status != 409 || got.Text("code") != "idempotency_key_reused" {
				t.Errorf("%s: got %d %s", name, got.Status, got.Raw)
			}
		}
		if n := s.count(t); n != 1 {
			t.Fatalf("got %d things, want 1", n)
		}
		for i, who := range []string{keyTwo, keyAway} { // keys belong to their callers
			resttest.Call(t, s, "POST", "/v1/things", who, `{"name":"other"}`, once).Want(t, 200)
			if n := s.count(t); n != i+2 {
				t.Errorf("got %d things, want %d", n, i+2)
			}
		}
		s.clock.Advance(24*time.Hour + time.Second)
		resttest.Call(t, s, "POST", "/v1/things", keyOne, `{"name":"next day"}`, once).Want(t, 200)
		if n := s.count(t); n != 4 {
			t.Errorf("a day later: got %d things, want 4", n)
		}
		if err := s.ForgetOldKeys(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// TestRefusedWritesLeaveTheirKeyFree tries again with a better body.
func TestRefusedWritesLeaveTheirKeyFree(t *testing.T) {
	s := newShop(t, dbtest.Open(t))
	resttest.Call(t, s, "POST", "/v1/things", keyOne, `{"name":5}`, once).Want(t, 400)
	for range 2 { // within its transaction
		if got := resttest.Call(t, s, "POST", "/v1/broken", keyOne, nil, once).Want(t, 500); got.Header.Get("Idempotent-Replayed") != "" {
			t.Error("a failure is given again instead of being tried again")
		}
	}
	resttest.Call(t, s, "POST", "/v1/panic", keyOne, nil, once).Want(t, 500)
	resttest.Call(t, s, "POST", "/v1/things", keyOne, `{"name":"a"}`, once).Want(t, 200)
	long := "Idempotency-Key: "
	for range 201 {
		long += "x"
	}
	resttest.Call(t, s, "POST", "/v1/things", keyOne, `{"name":"a"}`, long).Want(t, 400, "invalid_idempotency_key")
}

// TestSecretsAreNotRepeated carries a write out once and keeps its secret.
func TestSecretsAreNotRepeated(t *testing.T) {
	s := newShop(t, dbtest.Open(t))
	resttest.Call(t, s, "POST", "/v1/secrets", keyOne, `{"name":"swordfish"}`, once).Want(t, 200)
	s.clock.Advance(2 * time.Minute)
	resttest.Call(t, s, "POST", "/v1/secrets", keyOne, `{"name":"swordfish"}`, once).Want(t, 409, "idempotency_reply_withheld")
	var kept int
	err := s.DB().Read().QueryRow(t.Context(), `SELECT count(*) FROM idempotency WHERE reply LIKE '%swordfish%'`).Scan(&kept)
	if err != nil || kept != 0 || s.count(t) != 1 {
		t.Errorf("%d replies with the secret, %d things, %v", kept, s.count(t), err)
	}
}

// TestManyAtOnceHappenOnce sends the same write from many callers at the same time.
func TestManyAtOnceHappenOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		var wg sync.WaitGroup
		replies := make([]resttest.Reply, 16)
		for i := range replies {
			wg.Go(func() { replies[i] = resttest.Call(t, s, "POST", "/v1/things", keyOne, `{"name":"a"}`, once) })
		}
		wg.Wait()
		done := 0
		for _, r := range replies {
			switch {
			case r.Status == 200:
				done++
			case r.Status != 409 || r.Text("code") != "idempotency_in_progress" || r.Header.Get("Retry-After") == "":
				t.Errorf("got %d %s", r.Status, r.Raw)
			}
		}
		if n := s.count(t); n != 1 || done == 0 {
			t.Errorf("got %d things and %d successes", n, done)
		}
		resttest.Call(t, s, "POST", "/v1/things", keyOne, `{"name":"a"}`, once).Want(t, 200)
	})
}
