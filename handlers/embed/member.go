package embed

import (
	"context"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/widget"
)

// shell answers with a member's widget before it is known who looks: its shape,
// without any data.
func (e *Embed) shell(c echo.Context, info api.PublicWidget, q request) error {
	if !isFramed(c.Request(), "empty") {
		return e.failed(info.Widget.ID, q, errOrigin)
	}
	v := view{info: info, variant: e.reader(q.variant, info.Widget, c.Request()), now: e.Clock()}
	rows := widget.Skeleton(widget.SkeletonProps{Text: v.text(), Size: v.size(), Rows: min(rowsOf(info.Widget), 10)})
	return e.answer(c, v, e.frame(v, modeMember, info.Widget.AllowedOrigins), rows, info.Widget.AllowedOrigins)
}

// isFramed reports whether a browser shows the reply in a frame, as far as it
// says; the other destinations named are let through as well.
func isFramed(r *http.Request, also ...string) bool {
	dest := r.Header.Get("Sec-Fetch-Dest")
	return known(dest, append(also, "", "iframe", "frame")) == dest
}

// answer sends a page that is one member's alone: never stored, with a nonce,
// since what a proxy writes into it changes its hash.
func (e *Embed) answer(c echo.Context, v view, p layout.FrameProps, body templ.Component, origins []string) error {
	p.Nonce = newNonce()
	html, err := document(c.Request().Context(), p, body)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	apply(h, e.policy(origins, p.Nonce, v.variant.preview))
	h.Set("Cache-Control", "no-store")
	if p.Mode == modeTicket { // only the frame itself is to read a session
		h.Del("Access-Control-Allow-Origin")
	}
	return c.HTMLBlob(http.StatusOK, html)
}

// handed is what the page's script takes over of a session.
type handed struct {
	AccessToken      string `json:"accessToken"`
	RefreshToken     string `json:"refreshToken"`
	ExpiresIn        int    `json:"expiresIn"`
	SessionExpiresIn int    `json:"sessionExpiresIn"`
}

// ticketPage spends a ticket for the whole page with the member's own row. In
// a tab, or loaded ahead, a ticket is not spent and shows nothing.
func (e *Embed) ticketPage(c echo.Context, id string, q request) error {
	r := c.Request()
	_, info, err := e.cache.open(c, id)
	switch {
	case err != nil:
		return e.failed(id, q, err)
	case r.Method != http.MethodGet || r.Header.Get("Sec-Purpose") != "":
		return e.failed(id, q, errPrefetch)
	case !isFramed(r):
		return e.failed(id, q, errOrigin)
	}
	session, err := e.anyone.Widgets().Session(visitor(c), api.EmbedSessionRequest{Ticket: q.ticket, WidgetID: info.Widget.ID})
	if err != nil {
		return &failure{id: id, q: q, cause: err, logged: api.IsKind(err, api.Unauthenticated)}
	}
	first(&q.locale, e.tongues.of(session.Locale))
	first(&q.theme, known(session.Theme, themes()))
	return e.ticketed(c, info, q, session)
}

func (e *Embed) ticketed(c echo.Context, info api.PublicWidget, q request, session api.EmbedSession) error {
	v := view{info: info, variant: e.reader(q.variant, info.Widget, c.Request()), now: e.Clock()}
	rows, board, err := e.read(visitor(c), v, session.AccessToken)
	if err != nil {
		return e.failed(info.Widget.ID, q, err)
	}
	origins := narrowed(info.Widget, session.Origin)
	p := e.board(v, modeTicket, origins, rows)
	p.Session = handed{session.AccessToken, session.RefreshToken, session.ExpiresIn, session.SessionExpiresIn}
	return e.answer(c, v, p, widget.Leaderboard(board), origins)
}

// widgetBody answers with the markup for whoever holds a member's token, and
// with the public page for everybody else.
func (e *Embed) widgetBody(c echo.Context) error {
	token := bearer(c.Request())
	id := c.Param("id")
	q := e.parse(c.Request().URL.RawQuery)
	s, info, err := e.cache.open(c, id)
	switch {
	case err != nil:
		return e.failed(id, q, err)
	case token != "":
		return e.memberBody(c, info, q, token)
	case s == nil:
		return e.failed(id, q, errNoToken)
	}
	return e.page(c, id)
}

func (e *Embed) memberBody(c echo.Context, info api.PublicWidget, q request, token string) error {
	v := view{info: info, variant: e.reader(q.variant, info.Widget, c.Request()), now: e.Clock()}
	rows, board, err := e.read(visitor(c), v, token)
	if err != nil {
		return e.failed(info.Widget.ID, q, err)
	}
	p := e.board(v, modeMember, info.Widget.AllowedOrigins, rows)
	return e.answer(c, v, p, widget.Leaderboard(board), info.Widget.AllowedOrigins)
}

// read gets the standings as a member sees them. Errors: Unauthenticated when
// the token or its session has ended.
func (e *Embed) read(ctx context.Context, v view, token string) (api.Standings, widget.LeaderboardProps, error) {
	as := e.Client.WithToken(token).Widgets()
	rows, err := as.PublicEntries(ctx, v.info.Widget.ID, firstRows(v.info.Widget, v.period()))
	if err != nil {
		return rows, widget.LeaderboardProps{}, err
	}
	board := v.props(rows)
	if rows.Me != nil && board.Me != nil && board.Me.Next == 0 && rows.Me.Rank > len(rows.Entries) {
		board.Me.ToNext, board.Me.Next = e.above(ctx, as, v, *rows.Me)
	}
	return rows, board, nil
}

// above is how far a member below the shown rows has to the next rank; nothing
// where the row above cannot be told, which leaves a remark out.
func (e *Embed) above(ctx context.Context, as apiclient.Widgets, v view, me api.Entry) (points, rank int64) {
	query := apiclient.EntryQuery{Paging: apiclient.Paging{Page: me.Rank - 1, Limit: 1}, Period: v.period()}
	rows, err := as.PublicEntries(ctx, v.info.Widget.ID, query)
	if err != nil || len(rows.Entries) == 0 {
		return 0, 0
	}
	return next(me, rows.Entries[0])
}
