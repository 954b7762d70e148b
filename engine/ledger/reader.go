package ledger

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger/rule"
	"laurel/engine/member"
)

// How the reader of rewards works.
const (
	readAhead  = 2048                  // entries of one batch
	savedEvery = 8192                  // entries without a reward until the place is written down
	readPause  = 50 * time.Millisecond // least time between two rounds
	readAgain  = 20 * time.Second      // until what failed, or another node left behind, is looked at
)

// Batch is a stretch of one community's ledger, in order.
type Batch struct {
	CommunityID string
	Entries     []Entry
}

// stand is what a member's standing on the ladder differs from the XP, and the
// tier that the last noted move led to; empty before the first.
type stand struct {
	shift    int64
	tierSeen string
}

// Reward looks at a batch and gives what is to be written for it in one
// transaction with the reader's place; nil when nothing is. It may be asked
// about the same entries again, after a crash before the commit.
type Reward func(ctx context.Context, b Batch) (Grant, error)

// Grant writes a batch's rewards. It may run more than once. after runs when
// they are durable, for what cannot be undone; the entries are handed on.
type Grant func(ctx context.Context, tx *db.Tx) (entries []Entry, after func(context.Context), err error)

// reader reads every community's ledger once, in order, for what follows from
// it. How far it came is kept in the database in the transaction that grants.
type reader struct {
	s     *Service
	bell  chan struct{}
	mu    sync.Mutex
	dirty map[string]bool
	at    map[string]*place
}

// place is how far one community was read: here, and as written down.
type place struct {
	mu          sync.Mutex
	known       bool
	seq, stored int64
}

func newReader(s *Service) *reader {
	return &reader{s: s, bell: make(chan struct{}, 1), dirty: map[string]bool{}, at: map[string]*place{}}
}

// wake notes that a community has new entries. It never blocks.
func (r *reader) wake(communityID string) {
	r.mu.Lock()
	r.dirty[communityID] = true
	r.mu.Unlock()
	select {
	case r.bell <- struct{}{}:
	default:
	}
}

func (r *reader) place(communityID string) *place {
	r.mu.Lock()
	defer r.mu.Unlock()
	p := r.at[communityID]
	if p == nil {
		p = &place{}
		r.at[communityID] = p
	}
	return p
}

func (r *reader) take() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := make([]string, 0, len(r.dirty))
	for id := range r.dirty {
		out = append(out, id)
	}
	clear(r.dirty)
	return out
}

// Read gives out rewards until ctx ends: first what an earlier run left, then
// whatever comes.
func (s *Service) Read(ctx context.Context) {
	again := time.NewTimer(0)
	defer again.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-again.C:
			s.reader.lookAround(ctx)
			again.Reset(readAgain)
		case <-s.reader.bell:
		}
		for _, id := range s.reader.take() {
			if err := s.CatchUp(ctx, id); err != nil && ctx.Err() == nil {
				s.k.Log().WarnContext(ctx, "rewards not given", slog.String("community", id), slog.Any("cause", err))
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(readPause):
		}
	}
}

