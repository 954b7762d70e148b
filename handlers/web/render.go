package web

import (
	"bytes"
	"fmt"
	"net/http"

	"github.com/a-h/templ"
)

// Page answers 200 with a page.
func (v *Visit) Page(c templ.Component) error { return v.Render(http.StatusOK, c) }

// Render answers with a page or a part of one. It is rendered as a whole before
// the first byte goes out, so that a failure can still become an error page.
func (v *Visit) Render(status int, c templ.Component) error {
	buf, ok := v.base.buffers.Get().(*bytes.Buffer)
	if !ok {
		buf = new(bytes.Buffer)
	}
	defer v.base.buffers.Put(buf)
	buf.Reset()
	if err := c.Render(v.ctx, buf); err != nil {
		return fmt.Errorf("render page: %w", err)
	}
	if err := v.saveSession(); err != nil {
		return err
	}
	return v.c.HTMLBlob(status, buf.Bytes())
}

// Framed answers with a document that our own pages frame, and its headers.
func (v *Visit) Framed(html []byte, headers http.Header) error {
	h := v.c.Response().Header()
	h.Del("X-Frame-Options")
	for name, values := range headers {
		h[name] = values
	}
	return v.c.HTMLBlob(http.StatusOK, html)
}

// RawQuery is the address's query as it came.
func (v *Visit) RawQuery() string { return v.c.Request().URL.RawQuery }
