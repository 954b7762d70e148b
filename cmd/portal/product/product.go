// Package product puts the whole program together from its parts: database,
// engine, sessions and pages behind one handler. The command line and the
// tests start the same product.
package product

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httputil"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"laurel/apiclient"
	"laurel/auth"
	"laurel/engine"
	"laurel/engine/db"
	"laurel/engine/event"
	"laurel/engine/rest"
	"laurel/handlers"
)

// Config says how to put the product together. Data is required.
type Config struct {
	Data           string // folder of database and key
	DatabaseURL    string // PostgreSQL; empty means SQLite in Data
	APIURL         string // remote API; empty serves one in this process
	BaseURL        string // public address without a trailing slash
	HostURL        string // a page on another origin that shows a widget by ?widget=ID; empty when there is none
	TrustedProxies []string
	Mail           event.MailConfig
	Limits         rest.Limits
	AccessLog      bool
	Clock          db.Clock     // the wall's when nil
	Log            *slog.Logger // none when nil
	Passwords      auth.Params  // auth.DefaultParams when zero
	Version        string

	// Watch wraps the API of this process, for all its callers; tests look at
	// every reply there.
	Watch func(*engine.Engine) http.Handler
}

// Product is the assembled program.
type Product struct {
	Engine *engine.Engine // nil in front of a remote API
	Client *apiclient.Client
	DB     *db.DB

	sessions *auth.SessionStore
	pages    *handlers.Site
	api      http.Handler
	stop     context.CancelFunc
	log      *slog.Logger
}

// New opens the database and assembles everything. Start begins the
// background work; Close ends it and closes the database.
func New(ctx context.Context, c Config) (*Product, error) {
	c = c.withDefaults()
	database, err := db.Open(ctx, db.Config{URL: c.DatabaseURL, Path: filepath.Join(c.Data, "laurel.db"), Log: c.Log})
	if err != nil {
		return nil, err
	}
	keys, err := auth.LoadOrCreateKey(filepath.Join(c.Data, "laurel.key"))
	if err != nil {
		return nil, fmt.Errorf("deployment key: %w", err)
	}
	p := &Product{DB: database, sessions: sessions(c, database, keys), log: c.Log}
	if err := p.connect(c, keys); err != nil {
		return nil, err
	}
	p.pages = handlers.New(handlers.Config{
		Client: p.Client, Sessions: p.sessions, BaseURL: c.BaseURL, HostURL: c.HostURL, Log: c.Log, Clock: c.Clock,
		TrustedProxies: c.TrustedProxies, Keyring: keys, Version: c.Version,
	})
	return p, nil
}

func (c Config) withDefaults() Config {
	if c.Clock == nil {
		c.Clock = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Passwords == (auth.Params{}) {
		c.Passwords = auth.DefaultParams()
	}
	return c
}

// connect gives the product its API: its own engine, or a remote one.
func (p *Product) connect(c Config, keys *auth.Keyring) error {
	if c.APIURL != "" {
		remote, err := url.Parse(c.APIURL)
		if err != nil {
			return fmt.Errorf("api url: %w", err)
		}
		p.Client = apiclient.New(c.APIURL)
		p.api = &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(remote); r.SetXForwarded() }, FlushInterval: -1}
		return nil
	}
	e, err := engine.New(engine.Config{
		DB: p.DB, Clock: c.Clock, Log: c.Log, Keyring: keys, Hasher: auth.NewHasher(c.Passwords, 2), Mail: c.Mail,
		Version: c.Version, BaseURL: c.BaseURL, TrustedProxies: c.TrustedProxies, Limits: c.Limits, AccessLog: c.AccessLog,
	})
	if err != nil {
		return err
	}
	var served http.Handler = e
	if c.Watch != nil {
		served = c.Watch(e)
	}
	p.Engine, p.api, p.Client = e, served, apiclient.InProcess(served)
	return nil
}

func sessions(c Config, d *db.DB, keys *auth.Keyring) *auth.SessionStore {
	return auth.NewSessionStore(auth.SessionConfig{
		Read: d.Read(), Keys: keys, Clock: auth.Clock(c.Clock), Insecure: strings.HasPrefix(c.BaseURL, "http://"),
		Write: func(ctx context.Context, fn func(context.Context, auth.Querier) error) error {
			return d.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return fn(ctx, tx) })
		},
	})
}

// Start begins the background work.
func (p *Product) Start(ctx context.Context) {
	if p.Engine != nil {
		p.Engine.Start(ctx)
	}
	ctx, p.stop = context.WithCancel(ctx)
	go p.purge(ctx)
}

// purge drops sessions that have ended, once an hour.
func (p *Product) purge(ctx context.Context) {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if _, err := p.sessions.Purge(ctx); err != nil && ctx.Err() == nil {
			p.log.WarnContext(ctx, "housekeeping failed", slog.String("what", "purge sessions"), slog.Any("cause", err))
		}
	}
}

// ServeHTTP answers API requests by the engine and everything else by the pages.
func (p *Product) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if IsAPI(r.URL.Path) {
		p.api.ServeHTTP(w, r)
		return
	}
	p.pages.ServeHTTP(w, r)
}

// IsAPI reports whether a path belongs to the API and not to a page.
func IsAPI(path string) bool {
	switch path {
	case "/openapi.json", "/openapi.yaml", "/healthz", "/readyz", "/metrics":
		return true
	}
	for _, prefix := range []string{"/v1/", "/apis/", "/api/", "/v2/api/", "/widget/"} {
		if strings.HasPrefix(path, prefix) {
			return true
		}
	}
	return false
}

// Drain ends open streams, so that the server can shut down.
func (p *Product) Drain() {
	p.pages.Drain()
	if p.Engine != nil {
		p.Engine.Drain()
	}
}

// Close ends the background work and closes the database.
func (p *Product) Close(ctx context.Context) error {
	if p.stop != nil {
		p.stop()
	}
	if p.Engine != nil {
		if err := p.Engine.Close(ctx); err != nil {
			return err
		}
	}
	return p.DB.Close()
}
