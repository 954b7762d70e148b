package static_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/andybalholm/brotli"

	"laurel/static"
)

func request(t *testing.T, method, url string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, url, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	static.Handler().ServeHTTP(w, r)
	return w.Result()
}

func TestHandlerEncodings(t *testing.T) {
	tests := []struct{ name, file, accept, want string }{
		{"none", "portal.css", "", ""},
		{"gzip", "portal.css", "gzip", "gzip"},
		{"brotli first", "portal.css", "gzip, deflate, br", "br"},
		{"brotli refused", "portal.css", "br;q=0, gzip;q=0.5", "gzip"},
		{"weight that is no number", "portal.css", "br;q=x", ""},
		{"font", "inter-latin.woff2", "br, gzip", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			res := request(t, http.MethodGet, static.URL(test.file), "Accept-Encoding", test.accept)
			if got := res.Header.Get("Content-Encoding"); got != test.want {
				t.Errorf("encoding: got %q, want %q", got, test.want)
			}
			if got := decoded(t, res); !bytes.Equal(got, static.Bytes(test.file)) {
				t.Errorf("body: got %d bytes, want the file", len(got))
			}
		})
	}
}

func decoded(t *testing.T, res *http.Response) []byte {
	t.Helper()
	var r io.Reader = res.Body
	var err error
	switch res.Header.Get("Content-Encoding") {
	case "gzip":
		r, err = gzip.NewReader(res.Body)
	case "br":
		r = brotli.NewReader(res.Body)
	}
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestHandlerHeaders(t *testing.T) {
	tests := []struct{ file, header, want string }{
		{"portal.css", "Cache-Control", "public, max-age=31536000, immutable"},
		{"portal.css", "X-Content-Type-Options", "nosniff"},
		{"portal.css", "Content-Type", "text/css; charset=utf-8"},
		{"portal.css", "Vary", "Accept-Encoding"},
		{"portal.css", "Cross-Origin-Resource-Policy", "same-origin"},
		{"portal.css", "Access-Control-Allow-Origin", ""},
		{"inter-latin.woff2", "Content-Type", "font/woff2"},
		{"frame.js", "Content-Type", "text/javascript; charset=utf-8"},
		{"frame.js", "Cross-Origin-Resource-Policy", "cross-origin"},
		{"embed.js", "Access-Control-Allow-Origin", "*"},
		{"embed.js", "Cross-Origin-Embedder-Policy", "require-corp"},
		{"widget.css", "Cross-Origin-Resource-Policy", "cross-origin"},
	}
	for _, test := range tests {
		if got := request(t, http.MethodGet, static.URL(test.file)).Header.Get(test.header); got != test.want {
			t.Errorf("%s %s: got %q, want %q", test.file, test.header, got, test.want)
		}
	}
}

func TestHandlerStatus(t *testing.T) {
	etag := request(t, http.MethodGet, static.URL("portal.js")).Header.Get("ETag")
	tests := []struct {
		name, method, url string
		header            []string
		want              int
	}{
		{"found", http.MethodGet, static.URL("portal.js"), nil, 200},
		{"head", http.MethodHead, static.URL("portal.js"), nil, 200},
		{"plain name", http.MethodGet, "/static/portal.js", nil, 404},
		{"compressed twin", http.MethodGet, static.URL("portal.js") + ".gz", nil, 404},
		{"folder", http.MethodGet, "/static/", nil, 404},
		{"outside", http.MethodGet, "/static/../handler.go", nil, 404},
		{"write", http.MethodPost, static.URL("portal.js"), nil, 405},
		{"same", http.MethodGet, static.URL("portal.js"), []string{"If-None-Match", etag}, 304},
		{"older", http.MethodGet, static.URL("portal.js"), []string{"If-None-Match", `"old"`}, 200},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			res := request(t, test.method, test.url, test.header...)
			if res.StatusCode != test.want {
				t.Errorf("got %d, want %d", res.StatusCode, test.want)
			}
			body, _ := io.ReadAll(res.Body)
			if empty := test.method == http.MethodHead || test.want == 304; empty != (len(body) == 0) {
				t.Errorf("body: got %d bytes", len(body))
			}
		})
	}
}

func TestServeAtFixedAddress(t *testing.T) {
	w := httptest.NewRecorder()
	static.Serve(w, httptest.NewRequest(http.MethodGet, "/embed.js", nil), "embed.js", "public, max-age=300")
	if got, want := w.Header().Get("Cache-Control"), "public, max-age=300"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if !bytes.Equal(w.Body.Bytes(), static.Bytes("embed.js")) {
		t.Error("the body is not the file")
	}
}
