package embed_test

import (
	"net/http"
	"net/http/httptest"
)

func serve(s *site, address string) bool {
	return s.embed.Serve(httptest.NewRecorder(), ask(s.t.Context(), http.MethodGet, address, nil))
}
