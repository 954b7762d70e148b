// Package resttest helps nouns test their operations: a kit over a database
// with a clock that stands still, and calls that read like a table.
package resttest

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"laurel/auth"
	"laurel/engine/db"
	"laurel/engine/rest"
)

// Clock is a clock that tests move by hand.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// Start is the moment at which every test clock begins.
func Start() time.Time { return time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC) }

// NewClock stands at Start.
func NewClock() *Clock { return &Clock{now: Start()} }

// Now is the clock's present moment.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock on.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Kit is a kit without limits over the database.
func Kit(t testing.TB, d *db.DB, clock *Clock) *rest.Kit {
	t.Helper()
	tokens, err := auth.NewSigner(clock.Now, []byte("a test key that is 32 bytes long!"))
	if err != nil {
		t.Fatal(err)
	}
	return rest.New(rest.Config{DB: d, Clock: clock.Now, Log: slog.New(slog.DiscardHandler), Tokens: tokens, Version: "test"})
}

// Reply is what an operation answered.
type Reply struct {
	Status int
	Header http.Header
	Raw    string
	JSON   map[string]any // nil when the reply is no object
}

// Call sends a request. credential is a bearer secret, or "key:SECRET" for
// X-API-Key, or empty. body is marshalled unless it is nil, []byte or string.
// header holds further "Name: value" lines.
func Call(t testing.TB, h http.Handler, method, path, credential string, body any, header ...string) Reply {
	t.Helper()
	req := httptest.NewRequestWithContext(t.Context(), method, path, reader(t, body))
	req.RemoteAddr = "192.0.2.1:1234"
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if key, ok := strings.CutPrefix(credential, "key:"); ok {
		req.Header.Set("X-API-Key", key)
	} else if credential != "" {
		req.Header.Set("Authorization", "Bearer "+credential)
	}
	for _, line := range header {
		name, value, _ := strings.Cut(line, ":")
		req.Header.Set(name, strings.TrimSpace(value))
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, req)
	if d, ok := h.(documented); ok {
		Conform(t, d.OpenAPI(), method, req.URL.Path, rec.Code, rec.Header().Get("Content-Type"), rec.Body.Bytes())
	}
	out := Reply{Status: rec.Code, Header: rec.Header(), Raw: rec.Body.String()}
	_ = json.Unmarshal(rec.Body.Bytes(), &out.JSON)
	return out
}

func reader(t testing.TB, body any) io.Reader {
	t.Helper()
	switch b := body.(type) {
	case nil:
		return http.NoBody
	case []byte:
		return bytes.NewReader(b)
	case string:
		return strings.NewReader(b)
	}
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(raw)
}

// At digs a value out of the reply by a dotted path such as "data.user._id".
func (r Reply) At(path string) any {
	var at any = r.JSON
	for part := range strings.SplitSeq(path, ".") {
		object, ok := at.(map[string]any)
		if !ok {
			return nil
		}
		at = object[part]
	}
	return at
}

// Text is At for strings; empty when it is something else.
func (r Reply) Text(path string) string {
	s, _ := r.At(path).(string)
	return s
}

// Want fails the test unless the reply has the status, and the code when one is given.
func (r Reply) Want(t testing.TB, status int, code ...string) Reply {
	t.Helper()
	if r.Status != status {
		t.Fatalf("got status %d, want %d: %s", r.Status, status, r.Raw)
	}
	if len(code) > 0 && r.Text("code") != code[0] {
		t.Fatalf("got code %q, want %q: %s", r.Text("code"), code[0], r.Raw)
	}
	return r
}
