package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"laurel/api"
	"laurel/apiclient"
	"laurel/engine/member"
)

// grow says what newcomers meet and what bringing friends pays, and lets some
// members have brought others.
func (d *Demo) grow(ctx context.Context, cred *Credentials, who []member.Ref, joined []int, now time.Time) error {
	system := apiclient.InProcess(d.engine).WithSystemKey(cred.SystemKey)
	if err := d.friends(ctx, system, who, joined); err != nil {
		return err
	}
	session, err := system.Anonymous().Auth().Login(ctx, api.Login{CommunityID: d.community, Login: cred.Admin.Login, Password: cred.Admin.Password})
	if err != nil {
		return err
	}
	admin := system.WithToken(session.Token)
	if err := d.welcome(ctx, admin, now); err != nil {
		return err
	}
	if err := d.ladder(ctx, admin); err != nil {
		return err
	}
	if err := d.discipline(ctx, admin, who, now); err != nil {
		return err
	}
	return d.wheel(ctx, admin, cred, who)
}

// welcome makes policies and an invite link of each kind.
func (d *Demo) welcome(ctx context.Context, client *apiclient.Client, now time.Time) error {
	for i, p := range []struct{ title, body string }{
		{"House rules", "Be kind: there is a person behind every chart.\n\nNo promises of profit, and no advertising. What you post is your opinion, not advice.\n\nDisagree with ideas, not with people."},
		{"Risk notice", "Trading can lose all the money you put in. What members write here is no recommendation.\n\nPast results say nothing about the next ones."},
	} {
		if _, err := client.Joining(d.community).CreatePolicy(ctx, api.PolicyInput{Title: &p.title, Body: &p.body, Position: &i}); err != nil {
			return fmt.Errorf("policy %s: %w", p.title, err)
		}
	}
	roles, err := client.Roles().List(ctx, d.community)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(roles, func(r api.CommunityRole) bool { return r.Title == "Analyst" })
	ends := api.At(now.AddDate(0, 0, 30))
	for _, in := range []api.NewInvite{{}, {RoleID: roles[at].ID, MaxUses: 10, ExpiresAt: &ends}} {
		if _, err := client.Joining(d.community).Invite(ctx, in); err != nil {
			return fmt.Errorf("invite: %w", err)
		}
	}
	return nil
}

// friends makes a referral program, milestones of everybody's own, and
// referrals: the member who can sign in has brought four friends.
func (d *Demo) friends(ctx context.Context, client *apiclient.Client, who []member.Ref, joined []int) error {
	late := spread(joined, 24, 31)
	priya := memberAt(len(who))
	for i, at := range late {
		by := who[(i*7)%50]
		if i%6 == 0 {
			by = who[priya]
		}
		if at == priya || who[at].ID == by.ID {
			continue
		}
		if err := client.Referrals().SetReferrer(ctx, who[at].ID, by.ID); err != nil && !api.IsKind(err, api.Conflict) {
			return fmt.Errorf("referral: %w", err)
		}
	}
	for _, p := range programs() {
		if _, err := client.Referrals().CreateProgram(ctx, p); err != nil {
			return fmt.Errorf("program %s: %w", p.Name, err)
		}
	}
	return nil
}

// spread is n members by place in joined, from who joined last towards the
// first in steps: some have only come, others are at home.
func spread(joined []int, n, step int) []int {
	all := make([]int, len(joined))
	for i := range all {
		all[i] = i
	}
	slices.SortStableFunc(all, func(a, b int) int { return joined[b] - joined[a] })
	var out []int
	for i := 0; i < len(all) && len(out) < n; i += step {
		out = append(out, all[i])
	}
	return out
}

