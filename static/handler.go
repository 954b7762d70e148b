package static

import (
	"net/http"
	"path"
	"strconv"
	"strings"
)

// forever is the caching of files whose address carries their content's hash.
const forever = "public, max-age=31536000, immutable"

// contentTypes is closed: a file with another ending is not served.
var contentTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".woff2": "font/woff2",
	".svg":   "image/svg+xml",
	".txt":   "text/plain; charset=utf-8",
}

// shared names the files that pages of other origins, or frames with an opaque
// origin, load; only these are readable across origins.
var shared = map[string]bool{
	"embed.js": true, "frame.js": true, "widget.css": true, "widget-loader.js": true,
}

// Handler serves the built files below Prefix: cached for ever, compressed
// ahead of time, and never sniffed. Unknown names answer 404.
func Handler() http.Handler {
	names := make(map[string]string, len(manifest))
	for name, a := range manifest {
		names[a.Path] = name
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, ok := names[strings.TrimPrefix(r.URL.Path, Prefix)]
		if !ok {
			http.NotFound(w, r)
			return
		}
		Serve(w, r, name, forever)
	})
}

// Serve answers with one built file by its plain name and the given
// Cache-Control; it is for the few addresses that stay the same over releases
// (/embed.js). It honours If-None-Match and Accept-Encoding, and answers 404 for
// unknown names and 405 for methods other than GET and HEAD.
func Serve(w http.ResponseWriter, r *http.Request, name, cacheControl string) {
	a, ok := manifest[name]
	contentType := contentTypes[path.Ext(name)]
	if !ok || contentType == "" {
		http.NotFound(w, r)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "This file can only be read.", http.StatusMethodNotAllowed)
		return
	}
	body, encoding := encoded(a, r.Header.Get("Accept-Encoding"))
	etag := `"` + a.SHA256[:16] + encoding + `"`
	setHeaders(w.Header(), name, cacheControl, etag)
	if strings.Contains(r.Header.Get("If-None-Match"), etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", contentType)
	if encoding != "" {
		w.Header().Set("Content-Encoding", encoding)
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(body) // the reader has gone; there is nobody to tell
	}
}

func setHeaders(h http.Header, name, cacheControl, etag string) {
	h.Set("Cache-Control", cacheControl)
	h.Set("ETag", etag)
	h.Set("Vary", "Accept-Encoding")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	if shared[name] {
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		h.Set("Cross-Origin-Embedder-Policy", "require-corp")
		h.Set("Access-Control-Allow-Origin", "*")
	}
}

// encoded picks the smallest form of a file that the browser takes.
func encoded(a asset, accept string) (body []byte, encoding string) {
	if a.Brotli > 0 && accepts(accept, "br") {
		return read(a.Path + ".br"), "br"
	}
	if a.Gzip > 0 && accepts(accept, "gzip") {
		return read(a.Path + ".gz"), "gzip"
	}
	return read(a.Path), ""
}

// accepts reports whether an Accept-Encoding header names a coding with a
// weight above zero.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		_, weight, ok := strings.Cut(params, "=")
		if !ok {
			return true
		}
		q, err := strconv.ParseFloat(strings.TrimSpace(weight), 64)
		return err == nil && q > 0
	}
	return false
}
