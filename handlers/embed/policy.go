package embed

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"laurel/api"
	"laurel/auth"
	"laurel/components/layout"
	"laurel/widgets"
)

// initHash allows the inline script of pages that are the same for everybody.
var initHash = func() string {
	sum := sha256.Sum256([]byte(layout.FrameInit))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}()

// policy gives the headers of a framed page. Without a nonce its one
// inline script is allowed by hash, so that equal pages have equal headers.
func (e *Embed) policy(origins []string, nonce string, preview bool) http.Header {
	h := widgets.FramePolicy(origins, nonce, preview)
	if nonce == "" {
		const name = "Content-Security-Policy"
		h.Set(name, strings.Replace(h.Get(name), "script-src 'self'", "script-src 'self' "+initHash, 1))
	}
	if strings.HasPrefix(e.BaseURL, "https://") {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Expose-Headers", "X-Request-Id, Retry-After")
	return h
}

func apply(to, headers http.Header) {
	for name, values := range headers {
		to[name] = values
	}
}

func newNonce() string {
	var b [18]byte
	_, _ = rand.Read(b[:]) // never fails
	return base64.StdEncoding.EncodeToString(b[:])
}

// narrowed is who may frame a page that was opened for one origin: that one, if
// the widget allows it; everybody the widget allows when none was named.
func narrowed(w api.Widget, origin string) []string {
	switch {
	case origin == "":
		return w.AllowedOrigins
	case auth.AllowsOrigin(w.AllowedOrigins, origin):
		return []string{origin}
	}
	return nil
}

// talkers is the JSON list of the origins that may talk to the page's script:
// those that may frame it.
func (e *Embed) talkers(origins []string, preview bool) string {
	list := make([]string, 0, len(origins)+1)
	for _, o := range origins {
		if clean, ok := widgets.Origin(o); ok && !slices.Contains(list, clean) {
			list = append(list, clean)
		}
	}
	if preview && e.own != "" && !slices.Contains(list, e.own) {
		list = append(list, e.own)
	}
	raw, err := json.Marshal(list)
	if err != nil { // texts always marshal
		return "[]"
	}
	return string(raw)
}
