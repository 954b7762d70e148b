package me

import (
	"laurel/components/layout"
	"laurel/components/ui"
)

// MilestonesProps is the page of the member's journeys.
type MilestonesProps struct {
	layout.MemberProps
	List []Journey
}

// Journey is one way of stages.
type Journey struct {
	Way    ui.WayProps
	Stages []JourneyStage
}

// JourneyStage is one step of a journey.
type JourneyStage struct {
	Name   string
	About  string
	State  ui.BadgeProps
	Done   bool
	Locked bool
	Needs  []Need
	Either bool // one of them is enough
	Pays   string
	Bonus  string    // "× 2"; empty without one
	Until  ui.Moment // of the bonus
	At     ui.Moment // when it was completed
}

// Need is one thing that a stage takes.
type Need struct {
	Text string
	Met  bool
}
