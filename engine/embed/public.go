package embed

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"laurel/api"
	"laurel/engine/rest"
)

func (s *Service) publicRoutes() {
	op := func(method, path, id, summary string) rest.Op {
		return rest.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "Public", Access: rest.ForAnyone}
	}
	rest.Integration(s.k, op("GET", "/v1/public/widgets/{id}", "get-public-widget", "What a frame needs to draw a widget"), s.public)
	rest.Integration(s.k, op("GET", "/v1/public/boards/{community}/{board}", "get-public-board", "A leaderboard's own widget"), s.publicBoard)
	rest.Integration(s.k, op("GET", "/v1/public/widgets/{id}/entries", "get-public-entries", "Standings of a public widget, or of a member's widget with its token"), s.entries)
	rest.Integration(s.k, op("GET", "/v1/public/community", "get-public-community", "A community with its public boards"), s.publicCommunity)
	rest.Integration(s.k, op("POST", "/v1/public/widgets/{id}/reports", "report-embed-failure", "Tell the partner about a failure that the frame saw"), s.report)
	s.k.Handle(op("GET", "/v1/public/widgets/{id}/stream", "follow-public-widget", "Changes of a widget's standings as server-sent events"), s.stream)
}

// boardWidget is the id of a board's own widget, which needs no row.
const boardWidget = "b-"

// find gives a widget by id: one that was set up, or a board's own.
func (s *Service) find(ctx context.Context, id string) (api.Widget, error) {
	rest, ok := strings.CutPrefix(id, boardWidget)
	if !ok {
		return anyWidget(ctx, s.k.DB().Read(), id)
	}
	community, board, ok := strings.Cut(rest, "-")
	if !ok {
		return api.Widget{}, errWidgetMissing
	}
	b, err := s.Board(ctx, community, board)
	if err != nil {
		return api.Widget{}, err
	}
	return ownWidget(b), nil
}

func ownWidget(b api.Leaderboard) api.Widget {
	return api.Widget{
		ID: boardWidget + b.CommunityID + "-" + b.ID, CommunityID: b.CommunityID, Name: b.Name, Kind: "leaderboard", TargetID: b.ID,
		IsPublic: true, IsEnabled: b.Widget.Enabled && b.Enabled, AllowedOrigins: b.Widget.WhitelistedDomains,
		Options: api.WidgetOptions{Button: b.Widget.Button}, CreatedAt: b.CreatedAt, UpdatedAt: b.UpdatedAt,
	}
}

func (s *Service) public(ctx context.Context, in *widgetPath) (api.PublicWidget, error) {
	w, err := s.live(ctx, in.ID)
	if err != nil {
		return api.PublicWidget{}, err
	}
	return s.described(ctx, w)
}

func (s *Service) described(ctx context.Context, w api.Widget) (api.PublicWidget, error) {
	board, err := s.Board(ctx, w.CommunityID, w.TargetID)
	if api.IsKind(err, api.NotFound) || (err == nil && !board.Enabled) {
		return api.PublicWidget{}, errWidgetGone
	}
	if err != nil {
		return api.PublicWidget{}, err
	}
	home, err := s.communities.ByID(ctx, w.CommunityID)
	return api.PublicWidget{Widget: w, Community: home, Board: board}, err
}

func (s *Service) publicBoard(ctx context.Context, in *struct {
	Community string `path:"community" doc:"Id or uri; - when the board is named by its id alone"`
	Board     string `path:"board" doc:"Id or slug"`
}) (api.PublicWidget, error) {
	community, err := s.communityOf(ctx, in.Community, in.Board)
	if err != nil {
		return api.PublicWidget{}, errWidgetGone
	}
	b, err := s.Board(ctx, community, in.Board)
	if api.IsKind(err, api.NotFound) || (err == nil && !(b.Enabled && b.Widget.Enabled)) {
		return api.PublicWidget{}, errWidgetGone
	}
	if err != nil {
		return api.PublicWidget{}, err
	}
	return s.described(ctx, ownWidget(b))
}

func (s *Service) communityOf(ctx context.Context, ref, board string) (string, error) {
	if ref == "-" {
		return boardOwner(ctx, s.k.DB().Read(), board)
	}
	home, err := s.communities.Find(ctx, ref, "")
	return home.ID, err
}

// mayRead says whether the caller may see a widget's data, and as whom.
func mayRead(w api.Widget, c rest.Caller) (memberID string, err error) {
	if c.Kind == rest.WidgetToken && c.WidgetID == w.ID {
		return c.MemberID, nil
	}
	if c.CommunityID == w.CommunityID && c.IsTeam() {
		return "", nil
	}
	if !w.IsPublic {
		return "", api.NewError(api.Forbidden, "widget_not_public", "This widget is for signed-in members.")
	}
	return "", nil
}

