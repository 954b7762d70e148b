package embed

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"laurel/api"
)

const pagePath = "/embed/leaderboard/"

// widgetPage answers with the page of a widget: from memory for everybody, as
// one member's with a ticket, as a shell that waits for a token otherwise.
func (e *Embed) widgetPage(c echo.Context) error {
	return e.page(c, c.Param("id"))
}

func (e *Embed) page(c echo.Context, id string) error {
	r := c.Request()
	q := e.parse(r.URL.RawQuery)
	if q.ticket != "" {
		return e.ticketPage(c, id, q)
	}
	s, info, err := e.cache.open(c, id)
	if err != nil {
		return e.failed(id, q, err)
	}
	if s == nil {
		return e.shell(c, info, q)
	}
	p, err := e.look(s, q, r).current(r.Context())
	if err != nil {
		return e.failed(id, q, err)
	}
	p.write(c.Response(), r)
	return nil
}

// look is the variant of a widget that a request asks for.
func (e *Embed) look(s *source, q request, r *http.Request) *shown {
	x := e.cache.variant(s, e.reader(q.variant, s.info.Load().Widget, r))
	now := int64(e.tick())
	s.used.Store(now)
	x.used.Store(now)
	return x
}

// reader adds the reader's language where neither the address nor the widget
// names one.
func (e *Embed) reader(v variant, w api.Widget, r *http.Request) variant {
	if v.locale == "" && w.Options.Locale == "" {
		if wish := r.Header["Accept-Language"]; len(wish) > 0 {
			v.lang = e.tongues.of(wish[0])
		}
	}
	return v
}

// Serve answers a request for the page of a public widget that is ready in
// memory, and reports whether it did. It may stand before everything else: it
// needs no session, no log line and no router.
func (e *Embed) Serve(w http.ResponseWriter, r *http.Request) bool {
	id, ok := strings.CutPrefix(r.URL.Path, pagePath)
	if !ok || strings.Contains(id, "/") || (r.Method != http.MethodGet && r.Method != http.MethodHead) {
		return false
	}
	s := e.cache.find(id)
	if s == nil {
		return false
	}
	q := e.parse(r.URL.RawQuery)
	if q.ticket != "" {
		return false
	}
	p := e.look(s, q, r).ready()
	if p == nil {
		return false
	}
	p.write(w, r)
	return true
}
