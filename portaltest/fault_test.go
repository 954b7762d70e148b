package portaltest_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"laurel/engine/db"
	"laurel/engine/rest/resttest"
	"laurel/portaltest"
)

// pragma changes a setting of the SQLite writer, so that it fails as it does
// on a full disk or a file that may not be written.
func pragma(t *testing.T, p *portaltest.Portal, setting string) {
	t.Helper()
	var n int
	err := p.DB.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		return tx.QueryRow(ctx, "PRAGMA "+setting).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestADatabaseThatCannotWriteSaysSo asks for writes while the disk is full:
// a clear 503, reads go on, nothing is half-written, and the same requests
// succeed once there is room.
func TestADatabaseThatCannotWriteSaysSo(t *testing.T) {
	p := portaltest.New(t)
	text := strings.Repeat("A long story. ", 5000)
	pragma(t, p, "max_page_count = 1") // the size it has is the least it takes
	policy := "/v1/communities/" + p.Community.ID + "/policies"
	send := func() resttest.Reply {
		return resttest.Call(t, p, "POST", policy, p.Owner.Token, map[string]string{"title": "Story", "body": text[:9000]}, "Idempotency-Key: story")
	}
	var got resttest.Reply
	for range 50 { // pages that were free take the first ones
		if got = send(); got.Status != 201 {
			break
		}
		if got = resttest.Call(t, p, "POST", policy, p.Owner.Token, map[string]string{"title": "More", "body": text[:9000]}); got.Status != 201 {
			break
		}
	}
	got.Want(t, 503, "database_unavailable")
	if got.Header.Get("Retry-After") == "" {
		t.Error("the refusal does not say when to try again")
	}
	resttest.Call(t, p, "GET", "/v1/communities/"+p.Community.ID+"/users", p.Key, nil).Want(t, 200)
	pragma(t, p, "max_page_count = 1000000")
	send().Want(t, 201)
}

// TestTheWatchersAreAnswered asks what probes and collectors ask.
func TestTheWatchersAreAnswered(t *testing.T) {
	p := portaltest.New(t)
	for path, want := range map[string]struct{ kind, text string }{
		"/healthz":      {"application/json", `"ok"`},
		"/readyz":       {"application/json", `"ready"`},
		"/openapi.json": {"application/", `"openapi":"3.1`},
		"/openapi.yaml": {"application/", "openapi: 3.1"},
		"/docs":         {"text/html", "<h1"},
	} {
		got := resttest.Call(t, p, http.MethodGet, path, "", nil)
		if got.Status != 200 || !strings.HasPrefix(got.Header.Get("Content-Type"), want.kind) || !strings.Contains(got.Raw, want.text) {
			t.Errorf("%s: got %d %s %.200s", path, got.Status, got.Header.Get("Content-Type"), got.Raw)
		}
	}
	resttest.Call(t, p, http.MethodGet, "/metrics", "", nil).Want(t, 403, "metrics_private")
	res, err := http.Get(p.URL + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != 200 {
		t.Errorf("the figures for a neighbour: got %d", res.StatusCode)
	}
}
