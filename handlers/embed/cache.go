package embed

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
)

// keptFor is how long a public page is served from memory: the bound on how
// late a first view can be. Open pages are told of changes by their stream.
const keptFor = time.Second

// maxKept bounds the pages in memory.
const maxKept = 2000

type cache struct {
	mu    sync.RWMutex
	clock func() time.Time
	pages map[string]*kept
}

// kept is a page as it goes out.
type kept struct {
	plain, zipped []byte
	etag          string
	header        http.Header
	until         time.Time
}

func newCache(clock func() time.Time) *cache { return &cache{clock: clock, pages: map[string]*kept{}} }

func (c *cache) find(key string) *kept {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if k := c.pages[key]; k != nil && c.clock().Before(k.until) {
		return k
	}
	return nil
}

func (c *cache) keep(key string, k *kept) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.pages) >= maxKept {
		c.pages = map[string]*kept{}
	}
	k.until = c.clock().Add(keptFor)
	c.pages[key] = k
}

func newKept(raw []byte, header http.Header) *kept {
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	_, _ = w.Write(raw)
	_ = w.Close()
	sum := sha256.Sum256(raw)
	return &kept{plain: raw, zipped: zipped.Bytes(), etag: `"` + hex.EncodeToString(sum[:12]) + `"`, header: header}
}

// serve sends the page, or 304 to whoever has it already.
func (k *kept) serve(c echo.Context) error {
	h := c.Response().Header()
	for name, values := range k.header {
		h[name] = values
	}
	h.Set("Cache-Control", "public, max-age=0, must-revalidate")
	h.Set("Etag", k.etag)
	h.Set("Vary", "Accept-Encoding, Accept-Language")
	h.Set("Access-Control-Allow-Origin", "*")
	if c.Request().Header.Get("If-None-Match") == k.etag {
		return c.NoContent(http.StatusNotModified)
	}
	body := k.plain
	if strings.Contains(c.Request().Header.Get("Accept-Encoding"), "gzip") {
		body = k.zipped
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	return c.HTMLBlob(http.StatusOK, body)
}
