package embed

import (
	"cmp"
	"context"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"golang.org/x/sync/singleflight"
)

// How long, and how many, older addresses are remembered.
const (
	aliasLife  = 2 * time.Second
	maxAliases = 5_000
)

// aliases remembers which widget an address of Returning.AI's form means.
type aliases struct {
	mu     sync.RWMutex
	known  map[string]alias
	flight singleflight.Group
}

type alias struct {
	id    string
	until time.Duration // tick
}

// find gives the widget's id of a board by community (id or uri, "-" when the
// board is named by its id alone) and slug or id. Errors: NotFound.
func (a *aliases) find(c echo.Context, e *Embed, community, board string) (string, error) {
	key := community + "/" + board
	a.mu.RLock()
	got, ok := a.known[key]
	a.mu.RUnlock()
	if ok && e.tick() < got.until {
		return got.id, nil
	}
	ctx := visitor(c)
	done := a.flight.DoChan(key, func() (any, error) { return a.ask(ctx, e, community, board) })
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case r := <-done:
		id, _ := r.Val.(string)
		return id, r.Err
	}
}

func (a *aliases) ask(ctx context.Context, e *Embed, community, board string) (string, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patient)
	defer cancel()
	info, err := e.anyone.Widgets().PublicBoard(ctx, community, board)
	if err != nil {
		return "", err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.known == nil || len(a.known) >= maxAliases {
		a.known = map[string]alias{}
	}
	a.known[community+"/"+board] = alias{info.Widget.ID, e.tick() + aliasLife}
	return info.Widget.ID, nil
}

// aliasPage answers at the older addresses of a board's own widget.
func (e *Embed) aliasPage(c echo.Context) error {
	community, board := cmp.Or(c.Param("communityId"), "-"), cmp.Or(c.Param("slug"), c.Param("id"))
	id, err := e.aliases.find(c, e, community, board)
	if err != nil {
		return &failure{q: e.parse(c.Request().URL.RawQuery), cause: err, logged: true}
	}
	return e.page(c, id)
}
