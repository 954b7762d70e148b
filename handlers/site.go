// Package handlers serves every page: the portal, the member area, sign-in and
// the embeds. routes.go is the whole route table.
package handlers

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"laurel/apiclient"
	"laurel/auth"
	"laurel/handlers/embed"
	"laurel/handlers/web"
	"laurel/static"
)

// Config is what the pages are served with. Client, Sessions and Clock are required.
type Config struct {
	Client         *apiclient.Client
	Sessions       *auth.SessionStore
	BaseURL        string // public address without a trailing slash
	Log            *slog.Logger
	Clock          func() time.Time
	TrustedProxies []string
	Version        string
}

// Site is all pages behind one handler.
type Site struct {
	echo   *echo.Echo
	base   *web.Base
	embeds *embed.Embed
}

// New makes the site.
func New(c Config) *Site {
	s := &Site{echo: echo.New()}
	s.base = web.New(web.Config{Client: c.Client, Sessions: c.Sessions, BaseURL: c.BaseURL, Log: c.Log, Clock: c.Clock, Version: c.Version})
	s.embeds = embed.New(embed.Config{Client: c.Client, BaseURL: c.BaseURL, Log: c.Log, Clock: c.Clock})
	s.echo.HideBanner, s.echo.HidePort = true, true
	s.echo.IPExtractor = web.Extractor(c.TrustedProxies)
	s.echo.HTTPErrorHandler = s.base.Fault
	s.echo.GET(static.Prefix+"*", echo.WrapHandler(static.Handler()))
	s.embeds.Routes(s.echo)
	for _, r := range routes() {
		s.echo.Add(r.Method, r.Path, s.base.Handle(r.Who, r.Page))
	}
	return s
}

// ServeHTTP answers a request for a page.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.echo.ServeHTTP(w, r) }

// Drain ends open live streams.
func (s *Site) Drain() {
	s.base.Drain()
	s.embeds.Drain()
}
