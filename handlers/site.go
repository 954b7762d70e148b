// Package handlers serves every page: the portal, the member area, the public
// pages and the widgets. routes.go is the whole table of routes. Data comes from
// the API client only, so that permissions are checked in one place.
package handlers

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/labstack/echo/v4"

	"laurel/apiclient"
	"laurel/auth"
	"laurel/handlers/embed"
	"laurel/handlers/web"
	"laurel/static"
)

// Config is what the site is made of. Client and Sessions are required.
type Config struct {
	Client         *apiclient.Client
	Sessions       *auth.SessionStore
	BaseURL        string // public address without a trailing slash
	HostURL        string // a foreign page that shows a widget by ?widget=ID; empty when there is none
	Log            *slog.Logger
	Clock          func() time.Time // the wall's when nil
	TrustedProxies []string         // CIDRs whose X-Forwarded-For is believed
	Keyring        *auth.Keyring
	Version        string
}

// Site is every page behind one handler.
type Site struct {
	echo   *echo.Echo
	base   *web.Base
	embeds *embed.Embed
}

// New makes the site.
func New(c Config) *Site {
	s := &Site{echo: echo.New(), base: web.New(web.Config{
		Client: c.Client, Sessions: c.Sessions, BaseURL: c.BaseURL, HostURL: c.HostURL, Log: c.Log, Clock: c.Clock, Version: c.Version,
	})}
	s.embeds = embed.New(embed.Config{Client: c.Client, BaseURL: c.BaseURL, Log: s.base.Log, Clock: s.base.Clock})
	s.echo.HideBanner, s.echo.HidePort = true, true
	s.echo.IPExtractor = extractor(c.TrustedProxies)
	s.echo.HTTPErrorHandler = s.base.Fault
	s.echo.Use(s.recovered)
	for _, r := range Routes() {
		s.echo.Add(r.Method, r.Path, s.base.Handle(r.Who, r.Handler))
	}
	s.files()
	s.embeds.Routes(s.echo)
	return s
}

// files serves what is the same for everybody.
func (s *Site) files() {
	methods := []string{http.MethodGet, http.MethodHead}
	s.echo.Match(methods, static.Prefix+"*", echo.WrapHandler(static.Handler()))
	icon := func(c echo.Context) error {
		static.Serve(c.Response(), c.Request(), "icon.svg", "public, max-age=86400")
		return nil
	}
	s.echo.Match(methods, "/favicon.ico", icon)
	s.echo.Match(methods, "/favicon.svg", icon)
}

// recovered makes a page's panic an error page and a line in the log. A
// download that had to be cut off stays cut off.
func (s *Site) recovered(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if failure, ok := cause.(error); ok && errors.Is(failure, http.ErrAbortHandler) {
				panic(cause)
			}
			s.base.Log.ErrorContext(c.Request().Context(), "page panicked", slog.String("path", c.Path()),
				slog.Any("cause", cause), slog.String("stack", string(debug.Stack())))
			err = echo.ErrInternalServerError
		}()
		return next(c)
	}
}

// ServeHTTP answers with a page.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.echo.ServeHTTP(w, r) }

// Drain ends open live streams, so that the server can shut down.
func (s *Site) Drain() {
	s.base.Drain()
	s.embeds.Drain()
}

// Purge removes sessions that have ended and says how many.
func (s *Site) Purge(ctx context.Context) (int64, error) { return s.base.Sessions.Purge(ctx) }

// extractor believes X-Forwarded-For only from the trusted networks.
func extractor(trusted []string) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, cidr := range trusted {
		if _, network, err := net.ParseCIDR(cidr); err == nil {
			options = append(options, echo.TrustIPRange(network))
		}
	}
	return echo.ExtractIPFromXFFHeader(options...)
}
