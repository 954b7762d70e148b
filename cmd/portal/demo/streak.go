package demo

import (
	"context"
	"fmt"

	"laurel/api"
)

// streaks makes the community's habits, before anything happens in it.
func (d *Demo) streaks(ctx context.Context, begun string) error {
	daily, weekday := "Look in once a day. A quiet day is forgiven when you have a day off left.", "Write a message and a reply on a trading day, and keep the room alive."
	for _, s := range []api.StreakSettings{
		{
			Name: "Every day", Description: &daily, StartDate: begun, Action: does("visits"),
			Freezes: &api.StreakFreezes{Start: 1, Every: 7, Max: 3, Price: 25}, Repair: &api.StreakRepair{Hours: 48, Price: 40},
			Milestones: []api.StreakMilestone{
				{Count: 3, StreakReward: api.StreakReward{Coins: 5}}, {Count: 7, Repeats: true, StreakReward: api.StreakReward{Spins: 1}},
				{Count: 14, StreakReward: api.StreakReward{XP: 50, Coins: 20}}, {Count: 30, StreakReward: api.StreakReward{XP: 150, Premium: 5}},
			},
		},
		{
			Name: "Trading days", Description: &weekday, StartDate: begun, Action: does("messages", "replies"), ActiveDaysType: "weekdays",
			Freezes: &api.StreakFreezes{Start: 1, Max: 1}, Reward: &api.StreakReward{XP: 5},
			Milestones: []api.StreakMilestone{{Count: 5, Repeats: true, StreakReward: api.StreakReward{Coins: 15}}},
		},
	} {
		if _, err := d.engine.Streaks.Create(ctx, d.community, s); err != nil {
			return fmt.Errorf("streak %s: %w", s.Name, err)
		}
	}
	return nil
}

// does is one of each action.
func does(actions ...string) *api.StreakAction {
	out := &api.StreakAction{Operator: "and"}
	for _, a := range actions {
		out.Conditions = append(out.Conditions, api.StreakCondition{Action: a, Value: 1})
	}
	return out
}
