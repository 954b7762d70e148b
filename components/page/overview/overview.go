// Package overview holds the portal's first page.
package overview

import (
	"laurel/components/layout"
	"laurel/components/page/leaderboard"
	"laurel/components/ui"
)

// Props is the portal's home.
type Props struct {
	layout.PortalProps
	Greeting string // "Good morning, Ana"
	Text     string // what is compared with what, in which time zone
	Stats    []ui.StatProps
	Board    leaderboard.Row // the main board; none when its ID is empty
	Period   string          // of Top
	Top      leaderboard.Standings
	Recent   []Event
	Tiers    []Tier
	Steps    []Step // what a new community still has to do; none when done
	CanEdit  bool
}

// Event is one thing that just happened.
type Event struct {
	Icon string // Lucide name
	Who  string
	Href string // of who
	What string // "took first place in"
	Item string // "Autumn sprint"
	At   ui.Moment
}

// Tier is a tier with the members in it.
type Tier struct {
	Name    string
	Members int64
	Share   string // "20.2 %"
}

// Step is one thing to do for a new community.
type Step struct {
	Label string
	Text  string
	Href  string
	Done  bool
}

// widest is the largest tier, so that bars share one scale.
func (p Props) widest() int64 {
	var n int64 = 1
	for _, t := range p.Tiers {
		n = max(n, t.Members)
	}
	return n
}
