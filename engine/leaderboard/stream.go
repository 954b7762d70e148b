package leaderboard

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"laurel/api"
)

const (
	heartbeat = 15 * time.Second
	calm      = 100 * time.Millisecond // least time between two events
)

// stream tells of each change of a board until the reader leaves or the
// server drains: the present state at once, then at most ten events a second.
func (s *Service) stream(c echo.Context) error {
	ctx := c.Request().Context()
	l, err := s.seen(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	changes, stop := s.hub.Subscribe(l.topic)
	defer stop()
	head := c.Response().Header()
	head.Set("Content-Type", "text/event-stream")
	head.Set("Cache-Control", "no-store")
	head.Set("X-Accel-Buffering", "no")
	c.Response().WriteHeader(http.StatusOK)
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	pace := time.NewTimer(0)
	defer pace.Stop()
	if s.tell(c, l) != nil {
		return nil //nolint:nilerr // the reader left
	}
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-beat.C:
			err = send(c, ": still here\n\n")
		case _, open := <-changes:
			if !open {
				return nil
			}
			<-pace.C
			pace.Reset(calm)
			err = s.tell(c, l)
		}
		if err != nil {
			return nil //nolint:nilerr // the reader left
		}
	}
}

// tell writes the board's present revision. A board that was replaced goes on
// under its id; one that was deleted ends the stream.
func (s *Service) tell(c echo.Context, l *live) error {
	now, err := s.find(c.Request().Context(), l.h.id, l.id)
	if err != nil {
		return err
	}
	now.mu.RLock()
	change := api.StandingsChange{LeaderboardID: l.id, Revision: now.revision}
	now.mu.RUnlock()
	raw, err := json.Marshal(change)
	if err != nil {
		return err
	}
	return send(c, fmt.Sprintf("event: change\ndata: %s\n\n", raw))
}

func send(c echo.Context, text string) error {
	if _, err := c.Response().Write([]byte(text)); err != nil {
		return err
	}
	return http.NewResponseController(c.Response()).Flush()
}
