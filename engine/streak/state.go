package streak

import (
	"maps"
	"time"

	"laurel/api"
	"laurel/engine/civil"
)

// none is a period that there is not.
const none = -1 << 40

// state is where a member stands in a streak, up to a moment. Everything that
// happens by time alone — days off that are used, breaks — is worked out when
// somebody looks, by advance.
type state struct {
	V         int              `json:"v"` // of the rules it was judged by
	Open      int64            `json:"open"`
	Counts    map[string]int64 `json:"counts,omitempty"` // of the open period, by condition
	Before    map[string]int64 `json:"before,omitempty"` // of the one before it
	Fields    map[string]int64 `json:"fields,omitempty"` // last values of fields that are to grow
	Last      int64            `json:"last"`             // newest period that was completed or frozen
	Frozen    int64            `json:"frozen"`           // newest frozen one
	Missed    int64            `json:"missed"`           // the one that broke the streak last
	Current   int64            `json:"current"`
	Longest   int64            `json:"longest"`
	Lost      int64            `json:"lost"` // how long the streak was that broke last
	MissedDay string           `json:"missedDay,omitempty"`
	Freezes   int64            `json:"freezes"`
	BrokenAt  int64            `json:"brokenAt,omitempty"` // all moments in microseconds, 0 for none
	Deadline  int64            `json:"deadline,omitempty"` // until when the next period must be completed
	Zone      string           `json:"zone"`
}

// rules are one version of a streak.
type rules struct {
	api.StreakSettings
	V    int
	From time.Time // when they came into force
	cal  calendar
}

func newRules(v int, from time.Time, s api.StreakSettings) *rules {
	return &rules{StreakSettings: s, V: v, From: from, cal: newCalendar(s)}
}

func (r *rules) isOn() bool { return *r.IsEnabled }

// begin is the state of somebody who never took part.
func (r *rules) begin(zone *time.Location, now time.Time) state {
	return state{V: r.V, Open: r.at(now, zone), Last: none, Frozen: none, Missed: none, Freezes: r.Freezes.Start, Zone: zone.String()}
}

// at is the period of a moment.
func (r *rules) at(t time.Time, zone *time.Location) int64 { return r.cal.period(civil.Date(t, zone)) }

// due is until when a period can be completed in a zone.
func (r *rules) due(p int64, zone *time.Location) int64 {
	return r.cal.end(p, zone).Add(time.Duration(*r.GraceHours) * time.Hour).UnixMicro()
}

// outcome is what became of a period.
type outcome struct {
	period int64
	day    string // its last
	status string
	count  int64
	reward api.StreakReward
	badges []string // of the reward: several may be reached at once
	marked bool     // a milestone was reached
}

func (r *rules) outcome(p int64, status string, count int64) outcome {
	return outcome{period: p, day: r.cal.last(p).Format(time.DateOnly), status: status, count: count}
}

// advance brings a state to a moment, through all versions of the rules since,
// and tells what became of the periods in between. A change of zone never
// shortens a period.
func (s *state) advance(versions []*rules, zone *time.Location, now time.Time) (out []outcome) {
	for i, r := range versions {
		if r.V == s.V {
			s.move(r, zone)
		}
		if r.V > s.V {
			out = append(out, s.settle(versions[i-1], zone, r.From)...)
			s.adopt(versions[i-1], r, zone)
		}
	}
	return append(out, s.settle(versions[len(versions)-1], zone, now)...)
}

// move takes note of the zone that the member is in now.
func (s *state) move(r *rules, zone *time.Location) {
	if s.Zone == zone.String() {
		return
	}
	s.Zone = zone.String()
	if s.Deadline != 0 {
		s.Deadline = max(s.Deadline, r.due(r.cal.next(s.Last, zone), zone))
	}
}

