package demo

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"laurel/engine/ledger"
	"laurel/engine/member"
)

// keenness spreads members as communities do: a few do most, many look in
// now and then. It is acts on an ordinary day.
func keenness(r *rand.Rand) float64 { return 0.05 + 2.2*math.Pow(r.Float64(), 6) }

// weekly is the rhythm of a trading community: busy mid-week, calm weekends.
var weekly = map[time.Weekday]float64{
	time.Monday: 1.0, time.Tuesday: 1.25, time.Wednesday: 1.3, time.Thursday: 1.2, time.Friday: 0.9, time.Saturday: 0.45, time.Sunday: 0.55,
}

// mix is what members do, by weight.
var mix = []struct {
	action string
	weight int
}{{"message", 46}, {"reply", 22}, {"react", 24}, {"comment", 4}, {"analysis", 2}, {"quote", 2}}

func pick(r *rand.Rand) string {
	n := r.IntN(100)
	for _, m := range mix {
		if n -= m.weight; n < 0 {
			return m.action
		}
	}
	return mix[0].action
}

// memberAt is the place in the crowd of the member who can sign in.
func memberAt(n int) int { return n / 3 }

// arrivals spreads the days on which members joined over the time shown: half
// were there before, the rest came in growing numbers.
func arrivals(r *rand.Rand, n, days int) []int {
	out := make([]int, n)
	for i := range out {
		if r.IntN(2) == 0 {
			continue
		}
		out[i] = int(float64(days) * math.Sqrt(r.Float64()))
	}
	return out
}

// history is everything the members did in the days before now, in the order
// in which it happened. The same source of chance gives the same history.
func history(r *rand.Rand, who []member.Ref, joined []int, days int, now time.Time, zone *time.Location) []ledger.Act {
	var acts []ledger.Act
	keen := make([]float64, len(who))
	for i := range who {
		keen[i] = keenness(r)
	}
	keen[memberAt(len(who))] = 1.2 // the member who can sign in is a regular
	for day := range days {
		midnight := startOfDay(now.In(zone).AddDate(0, 0, day-days+1))
		for i, ref := range who {
			if day >= joined[i] {
				acts = append(acts, dayOf(r, ref, keen[i]*weekly[midnight.Weekday()], midnight, now)...)
			}
		}
	}
	slices.SortStableFunc(acts, func(a, b ledger.Act) int { return cmp.Compare(a.OccurredAt.UnixMicro(), b.OccurredAt.UnixMicro()) })
	return acts
}

func startOfDay(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// dayOf is one member's day: a visit when there is anything, then the acts,
// mostly in the evening.
func dayOf(r *rand.Rand, who member.Ref, rate float64, midnight, now time.Time) []ledger.Act {
	n := poisson(r, rate)
	if n == 0 {
		return nil
	}
	var acts []ledger.Act
	at := midnight.Add(time.Duration(6+r.NormFloat64()*0.5*3+8*r.Float64()) * time.Hour)
	for i := range n + 1 {
		at = at.Add(time.Duration(20+r.IntN(2400)) * time.Second)
		if at.After(now) {
			break
		}
		action := "visit"
		if i > 0 {
			action = pick(r)
		}
		acts = append(acts, ledger.Act{Member: who, Action: action, Source: "demo", OccurredAt: at})
	}
	return acts
}

// poisson draws how often something of the mean rate happens (Knuth's method,
// good for the small rates here).
func poisson(r *rand.Rand, mean float64) int {
	limit, product, n := math.Exp(-mean), 1.0, 0
	for {
		if product *= r.Float64(); product <= limit {
			return n
		}
		n++
	}
}
