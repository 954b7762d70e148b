// Package web is what all pages share: who visits and with which rights, how a
// page is rendered, how a form comes back with what was typed, and how an error
// becomes a page. Pages reach data through the API client only.
package web

import (
	"bytes"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"laurel/apiclient"
	"laurel/auth"
)

// Config is what pages are served with. Client, Sessions and Clock are required.
type Config struct {
	Client   *apiclient.Client
	Sessions *auth.SessionStore
	BaseURL  string // public address without a trailing slash
	HostURL  string // a foreign page that shows a widget by ?widget=ID; empty when there is none
	Log      *slog.Logger
	Clock    func() time.Time
	Version  string
}

// Base serves pages; it is shared by all requests.
type Base struct {
	Config
	origin  *http.CrossOriginProtection
	buffers sync.Pool
	drained chan struct{}
	drain   sync.Once
}

// New makes a base; nil loggers and clocks become silence and the wall's clock.
func New(c Config) *Base {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Clock == nil {
		c.Clock = time.Now
	}
	b := &Base{Config: c, origin: http.NewCrossOriginProtection(), drained: make(chan struct{})}
	b.buffers.New = func() any { return new(bytes.Buffer) }
	_ = b.origin.AddTrustedOrigin(auth.OriginOf(c.BaseURL)) // a base without an origin trusts nobody more
	return b
}

// Drain ends open live streams and refuses new ones.
func (b *Base) Drain() { b.drain.Do(func() { close(b.drained) }) }