// settle ends the periods that have passed by now.
func (s *state) settle(r *rules, zone *time.Location, now time.Time) (out []outcome) {
	if !r.isOn() {
		return nil
	}
	for s.Deadline != 0 && now.UnixMicro() >= s.Deadline {
		p := r.cal.next(s.Last, zone)
		if s.Freezes > 0 {
			s.Freezes--
			s.Last, s.Frozen = p, p
			s.Deadline = max(s.Deadline, r.due(r.cal.next(p, zone), zone))
			out = append(out, r.outcome(p, api.StreakFrozen, s.Current))
			continue
		}
		miss := r.outcome(p, api.StreakMissed, s.Current)
		s.Lost, s.Missed, s.MissedDay, s.BrokenAt = s.Current, p, miss.day, s.Deadline
		s.Current, s.Deadline = 0, 0
		out = append(out, miss)
	}
	s.turn(r.at(now, zone))
	return out
}

// turn makes a period the open one, unless a later one is.
func (s *state) turn(p int64) {
	if p <= s.Open {
		return
	}
	s.Before = nil
	if p == s.Open+1 {
		s.Before = s.Counts
	}
	s.Open, s.Counts = p, nil
}

// adopt goes over to new rules, whose periods may be others: the streak stays
// as long as it is, and the open period stays as completed as it was.
func (s *state) adopt(old, r *rules, zone *time.Location) {
	done := s.Last >= s.Open && old.at(r.From, zone) == s.Open
	s.V, s.Open, s.Before = r.V, r.at(r.From, zone), nil
	s.Frozen, s.Missed, s.Last = none, none, s.Open-1
	if done {
		s.Last = s.Open
	}
	if s.Current == 0 {
		return
	}
	due := r.due(r.cal.next(s.Last, zone), zone)
	if old.isOn() {
		due = max(due, s.Deadline)
	}
	s.Deadline = due
}

// act is something that a member did.
type act struct {
	action string // canonical, or field:KEY
	value  int64
	at     time.Time
}

// take counts an act, after advance to it, and completes the period that it
// was missing. It reports whether anything changed.
func (s *state) take(r *rules, zone *time.Location, a act) (out []outcome, changed bool) {
	had := s.Fields
	changed = s.note(r, a)
	date := civil.Date(a.at, zone)
	p := r.cal.period(date)
	if !r.isOn() || p < s.Open-1 || date.Before(r.cal.start) {
		return nil, changed
	}
	s.turn(p)
	if s.inGrace(r, zone, p, a.at) {
		changed = s.count(r, &s.Before, a, had) || changed
		if s.met(r, s.Before) {
			s.Counts = nil // the acts are spent
			return s.complete(r, zone, p-1), true
		}
	}
	if !r.cal.counts(date) {
		return nil, changed
	}
	into := &s.Counts
	if p < s.Open {
		into = &s.Before
	}
	changed = s.count(r, into, a, had) || changed
	if s.met(r, *into) {
		out = s.complete(r, zone, p)
	}
	return out, changed || len(out) > 0
}

// inGrace reports whether an act of a period still counts for the one before:
// that one is missing, its grace runs, and not because somebody travelled.
func (s *state) inGrace(r *rules, zone *time.Location, p int64, at time.Time) bool {
	if *r.GraceHours == 0 || s.Deadline == 0 || p != s.Open || s.Last >= p-1 || r.cal.next(s.Last, zone) != p-1 {
		return false
	}
	due := r.due(p-1, zone)
	return s.Deadline == due && at.UnixMicro() < due
}

// count adds an act to a period's counts.
func (s *state) count(r *rules, into *map[string]int64, a act, had map[string]int64) (changed bool) {
	for _, c := range r.Action.Conditions {
		if actionOf(c) != a.action {
			continue
		}
		if *into == nil {
			*into = map[string]int64{}
		}
		counts, before := *into, (*into)[c.ID]
		switch c.Measure {
		case "sum":
			counts[c.ID] += max(a.value, 0)
		case "value":
			counts[c.ID] = max(counts[c.ID], a.value)
		case "increase":
			if was, known := had[c.Action]; known {
				counts[c.ID] += max(a.value-was, 0)
			}
		default:
			counts[c.ID]++
		}
		counts[c.ID] = min(counts[c.ID], c.Value)
		changed = changed || counts[c.ID] != before
	}
	return changed
}

