package embed

import (
	"bytes"
	"context"
	"fmt"
	"strconv"

	"github.com/a-h/templ"

	"laurel/api"
	"laurel/components/layout"
	"laurel/components/widget"
)

// The modes of a page, as its script knows them.
const (
	modePublic = "public"
	modeMember = "member"
	modeTicket = "ticket"
)

// frame is the document around a widget.
func (e *Embed) frame(v view, mode string, origins []string) layout.FrameProps {
	text, w := v.text(), v.info.Widget
	path := "/embed/leaderboard/" + w.ID
	return layout.FrameProps{
		Title: v.info.Board.Name, Lang: text.Lang(), RTL: text.RTL(), Theme: v.theme(), Widget: w.ID, Kind: w.Kind,
		Mode: mode, Origins: e.talkers(origins, v.variant.preview), Body: path + "/body", Live: path + "/live",
		Revision: "0", Words: text.Scripts(),
	}
}

// board is the document of a board with its rows.
func (e *Embed) board(v view, mode string, origins []string, s api.Standings) layout.FrameProps {
	p := e.frame(v, mode, origins)
	p.Revision = strconv.FormatInt(s.Revision, 10)
	return p
}

// document renders a whole page.
func document(ctx context.Context, p layout.FrameProps, c templ.Component) ([]byte, error) {
	var b bytes.Buffer
	if err := layout.FrameOf(p, c).Render(ctx, &b); err != nil {
		return nil, fmt.Errorf("render widget %s: %w", p.Widget, err)
	}
	return b.Bytes(), nil
}

// event renders an event of a live stream: the page's main element with all
// that stands inside it, under its revision.
func event(ctx context.Context, p widget.LeaderboardProps, revision string) ([]byte, error) {
	var html bytes.Buffer
	fmt.Fprintf(&html, `<main id="laurel" data-revision="%s">`, revision)
	if err := widget.Leaderboard(p).Render(ctx, &html); err != nil {
		return nil, fmt.Errorf("render event: %w", err)
	}
	html.WriteString("</main>")
	var out bytes.Buffer
	fmt.Fprintf(&out, "id: %s\n", revision)
	for line := range bytes.FieldsFuncSeq(html.Bytes(), isBreak) {
		fmt.Fprintf(&out, "data: %s\n", line)
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// isBreak names what would end a line of an event stream.
func isBreak(r rune) bool { return r == '\n' || r == '\r' }
