package member

import (
	"slices"

	"laurel/api"
	page "laurel/components/page/member"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// activityDays is how many days the chart of a member's page covers.
const activityDays = 30

// fillActivity adds what the member earned and did on each of the last days.
func fillActivity(v *web.Visit, u api.User, p *page.PageProps) error {
	if u.IsDeleted {
		return nil
	}
	daily, err := v.API.Users().Daily(v.Ctx(), u.ID, activityDays)
	if err != nil {
		return err
	}
	stats, err := v.API.Users().ActivityStats(v.Ctx(), api.StatsQuery{Identifier: u.ID, Days: activityDays})
	if err != nil {
		return err
	}
	p.Known.Activity = page.Activity{
		XP: daily.Totals.XP, Coins: daily.Totals.Coins, Messages: stats.Totals.Messages, Replies: stats.Totals.Replies, Reacted: stats.Totals.Reaction,
	}
	for _, d := range slices.Backward(daily.DailyStats) {
		p.Known.Activity.Days = append(p.Known.Activity.Days, ui.Bar{Label: label.Day(d.Date, label.APIDay, "2 Jan"), Note: ui.Number(d.XP) + " XP", Value: d.XP})
	}
	return nil
}
