package leaderboard

import (
	"context"
	"log/slog"
	"time"
)

// warmAtOnce is how many faces a step of warming reads.
const warmAtOnce = 512

// warm reads the faces of a community's members ahead of the first readers,
// with as much pause as work, so that it takes no more than half a core. It
// runs once in a home's life, and only where faces stay good until they change.
func (f *faces) warm(ctx context.Context) {
	last, err := lastMember(ctx, f.h.s.k.DB().Read(), f.h.id)
	for no := int64(1); err == nil && no <= last && f.hasRoom(); no += warmAtOnce {
		begun := time.Now()
		_, err = f.of(ctx, numbers(no, min(no+warmAtOnce-1, last)))
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Since(begun)):
		}
	}
	if err != nil && ctx.Err() == nil {
		f.h.s.k.Log().WarnContext(ctx, "members of boards not read ahead", slog.Any("cause", err))
	}
}

func (f *faces) hasRoom() bool { return f.h.s.faces.Load()+warmAtOnce <= maxFaces }

func numbers(from, to int64) []uint32 {
	out := make([]uint32, 0, to-from+1)
	for no := from; no <= to; no++ {
		out = append(out, uint32(no))
	}
	return out
}
