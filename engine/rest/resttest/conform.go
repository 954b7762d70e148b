package resttest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
)

// documented is whatever has an OpenAPI document: a kit, an engine.
type documented interface{ OpenAPI() *huma.OpenAPI }

// Conform reports a reply that does not fit the document: a success with an
// undocumented status, or a JSON body that breaks its schema. Streams, files
// and addresses that the document does not have are left alone.
func Conform(t testing.TB, doc *huma.OpenAPI, method, path string, status int, contentType string, body []byte) {
	t.Helper()
	op := operationAt(doc, method, path)
	if op == nil || !strings.HasPrefix(contentType, "application/json") {
		return
	}
	response := op.Responses[strconv.Itoa(status)]
	if response == nil && status >= 400 {
		response = op.Responses["400"]
	}
	if response == nil || response.Content["application/json"] == nil {
		t.Errorf("%s %s: answered %d in JSON, which the document does not have", method, path, status)
		return
	}
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		t.Errorf("%s %s: the reply is no JSON: %v", method, path, err)
		return
	}
	var result huma.ValidateResult
	huma.Validate(doc.Components.Schemas, response.Content["application/json"].Schema, huma.NewPathBuffer([]byte{}, 0), huma.ModeReadFromServer, value, &result)
	for _, err := range result.Errors {
		t.Errorf("%s %s: the %d reply breaks the document: %v\n%.600s", method, path, status, err, body)
	}
}

// operationAt finds the operation of an address, with the aliases resolved;
// a path without parameters goes before one with.
func operationAt(doc *huma.OpenAPI, method, path string) *huma.Operation {
	if rest, ok := strings.CutPrefix(path, "/apis/v1/"); ok {
		path = "/v1/" + rest
	}
	var found *huma.PathItem
	fewest := 1 << 10
	for template, item := range doc.Paths {
		if n, ok := fits(template, path); ok && n < fewest {
			found, fewest = item, n
		}
	}
	if found == nil {
		return nil
	}
	return map[string]*huma.Operation{
		http.MethodGet: found.Get, http.MethodPost: found.Post, http.MethodPut: found.Put,
		http.MethodPatch: found.Patch, http.MethodDelete: found.Delete,
	}[method]
}

// fits says whether the path is one of the template's, and how many of its
// segments are parameters.
func fits(template, path string) (parameters int, ok bool) {
	want, got := strings.Split(template, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return 0, false
	}
	for i := range want {
		switch {
		case strings.HasPrefix(want[i], "{"):
			parameters++
		case want[i] != got[i]:
			return 0, false
		}
	}
	return parameters, true
}

// Watch serves by the handler and holds each JSON reply against the document.
func Watch(t testing.TB, doc *huma.OpenAPI, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		method, path := r.Method, r.URL.Path
		copied := &copier{ResponseWriter: w, status: http.StatusOK}
		h.ServeHTTP(copied, r)
		Conform(t, doc, method, path, copied.status, w.Header().Get("Content-Type"), copied.body.Bytes())
	})
}

// copier keeps a JSON reply beside sending it.
type copier struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

// WriteHeader notes the status.
func (c *copier) WriteHeader(status int) {
	c.status = status
	c.ResponseWriter.WriteHeader(status)
}

// Write sends and, for JSON, keeps the bytes.
func (c *copier) Write(b []byte) (int, error) {
	if strings.HasPrefix(c.Header().Get("Content-Type"), "application/json") {
		c.body.Write(b)
	}
	return c.ResponseWriter.Write(b)
}

// Flush passes on what streams have written.
func (c *copier) Flush() { _ = http.NewResponseController(c.ResponseWriter).Flush() }

// Unwrap gives the writer below.
func (c *copier) Unwrap() http.ResponseWriter { return c.ResponseWriter }
