package demo

import (
	"context"
	"fmt"

	"laurel/api"
	"laurel/apiclient"
	"laurel/engine/member"
)

// wheel opens a wheel of prizes and lets a few members have spun it; the one
// who can sign in has two spins left, beside the free one of the day.
func (d *Demo) wheel(ctx context.Context, admin *apiclient.Client, cred *Credentials, who []member.Ref) error {
	mugs, hours := int64(12), int64(3)
	_, err := admin.Wheel().Set(ctx, api.WheelInput{IsEnabled: true, ShowOdds: true, Cost: 15, FreeEvery: 24, GuaranteeAfter: 4, Segments: []api.WheelSegment{
		{Label: "10 coins", Type: api.PrizeCoins, Amount: 10, Weight: 260},
		{Label: "25 XP", Type: api.PrizeXP, Amount: 25, Weight: 240},
		{Label: "Not today", Type: api.PrizeNothing, Weight: 200},
		{Label: "50 coins", Type: api.PrizeCoins, Amount: 50, Weight: 80},
		{Label: "100 XP", Type: api.PrizeXP, Amount: 100, Weight: 120},
		{Label: "Northwind mug", Type: api.PrizeProduct, Weight: 30, Stock: &mugs},
		{Label: "1 premium", Type: api.PrizePremium, Amount: 1, Weight: 60},
		{Label: "Mentor hour", Type: api.PrizeProduct, Weight: 10, Stock: &hours},
	}})
	if err != nil {
		return fmt.Errorf("wheel: %w", err)
	}
	for i := range 24 {
		if _, err := d.engine.Wheel.Spin(ctx, d.community, who[i*17%len(who)], api.SpinInput{}); err != nil && !api.IsKind(err, api.Conflict) {
			return fmt.Errorf("spin: %w", err)
		}
	}
	_, err = admin.Wheel().Edit(ctx, cred.Member.ID, api.WheelMemberEdit{Spins: &api.SpinEdit{Op: "add", Value: 2}})
	return err
}
