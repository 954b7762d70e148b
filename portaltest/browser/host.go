package browser

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Foreign serves a partner's site until the test ends and returns its origin,
// such as "http://localhost:41234". The host name differs from the 127.0.0.1
// of other test servers, so that browsers take it for another site.
func Foreign(t testing.TB, handler http.Handler) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
}

// ForeignPage serves one page of a partner's site, complete but for its body,
// with a Content-Security-Policy if policy is not empty, and returns its
// address.
func ForeignPage(t testing.TB, body, policy string) string {
	t.Helper()
	return Foreign(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if policy != "" {
			w.Header().Set("Content-Security-Policy", policy)
		}
		fmt.Fprintf(w, foreignPage, body)
	})) + "/"
}

const foreignPage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>A partner's page</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"></head>
<body><main><h1>A partner's page</h1>
%s
</main></body>
</html>
`