type entriesInput struct {
	ID string `path:"id"`
	rest.Paging
	Period api.Period `query:"period" enum:"all-time,daily,weekly,monthly,yearly"`
	At     string     `query:"at"`
	Search string     `query:"search" maxLength:"100"`
}

func (s *Service) entries(ctx context.Context, in *entriesInput) (api.Standings, error) {
	w, err := s.live(ctx, in.ID)
	if err != nil {
		return api.Standings{}, err
	}
	memberID, err := mayRead(w, rest.CallerOf(ctx))
	if err != nil {
		return api.Standings{}, err
	}
	return s.Standings(ctx, w.CommunityID, w.TargetID, api.StandingsQuery{
		Period: in.Period, At: in.At, Search: in.Search, Page: in.PageNo, Limit: in.Limit,
	}, memberID)
}

func (s *Service) publicCommunity(ctx context.Context, in *struct {
	Community string `query:"community" doc:"Id or uri; the host's when missing"`
}) (api.PublicCommunity, error) {
	home, err := s.communities.Find(ctx, in.Community, rest.RequestHost(ctx))
	if err != nil {
		return api.PublicCommunity{}, err
	}
	boards, err := s.PublicBoards(ctx, home.ID)
	return api.PublicCommunity{Community: home, Boards: boards}, err
}

func (s *Service) report(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Body api.EmbedReport
}) (struct{}, error) {
	w, err := s.find(ctx, in.ID)
	if err != nil {
		return struct{}{}, errWidgetGone
	}
	s.log(ctx, entry{community: w.CommunityID, widget: w.ID, event: "error", code: in.Body.Code, detail: in.Body.Detail, origin: in.Body.Origin})
	return struct{}{}, nil
}

// heartbeat is how often a quiet stream says that it lives; sessionCheck how
// often it asks whether its reader may still read.
const (
	heartbeat = 15 * time.Second
	recheck   = 3 * time.Second
	calm      = 100 * time.Millisecond // least time between two events
)

func (s *Service) stream(c echo.Context) error {
	ctx := c.Request().Context()
	w, err := s.live(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	if _, err := mayRead(w, rest.CallerOf(ctx)); err != nil {
		return err
	}
	board, stopBoard := s.hub.Subscribe("board:" + w.TargetID)
	defer stopBoard()
	widget, stopWidget := s.hub.Subscribe("widget:" + w.ID)
	defer stopWidget()
	h := c.Response().Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	c.Response().WriteHeader(http.StatusOK)
	return s.follow(ctx, c, w, board, widget)
}

// follow sends a change at once and then whenever the board moves, until the
// reader leaves, the server drains, or the reader may not read any more.
func (s *Service) follow(ctx context.Context, c echo.Context, w api.Widget, board, widget <-chan struct{}) error {
	if err := s.tell(ctx, c, w); err != nil {
		return nil //nolint:nilerr // the reader left
	}
	beat, check := time.NewTicker(heartbeat), time.NewTicker(recheck)
	defer beat.Stop()
	defer check.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return nil
		case _, open := <-board:
			if !open {
				return nil
			}
			err = s.tell(ctx, c, w)
			time.Sleep(calm)
		case <-widget:
			return nil
		case <-check.C:
			if s.isOver(ctx) {
				return nil
			}
		case <-beat.C:
			_, err = fmt.Fprint(c.Response(), ": still here\n\n")
			c.Response().Flush()
		}
		if err != nil {
			return nil //nolint:nilerr // the reader left
		}
	}
}

// isOver reports whether the widget session behind a stream has ended.
func (s *Service) isOver(ctx context.Context) bool {
	caller := rest.CallerOf(ctx)
	if caller.Kind != rest.WidgetToken {
		return false
	}
	row, err := sessionByID(ctx, s.k.DB().Read(), caller.KeyID)
	return err != nil || s.stands(row) != nil
}

func (s *Service) tell(ctx context.Context, c echo.Context, w api.Widget) error {
	now, err := s.Standings(ctx, w.CommunityID, w.TargetID, api.StandingsQuery{Page: 1, Limit: 1}, "")
	if err != nil {
		return err
	}
	raw, err := json.Marshal(api.StandingsChange{LeaderboardID: w.TargetID, Revision: now.Revision})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.Response(), "event: change\ndata: %s\n\n", raw)
	c.Response().Flush()
	return err
}
