// Package embed serves what partners frame: widget pages, their parts and live
// streams, and the scripts that put them into a page. Nothing here reads or
// sets a cookie; whoever has a right proves it by a token.
package embed

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/widget"
	"laurel/static"
	"laurel/widgets"
)

// Config is what the pages are served with.
type Config struct {
	Client  *apiclient.Client
	BaseURL string
	Log     *slog.Logger
	Clock   func() time.Time
}

// Embed serves the widgets' pages.
type Embed struct {
	Config
	cache   *cache
	drained chan struct{}
	drain   sync.Once
}

// New makes the pages.
func New(c Config) *Embed {
	return &Embed{Config: c, cache: newCache(c.Clock), drained: make(chan struct{})}
}

// Drain ends the open live streams.
func (e *Embed) Drain() { e.drain.Do(func() { close(e.drained) }) }

// Routes registers the widgets' addresses.
func (e *Embed) Routes(r *echo.Echo) {
	r.GET("/embed.js", e.script("embed.js"))
	r.GET("/widget-loader.js", e.script("widget-loader.js"))
	r.GET("/oembed", e.oembed)
	r.GET("/embed/leaderboard/:id", e.page)
	r.GET("/embed/leaderboard/:id/body", e.body)
	r.GET("/embed/leaderboard/:id/live", e.live)
	r.OPTIONS("/embed/*", e.options)
	r.GET("/custom-leaderboards/:community/:slug", e.board)
	r.GET("/custom-leaderboards/:slug", e.board)
}

func (e *Embed) script(name string) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		static.Serve(c.Response(), c.Request(), name, "public, max-age=300")
		return nil
	}
}

func (e *Embed) options(c echo.Context) error {
	widgets.OpenToFrames(c.Response().Header())
	return c.NoContent(http.StatusNoContent)
}

// request is one reading of a widget: which, how it looks, and as whom.
type request struct {
	c       echo.Context
	client  *apiclient.Client
	pub     api.PublicWidget
	session *api.EmbedSession
	origins []string
	nonce   string
}

func (e *Embed) open(c echo.Context) *request {
	r := c.Request()
	client := e.Client.Anonymous()
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		client = e.Client.WithToken(token)
	}
	ctx := apiclient.WithOrigin(r.Context(), apiclient.Origin{IP: c.RealIP(), UserAgent: r.UserAgent(), Host: r.Host})
	c.SetRequest(r.WithContext(ctx))
	return &request{c: c, client: client, nonce: newNonce()}
}

func newNonce() string {
	var b [18]byte
	_, _ = rand.Read(b[:])
	return base64.StdEncoding.EncodeToString(b[:])
}

// page answers with the whole document of a widget.
func (e *Embed) page(c echo.Context) error {
	r := e.open(c)
	key := c.Request().URL.RequestURI() + "\n" + c.Request().Header.Get("Accept-Language")
	ticket := c.QueryParam("ticket")
	if ticket == "" {
		if kept := e.cache.find(key); kept != nil {
			return kept.serve(c)
		}
	}
	pub, err := r.client.Widgets().Public(c.Request().Context(), c.Param("id"))
	if err != nil {
		return e.fail(r, err)
	}
	return e.show(r, pub, key, ticket)
}

// board is a board's own widget under the older addresses.
func (e *Embed) board(c echo.Context) error {
	r := e.open(c)
	community := c.Param("community")
	if community == "" {
		community = "-"
	}
	pub, err := r.client.Widgets().PublicBoard(c.Request().Context(), community, c.Param("slug"))
	if err != nil {
		return e.fail(r, err)
	}
	return e.show(r, pub, "", "")
}

func (e *Embed) show(r *request, pub api.PublicWidget, key, ticket string) error {
	r.pub, r.origins = pub, pub.Widget.AllowedOrigins
	switch {
	case ticket != "":
		return e.byTicket(r, ticket)
	case !pub.Widget.IsPublic:
		return e.write(r, http.StatusOK, "member", widget.Skeleton(widget.SkeletonProps{Text: r.text()}), "")
	}
	content, revision, err := e.content(r)
	if err != nil {
		return e.fail(r, err)
	}
	raw, err := e.render(r, "public", content, revision)
	if err != nil {
		return err
	}
	kept := newKept(raw, widgets.FramePolicy(r.origins, r.nonce, true))
	if key != "" {
		e.cache.keep(key, kept)
	}
	return kept.serve(r.c)
}

