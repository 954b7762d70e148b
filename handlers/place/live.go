package place

import (
	"bytes"
	"context"
	"net/http"
	"time"

	"github.com/a-h/templ"

	"laurel/api"
	"laurel/handlers/web"
)

// How live streams keep time: the least pause between two renderings, and how
// often a quiet stream says that it lives.
const (
	pause     = 300 * time.Millisecond
	heartbeat = 15 * time.Second
)

// Live answers with server-sent events: whenever follow tells of a change, the
// part of the page that render makes. It ends with the visitor, when the API
// ends its stream, when render fails (a session that has ended), or when the
// server drains.
func Live(v *web.Visit, follow func(ctx context.Context, changed func(api.StandingsChange)) error, render func() (templ.Component, error)) error {
	ctx, cancel := context.WithCancel(v.Ctx())
	defer cancel()
	changed, ended := make(chan struct{}, 1), make(chan struct{})
	go func() {
		defer close(ended)
		_ = follow(ctx, func(api.StandingsChange) {
			select {
			case changed <- struct{}{}:
			default: // already told
			}
		})
	}()
	start(v)
	alive := time.NewTicker(heartbeat)
	defer alive.Stop()
	for {
		var err error
		select {
		case <-changed:
			if err = send(v, render); err == nil {
				err = rest(ctx)
			}
		case <-alive.C:
			_, err = v.Response().Write([]byte(": alive\n\n"))
			v.Response().Flush()
		case <-ended:
			return nil
		case <-v.Drained():
			return nil
		}
		if err != nil {
			return nil // the visitor has gone or may not look any more: the browser asks again
		}
	}
}

func start(v *web.Visit) {
	h := v.Response().Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no")
	v.Response().WriteHeader(http.StatusOK)
	_, _ = v.Response().Write([]byte("retry: 3000\n\n"))
	v.Response().Flush()
}

func send(v *web.Visit, render func() (templ.Component, error)) error {
	part, err := render()
	if err != nil {
		return err
	}
	var html bytes.Buffer
	if err := part.Render(v.Ctx(), &html); err != nil {
		return err
	}
	for line := range bytes.Lines(html.Bytes()) {
		if _, err := v.Response().Write(append([]byte("data: "), bytes.TrimRight(line, "\r\n")...)); err != nil {
			return err
		}
		if _, err := v.Response().Write([]byte("\n")); err != nil {
			return err
		}
	}
	_, err = v.Response().Write([]byte("\n"))
	v.Response().Flush()
	return err
}

// rest waits out the pause between two renderings.
func rest(ctx context.Context) error {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
