package embed

import (
	"errors"
	"reflect"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"laurel/api"
	"laurel/components/widget"
)

// memberStream is a stream with the member's own row. It follows the board with
// the member's token, so that it ends when that may not read any more.
type memberStream struct {
	*stream
	e        *Embed
	v        view
	token    string
	revision int64
	board    widget.LeaderboardProps // last told
	again    <-chan time.Time        // when to look again after a passing failure
}

// memberLive follows the board with the member's own token.
func (e *Embed) memberLive(c echo.Context, info api.PublicWidget, q request, since string) error {
	v := view{info: info, variant: e.reader(q.variant, info.Widget, c.Request()), now: e.Clock()}
	token := bearer(c.Request())
	rows, board, err := e.read(visitor(c), v, token)
	if err != nil {
		return e.failed(info.Widget.ID, q, err)
	}
	m := &memberStream{stream: e.begin(c, info.Widget, q), e: e, v: v, token: token, revision: rows.Revision, board: board}
	defer m.close()
	if since != strconv.FormatInt(rows.Revision, 10) {
		m.show()
	}
	m.run(c)
	return nil
}

func (m *memberStream) run(c echo.Context) {
	changes, ended := make(chan struct{}, 1), make(chan error, 1)
	go func() {
		ended <- m.e.Client.WithToken(m.token).Widgets().FollowPublic(m.ctx, m.v.info.Widget.ID, func(api.StandingsChange) { poke(changes) })
	}()
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for m.err == nil {
		select {
		case <-m.ctx.Done():
			return
		case <-changes:
			m.look(c)
		case <-m.again:
			m.look(c)
		case err := <-ended:
			m.parted(c, err)
			return
		case <-beat.C:
			m.send(alive)
		}
	}
}

func poke(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// look reads the board again and tells what is new.
func (m *memberStream) look(c echo.Context) {
	if s := m.e.cache.find(m.v.info.Widget.ID); s != nil {
		m.v.info = *s.info.Load()
	}
	m.v.now = m.e.Clock()
	rows, board, err := m.e.read(m.ctx, m.v, m.token)
	if err != nil {
		m.refused(c, err)
		return
	}
	old := m.board
	old.Updated = board.Updated
	if rows.Revision == m.revision && reflect.DeepEqual(old, board) {
		return
	}
	m.revision, m.board = rows.Revision, board
	m.show()
}

func (m *memberStream) show() {
	html, err := event(m.ctx, m.board, strconv.FormatInt(m.revision, 10))
	if err != nil {
		m.err = err
		return
	}
	m.send(html)
}

// refused ends the stream when the API will not answer any more. An access
// token that ran out ends it in silence: the script renews it and comes back.
func (m *memberStream) refused(c echo.Context, err error) {
	if !isOver(err) {
		m.again = time.After(lost)
		return
	}
	if code := publicCode(err); code != "embed_expired" {
		m.fail(c, code)
	}
	m.err = errors.Join(m.err, err)
}

// parted ends the stream after the API ended its own: because the member may not
// read any more, or because the widget changed, which the script then fetches.
func (m *memberStream) parted(c echo.Context, err error) {
	if m.ctx.Err() != nil {
		return
	}
	if err == nil {
		_, _, err = m.e.read(m.ctx, m.v, m.token)
	}
	if err != nil {
		m.refused(c, err)
		return
	}
	m.send([]byte("event: reload\ndata: {}\n\n"))
}
