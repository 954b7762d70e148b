package demo

import (
	"context"
	"encoding/base64"
	"fmt"

	"laurel/api"
	"laurel/engine/badge"
	"laurel/engine/member"
)

// prize is a badge of the demo and how it looks.
type prize struct {
	title, about string
	action       api.BadgeAction
	quantity     int64
	xp, coins    int64
	closed       bool // nobody can apply
	proof        bool
	look         medal
}

// prizes are the demo's badges, from easy to rare.
func prizes() []prize {
	return []prize{
		{title: "First words", about: "Send your first message.", action: api.BadgeMessages, quantity: 1, xp: 5, look: medal{round, bubble, 215}},
		{title: "Regular voice", about: "Send 25 messages.", action: api.BadgeMessages, quantity: 25, xp: 25, look: medal{hexagon, bubble, 250}},
		{title: "Town crier", about: "Send 75 messages.", action: api.BadgeMessages, quantity: 75, xp: 75, coins: 10, look: medal{burst, bubble, 290}},
		{title: "Good answers", about: "Reply to others 20 times.", action: api.BadgeReplies, quantity: 20, xp: 30, look: medal{shield, check, 160}},
		{title: "Warm heart", about: "React to 20 messages.", action: api.BadgeReactions, quantity: 20, xp: 15, look: medal{round, heart, 350}},
		{title: "Three in a row", about: "Visit on three days in a row.", action: api.BadgeStreak, quantity: 3, xp: 10, look: medal{hexagon, flame, 30}},
		{title: "Old hand", about: "Visit on 50 days.", action: api.BadgeVisits, quantity: 50, xp: 100, coins: 10, look: medal{shield, peak, 190}},
		{title: "Thousand club", about: "Earn 1,000 XP.", action: api.BadgeXP, quantity: 1000, coins: 25, look: medal{burst, gem, 45}},
		{title: "First live trade", about: "Close one live trade with 30 % gain. A statement of the trade is the proof.", action: api.BadgeCustom, xp: 50, coins: 50, proof: true, look: medal{shield, trend, 140}},
		{title: "Mentor", about: "Guide a newcomer through the first month.", action: api.BadgeCustom, xp: 80, look: medal{round, pair, 270}},
		{title: "Lisbon meetup", about: "Come to the meetup in Lisbon.", action: api.BadgeCustom, coins: 15, closed: true, look: medal{hexagon, star, 10}},
		{title: "Founding member", about: "For those who were here first.", action: api.BadgeCustom, closed: true, look: medal{burst, crown, 75}},
	}
}

// badges makes the community's badges, before anything happens in it.
func (d *Demo) badges(ctx context.Context) (map[string]string, error) {
	out, yes := map[string]string{}, true
	for _, p := range prizes() {
		light, dark, err := p.look.draw()
		if err != nil {
			return nil, err
		}
		open := !p.closed
		lightImage, darkImage := dataURL(light), dataURL(dark)
		made, err := d.engine.Badges.Create(ctx, d.community, api.BadgeInput{
			Title: p.title, Description: &p.about, Action: p.action, Quantity: &p.quantity, XP: &p.xp, Coins: &p.coins,
			LightImage: &lightImage, DarkImage: &darkImage, IsThemed: &yes, Applied: &open, NeedsProof: &p.proof,
		})
		if err != nil {
			return nil, fmt.Errorf("badge %s: %w", p.title, err)
		}
		out[p.title] = made.ID
	}
	return out, nil
}

func dataURL(png []byte) string {
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(png)
}

// wishes lets members apply, has some answered, and gives what is not applied for.
func (d *Demo) wishes(ctx context.Context, ids map[string]string, who []member.Ref) error {
	picture, err := statement()
	if err != nil {
		return err
	}
	proof := []badge.File{{Name: "statement.png", Content: picture}}
	trade, mentor := ids["First live trade"], ids["Mentor"]
	var made []string
	for i, w := range []struct {
		badge, note string
		files       []badge.File
		member      member.Ref
	}{
		{trade, "Closed EUR/USD on Friday with 34 %. The statement is attached.", proof, who[40]},
		{mentor, "I helped two newcomers set up their first alerts.", nil, who[41]},
		{trade, "Gold, long, 31 % in nine days.", proof, who[42]},
		{trade, "My first one! Brent, 30.4 %.", proof, who[43]},
		{mentor, "", nil, who[44]},
		{mentor, "Weekly questions hour in #questions, since March.", nil, who[memberAt(len(who))]},
		{trade, "28 % on paper, counting the rebate.", proof, who[45]},
		{trade, "Nikkei, 41 %.", proof, who[46]},
	} {
		a, err := d.engine.Badges.Apply(ctx, d.community, w.badge, w.member, w.note, w.files)
		if err != nil {
			return fmt.Errorf("application %d: %w", i, err)
		}
		made = append(made, a.ID)
	}
	if _, err := d.engine.Badges.Refuse(ctx, d.community, made[6], "The gain must be 30 % without the rebate."); err != nil {
		return fmt.Errorf("refuse application: %w", err)
	}
	if _, err := d.engine.Badges.Approve(ctx, d.community, made[7]); err != nil {
		return fmt.Errorf("approve application: %w", err)
	}
	if err := d.choose(ctx, who); err != nil {
		return err
	}
	for i, ref := range who {
		title := map[bool]string{true: "Founding member", false: "Lisbon meetup"}[i < 24]
		if i >= 24 && i%83 != 5 && i != memberAt(len(who)) {
			continue
		}
		if _, err := d.engine.Badges.Award(ctx, d.community, ids[title], ref.ID); err != nil {
			return fmt.Errorf("award %s: %w", title, err)
		}
	}
	return nil
}

// choose has some members show their newest badges; the others show their first.
func (d *Demo) choose(ctx context.Context, who []member.Ref) error {
	for i := 1; i < len(who); i += 5 {
		held, err := d.engine.Badges.Held(ctx, d.community, who[i].ID)
		if err != nil {
			return err
		}
		var ids []string
		for _, h := range held[:min(3, len(held))] {
			ids = append(ids, h.ID)
		}
		if len(held) <= 3 {
			continue
		}
		if err := d.engine.Badges.Show(ctx, d.community, who[i], ids); err != nil {
			return err
		}
	}
	return nil
}
