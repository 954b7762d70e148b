package embed

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"laurel/api"
)

// The bounds of what is told to partners: a page that fails for everybody makes
// one line in a while, and never a queue without end.
const (
	maxReports  = 64
	sameReport  = 5 * time.Second
	maxReported = 1_000
)

// reporter writes failures into partners' logs, beside the replies.
type reporter struct {
	e     *Embed
	queue chan report
	mu    sync.Mutex
	told  map[string]time.Duration
}

type report struct {
	ctx context.Context // whose failure it was; not for its end
	id  string
	api.EmbedReport
}

func newReporter(e *Embed) *reporter {
	r := &reporter{e: e, queue: make(chan report, maxReports), told: map[string]time.Duration{}}
	go r.run()
	return r
}

// tell notes a failure; it never waits.
func (r *reporter) tell(ctx context.Context, id string, what api.EmbedReport) {
	if !r.isNew(id + " " + what.Code + " " + what.Origin) {
		return
	}
	select {
	case r.queue <- report{context.WithoutCancel(ctx), id, what}:
	default:
	}
}

func (r *reporter) isNew(key string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.e.tick()
	if at, ok := r.told[key]; ok && now-at < sameReport {
		return false
	}
	if len(r.told) >= maxReported {
		clear(r.told)
	}
	r.told[key] = now
	return true
}

func (r *reporter) run() {
	for {
		select {
		case <-r.e.ctx.Done():
			return
		case next := <-r.queue:
			r.send(next)
		}
	}
}

// send may fail: a widget that never was has no partner to tell.
func (r *reporter) send(next report) {
	ctx, cancel := context.WithTimeout(next.ctx, patient)
	defer cancel()
	if err := r.e.anyone.Widgets().Report(ctx, next.id, next.EmbedReport); err != nil && !api.IsKind(err, api.NotFound) {
		r.e.Log.WarnContext(ctx, "failure not reported to the partner", slog.Any("cause", err))
	}
}