// lookAround marks the communities that are not read to their end.
func (r *reader) lookAround(ctx context.Context) {
	ids, err := selectUnread(ctx, r.s.k.DB().Read())
	if err != nil && ctx.Err() == nil {
		r.s.k.Log().WarnContext(ctx, "unread ledgers not found", slog.Any("cause", err))
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, id := range ids {
		r.dirty[id] = true
	}
}

// CatchUp gives out all rewards of a community that its ledger has earned by
// now.
func (s *Service) CatchUp(ctx context.Context, communityID string) error {
	p := s.reader.place(communityID)
	p.mu.Lock()
	defer p.mu.Unlock()
	for {
		more, err := s.settle(ctx, communityID, p)
		if err != nil || !more {
			return err
		}
	}
}

// errMoved means that another node has read on meanwhile.
var errMoved = errors.New("another reader is further")

func (s *Service) settle(ctx context.Context, communityID string, p *place) (more bool, err error) {
	if !p.known {
		if p.stored, err = selectPlace(ctx, s.k.DB().Read(), communityID); err != nil {
			return false, err
		}
		p.seq, p.known = p.stored, true
	}
	entries, err := s.Since(ctx, communityID, p.seq, readAhead)
	if err != nil || len(entries) == 0 {
		return false, err
	}
	grants, err := s.ask(ctx, communityID, entries)
	if err != nil {
		return false, err
	}
	last := entries[len(entries)-1].Seq
	if len(grants) > 0 || last-p.stored >= savedEvery {
		err = s.grant(ctx, communityID, p.stored, last, grants)
	} else {
		p.seq = last
		return len(entries) == readAhead, nil
	}
	if errors.Is(err, errMoved) {
		p.known = false
		return true, nil
	}
	if err == nil {
		p.seq, p.stored = last, last
	}
	return err == nil, err // what was granted may earn more
}

// ask collects what follows from entries.
func (s *Service) ask(ctx context.Context, communityID string, entries []Entry) ([]Grant, error) {
	b := Batch{CommunityID: communityID, Entries: entries}
	var out []Grant
	for _, reward := range append([]Reward{s.tierMoves}, s.Rewards...) {
		g, err := reward(ctx, b)
		if err != nil {
			return nil, err
		}
		if g != nil {
			out = append(out, g)
		}
	}
	return out, nil
}

// grant writes what follows from the entries up to last, and that they are
// read, in one transaction.
func (s *Service) grant(ctx context.Context, communityID string, stored, last int64, grants []Grant) error {
	var entries []Entry
	var after []func(context.Context)
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		entries, after = nil, nil
		if err := moveFrom(ctx, tx, communityID, stored, last); err != nil {
			return err
		}
		for _, g := range grants {
			made, then, err := g(ctx, tx)
			if err != nil {
				return err
			}
			entries = append(entries, made...)
			if then != nil {
				after = append(after, then)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	s.Committed(ctx, entries)
	for _, fn := range after {
		fn(ctx)
	}
	return nil
}

// tierMoves notes the members who moved to another tier.
func (s *Service) tierMoves(ctx context.Context, b Batch) (Grant, error) {
	p, err := s.policies.of(ctx, b.CommunityID)
	if err != nil {
		return nil, err
	}
	moves, err := s.moves(ctx, p, b)
	if err != nil || len(moves) == 0 {
		return nil, err
	}
	return func(ctx context.Context, tx *db.Tx) ([]Entry, func(context.Context), error) {
		return nil, nil, s.sql.insertMoves(ctx, tx, b.CommunityID, moves)
	}, nil
}

// move is one member's step between tiers.
type move struct {
	who    member.Ref
	seq    int64
	tierID string
	change api.TierChange
}

// Span is a member's first and last entry of a batch that changed the XP.
type Span struct{ First, Last *Entry }

// Spans lists the members whose XP a batch changed, in the order of the ledger.
func (b Batch) Spans() []Span {
	at := map[string]int{}
	var out []Span
	for i := range b.Entries {
		e := &b.Entries[i]
		if e.XP == 0 {
			continue
		}
		n, ok := at[e.MemberID]
		if !ok {
			n = len(out)
			at[e.MemberID], out = n, append(out, Span{First: e})
		}
		out[n].Last = e
	}
	return out
}

// moves finds who stands on another tier after a batch than before it. As long
// as nobody was demoted, only those can whose XP passed the start of a tier.
func (s *Service) moves(ctx context.Context, p *policy, b Batch) ([]move, error) {
	read := s.k.DB().Read()
	demoted, err := anyDemoted(ctx, read, b.CommunityID)
	if err != nil {
		return nil, err
	}
	var maybe []Span
	var ids []string
	for _, sp := range b.Spans() {
		if demoted || p.ladder.TierAt(sp.First.XPAfter-sp.First.XP) != p.ladder.TierAt(sp.Last.XPAfter) {
			maybe, ids = append(maybe, sp), append(ids, sp.Last.MemberID)
		}
	}
	stands, err := s.sql.selectStands(ctx, read, b.CommunityID, ids)
	var out []move
	for _, sp := range maybe {
		if m, ok := p.moveOf(stands[sp.Last.MemberID], *sp.First, *sp.Last); ok {
			out = append(out, m)
		}
	}
	return out, err
}

func (p *policy) moveOf(st stand, first, last Entry) (move, bool) {
	d := p.demotion().Rule
	keeps := d == rule.NeverFalls
	was, now := p.ladder.TierAt(rule.Standing(d, first.XPAfter-first.XP, st.shift)), p.ladder.TierAt(rule.Standing(d, last.XPAfter, st.shift))
	for i := range p.ladder.Tiers() {
		if t := p.ladder.Tiers()[i]; st.tierSeen == t.ID {
			was = &t
		}
	}
	switch {
	case was == nil && now == nil, was != nil && now != nil && was.ID == now.ID:
		return move{}, false
	case keeps && was != nil && (now == nil || now.Order < was.Order):
		return move{}, false
	}
	m := move{
		who: member.Ref{ID: last.MemberID, No: last.MemberNo}, seq: last.Seq,
		change: api.TierChange{Reason: "xp", CreatedAt: api.At(last.CreatedAt)},
	}
	if was != nil {
		m.change.From = was.Name
	}
	if now != nil {
		m.tierID, m.change.To = now.ID, now.Name
	}
	return m, true
}
