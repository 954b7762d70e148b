package embed

import (
	"context"
	"net/http"
	"time"

	"laurel/api"
	"laurel/apiclient"
	"laurel/auth"
	"laurel/components/widget"
	"laurel/widgets"
)

// Preview is a members' widget as the portal frames it: seen with the eyes of
// whoever reads it there, with no session of its own, so that nothing moves.
type Preview struct {
	e *Embed
	v view
}

// NewPreview makes one in the variant that a query asks for; baseURL is our
// own address, whose pages may talk to it.
func NewPreview(info api.PublicWidget, baseURL, query string, now time.Time) Preview {
	e := &Embed{own: auth.OriginOf(baseURL)}
	asked := e.parse(query).variant
	asked.preview = true
	return Preview{e, view{info: info, variant: asked, now: now}}
}

// Query is which rows to read for it.
func (p Preview) Query() apiclient.EntryQuery { return firstRows(p.v.info.Widget, p.v.period()) }

// Document is the page with the rows, and the headers that let only our own
// pages frame it.
func (p Preview) Document(ctx context.Context, s api.Standings) ([]byte, http.Header, error) {
	f := p.e.board(p.v, modePublic, nil, s)
	f.Body, f.Live, f.Nonce = "", "", newNonce()
	board := p.v.props(s)
	board.Live = false
	html, err := document(ctx, f, widget.Leaderboard(board))
	return html, widgets.FramePolicy(nil, f.Nonce, true), err
}
