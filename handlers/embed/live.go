package embed

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"laurel/api"
	"laurel/widgets"
)

// heartbeat is how often a quiet stream says that it lives.
const heartbeat = 15 * time.Second

// live sends the widget's markup with each change of its standings.
func (e *Embed) live(c echo.Context) error {
	r := e.open(c)
	widgets.OpenToFrames(c.Response().Header())
	ctx, cancel := context.WithCancel(c.Request().Context())
	defer cancel()
	c.SetRequest(c.Request().WithContext(ctx))
	pub, err := r.client.Widgets().Public(ctx, c.Param("id"))
	if err != nil {
		return e.failJSON(c, err)
	}
	r.pub = pub
	if _, _, err := e.content(r); err != nil { // may this reader read at all?
		return e.failJSON(c, err)
	}
	changes, ended := make(chan api.StandingsChange, 1), make(chan error, 1)
	go func() {
		ended <- r.client.Widgets().FollowPublic(ctx, pub.Widget.ID, func(ch api.StandingsChange) { latest(changes, ch) })
	}()
	setHeaders(c, widgets.FramePolicy(pub.Widget.AllowedOrigins, "", true))
	h := c.Response().Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	c.Response().WriteHeader(http.StatusOK)
	return e.follow(r, changes, ended)
}

// latest keeps only the newest change for a slow reader.
func latest(c chan api.StandingsChange, ch api.StandingsChange) {
	select {
	case <-c:
	default:
	}
	c <- ch
}

func (e *Embed) follow(r *request, changes <-chan api.StandingsChange, ended <-chan error) error {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	since := r.c.QueryParam("since")
	for {
		var err error
		select {
		case <-r.c.Request().Context().Done():
			return nil
		case <-e.drained:
			return nil
		case cause := <-ended:
			e.Log.DebugContext(r.c.Request().Context(), "upstream stream ended", slog.Any("cause", cause))
			return e.event(r, "reload", "", "{}")
		case ch := <-changes:
			if fmt.Sprint(ch.Revision) != since {
				err = e.send(r)
			}
			since = ""
		case <-beat.C:
			_, err = fmt.Fprint(r.c.Response(), ": still here\n\n")
			r.c.Response().Flush()
		}
		if err != nil {
			return nil //nolint:nilerr // the reader left
		}
	}
}

// send renders the widget as it stands now.
func (e *Embed) send(r *request) error {
	content, revision, err := e.content(r)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := content.Render(r.c.Request().Context(), &out); err != nil {
		return err
	}
	return e.event(r, "", revision, out.String())
}

func (e *Embed) event(r *request, name, id, data string) error {
	w := r.c.Response()
	if name != "" {
		_, _ = fmt.Fprintf(w, "event: %s\n", name)
	}
	if id != "" {
		_, _ = fmt.Fprintf(w, "id: %s\n", id)
	}
	_, err := fmt.Fprintf(w, "data: %s\n\n", strings.ReplaceAll(data, "\n", "\ndata: "))
	w.Flush()
	return err
}

// oembed describes a public widget's page to a CMS that asks.
func (e *Embed) oembed(c echo.Context) error {
	address := c.QueryParam("url")
	path, ok := strings.CutPrefix(address, e.BaseURL+"/embed/leaderboard/")
	id, _, _ := strings.Cut(path, "?")
	if !ok || (c.QueryParam("format") != "" && c.QueryParam("format") != "json") {
		return c.JSON(http.StatusNotFound, api.NewError(api.NotFound, "widget_not_found", "That is no address of a widget here.").Body(""))
	}
	pub, err := e.Client.Anonymous().Widgets().Public(c.Request().Context(), id)
	if err != nil || !pub.Widget.IsPublic {
		return c.JSON(http.StatusNotFound, api.NewError(api.NotFound, "widget_not_found", "That widget is not public.").Body(""))
	}
	kind, _ := widgets.ByName(pub.Widget.Kind)
	return c.JSON(http.StatusOK, widgets.NewOEmbed(widgets.OEmbedInput{BaseURL: e.BaseURL, WidgetID: id, Kind: kind, Title: pub.Board.Name, Provider: pub.Community.Name}))
}
