package streak

import (
	"time"

	"laurel/api"
	"laurel/engine/civil"
)

// view is a state at a moment, for showing: the one place that decides what a
// streak looks like.
type view struct {
	state
	r     *rules
	zone  *time.Location
	now   time.Time
	today time.Time // a date
	past  []outcome // that are not written down yet
}

func (st *streak) view(s state, zone *time.Location, now time.Time) view {
	past := s.advance(st.versions, zone, now)
	return view{state: s, r: st.now(), zone: zone, now: now, today: civil.Date(now, zone), past: past}
}

func (v view) done() bool { return v.Last >= v.Open }

// late reports whether an earlier period than today's can still be completed.
func (v view) late() bool { return v.Deadline != 0 && v.r.cal.next(v.Last, v.zone) < v.Open }

func (v view) status() string {
	started := !v.today.Before(v.r.cal.start)
	switch {
	case !v.r.isOn():
		return api.StreakPaused
	case v.late():
		return api.StreakAtRisk
	case v.done():
		return api.StreakDone
	case started && !v.r.cal.counts(v.today):
		return api.StreakResting
	case v.Current == 0 && v.Lost > 0:
		return api.StreakBroken
	case v.Current == 0:
		return api.StreakNew
	case v.now.UnixMicro() >= v.Deadline-int64(*v.r.RiskHours)*time.Hour.Microseconds():
		return api.StreakAtRisk
	}
	return api.StreakOpen
}

// endsAt is until when what is to be done now counts; nil when nothing is.
func (v view) endsAt() *api.Time {
	switch {
	case !v.r.isOn() || v.done() && !v.late():
		return nil
	case v.Deadline != 0:
		return api.AtPtr(time.UnixMicro(v.Deadline))
	}
	return api.AtPtr(v.r.cal.end(max(v.Open, 0), v.zone))
}

// repairUntil is until when a broken streak can be brought back by its member.
func (v view) repairUntil() *api.Time {
	if v.Lost == 0 || v.r.Repair.Hours == 0 || !v.r.isOn() {
		return nil
	}
	until := time.UnixMicro(v.BrokenAt).Add(time.Duration(v.r.Repair.Hours) * time.Hour)
	if !v.now.Before(until) {
		return nil
	}
	return api.AtPtr(until)
}

func (v view) progress() []api.StreakProgress {
	counts := v.Counts
	if v.late() {
		counts = v.Before
	}
	out := make([]api.StreakProgress, len(v.r.Action.Conditions))
	for i, c := range v.r.Action.Conditions {
		out[i] = api.StreakProgress{Action: c.Action, Need: c.Value, Have: counts[c.ID]}
		if v.done() && !v.late() && v.r.Action.Operator == "and" {
			out[i].Have = c.Value
		}
	}
	return out
}

func (v view) nextMilestone() *api.StreakMilestone {
	for _, m := range v.r.Milestones {
		if m.Count > v.Current && (m.Repeats || m.Count > v.Longest) {
			return &m
		}
	}
	return nil
}

// days are the statuses of dates, from what was written down of them.
func (v view) days(from, to time.Time, logs map[string]string) []api.StreakDay {
	for _, o := range v.past {
		logs[o.day] = o.status
	}
	var out []api.StreakDay
	for d := from; !d.After(to); d = d.AddDate(0, 0, 1) {
		out = append(out, api.StreakDay{Date: d.Format(time.DateOnly), Status: v.day(d, logs)})
	}
	return out
}

func (v view) day(d time.Time, logs map[string]string) string {
	if status, ok := logs[d.Format(time.DateOnly)]; ok {
		return status
	}
	switch {
	case d.Before(v.r.cal.start):
		return "none"
	case !v.r.cal.counts(d):
		return "rest"
	}
	if status, ok := logs[v.r.cal.last(v.r.cal.period(d)).Format(time.DateOnly)]; ok && !d.After(v.today) {
		return status
	}
	if d.Equal(v.today) && v.r.isOn() {
		return "open"
	}
	return "none"
}

// week is from the Monday of today's week to its Sunday.
func (v view) week() (from, to time.Time) {
	from = monday(v.today)
	return from, from.AddDate(0, 0, 6)
}

// reach are the dates whose periods the dates from and to lie in: longer
// periods are written down by their last day.
func (v view) reach(to time.Time) time.Time {
	if v.r.cal.unit == "daily" && v.r.cal.count == 1 {
		return to
	}
	return v.r.cal.last(v.r.cal.period(to))
}
