package ledger

import (
	"context"
	"fmt"
	"sync"

	"laurel/api"
	"laurel/engine/ledger/rule"
)

var errReused = api.NewError(api.Conflict, "idempotency_key_reused", "The idempotency key was used before for another activity.",
	api.FieldError{Field: "idempotencyKey", Message: "was used before for another activity"})

// fingerprint tells whether two acts with one reference are the same. The
// value of a visit is not the caller's.
type fingerprint struct {
	memberID, action string
	value            int64
}

func printOf(a Act) fingerprint { return printAs(a.Member.ID, a.Action, a.Value) }

func printAs(memberID, action string, value int64) fingerprint {
	if action == rule.Visit {
		value = 0
	}
	return fingerprint{memberID, action, value}
}

func (b *book) replyKey(a Act) string { return replyKey(b.community, a.Source, a.Reference) }

// replyKey is empty for acts without a reference.
func replyKey(communityID, source, reference string) string {
	if reference == "" {
		return ""
	}
	return communityID + "/" + source + "/" + reference
}

// twin is an act that repeats another one of its group.
type twin struct {
	work  work
	first **outcome
}

func (t twin) answer() *outcome {
	if (*t.first).err == nil && (*t.first).print != printOf(t.work.act) {
		return &outcome{err: errReused}
	}
	return *t.first
}

// withoutRepeated answers the acts whose reference is in the ledger already,
// and sets aside those that repeat an act of the same group.
func (b *book) withoutRepeated(ctx context.Context, works []work) (fresh []work, twins []twin, err error) {
	known, err := b.known(ctx, works)
	if err != nil {
		return nil, nil, err
	}
	fresh = works[:0:0]
	first := map[string]**outcome{}
	for _, w := range works {
		key := b.replyKey(w.act)
		if key == "" {
			fresh = append(fresh, w)
			continue
		}
		if r := known[key]; r != nil {
			*w.out = repeated(r, key, w.act)
			continue
		}
		if before := first[key]; before != nil {
			twins = append(twins, twin{w, before})
			continue
		}
		first[key] = w.out
		fresh = append(fresh, w)
	}
	return fresh, twins, nil
}

func repeated(r *row, key string, a Act) *outcome {
	if printAs(r.MemberID, r.Action, r.Value) != printOf(a) {
		return &outcome{err: errReused}
	}
	return &outcome{stored: r, key: key, print: printOf(a)}
}

// known finds the rows of the works' references, one query per source.
func (b *book) known(ctx context.Context, works []work) (map[string]*row, error) {
	bySource := map[string][]string{}
	for _, w := range works {
		if w.act.Reference != "" {
			bySource[w.act.Source] = append(bySource[w.act.Source], w.act.Reference)
		}
	}
	out := map[string]*row{}
	for source, references := range bySource {
		err := b.s.sql.selectReferences(ctx, b.tx, b.community, source, references, func(r row) {
			out[replyKey(b.community, source, r.reference)] = &r
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// recall answers a repeated act as the first time: from memory, or from the
// ledger as it stood then. Ranks that are no longer remembered are today's.
func (s *Service) recall(ctx context.Context, r *request, o *outcome) (*outcome, error) {
	if kept := s.replies.find(o.key); kept != nil {
		return kept, nil
	}
	at, err := selectAccountAt(ctx, s.k.DB().Read(), r.community, o.stored.Entry, r.zone)
	if err != nil {
		return nil, fmt.Errorf("recall reply: %w", err)
	}
	e := o.stored
	status := e.reason
	if status == "" {
		status = string(rule.Awarded)
	}
	again := &outcome{key: o.key, print: o.print, award: api.Award{
		ID: api.SeqID(e.Seq), UserID: e.MemberID, Action: e.Action, Status: status, XP: e.XP, Coins: e.Coins, Premium: e.Premium,
		Balance: at.wallet(r.policy, rule.Day(e.CreatedAt, r.zone)), Ranks: []api.RankChange{},
		IdempotencyKey: e.reference, OccurredAt: api.At(e.OccurredAt),
	}}
	for _, a := range r.acts {
		if s.Places != nil && a.Member.ID == e.MemberID {
			again.award.Ranks = s.Places(ctx, r.community, a.Member)
			break
		}
	}
	return again, nil
}

// replies remembers the newest awards by reference: two halves, of which the
// older is dropped when the newer is full.
type replies struct {
	mu         sync.RWMutex
	max        int
	newer, old map[string]*outcome
}

func newReplies(limit int) *replies {
	return &replies{max: limit / 2, newer: map[string]*outcome{}, old: map[string]*outcome{}}
}

func (r *replies) keep(o *outcome) {
	if o.key == "" {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.newer) >= r.max {
		r.newer, r.old = map[string]*outcome{}, r.newer
	}
	r.newer[o.key] = o
}

func (r *replies) find(key string) *outcome {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if o := r.newer[key]; o != nil {
		return o
	}
	return r.old[key]
}
