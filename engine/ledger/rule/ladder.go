package rule

import (
	"cmp"
	"sort"

	"laurel/api"
)

// Tier is one tier as it is kept: the XP at which each of its levels begins.
type Tier struct {
	ID     string   `json:"id"`
	Name   string   `json:"name"`
	Color  string   `json:"color"`
	Icon   string   `json:"icon,omitempty"`
	Levels []int64  `json:"levels"`
	Perks  []string `json:"perks,omitempty"`
	Factor int      `json:"factor,omitempty"` // percent of what acts pay; 0 means 100
}

// DefaultTiers are the tiers of a new community: five of three levels each.
func DefaultTiers() []Tier {
	return []Tier{
		{Name: "Bronze", Color: "#b08d57", Levels: []int64{0, 100, 300}},
		{Name: "Silver", Color: "#8e9aa6", Levels: []int64{600, 1000, 1500}},
		{Name: "Gold", Color: "#c9a227", Levels: []int64{2200, 3000, 4000}},
		{Name: "Platinum", Color: "#5f8f9e", Levels: []int64{5500, 7500, 10000}},
		{Name: "Diamond", Color: "#4f7bd9", Levels: []int64{14000, 20000, 30000}},
	}
}

// MaxPoints is the most that a balance holds: whole points, exact in every
// client, JavaScript's included.
const MaxPoints = 1_000_000_000_000_000

// CheckTiers reports the first threshold that does not rise above the one
// before it, over all tiers, and names that occur twice. Errors: Invalid with
// the field, such as tiers[1].levels[0].
func CheckTiers(tiers []api.TierInput) error {
	last := int64(-1)
	seen := map[string]bool{}
	for i, t := range tiers {
		if seen[t.Name] {
			return api.InvalidField(index("tiers", i)+".name", "occurs twice")
		}
		seen[t.Name] = true
		for k, xp := range t.Levels {
			path := index(index("tiers", i)+".levels", k)
			if xp <= last {
				return api.InvalidField(path, "must be higher than the level before it")
			}
			if xp > MaxPoints {
				return api.InvalidField(path, "is more than a wallet can hold")
			}
			last = xp
		}
	}
	return nil
}

// Ladder is a community's levels and tiers. The zero value has none: level 0
// for everybody. It is immutable; what it returns is shared and must not be
// changed.
type Ladder struct {
	tiers  []api.Tier
	starts []int64 // XP at which level i+1 begins, rising
	tierAt []int   // index of the tier of level i+1
}

// NewLadder makes a ladder of tiers whose thresholds rise.
func NewLadder(tiers []Tier) Ladder {
	var l Ladder
	for _, t := range tiers {
		if len(t.Levels) == 0 {
			continue
		}
		from := len(l.starts) + 1
		l.starts = append(l.starts, t.Levels...)
		for range t.Levels {
			l.tierAt = append(l.tierAt, len(l.tiers))
		}
		l.tiers = append(l.tiers, api.Tier{
			ID: t.ID, Name: t.Name, Order: len(l.tiers) + 1, Color: t.Color, Icon: t.Icon, Perks: t.Perks, Multiplier: cmp.Or(t.Factor, 100),
			FromLevel: from, ToLevel: len(l.starts), MinXP: l.starts[from-1],
		})
	}
	return l
}

// LevelAt is the level of a member with the XP; 0 below the first level.
func (l Ladder) LevelAt(xp int64) int {
	return sort.Search(len(l.starts), func(i int) bool { return l.starts[i] > xp })
}

// StartOf is the XP at which a level begins; 0 for level 0 and beyond the top.
func (l Ladder) StartOf(level int) int64 {
	if level < 1 || level > len(l.starts) {
		return 0
	}
	return l.starts[level-1]
}

// TierAt is the tier of a member with the XP; nil below the first.
func (l Ladder) TierAt(xp int64) *api.Tier {
	level := l.LevelAt(xp)
	if level == 0 {
		return nil
	}
	return &l.tiers[l.tierAt[level-1]]
}

// TierAfter is the tier above the one of the XP; nil at the top.
func (l Ladder) TierAfter(xp int64) *api.Tier {
	level := l.LevelAt(xp)
	next := 0
	if level > 0 {
		next = l.tierAt[level-1] + 1
	}
	if next >= len(l.tiers) {
		return nil
	}
	return &l.tiers[next]
}

// Below is the tier under the one of the XP; nil at the lowest.
func (l Ladder) Below(xp int64) *api.Tier {
	level := l.LevelAt(xp)
	if level == 0 || l.tierAt[level-1] == 0 {
		return nil
	}
	return &l.tiers[l.tierAt[level-1]-1]
}

// Factor is the percentage of an act's pay that members with the XP receive.
func (l Ladder) Factor(xp int64) int64 {
	if t := l.TierAt(xp); t != nil {
		return int64(t.Multiplier)
	}
	return 100
}

// Tiers lists the tiers from the lowest.
func (l Ladder) Tiers() []api.Tier { return append([]api.Tier{}, l.tiers...) }

// Levels lists the levels from the lowest.
func (l Ladder) Levels() []api.Level {
	out := make([]api.Level, len(l.starts))
	for i, xp := range l.starts {
		out[i] = api.Level{Level: i + 1, MinXP: xp}
	}
	return out
}
