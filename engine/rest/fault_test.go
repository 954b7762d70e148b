package rest_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"laurel/engine/db/dbtest"
	"laurel/engine/rest"
	"laurel/engine/rest/resttest"
)

// TestInternalFailuresTellNothing panics and fails; the caller learns a
// request id, the log the cause.
func TestInternalFailuresTellNothing(t *testing.T) {
	s := newShop(t, dbtest.Open(t))
	for _, path := range []string{"/v1/panic", "/v1/broken"} {
		got := resttest.Call(t, s, "POST", path, keyOne, nil, "X-Request-Id: request-"+path[4:]).Want(t, 500, "internal")
		if strings.Contains(got.Raw, "swordfish") || strings.Contains(got.Raw, "goroutine") || got.Text("requestId") != "request-"+path[4:] {
			t.Errorf("%s: got %s", path, got.Raw)
		}
		for _, want := range []string{"requestId=request-" + path[4:], "swordfish", "level=ERROR"} {
			if !strings.Contains(s.log.String(), want) {
				t.Errorf("%s: the log lacks %q: %s", path, want, s.log)
			}
		}
	}
	if !strings.Contains(s.log.String(), "help_test.go") {
		t.Error("the log does not say where it panicked")
	}
	resttest.Call(t, s, "POST", "/v1/things", keyOne, `{"name":"a"}`).Want(t, 200) // it goes on
}

// TestPanicLeavesTheConnectionUsable sends a second request through the
// connection on which the first one panicked.
func TestPanicLeavesTheConnectionUsable(t *testing.T) {
	s := newShop(t, dbtest.Open(t))
	server := httptest.NewServer(s)
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	reader := bufio.NewReader(conn)
	for range 2 {
		fmt.Fprintf(conn, "POST /v1/panic HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: 0\r\n\r\n", keyOne)
		res, err := http.ReadResponse(reader, nil)
		if err != nil || res.StatusCode != 500 {
			t.Fatalf("got %v, %v", res, err)
		}
		_, _ = io.Copy(io.Discard, res.Body)
		_ = res.Body.Close()
	}
}

// TestGivenUpRequestsSayWhenToTryAgain ends a request's context before it is answered.
func TestGivenUpRequestsSayWhenToTryAgain(t *testing.T) {
	s := newShop(t, dbtest.Open(t))
	ctx, cancel := context.WithTimeout(t.Context(), 1)
	defer cancel()
	<-ctx.Done()
	req := httptest.NewRequestWithContext(ctx, http.MethodPost, "/v1/slow", strings.NewReader(`{"name":"a"}`))
	req.Header.Set("Authorization", "Bearer "+keyOne)
	req.Header.Set("Content-Type", "application/json")
	rec := httptest.NewRecorder()
	s.ServeHTTP(rec, req)
	if rec.Code != 503 || !strings.Contains(rec.Body.String(), `"code":"timeout"`) || rec.Header().Get("Retry-After") != "1" {
		t.Errorf("got %d %v %s", rec.Code, rec.Header(), rec.Body)
	}
}

// TestRouterErrorsHaveTheOneBody asks for what is not there.
func TestRouterErrorsHaveTheOneBody(t *testing.T) {
	s := newShop(t, dbtest.Open(t))
	resttest.Call(t, s, "GET", "/v1/nothing", keyOne, nil).Want(t, 404, "route_not_found")
	resttest.Call(t, s, "DELETE", "/v1/things", keyOne, nil).Want(t, 405, "method_not_allowed")
	resttest.Call(t, s, "POST", "/v1/things", keyOne, "<x/>", "Content-Type: text/xml").Want(t, 415, "media_type_unsupported")
	for name, c := range map[string]struct {
		credential string
		header     []string
		status     int
		code       string
	}{
		"nobody":                {"", nil, 401, "credential_missing"},
		"unknown":               {"test_x", nil, 401, "credential_invalid"},
		"another scheme":        {"", []string{"Authorization: Basic abc"}, 401, "credential_invalid"},
		"two credentials":       {"key:a", []string{"Authorization: Bearer " + keyOne}, 400, "two_credentials"},
		"without permission":    {keyOther, nil, 403, "missing_permission"},
		"an endless credential": {"test_" + strings.Repeat("x", 9000), nil, 401, "credential_invalid"},
	} {
		if got := resttest.Call(t, s, "GET", "/v1/things", c.credential, nil, c.header...); got.Status != c.status || got.Text("code") != c.code {
			t.Errorf("%s: got %d %s", name, got.Status, got.Raw)
		}
	}
	resttest.Call(t, s, "GET", "/v1/communities/away/things", keyOne, nil).Want(t, 403, "other_community")
	resttest.Call(t, s, "GET", "/v1/communities/home/things", keyOne, nil).Want(t, 200)
	resttest.Call(t, s, "GET", "/apis/v1/things", keyOne, nil).Want(t, 200)
}

// TestRatesAreLimited counts by credential, and by address without one.
func TestRatesAreLimited(t *testing.T) {
	s := newShop(t, dbtest.Open(t), func(c *rest.Config) { c.Limits = rest.Limits{PerKey: 3, PerIP: 2} })
	for range 3 {
		resttest.Call(t, s, "GET", "/v1/things", keyOne, nil).Want(t, 200)
	}
	got := resttest.Call(t, s, "GET", "/v1/things", keyOne, nil).Want(t, 429, "rate_limited")
	if got.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	resttest.Call(t, s, "GET", "/v1/things", keyTwo, nil).Want(t, 200)
	for _, status := range []int{401, 401, 429} {
		resttest.Call(t, s, "GET", "/v1/things", "", nil).Want(t, status)
	}
}

// TestPagesHaveBounds asks for pages that lists do not have.
func TestPagesHaveBounds(t *testing.T) {
	s := newShop(t, dbtest.Open(t))
	for query, field := range map[string]string{"page=0": "page", "page=-1": "page", "page=one": "page", "page=1e9": "page", "page=1000001": "page", "limit=0": "limit", "limit=101": "limit", "limit=": "limit"} {
		got := resttest.Call(t, s, "GET", "/v1/things?"+query, keyOne, nil)
		if query == "limit=" && got.Status == 200 { // an empty value is none
			continue
		}
		if got.Status != 400 || !strings.Contains(got.Raw, `"field":"`+field+`"`) {
			t.Errorf("%s: got %d %s", query, got.Status, got.Raw)
		}
	}
	got := resttest.Call(t, s, "GET", "/v1/things", keyOne, nil).Want(t, 200)
	if got.At("meta.page") != 1.0 || got.At("meta.limit") != 20.0 || got.At("meta.total") != 0.0 || !strings.Contains(got.Raw, `"data":[]`) {
		t.Errorf("an empty list: got %s", got.Raw)
	}
}

// TestRequestIdsAreKeptOrMade takes the client's when it is harmless.
func TestRequestIdsAreKeptOrMade(t *testing.T) {
	s := newShop(t, dbtest.Open(t))
	for id, kept := range map[string]bool{"order-4711-abcd": true, "short": false, "bad\tid-12345": false, strings.Repeat("x", 65): false, "<script>alert": false} {
		got := resttest.Call(t, s, "GET", "/v1/things", keyOne, nil, "X-Request-Id: "+id).Header.Get("X-Request-Id")
		if (got == id) != kept || got == "" {
			t.Errorf("%q became %q", id, got)
		}
	}
}
