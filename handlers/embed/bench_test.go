package embed_test

import (
	"net/http"
	"testing"

	"github.com/labstack/echo/v4"

	"laurel/apiclient"
	"laurel/handlers/embed"
)

// nobody takes a reply and keeps nothing.
type nobody struct{ h http.Header }

func (n nobody) Header() http.Header         { return n.h }
func (n nobody) Write(b []byte) (int, error) { return len(b), nil }
func (n nobody) WriteHeader(int)             {}

// BenchmarkCachedPage is the page of 50 rows, ready in memory and compressed.
func BenchmarkCachedPage(b *testing.B) {
	f := newFake()
	w := f.widgets[publicID]
	w.Options.Rows = 50
	f.widgets[publicID] = w
	f.scores = make([]int64, 50)
	pages := embed.New(embed.Config{Client: apiclient.InProcess(f), BaseURL: base})
	defer pages.Drain()
	e := echo.New()
	pages.Routes(e)
	header := []string{"Accept-Encoding", "gzip, deflate, br", "Accept-Language", "de-DE,de;q=0.9,en;q=0.8"}
	b.Run("echo", func(b *testing.B) {
		r := ask(b.Context(), http.MethodGet, publicPage+"?theme=dark", header)
		for b.Loop() {
			e.ServeHTTP(nobody{http.Header{}}, r)
		}
	})
	b.Run("direct", func(b *testing.B) {
		r := ask(b.Context(), http.MethodGet, publicPage+"?theme=dark", header)
		for b.Loop() {
			if !pages.Serve(nobody{http.Header{}}, r) {
				e.ServeHTTP(nobody{http.Header{}}, r)
			}
		}
	})
}
