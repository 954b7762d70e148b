package widgets_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"laurel/portaltest/browser"
	"laurel/static"
	"laurel/widgets"
)

// strictHost is the hardest policy that a partner's page may have.
const strictHost = "default-src 'none'; script-src 'nonce-host'; img-src data:; frame-src %s; require-trusted-types-for 'script'"

// board is a stand-in for the server: a board of rows behind the frame's
// contract, as static/src/js/frame.js writes it down.
type board struct {
	mu      sync.Mutex
	host    string   // the partner's origin
	rows    []string // members in order of rank
	live    []chan struct{}
	session string // code that refuses the session; empty grants it
}

func newBoard(t *testing.T) (*board, string) {
	t.Helper()
	b := &board{rows: []string{"Ana", "Ben", "Cem"}}
	mux := http.NewServeMux()
	for _, name := range []string{"embed.js", "frame.js"} {
		mux.HandleFunc("GET /"+name, func(w http.ResponseWriter, r *http.Request) { static.Serve(w, r, name, "no-cache") })
	}
	mux.HandleFunc("GET /embed/leaderboard/{id}", b.page)
	mux.HandleFunc("GET /embed/leaderboard/{id}/body", b.body)
	mux.HandleFunc("GET /embed/leaderboard/{id}/live", b.stream)
	mux.HandleFunc("POST /v2/api/widget-access-keys/session", b.exchange)
	mux.HandleFunc("OPTIONS /", func(w http.ResponseWriter, _ *http.Request) { widgets.OpenToFrames(w.Header()) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	t.Cleanup(b.close)
	return b, server.URL
}

func (b *board) partner() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.host
}

func (b *board) page(w http.ResponseWriter, r *http.Request) {
	for name, values := range widgets.FramePolicy([]string{b.partner()}, "frame", false) {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	mode, list := "public", b.list(false)
	if r.PathValue("id") == "gone" {
		w.WriteHeader(http.StatusNotFound)
		list = `<div data-error="widget_gone"><p>Gone.</p></div>`
	}
	if r.PathValue("id") == "member" {
		mode, list = "member", "<p>Loading</p>"
	}
	fmt.Fprintf(w, `<!doctype html><html lang="en" data-theme="%s"><head><meta charset="utf-8"><title>Board</title>
<style nonce="frame">body{margin:0}main{display:flow-root}.laurel-said{position:absolute;clip-path:inset(50%%)}
[data-theme=dark]{color-scheme:dark}[data-theme=light]{color-scheme:light}</style>
<script nonce="frame">window.__WIDGET_INIT__ = { token: "" };</script><script nonce="frame" defer src="/frame.js"></script></head><body>
<main id="laurel" data-widget="w1" data-kind="leaderboard" data-mode="%s" data-origins='["%s"]' data-request="req-1"
data-body="/embed/leaderboard/w1/body" data-live="/embed/leaderboard/w1/live" data-revision="1">
<nav><a href="?period=weekly" data-period="weekly" id="weekly">Week</a></nav><p id="period">%s</p>%s<div id="pad"></div></main></body></html>`,
		r.FormValue("theme"), mode, b.partner(), r.FormValue("period"), list)
}

// list is the markup of the rows; the last one is the member's own.
func (b *board) list(member bool) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var out strings.Builder
	out.WriteString(`<ol data-part="list">`)
	for i, name := range b.rows {
		own := ""
		if member && name == "Cem" {
			own = fmt.Sprintf(` data-me data-rank="%d" data-say="You are number %d"`, i+1, i+1)
		}
		fmt.Fprintf(&out, `<li data-key="%s"%s>%s</li>`, name, own, name)
	}
	return out.String() + "</ol>"
}

func (b *board) body(w http.ResponseWriter, r *http.Request) {
	widgets.OpenToFrames(w.Header())
	if r.Header.Get("Authorization") != "Bearer access" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	_, _ = io.WriteString(w, b.list(true))
}

func (b *board) exchange(w http.ResponseWriter, r *http.Request) {
	widgets.OpenToFrames(w.Header())
	body, _ := io.ReadAll(r.Body)
	want := fmt.Sprintf(`{"embedToken":"embed","widgetId":"w1","origin":%q}`, b.partner())
	if string(body) != want || b.session != "" {
		w.Header().Set("X-Request-Id", "req-2")
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprintf(w, `{"error":{"code":%q}}`, b.session)
		return
	}
	_, _ = io.WriteString(w, `{"data":{"accessToken":"access","expiresIn":300,"sessionExpiresIn":28800}}`)
}

// stream tells how the board stands now, and again whenever it has changed.
func (b *board) stream(w http.ResponseWriter, r *http.Request) {
	widgets.OpenToFrames(w.Header())
	w.Header().Set("Content-Type", "text/event-stream")
	member := r.Header.Get("Authorization") != ""
	changed := make(chan struct{}, 1)
	b.mu.Lock()
	b.live = append(b.live, changed)
	b.mu.Unlock()
	for open := true; open; {
		fmt.Fprintf(w, "id: 2\ndata: %s\n\n", b.list(member))
		w.(http.Flusher).Flush()
		select {
		case _, open = <-changed:
		case <-r.Context().Done():
			return
		}
	}
}

// rank puts the rows into another order and tells everybody who listens.
func (b *board) rank(rows ...string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rows = rows
	for _, changed := range b.live {
		select {
		case changed <- struct{}{}:
		default: // already told
		}
	}
}

func (b *board) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, changed := range b.live {
		close(changed)
	}
	b.live = nil
}

// embed opens a partner's page, under the hardest policy, that holds the markup.
// The page keeps what the element tells in the list told and in #told.
func embed(t *testing.T, b *board, origin, markup string) *browser.Page {
	t.Helper()
	body := `<p id="told"></p><script nonce="host">window.told = [];
for (const type of ["ready", "resize", "error", "event"])
	addEventListener("laurel:" + type, (e) => {
		told.push([type, e.detail.height ?? e.detail.code ?? "", e.detail.requestId ?? ""].join(" ").trim());
		document.getElementById("told").textContent = told.join();
	});
</script><script type="module" nonce="host" src="` + origin + `/embed.js"></script>` + markup
	address := browser.ForeignPage(t, body, fmt.Sprintf(strictHost, origin))
	b.mu.Lock()
	b.host = strings.TrimSuffix(address, "/")
	b.mu.Unlock()
	return browser.New(t, browser.Options{}).Open(address)
}
