package embed

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"
	"golang.org/x/sync/singleflight"

	"laurel/api"
)

// The bounds of what is held in memory.
const (
	maxVariants   = 2_000
	maxRemembered = 5_000
	maxID         = 100 // bytes
)

// cache holds the public widgets that somebody looks at, by id, and how each
// widget was last seen, so that even the panel of one that is gone is framed by
// the right pages only.
type cache struct {
	e       *Embed
	flight  singleflight.Group
	mu      sync.RWMutex
	sources map[string]*source
	last    map[string]api.PublicWidget
	count   int // variants of all sources
}

func newCache(e *Embed) *cache {
	return &cache{e: e, sources: map[string]*source{}, last: map[string]api.PublicWidget{}}
}

// find gives a widget that is in memory, or nil.
func (c *cache) find(id string) *source {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.sources[id]
}

// open gives the widget and, when everybody may see it, its source. Errors:
// NotFound, and whatever keeps the API from answering.
func (c *cache) open(r echo.Context, id string) (*source, api.PublicWidget, error) {
	if s := c.find(id); s != nil {
		return s, *s.info.Load(), nil
	}
	if len(id) > maxID {
		return nil, api.PublicWidget{}, errGone
	}
	ctx, id := visitor(r), strings.Clone(id)
	done := c.flight.DoChan(id, func() (any, error) { return c.ask(ctx, id) })
	select {
	case <-ctx.Done():
		return nil, api.PublicWidget{}, ctx.Err()
	case got := <-done:
		if got.Err != nil {
			return nil, api.PublicWidget{}, got.Err
		}
		return c.admit(got.Val.(api.PublicWidget))
	}
}

// ask reads a widget on behalf of the first who wants it.
func (c *cache) ask(ctx context.Context, id string) (api.PublicWidget, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patient)
	defer cancel()
	return c.e.anyone.Widgets().Public(ctx, id)
}

// admit begins to follow a public widget.
func (c *cache) admit(info api.PublicWidget) (*source, api.PublicWidget, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.remember(info)
	if !info.Widget.IsPublic {
		return nil, info, nil
	}
	s := c.sources[info.Widget.ID]
	if s == nil {
		s = newSource(c.e, info)
		var ctx context.Context
		ctx, s.stop = context.WithCancel(c.e.ctx)
		c.sources[s.id] = s
		go s.run(ctx)
	}
	return s, *s.info.Load(), nil
}

// remember keeps how a widget was last seen; the lock is held.
func (c *cache) remember(info api.PublicWidget) {
	if len(c.last) >= maxRemembered {
		clear(c.last)
	}
	c.last[info.Widget.ID] = info
}

// lastSeen is how a widget was last seen; zero when it never was.
func (c *cache) lastSeen(id string) api.PublicWidget {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if s := c.sources[id]; s != nil {
		return *s.info.Load()
	}
	return c.last[id]
}

// remove stops following a widget.
func (c *cache) remove(s *source) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.drop(s)
}

// drop is remove for who holds the lock.
func (c *cache) drop(s *source) {
	if c.sources[s.id] != s {
		return
	}
	delete(c.sources, s.id)
	c.remember(*s.info.Load())
	c.count -= s.size()
	s.stop()
}

// dropIdle removes a widget that nobody has looked at for a while.
func (c *cache) dropIdle(s *source) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if s.viewers > 0 || s.since(&s.used) < idle {
		return false
	}
	c.drop(s)
	return true
}

// join is open for a live stream: it keeps a public widget in memory until
// detach, which must follow when there is a source.
func (c *cache) join(r echo.Context, id string) (*source, api.PublicWidget, error) {
	for {
		s, info, err := c.open(r, id)
		if err != nil || s == nil || c.attach(s) {
			return s, info, err
		}
	}
}

// attach notes a live stream; false when the source was dropped meanwhile.
func (c *cache) attach(s *source) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.sources[s.id] != s {
		return false
	}
	s.viewers++
	return true
}

func (c *cache) detach(s *source) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s.viewers--
	s.touch(&s.used)
}

func (c *cache) isWatched(s *source) bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return s.viewers > 0
}

// variant gives a variant of a widget, with room made for a new one.
func (c *cache) variant(s *source, v variant) *shown {
	s.mu.RLock()
	x := s.shown[v]
	s.mu.RUnlock()
	if x != nil {
		return x
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	x, added := s.add(v)
	if added && c.sources[s.id] == s {
		if c.count++; c.count > maxVariants {
			c.trim()
		}
	}
	return x
}

// trim drops the tenth of all variants that was not used for longest.
func (c *cache) trim() {
	var all []*shown
	for _, s := range c.sources {
		s.mu.RLock()
		for _, x := range s.shown {
			all = append(all, x)
		}
		s.mu.RUnlock()
	}
	slices.SortFunc(all, func(a, b *shown) int { return int(a.used.Load() - b.used.Load()) })
	for _, x := range all[:len(all)/10] {
		x.s.mu.Lock()
		delete(x.s.shown, x.v)
		x.s.mu.Unlock()
		c.count--
	}
}

// add makes a variant, unless somebody was faster.
func (s *source) add(v variant) (x *shown, added bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if x := s.shown[v]; x != nil {
		return x, false
	}
	x = &shown{s: s, v: v}
	s.touch(&x.used)
	s.shown[v] = x
	return x, true
}

func (s *source) size() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.shown)
}
