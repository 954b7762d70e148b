package streak

import (
	"context"
	"fmt"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger"
	"laurel/engine/member"
)

// Follow counts what members did. It is for Ledger.Rewards: marks and rewards
// become durable together with the reader's place, each once.
func (s *Service) Follow(ctx context.Context, b ledger.Batch) (ledger.Grant, error) {
	list, err := selectStreaks(ctx, s.k.DB().Read(), b.CommunityID)
	if err != nil || !anyCounts(list, b.Entries) {
		return nil, err
	}
	return func(ctx context.Context, tx *db.Tx) ([]ledger.Entry, func(context.Context), error) {
		if err := lock(ctx, tx, b.CommunityID); err != nil {
			return nil, nil, err
		}
		list, err := selectStreaks(ctx, tx, b.CommunityID) // they may have changed
		if err != nil {
			return nil, nil, err
		}
		var p pay
		for _, st := range list {
			if err := s.follow(ctx, tx, st, b.Entries, &p); err != nil {
				return nil, nil, err
			}
		}
		entries, err := s.hand(ctx, tx, b.CommunityID, &p)
		return entries, func(context.Context) { s.handed(b.CommunityID, p) }, err
	}, nil
}

func anyCounts(list []*streak, entries []ledger.Entry) bool {
	for _, st := range list {
		for _, e := range entries {
			if st.now().wants(e.Action) {
				return true
			}
		}
	}
	return false
}

// wants reports whether an action is one of the conditions'.
func (r *rules) wants(action string) bool {
	for _, c := range r.Action.Conditions {
		if actionOf(c) == action {
			return true
		}
	}
	return false
}

// follow counts a batch for one streak.
func (s *Service) follow(ctx context.Context, tx *db.Tx, st *streak, entries []ledger.Entry, p *pay) error {
	r := st.now()
	var ids []string
	nos := map[string]int64{}
	for _, e := range entries {
		if _, known := nos[e.MemberID]; !known && r.wants(e.Action) {
			ids, nos[e.MemberID] = append(ids, e.MemberID), e.MemberNo
		}
	}
	w, err := s.open(ctx, tx, st, ids)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !r.wants(e.Action) {
			continue
		}
		sit, zone := w.sit(e.MemberID, e.MemberNo, e.OccurredAt)
		w.advance(sit, e.OccurredAt)
		out, changed := sit.state.take(r, zone, act{e.Action, e.Value, e.OccurredAt})
		w.note(sit, out, changed)
		for _, d := range out {
			p.add(st, member.Ref{ID: e.MemberID, No: e.MemberNo}, d, e.OccurredAt, s.k.Now().Sub(e.OccurredAt) > lately)
		}
	}
	return w.store(ctx, s.k.Now())
}

// work is the work on one streak in a transaction.
type work struct {
	s     *Service
	tx    *db.Tx
	st    *streak
	zones zones
	seats map[string]*seat
	dirty []*seat
	isDue map[string]bool
	done  []done
}

// open reads the seats of members; the lock must be held.
func (s *Service) open(ctx context.Context, tx *db.Tx, st *streak, memberIDs []string) (*work, error) {
	w := &work{s: s, tx: tx, st: st, isDue: map[string]bool{}}
	var err error
	if w.zones, err = s.zones(ctx, tx, st, memberIDs); err != nil {
		return nil, err
	}
	w.seats, err = s.selectSeats(ctx, tx, st.CommunityID, st.ID, memberIDs)
	return w, err
}

// sit gives a member's seat, a new one when there is none, and the zone.
func (w *work) sit(memberID string, no int64, at time.Time) (*seat, *time.Location) {
	zone := w.zones.of(memberID)
	if w.seats[memberID] == nil {
		w.seats[memberID] = &seat{memberID: memberID, memberNo: no, state: w.st.now().begin(zone, at)}
	}
	return w.seats[memberID], zone
}

// advance brings a seat to a moment.
func (w *work) advance(sit *seat, to time.Time) {
	v, zone := sit.state.V, sit.state.Zone
	out := sit.state.advance(w.st.versions, w.zones.of(sit.memberID), to)
	w.note(sit, out, v != sit.state.V || zone != sit.state.Zone)
}

