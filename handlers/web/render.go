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