// byTicket spends a ticket and shows the member's view. A ticket is for a
// frame: in a tab of its own it is spent for nothing.
func (e *Embed) byTicket(r *request, ticket string) error {
	ctx := r.c.Request().Context()
	if dest := r.c.Request().Header.Get("Sec-Fetch-Dest"); dest == "document" {
		return e.fail(r, api.NewError(api.Unauthenticated, "origin_not_allowed", "This page is shown inside its partner's page only."))
	}
	session, err := e.Client.Anonymous().Widgets().Session(ctx, api.EmbedSessionRequest{Ticket: ticket, WidgetID: r.pub.Widget.ID})
	if err != nil {
		return e.fail(r, err)
	}
	r.session, r.client = &session, e.Client.WithToken(session.AccessToken)
	if session.Origin != "" {
		r.origins = []string{session.Origin}
	}
	content, revision, err := e.content(r)
	if err != nil {
		return e.fail(r, err)
	}
	return e.write(r, http.StatusOK, "ticket", content, revision)
}

// body answers with what stands inside the frame, for a bearer or in public.
func (e *Embed) body(c echo.Context) error {
	r := e.open(c)
	widgets.OpenToFrames(c.Response().Header())
	pub, err := r.client.Widgets().Public(c.Request().Context(), c.Param("id"))
	if err != nil {
		return e.failJSON(c, err)
	}
	r.pub = pub
	content, _, err := e.content(r)
	if err != nil {
		return e.failJSON(c, err)
	}
	var out bytes.Buffer
	if err := content.Render(c.Request().Context(), &out); err != nil {
		return err
	}
	setHeaders(c, widgets.FramePolicy(pub.Widget.AllowedOrigins, "", true))
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.HTMLBlob(http.StatusOK, out.Bytes())
}

func (e *Embed) write(r *request, status int, mode string, content templ.Component, revision string) error {
	raw, err := e.render(r, mode, content, revision)
	if err != nil {
		return err
	}
	setHeaders(r.c, widgets.FramePolicy(r.origins, r.nonce, true))
	r.c.Response().Header().Set("Cache-Control", "no-store")
	return r.c.HTMLBlob(status, raw)
}

func setHeaders(c echo.Context, h http.Header) {
	for name, values := range h {
		c.Response().Header()[name] = values
	}
}

func (e *Embed) render(r *request, mode string, content templ.Component, revision string) ([]byte, error) {
	p := e.frame(r, mode, revision)
	var out bytes.Buffer
	err := layout.FrameOf(p, content).Render(r.c.Request().Context(), &out)
	return out.Bytes(), err
}

func (e *Embed) frame(r *request, mode, revision string) layout.FrameProps {
	text, id := r.text(), r.pub.Widget.ID
	origins, _ := json.Marshal(append([]string{e.BaseURL}, r.origins...)) //nolint:errchkjson // strings
	p := layout.FrameProps{
		Title: r.pub.Board.Name, Lang: text.Lang(), RTL: text.RTL(), Theme: r.theme(), Nonce: r.nonce, Widget: id, Kind: "leaderboard",
		Mode: mode, Origins: string(origins), Body: "/embed/leaderboard/" + id + "/body", Live: "/embed/leaderboard/" + id + "/live",
		Revision: revision, Words: text.Scripts(),
	}
	if r.session != nil {
		p.Session = r.session
	}
	return p
}

// fail shows a calm panel; the reason is in the partner's log.
func (e *Embed) fail(r *request, err error) error {
	a := known(err)
	e.Log.LogAttrs(r.c.Request().Context(), slog.LevelInfo, "widget not shown", slog.String("code", a.Code), slog.Any("cause", err))
	panel := widget.Panel(widget.PanelProps{Text: r.text(), Code: a.Code, RequestID: a.RequestID, Retry: r.c.Request().URL.Path})
	p := e.frame(r, "public", "")
	p.Live, p.Request, p.Title = "", a.RequestID, r.text().Fault(a.Code)
	p.Data = []layout.Attr{{Name: "data-error", Value: a.Code}}
	var out bytes.Buffer
	if err := layout.FrameOf(p, panel).Render(r.c.Request().Context(), &out); err != nil {
		return err
	}
	setHeaders(r.c, widgets.FramePolicy(r.origins, r.nonce, true))
	r.c.Response().Header().Set("Cache-Control", "no-store")
	return r.c.HTMLBlob(a.Kind.Status(), out.Bytes())
}

func (e *Embed) failJSON(c echo.Context, err error) error {
	a := known(err)
	body := a.Body(a.RequestID)
	setHeaders(c, widgets.FramePolicy(nil, "", true))
	return c.JSON(a.Kind.Status(), body)
}

func known(err error) *api.Error {
	var a *api.Error
	if !errors.As(err, &a) {
		return api.NewError(api.Internal, "server_error", "Something went wrong.")
	}
	if a.Kind == api.Internal {
		a.Code = "server_error"
	}
	return a
}
