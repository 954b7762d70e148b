package embed

import (
	"context"
	"crypto/sha256"
	"net"
	"net/http"
	"net/netip"
	"strconv"

	"github.com/labstack/echo/v4"

	"laurel/api"
	"laurel/apiclient"
)

// calling is a context for questions about a widget that are asked for nobody in
// particular. Each widget gets an address of its own, a unique local one (RFC
// 4193): the API's limits by address then hold for one widget, and not for all
// of them together.
func calling(ctx context.Context, widgetID string) context.Context {
	sum := sha256.Sum256([]byte(widgetID))
	var a [16]byte
	a[0] = 0xfd
	copy(a[1:8], sum[:]) // limits look at the first 64 bits
	return apiclient.WithOrigin(ctx, apiclient.Origin{IP: netip.AddrFrom16(a).String(), UserAgent: "Laurel frame"})
}

// visitor is a context whose calls are made for whoever sent the request.
func visitor(c echo.Context) context.Context {
	r := c.Request()
	return apiclient.WithOrigin(r.Context(), apiclient.Origin{
		IP: c.RealIP(), UserAgent: r.UserAgent(), Host: hostOnly(r.Host), RequestID: requestID(c),
	})
}

func hostOnly(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		return h
	}
	return host
}

// requestID is the one that an outer layer gave, the proxy's, or a new one; it
// is in the reply's headers from then on.
func requestID(c echo.Context) string {
	const name = "X-Request-Id"
	id := c.Response().Header().Get(name)
	if id == "" {
		id = c.Request().Header.Get(name)
	}
	if !isPlain(id) {
		id = api.NewID()
	}
	c.Response().Header().Set(name, id)
	return id
}

func isPlain(id string) bool {
	if len(id) < 8 || len(id) > 64 {
		return false
	}
	for _, r := range id {
		if r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return false
		}
	}
	return true
}

// firstRows asks for what a widget shows.
func firstRows(w api.Widget, period api.Period) apiclient.EntryQuery {
	return apiclient.EntryQuery{Paging: apiclient.Paging{Page: 1, Limit: rowsOf(w)}, Period: period}
}

func flightKey(period api.Period, turn int64) string {
	return string(period) + "@" + strconv.FormatInt(turn, 10)
}

// bearer is the token of an Authorization header, empty when there is none.
func bearer(r *http.Request) string {
	const scheme = "Bearer "
	h := r.Header.Get("Authorization")
	if len(h) > len(scheme) && h[:len(scheme)] == scheme {
		return h[len(scheme):]
	}
	return ""
}