func programs() []api.ProgramInput {
	need := func(fact, value string) api.ConditionGroup {
		return api.ConditionGroup{Operator: "AND", Conditions: []api.Condition{{Fact: fact, Op: "gte", Value: value}}}
	}
	either := api.ConditionGroup{Operator: "OR", Conditions: []api.Condition{{Fact: "replies", Op: "gte", Value: "5"}, {Fact: "reactions", Op: "gte", Value: "10"}}}
	return []api.ProgramInput{
		{Name: "Bring a friend", Description: "For every friend who stays, twice a thank-you and once a feast.", Stages: []api.Stage{
			{Name: "Says hello", Description: "The first words.", Conditions: []api.ConditionGroup{need("messages", "3")}, Rewards: api.Reward{XP: 50, Coins: 10}, RefereeRewards: &api.Reward{XP: 25}},
			{Name: "Settles in", Conditions: []api.ConditionGroup{need("visits", "10"), either}, Rewards: api.Reward{XP: 100, Coins: 25}},
			{Name: "Becomes a regular", Conditions: []api.ConditionGroup{need("level", "6")}, Rewards: api.Reward{XP: 250, Coins: 100}, RefereeRewards: &api.Reward{XP: 100, Coins: 50}},
		}},
		{Kind: api.ProgramMilestone, Name: "Pathfinder", Description: "For those who stay.", Stages: []api.Stage{
			{Name: "Forty visits", Conditions: []api.ConditionGroup{need("visits", "40")}, Rewards: api.Reward{Coins: 15}},
			{Name: "Part of the talk", Description: "Say something, and answer others.", Conditions: []api.ConditionGroup{need("messages", "60"), need("replies", "40")}, Rewards: api.Reward{Coins: 30}, Bonus: &api.StageBonus{Hours: 14 * 24, Factor: 2}},
			{Name: "The long run", Conditions: []api.ConditionGroup{need("streak", "14"), need("level", "10")}, Rewards: api.Reward{XP: 200, Coins: 60}},
		}},
	}
}

// ladder lets higher tiers earn more, and gives a role at an amount of XP.
func (d *Demo) ladder(ctx context.Context, client *apiclient.Client) error {
	title, class, order := "Veteran", "purple", 4
	role, err := client.Roles().Create(ctx, api.RoleInput{Title: &title, Class: &class, Order: &order, Channel: map[string]bool{"share_links": true, "attach_files": true}})
	if err != nil {
		return fmt.Errorf("role %s: %w", title, err)
	}
	if _, err = client.Roles().SetThresholds(ctx, api.RoleThresholds{Thresholds: []api.RoleThreshold{{RoleID: role.ID, XP: 12_000}}}); err != nil {
		return err
	}
	info, err := client.Gamification().Tiers(ctx)
	if err != nil {
		return err
	}
	in := api.TierSettings{Display: &info.Display}
	for i, t := range info.Tiers {
		tier := api.TierInput{Name: t.Name, Color: t.Color, Perks: t.Perks, Multiplier: 100 + 10*i}
		for _, l := range info.Levels {
			if l.Level >= t.FromLevel && l.Level <= t.ToLevel {
				tier.Levels = append(tier.Levels, l.MinXP)
			}
		}
		in.Tiers = append(in.Tiers, tier)
	}
	_, err = client.Gamification().SetTiers(ctx, in)
	return err
}

// discipline gives a warning, a suspension and a ban that was lifted.
func (d *Demo) discipline(ctx context.Context, client *apiclient.Client, who []member.Ref, now time.Time) error {
	ends := api.At(now.AddDate(0, 0, 5))
	for i, p := range []api.NewPenalty{
		{Kind: api.PenaltyWarn, Reason: "Please keep advertising out of the channels."},
		{Kind: api.PenaltySuspend, Reason: "The third advertisement this week.", EndsAt: &ends},
		{Kind: api.PenaltyBan, Reason: "An account that another person used."},
	} {
		given, err := client.Penalties().Give(ctx, who[300+i*11].ID, p)
		if err != nil {
			return fmt.Errorf("penalty: %w", err)
		}
		if p.Kind != api.PenaltyBan {
			continue
		}
		if _, err := client.Penalties().Revoke(ctx, given.ID, "The owner has the account back."); err != nil {
			return fmt.Errorf("lift a penalty: %w", err)
		}
	}
	return nil
}