// note keeps what became of a seat until it is stored.
func (w *work) note(sit *seat, out []outcome, changed bool) {
	for _, o := range out {
		w.done = append(w.done, done{sit.memberID, o})
	}
	if (changed || len(out) > 0) && !w.isDue[sit.memberID] {
		w.isDue[sit.memberID] = true
		w.dirty = append(w.dirty, sit)
	}
}

func (w *work) store(ctx context.Context, now time.Time) error {
	for _, sit := range w.dirty {
		if sit.due = 0; w.st.now().isOn() {
			sit.due = sit.state.Deadline
		}
	}
	if err := w.s.upsertSeats(ctx, w.tx, w.st.CommunityID, w.st.ID, w.dirty); err != nil {
		return err
	}
	return w.s.upsertLogs(ctx, w.tx, w.st.CommunityID, w.st.ID, w.done, now)
}

// pay is rewards on their way.
type pay struct {
	postings []ledger.Posting
	spins    []gift
	marks    []mark
	badges   []gift
}

// mark is a milestone that somebody has reached.
type mark struct {
	who  string
	name string
	n    int64
}

type gift struct {
	who   member.Ref
	n     int64
	badge string
}

// lately is how old an act may be for its reward to be dated now.
const lately = 48 * time.Hour

// add takes the rewards of an outcome.
func (p *pay) add(st *streak, who member.Ref, o outcome, at time.Time, isPast bool) {
	r := o.reward
	if o.marked && !isPast {
		p.marks = append(p.marks, mark{who.ID, st.Name, o.count})
	}
	if r.XP != 0 || r.Coins != 0 || r.Premium != 0 {
		p.postings = append(p.postings, ledger.Posting{
			Member: who, Action: "streak", Counts: true, Cut: true, XP: r.XP, Coins: r.Coins, Premium: r.Premium, Value: o.count,
			Source: "system", Actor: st.ID, Reason: fmt.Sprintf("%s: %d", st.Name, o.count), OccurredAt: at,
		})
	}
	if r.Spins > 0 {
		p.spins = append(p.spins, gift{who: who, n: r.Spins})
	}
	for _, id := range o.badges {
		p.badges = append(p.badges, gift{who: who, badge: id})
	}
}

// hand gives the rewards out.
func (s *Service) hand(ctx context.Context, tx *db.Tx, communityID string, p *pay) ([]ledger.Entry, error) {
	for _, g := range p.spins {
		if err := s.GiveSpins(ctx, tx, communityID, g.who.ID, g.n); err != nil {
			return nil, err
		}
	}
	if err := s.tellMarks(ctx, tx, communityID, p.marks); err != nil {
		return nil, err
	}
	rows := p.postings
	for _, g := range p.badges {
		more, err := s.GiveBadge(ctx, tx, communityID, g.badge, g.who)
		if err != nil && !api.IsKind(err, api.NotFound) { // the badge was deleted since
			return nil, err
		}
		rows = append(rows, more...)
	}
	now := s.k.Now()
	for i := range rows {
		rows[i].IsHistory = !rows[i].OccurredAt.IsZero() && now.Sub(rows[i].OccurredAt) > lately
	}
	if len(rows) == 0 {
		return nil, nil
	}
	return s.ledger.Post(ctx, tx, communityID, rows)
}

func (s *Service) tellMarks(ctx context.Context, tx *db.Tx, communityID string, marks []mark) error {
	if s.Notify == nil {
		return nil
	}
	for _, m := range marks {
		err := s.Notify(ctx, tx, communityID, m.who, api.Notification{Kind: api.NoticeStreak, Title: fmt.Sprintf("%s: %d in a row", m.name, m.n), Text: "You have reached a milestone.", Link: "/streaks"})
		if err != nil {
			return err
		}
	}
	return nil
}

// handed tells of rewards that are durable.
func (s *Service) handed(communityID string, p pay) {
	for _, g := range p.badges {
		s.BadgeGiven(communityID, g.who)
	}
}
