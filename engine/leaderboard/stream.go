package leaderboard

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"time"

	"github.com/labstack/echo/v4"

	"laurel/api"
)

var leaderboardType = reflect.TypeFor[api.Leaderboard]()

const (
	heartbeat = 15 * time.Second
	calm      = 100 * time.Millisecond // least time between two events
)

// stream tells of each change of a board until the reader leaves or the
// server drains.
func (s *Service) stream(c echo.Context) error {
	ctx := c.Request().Context()
	b, err := s.seen(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	changes, stop := s.hub.Subscribe("board:" + b.ID)
	defer stop()
	h := c.Response().Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	c.Response().WriteHeader(http.StatusOK)
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		if err := s.tell(c, b); err != nil {
			return nil //nolint:nilerr // the reader left
		}
		time.Sleep(calm)
		select {
		case <-ctx.Done():
			return nil
		case _, open := <-changes:
			if !open {
				return nil
			}
		case <-beat.C:
		}
	}
}

func (s *Service) tell(c echo.Context, b api.Leaderboard) error {
	raw, err := json.Marshal(api.StandingsChange{LeaderboardID: b.ID, Revision: s.running(b).revision.Load()})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.Response(), "event: change\ndata: %s\n\n", raw)
	c.Response().Flush()
	return err
}
