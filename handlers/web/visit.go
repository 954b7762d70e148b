package web

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gorilla/sessions"
	"github.com/labstack/echo/v4"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/ui"
)

// Visit is one request to a page: who asks, and the API with his rights. It is
// used by one goroutine.
type Visit struct {
	API       *apiclient.Client // acts as the visitor; anonymously on pages for anyone
	Me        api.User          // zero on pages for anyone
	Community api.Community     // of Me; zero on pages for anyone, unless they find one
	Now       time.Time

	base    *Base
	c       echo.Context
	ctx     context.Context
	id      string // of the request
	session *sessions.Session
	changed bool          // the session holds something new
	whole   io.ReadCloser // the request's body without the bound of forms
}

// Handler serves one page.
type Handler func(v *Visit) error

func (b *Base) visit(c echo.Context) *Visit {
	r := c.Request()
	v := &Visit{base: b, c: c, API: b.Client.Anonymous(), Now: b.Clock(), id: requestID(r)}
	v.ctx = apiclient.WithOrigin(r.Context(), apiclient.Origin{IP: c.RealIP(), UserAgent: r.UserAgent(), Host: r.Host, RequestID: v.id})
	return v
}

// Ctx is the request's context; API calls made with it name the visitor.
func (v *Visit) Ctx() context.Context { return v.ctx }

// BaseURL is the public address without a trailing slash.
func (v *Visit) BaseURL() string { return v.base.BaseURL }

// HostURL is the address of the foreign test page, empty when there is none.
func (v *Visit) HostURL() string { return v.base.HostURL }

// Request is the HTTP request.
func (v *Visit) Request() *http.Request { return v.c.Request() }

// Response is where a handler writes that does not render a page.
func (v *Visit) Response() *echo.Response { return v.c.Response() }

// Param is a part of the path, unescaped.
func (v *Visit) Param(name string) string {
	text := v.c.Param(name)
	if plain, err := url.PathUnescape(text); err == nil {
		return plain
	}
	return text
}

// Query is a value of the address's query, without space around it.
func (v *Visit) Query(name string) string {
	return strings.TrimSpace(v.c.Request().URL.Query().Get(name))
}

// Filters are the named values of the query that are not empty: the state of a
// list, to be kept in its links.
func (v *Visit) Filters(names ...string) url.Values {
	out := url.Values{}
	for _, name := range names {
		if value := v.Query(name); value != "" {
			out.Set(name, value)
		}
	}
	return out
}

// IsOwner reports whether the visitor owns the community.
func (v *Visit) IsOwner() bool { return v.Me.Role == api.RoleOwner }

// IsTeam reports whether the visitor may open the portal.
func (v *Visit) IsTeam() bool { return v.Me.Role == api.RoleOwner || v.Me.Role == api.RoleAdmin }

// Zone is the community's time zone; UTC when it is not known.
func (v *Visit) Zone() *time.Location {
	zone, err := time.LoadLocation(v.Community.Timezone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// Moment is a time in the words of a page, as of now.
func (v *Visit) Moment(t api.Time) ui.Moment { return ui.NewMoment(t.Time, v.Now, v.Zone()) }

// MomentOf is Moment for a time that may be missing.
func (v *Visit) MomentOf(t *api.Time) ui.Moment {
	if t == nil {
		return ui.Moment{}
	}
	return v.Moment(*t)
}

// Go answers with 303 to a page of ours.
func (v *Visit) Go(path string) error {
	if err := v.saveSession(); err != nil {
		return err
	}
	return v.c.Redirect(http.StatusSeeOther, path)
}

// Drained is closed when open streams have to end.
func (v *Visit) Drained() <-chan struct{} { return v.base.drained }

// IsScript reports whether one of our scripts asks, which wants a part of a
// page, rather than the browser, which wants a whole one.
func (v *Visit) IsScript() bool { return v.c.Request().Header.Get("Sec-Fetch-Dest") == "empty" }

// Tick moves the visit's now on, for pages that stay open.
func (v *Visit) Tick() { v.Now = v.base.Clock() }
