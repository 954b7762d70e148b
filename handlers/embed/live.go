package embed

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"laurel/api"
)

// How streams behave towards their readers.
const (
	heartbeat = 15 * time.Second // between signs of life on a quiet stream
	slow      = 10 * time.Second // for one event to a reader, before it is given up
)

// alive is a comment, which readers skip.
var alive = []byte(": still here\n\n")

// widgetLive streams changes: for everybody from one shared rendering, for the
// holder of a member's token with his own row.
func (e *Embed) widgetLive(c echo.Context) error {
	r := c.Request()
	id, q := c.Param("id"), e.parse(r.URL.RawQuery)
	if r.Method == http.MethodHead {
		return &failure{id: id, q: q, cause: errMethod, logged: true}
	}
	s, info, err := e.cache.join(c, id)
	if err != nil {
		return e.failed(id, q, err)
	}
	if s != nil {
		defer e.cache.detach(s)
	}
	since := r.URL.Query().Get("since")
	switch {
	case bearer(r) != "":
		return e.memberLive(c, info, q, since)
	case s == nil:
		return e.failed(id, q, errNoToken)
	}
	return e.publicLive(c, s, q, since)
}

func (e *Embed) publicLive(c echo.Context, s *source, q request, since string) error {
	x := e.look(s, q, c.Request())
	p, err := x.current(c.Request().Context())
	if err != nil {
		return e.failed(s.id, q, err)
	}
	out := e.begin(c, s.info.Load().Widget, q)
	defer out.close()
	if since != strconv.FormatInt(p.revision, 10) {
		out.send(p.event)
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for last := p; out.err == nil; last = p {
		heard := s.bell.listen()
		p, err = x.current(out.ctx)
		if err != nil {
			p = last
			if isOver(err) {
				out.fail(c, publicCode(err))
				return nil
			}
		}
		if p != last {
			out.send(p.event)
			continue
		}
		out.pause(heard, beat.C)
	}
	return nil
}

// stream is an open reply of server-sent events. Its first error ends it.
type stream struct {
	ctx   context.Context // ends with the reader or the server; names the reader to the API
	close func()
	w     http.ResponseWriter
	rc    *http.ResponseController
	err   error
}

// begin sends the head of a stream.
func (e *Embed) begin(c echo.Context, w api.Widget, q request) *stream {
	h := c.Response().Header()
	apply(h, e.policy(w.AllowedOrigins, "", q.preview))
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	ctx, cancel := context.WithCancel(visitor(c))
	drained := context.AfterFunc(e.ctx, cancel)
	out := &stream{ctx: ctx, w: c.Response(), rc: http.NewResponseController(c.Response())}
	out.close = func() { drained(); cancel() }
	c.Response().WriteHeader(http.StatusOK)
	out.send(alive)
	return out
}

// send writes and flushes; a reader who does not take it in time is given up.
func (s *stream) send(b []byte) {
	if s.err != nil {
		return
	}
	_ = s.rc.SetWriteDeadline(time.Now().Add(slow)) // not every writer has deadlines
	if _, s.err = s.w.Write(b); s.err == nil {
		s.err = s.rc.Flush()
	}
	_ = s.rc.SetWriteDeadline(time.Time{}) // the end of the reply may come much later
}

// fail tells why the view ends.
func (s *stream) fail(c echo.Context, code string) {
	raw, err := json.Marshal(map[string]string{"code": code, "requestId": requestID(c)})
	if err == nil {
		s.send([]byte("event: error\ndata: " + string(raw) + "\n\n"))
	}
}

// pause waits for the next reason to look, or gives a sign of life.
func (s *stream) pause(heard <-chan struct{}, beat <-chan time.Time) {
	select {
	case <-s.ctx.Done():
		s.err = s.ctx.Err()
	case <-heard:
	case <-beat:
		s.send(alive)
	}
}
