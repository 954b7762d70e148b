package member

import (
	"sync"
	"time"

	"laurel/engine/db"
)

// totalLife is how long the size of a list is believed: other nodes change it.
const totalLife = 5 * time.Second

// totals remembers how long lists of members are: counting a million rows for
// every page would cost more than the page. A change here forgets at once.
type totals struct {
	mu    sync.Mutex
	known map[string]map[string]total // community, then filter
	now   db.Clock
}

type total struct {
	n  int
	at time.Time
}

func newTotals(now db.Clock) *totals {
	return &totals{known: map[string]map[string]total{}, now: now}
}

func (t *totals) find(communityID, filter string) (int, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	got, ok := t.known[communityID][filter]
	age := t.now().Sub(got.at)
	return got.n, ok && age >= 0 && age < totalLife
}

func (t *totals) keep(communityID, filter string, n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.known[communityID] == nil || len(t.known[communityID]) > 100 {
		t.known[communityID] = map[string]total{}
	}
	t.known[communityID][filter] = total{n, t.now()}
}

func (t *totals) forget(communityID string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.known, communityID)
}