// note remembers the values of fields that are to grow.
func (s *state) note(r *rules, a act) (changed bool) {
	for _, c := range r.Action.Conditions {
		if was, known := s.Fields[c.Action]; c.Measure == "increase" && actionOf(c) == a.action && (!known || was != a.value) {
			s.Fields = maps.Clone(s.Fields)
			if s.Fields == nil {
				s.Fields = map[string]int64{}
			}
			s.Fields[c.Action], changed = a.value, true
		}
	}
	return changed
}

// met reports whether counts fulfil the conditions.
func (s *state) met(r *rules, counts map[string]int64) bool {
	met := 0
	for _, c := range r.Action.Conditions {
		if counts[c.ID] >= c.Value {
			met++
		}
	}
	if r.Action.Operator == "or" {
		return met > 0
	}
	return met == len(r.Action.Conditions)
}

// complete adds a period to the streak, the open one or the one before it,
// unless it is in already. A period that was reported late takes back the
// break, or the day off, that it had cost.
func (s *state) complete(r *rules, zone *time.Location, p int64) []outcome {
	before := s.Current
	switch {
	case p == s.Missed:
		before = max(before, s.Lost)
		s.Current += s.Lost + 1
		s.mend()
	case p > s.Last:
		s.Current++
	case p == s.Frozen:
		s.Current++
		s.Freezes++
		s.Frozen = none
	case p == s.Last-1 && s.Current == 1 && s.Frozen != s.Last:
		s.Current++ // the streak began one period earlier
	default:
		return nil
	}
	s.Last = max(s.Last, p)
	s.Deadline = max(s.Deadline, r.due(r.cal.next(s.Last, zone), zone))
	done := r.outcome(p, api.StreakCompleted, s.Current)
	done.add(*r.Reward)
	s.reach(r, &done, before)
	return []outcome{done}
}

// mend forgets the last break.
func (s *state) mend() { s.Lost, s.Missed, s.MissedDay, s.BrokenAt = 0, none, "", 0 }

// reach finds what a grown streak brings, and puts new days off away.
func (s *state) reach(r *rules, done *outcome, before int64) {
	for _, m := range r.Milestones {
		if m.Count > before && m.Count <= s.Current && (m.Repeats || m.Count > s.Longest) {
			done.add(m.StreakReward)
			done.marked = true
		}
	}
	if every := r.Freezes.Every; every > 0 && s.Current/every > before/every {
		done.reward.Freezes++
	}
	got := min(done.reward.Freezes, max(r.Freezes.Max-s.Freezes, 0))
	s.Freezes, done.reward.Freezes = s.Freezes+got, got
	s.Longest = max(s.Longest, s.Current)
}

func (o *outcome) add(r api.StreakReward) {
	w := &o.reward
	w.XP, w.Coins, w.Premium, w.Spins, w.Freezes = w.XP+r.XP, w.Coins+r.Coins, w.Premium+r.Premium, w.Spins+r.Spins, w.Freezes+r.Freezes
	if r.BadgeID != "" {
		w.BadgeID = r.BadgeID
		o.badges = append(o.badges, r.BadgeID)
	}
}

// repair takes the last break back: what has been done since is added.
func (s *state) repair(r *rules, zone *time.Location) outcome {
	before := max(s.Current, s.Lost)
	if s.Current == 0 {
		s.Last = s.Open - 1
	}
	out := outcome{day: s.MissedDay, status: api.StreakRepaired, count: s.Current + s.Lost}
	s.Current += s.Lost
	s.mend()
	s.Deadline = max(s.Deadline, r.due(r.cal.next(s.Last, zone), zone))
	s.reach(r, &out, before)
	return out
}
