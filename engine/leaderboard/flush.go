package leaderboard

import (
	"context"
	"slices"

	"laurel/engine/db"
	"laurel/engine/leaderboard/period"
	"laurel/engine/leaderboard/rank"
)

// morningRanks is how many ranks of a morning are kept.
const morningRanks = 1000

// score is a row of the projection; gone rows are deleted.
type score struct {
	key string
	rank.Entry
	gone bool
}

// flush rolls over to the present periods and writes down what moved, with
// how far the ledger was followed, in one transaction.
func (r *running) flush(ctx context.Context) error {
	select {
	case <-r.done:
	default:
		return nil
	}
	r.mu.Lock()
	if !r.loaded || !r.board.Load().Enabled {
		r.mu.Unlock()
		return nil
	}
	if err := r.dawns(ctx, nil); err != nil {
		r.mu.Unlock()
		return err
	}
	whole := r.unwritten
	rows, spans, seq := r.collect(whole)
	r.unwritten = false
	r.mu.Unlock()
	err := r.write(ctx, rows, spans, seq, whole)
	if err != nil {
		r.mu.Lock()
		r.unwritten = true // the next flush writes everything
		r.mu.Unlock()
	}
	return err
}

// collect takes what is to be written, sorted as the table is.
func (r *running) collect(whole bool) (rows []score, spans []spanTotal, seq int64) {
	for key, st := range r.stretches {
		if whole {
			for s := range st.ranks.All() {
				rows = append(rows, score{key: key, Entry: s.Entry()})
			}
		} else {
			for no := range st.dirty {
				value, at, ok := st.ranks.Score(no)
				rows = append(rows, score{key: key, Entry: rank.Entry{Member: no, Score: value, At: at}, gone: !ok})
			}
		}
		if whole || len(st.dirty) > 0 {
			spans = append(spans, spanTotal{st.span, st.ranks.Len()})
		}
		st.dirty = map[uint32]bool{}
	}
	slices.SortFunc(rows, func(a, b score) int {
		if a.key != b.key {
			return map[bool]int{true: -1, false: 1}[a.key < b.key]
		}
		return int(a.Member) - int(b.Member)
	})
	return rows, spans, r.applied
}

type spanTotal struct {
	period.Span
	total int
}

// wholeChunk is how many rows of a new projection go into one transaction;
// until its mark is written, it counts for nothing.
const wholeChunk = 20_000

func (r *running) write(ctx context.Context, rows []score, spans []spanTotal, seq int64, whole bool) error {
	b := r.board.Load()
	if whole {
		if err := r.s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
			return dropProjection(ctx, tx, b.CommunityID, r.id)
		}); err != nil {
			return err
		}
		for len(rows) > wholeChunk {
			part := rows[:wholeChunk]
			rows = rows[wholeChunk:]
			if err := r.s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
				return writeScores(ctx, tx, b.CommunityID, r.id, part)
			}); err != nil {
				return err
			}
		}
	}
	return r.s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := writeScores(ctx, tx, b.CommunityID, r.id, rows); err != nil {
			return err
		}
		if err := writePeriods(ctx, tx, b.CommunityID, r.id, spans); err != nil {
			return err
		}
		return writeMark(ctx, tx, b.CommunityID, r.id, r.spec, seq)
	})
}

// dawns makes sure that each present period exists and knows the ranks with
// which the day began. The caller holds mu.
func (r *running) dawns(ctx context.Context, known map[string]map[uint32]int) error {
	b, now := r.board.Load(), r.s.k.Now()
	day := r.calendar.Day(now)
	for _, p := range b.TimeFilters {
		st, err := r.stretch(ctx, r.spanAt(p, now))
		if err != nil {
			return err
		}
		if st.day == day {
			continue
		}
		if known != nil && known[st.span.Key] != nil {
			st.morning, st.day = known[st.span.Key], day
		} else if st.morning, err = readMorning(ctx, r.s.k.DB().Read(), b.CommunityID, r.id, st.span.Key, day); err != nil {
			return err
		}
		if st.morning == nil {
			st.morning = ranksOf(st.ranks)
		}
		st.day = day
		key, ranks := st.span.Key, st.morning
		err = r.s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
			return writeMorning(ctx, tx, b.CommunityID, r.id, key, day, ranks)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// ranksOf is the present rank of the first thousand.
func ranksOf(ranks *rank.Board) map[uint32]int {
	out := map[uint32]int{}
	for _, s := range ranks.Top(morningRanks) {
		out[s.Member] = s.Rank
	}
	return out
}
