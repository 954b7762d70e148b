package streak

import (
	"context"
	"fmt"
	"slices"
	"time"

	"laurel/api"
	"laurel/engine/civil"
	"laurel/engine/community"
	"laurel/engine/ledger/rule"
)

// Names of time zones that are no places.
const (
	utcZone  = "utc_gmt"
	ourZone  = "community"
	maxHeld  = 100
	fieldAct = api.RankFieldStart // what the ledger calls a new value of a field
)

// actionOf is the ledger's name of what a condition counts.
func actionOf(c api.StreakCondition) string {
	if c.IsCustomField != nil && *c.IsCustomField {
		return fieldAct + c.Action
	}
	switch c.Action {
	case "messages":
		return rule.Message
	case "replies":
		return rule.Reply
	case "reactions":
		return rule.React
	case "visits":
		return rule.Visit
	}
	return rule.Canonical(c.Action)
}

// zoneOf is the zone that a streak names; ours is the community's.
func zoneOf(name string, ours *time.Location) *time.Location {
	switch name {
	case "", ourZone:
		return ours
	case utcZone:
		return time.UTC
	}
	if zone, err := time.LoadLocation(name); err == nil {
		return zone
	}
	return ours
}

// over fills in what a change of settings leaves out.
func over(in, old api.StreakSettings) api.StreakSettings {
	keep(&in.Name, old.Name)
	keep(&in.Description, old.Description)
	keep(&in.Timezone, old.Timezone)
	keep(&in.StartDate, old.StartDate)
	keep(&in.IsEnabled, old.IsEnabled)
	keep(&in.Timeframe, old.Timeframe)
	keep(&in.Action, old.Action)
	keep(&in.Freezes, old.Freezes)
	keep(&in.Repair, old.Repair)
	keep(&in.Reward, old.Reward)
	keep(&in.RiskHours, old.RiskHours)
	keep(&in.GraceHours, old.GraceHours)
	keep(&in.MemberTimezone, old.MemberTimezone)
	if in.ActiveDaysType == "" && in.ActiveDays == nil {
		in.ActiveDaysType, in.ActiveDays = old.ActiveDaysType, old.ActiveDays
	}
	if in.Milestones == nil {
		in.Milestones = old.Milestones
	}
	return in
}

func keep[T comparable](to *T, old T) {
	var zero T
	if *to == zero {
		*to = old
	}
}

// defaults are what is meant by saying nothing.
func (s *Service) defaults(ctx context.Context, communityID string) api.StreakSettings {
	on, off, none, risk, words := true, false, 0, 6, ""
	today := civil.Date(s.k.Now(), s.communities.Zone(ctx, communityID))
	return api.StreakSettings{
		Description: &words, IsEnabled: &on, Timezone: ourZone, StartDate: today.Format(time.DateOnly), ActiveDaysType: "everyday",
		MemberTimezone: &off, GraceHours: &none, RiskHours: &risk,
		Timeframe: &api.StreakTimeframe{Value: "daily", Count: 1}, Freezes: &api.StreakFreezes{}, Repair: &api.StreakRepair{}, Reward: &api.StreakReward{},
		Milestones: []api.StreakMilestone{},
	}
}

// check completes settings and refuses what cannot be judged. Errors: Invalid
// with the field.
func (s *Service) check(ctx context.Context, communityID string, in *api.StreakSettings) error {
	if in.Name == "" {
		return api.InvalidField("name", "is required")
	}
	if in.Timezone != utcZone && in.Timezone != ourZone && !community.IsZone(in.Timezone) {
		return api.InvalidField("timezone", "must be utc_gmt, community, or an IANA zone such as Europe/Lisbon")
	}
	if start, err := time.Parse(time.DateOnly, in.StartDate); err != nil || start.Year() < 2000 || start.Year() > 2999 {
		return api.InvalidField("startDate", "must be a date as YYYY-MM-DD")
	}
	in.Timeframe.Count = max(in.Timeframe.Count, 1)
	if err := checkDays(in); err != nil {
		return err
	}
	if err := s.checkAction(ctx, communityID, in.Action); err != nil {
		return err
	}
	return s.checkRewards(ctx, communityID, in)
}

func checkDays(in *api.StreakSettings) error {
	sets := map[string][]string{"everyday": weekdays, "weekdays": weekdays[1:6], "weekends": {"saturday", "sunday"}}
	if in.ActiveDaysType == "" {
		in.ActiveDaysType = "custom"
	}
	if set, ok := sets[in.ActiveDaysType]; ok {
		in.ActiveDays = slices.Clone(set)
		return nil
	}
	for i, day := range in.ActiveDays {
		if !slices.Contains(weekdays, day) || slices.Contains(in.ActiveDays[:i], day) {
			return api.InvalidField(fmt.Sprintf("activeDays[%d]", i), "must be a day from monday to sunday, once")
		}
	}
	if len(in.ActiveDays) == 0 {
		return api.InvalidField("activeDays", "must name at least one day")
	}
	return nil
}

func (s *Service) checkAction(ctx context.Context, communityID string, in *api.StreakAction) error {
	if in == nil || len(in.Conditions) == 0 {
		return api.InvalidField("action.conditions", "must hold at least one condition")
	}
	keep(&in.Operator, "and")
	seen := map[string]bool{}
	for i := range in.Conditions {
		c, at := &in.Conditions[i], fmt.Sprintf("action.conditions[%d].", i)
		isField := c.IsCustomField != nil && *c.IsCustomField
		if c.ID == "" || seen[c.ID] {
			c.ID = api.NewIDAt(s.k.Now())
		}
		seen[c.ID] = true
		keep(&c.Measure, map[bool]string{false: "count", true: "value"}[isField])
		if isField != (c.Measure == "value" || c.Measure == "increase") {
			return api.InvalidField(at+"measure", "must be count or sum for actions, value or increase for fields")
		}
		known, err := s.knows(ctx, communityID, *c, isField)
		if err != nil {
			return err
		}
		if !known {
			return api.InvalidField(at+"action", map[bool]string{false: "must be messages, replies, reactions, visits, or an action with a rule", true: "must be the key of a numerical field"}[isField])
		}
	}
	return nil
}

func (s *Service) knows(ctx context.Context, communityID string, c api.StreakCondition, isField bool) (bool, error) {
	if isField {
		return s.members.HasNumber(ctx, communityID, c.Action)
	}
	return s.ledger.Knows(ctx, communityID, actionOf(c))
}

func (s *Service) checkRewards(ctx context.Context, communityID string, in *api.StreakSettings) error {
	if err := s.checkBadge(ctx, communityID, "reward.badgeId", in.Reward.BadgeID); err != nil {
		return err
	}
	for i, m := range in.Milestones {
		at := fmt.Sprintf("milestones[%d].", i)
		if slices.ContainsFunc(in.Milestones[:i], func(o api.StreakMilestone) bool { return o.Count == m.Count }) {
			return api.InvalidField(at+"count", "occurs twice")
		}
		if m.IsZero() {
			return api.InvalidField(at+"xp", "or another reward is needed")
		}
		if err := s.checkBadge(ctx, communityID, at+"badgeId", m.BadgeID); err != nil {
			return err
		}
	}
	slices.SortFunc(in.Milestones, func(a, b api.StreakMilestone) int { return int(a.Count - b.Count) })
	return nil
}

func (s *Service) checkBadge(ctx context.Context, communityID, field, id string) error {
	if id == "" {
		return nil
	}
	if err := s.HasBadge(ctx, communityID, id); err != nil {
		return api.InvalidField(field, "must be a badge of this community")
	}
	return nil
}
