// Package embed serves what partners' pages show: the pages of widgets and
// their live streams, the loader, and oEmbed.
//
// A public page is the same for everybody who sees it in one variant. It is
// rendered once per change and answered from memory with an ETag; a source
// follows the board behind it as long as somebody looks. A member's page is
// rendered for him alone and never stored. No route here reads or sets a
// cookie, and every reply says exactly who may frame it.
package embed

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"laurel/apiclient"
	"laurel/auth"
)

// Config is what the widgets' pages are served with. Client is required.
type Config struct {
	Client  *apiclient.Client
	BaseURL string           // public address without a trailing slash
	Log     *slog.Logger     // none when nil
	Clock   func() time.Time // for what pages say of time; the wall's when nil
}

// Embed serves the widgets' pages. It is safe for concurrent use.
type Embed struct {
	Config
	own     string // our own origin
	anyone  *apiclient.Client
	started time.Time
	ctx     context.Context
	drain   context.CancelFunc
	cache   *cache
	aliases aliases
	tongues tongues
	reports *reporter
}

// New makes the pages; Drain ends what they keep running.
func New(c Config) *Embed {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Clock == nil {
		c.Clock = time.Now
	}
	e := &Embed{Config: c, own: auth.OriginOf(c.BaseURL), anyone: c.Client.Anonymous(), started: time.Now()}
	e.ctx, e.drain = context.WithCancel(context.Background())
	e.cache = newCache(e)
	e.reports = newReporter(e)
	return e
}

// Drain ends every open stream and all background work, for a shutdown. Pages
// are answered still, each by asking the API.
func (e *Embed) Drain() { e.drain() }

// Routes registers every route of the package, and a last one for unknown
// addresses below /embed, so that those too carry the frame policy.
func (e *Embed) Routes(r *echo.Echo) {
	e.route(r, "/embed/leaderboard/:id", e.widgetPage)
	e.route(r, "/embed/leaderboard/:id/body", e.widgetBody)
	e.route(r, "/embed/leaderboard/:id/live", e.widgetLive)
	e.route(r, "/custom-leaderboards/:communityId/:slug", e.aliasPage)
	e.route(r, "/custom-leaderboards/:id", e.aliasPage)
	e.route(r, "/embed/*", e.noPage)
	r.Match(readMethods, "/embed.js", loader("embed.js"))
	r.Match(readMethods, "/widget-loader.js", loader("widget-loader.js"))
	r.GET("/oembed", e.oEmbed)
}

var (
	readMethods  = []string{http.MethodGet, http.MethodHead}
	writeMethods = []string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}
)

// route registers a page for reading, for the browser's question whether it may
// read across origins, and its refusal of everything else.
func (e *Embed) route(r *echo.Echo, path string, page echo.HandlerFunc) {
	guarded := e.guard(page)
	r.Match(readMethods, path, guarded)
	r.OPTIONS(path, e.guard(e.preflight))
	r.Match(writeMethods, path, e.guard(notAllowed))
}

// tick is the time since the start, which no change of the wall's clock moves.
func (e *Embed) tick() time.Duration { return time.Since(e.started) }
