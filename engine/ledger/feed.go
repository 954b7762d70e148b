package ledger

import (
	"context"
	"log/slog"
	"sync"

	"laurel/api"
)

// unclaimedRanks bounds what is kept for committers that were overtaken.
const unclaimedRanks = 10_000

// feed hands entries to Follow in the order of their numbers, each once,
// however the committers' goroutines run and whatever other nodes write: what
// is missing before an entry is read from the ledger.
type feed struct {
	s     *Service
	mu    sync.Mutex
	tails map[string]*tail
}

// tail is how far one community was handed on.
type tail struct {
	mu    sync.Mutex
	next  int64                      // the number that comes next
	ranks map[int64][]api.RankChange // of entries handed on before their committer came
}

func newFeed(s *Service) *feed { return &feed{s: s, tails: map[string]*tail{}} }

func (f *feed) tail(communityID string) *tail {
	f.mu.Lock()
	defer f.mu.Unlock()
	t := f.tails[communityID]
	if t == nil {
		t = &tail{ranks: map[int64][]api.RankChange{}}
		f.tails[communityID] = t
	}
	return t
}

// announce notes where this process begins to write. It is called within the
// transaction that takes the number, so that no later number comes first.
func (f *feed) announce(communityID string, first int64) {
	t := f.tail(communityID)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.next == 0 {
		t.next = first
	}
}

// deliver hands on committed entries of one community, whose numbers rise, and
// returns the ranks of each.
func (f *feed) deliver(ctx context.Context, communityID string, entries []Entry) [][]api.RankChange {
	out := make([][]api.RankChange, len(entries))
	t := f.tail(communityID)
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := 0; i < len(entries); {
		if entries[i].Seq < t.next {
			out[i] = t.ranks[entries[i].Seq]
			delete(t.ranks, entries[i].Seq)
			i++
			continue
		}
		f.fill(ctx, communityID, t, entries[i].Seq)
		n := run(entries[i:])
		copy(out[i:i+n], f.follow(entries[i:i+n]))
		t.next = entries[i].Seq + int64(n)
		i += n
	}
	return out
}

// run is how many entries follow each other without a gap.
func run(entries []Entry) int {
	n := 1
	for n < len(entries) && entries[n].Seq == entries[n-1].Seq+1 {
		n++
	}
	return n
}

// fill hands on the committed entries between the last one and seq.
func (f *feed) fill(ctx context.Context, communityID string, t *tail, seq int64) {
	for t.next > 0 && t.next < seq {
		missing, err := f.s.Since(ctx, communityID, t.next-1, int(min(1000, seq-t.next)))
		if err != nil || len(missing) == 0 {
			f.s.k.Log().WarnContext(ctx, "ledger entries not handed on", slog.Int64("from", t.next), slog.Int64("to", seq), slog.Any("cause", err))
			return
		}
		if len(t.ranks) > unclaimedRanks {
			t.ranks = map[int64][]api.RankChange{}
		}
		ranks := f.follow(missing)
		for i, e := range missing {
			t.ranks[e.Seq] = ranks[i]
		}
		t.next = missing[len(missing)-1].Seq + 1
	}
}

// follow asks the hook; the result has one part per entry.
func (f *feed) follow(entries []Entry) [][]api.RankChange {
	out := make([][]api.RankChange, len(entries))
	f.s.reader.wake(entries[0].CommunityID)
	if f.s.Follow != nil {
		copy(out, f.s.Follow(entries))
	}
	return out
}

// Committed hands on the entries that Post wrote, once their transaction is
// durable, and gives the rank changes of each.
func (s *Service) Committed(ctx context.Context, entries []Entry) [][]api.RankChange {
	if len(entries) == 0 {
		return nil
	}
	return s.feed.deliver(ctx, entries[0].CommunityID, entries)
}
