package demo

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"time"

	"laurel/engine/ledger"
	"laurel/engine/member"
)

// trickle lets the members go on living while the demo runs: an act every
// second or two, more often by those who lead, so that the widgets move; each
// half minute or so one of them writes.
func (d *Demo) trickle(ctx context.Context, who []member.Ref) {
	r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1)) //nolint:gosec // a show, not a secret
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Duration(600+r.IntN(1400)) * time.Millisecond):
		}
		i := int(float64(len(who)) * r.Float64() * r.Float64() * r.Float64())
		if r.IntN(25) == 0 {
			if err := d.say(ctx, r, who[i]); err != nil && ctx.Err() == nil {
				d.log.WarnContext(ctx, "trickle", slog.Any("cause", err))
			}
			continue
		}
		act := ledger.Act{Member: who[i], Action: pick(r), Source: "demo"}
		if _, err := d.engine.Ledger.Record(ctx, d.community, []ledger.Act{act}); err != nil && ctx.Err() == nil {
			d.log.WarnContext(ctx, "trickle", slog.Any("cause", err))
		}
	}
}
