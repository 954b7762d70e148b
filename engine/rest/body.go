package rest

import (
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"

	"laurel/api"
)

// What a body may cost: its size, and the time to arrive in. Larger bodies
// have longer, by the pace of a slow line.
const (
	maxBody    = 1 << 20
	bodyTime   = 30 * time.Second
	slowLine   = 128 << 10 // bytes a second
	formMemory = 32 << 20  // of a form; what is beyond goes into files for as long as the request lasts
)

var errBodyCut = api.NewError(api.Invalid, "body_incomplete", "The body ended too early, or did not arrive in time.")

func (op Op) maxBody() int64 {
	if op.MaxBody == 0 {
		return maxBody
	}
	return op.MaxBody
}

// bodyTime is how long the body of the operation may take to arrive.
func (k *Kit) bodyTime(op Op) time.Duration {
	return k.cfg.BodyTime + time.Duration(max(0, op.maxBody()-maxBody)/slowLine)*time.Second
}

// bound lets a handler read no more than the operation takes: forms have no
// limit of their own. The time that a body has ends when it was read.
func bound(hc huma.Context, op Op) {
	c, s := humaecho.Unwrap(hc), stateOf(hc.Context())
	r := c.Request()
	r.Body = &boundedBody{ReadCloser: http.MaxBytesReader(nil, r.Body, op.maxBody()), state: s}
	s.unhurry = func() error { return hc.SetReadDeadline(time.Time{}) }
}

// bodyRead lifts the deadline, which would end a long answer as well.
func (s *state) bodyRead() {
	if s.unhurry != nil {
		_ = s.unhurry() // calls within the process have no deadline
	}
}

// boundedBody notes that a body was too large, whoever read it.
type boundedBody struct {
	io.ReadCloser
	state *state
}

// Read passes on what may be read.
func (b *boundedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		b.state.tooLarge = true
	}
	return n, err
}

// forgetForm removes the files that a large form was kept in.
func forgetForm(c echo.Context) {
	if form := c.Request().MultipartForm; form != nil {
		_ = form.RemoveAll()
	}
}
