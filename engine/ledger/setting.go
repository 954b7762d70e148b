package ledger

import (
	"context"

	"laurel/api"
	"laurel/engine/db"
)

// wired pairs the System family's names with ours; timed actions have a time.
type wired struct {
	action string
	timed  bool
	part   func(*api.XPSetting) **api.ActionSetting
}

func wiring() []wired {
	return []wired{
		{"picture", false, func(x *api.XPSetting) **api.ActionSetting { return &x.Picture }},
		{"aboutme", false, func(x *api.XPSetting) **api.ActionSetting { return &x.AboutMe }},
		{"quote", false, func(x *api.XPSetting) **api.ActionSetting { return &x.Quote }},
		{"message", true, func(x *api.XPSetting) **api.ActionSetting { return &x.Message }},
		{"reply", true, func(x *api.XPSetting) **api.ActionSetting { return &x.Reply }},
		{"react", true, func(x *api.XPSetting) **api.ActionSetting { return &x.React }},
		{"object", true, func(x *api.XPSetting) **api.ActionSetting { return &x.Object }},
		{"analysis", true, func(x *api.XPSetting) **api.ActionSetting { return &x.Analysis }},
		{"visit", false, func(x *api.XPSetting) **api.ActionSetting { return &x.Visit }},
		{"referral", false, func(x *api.XPSetting) **api.ActionSetting { return &x.Referral }},
		{"comment", true, func(x *api.XPSetting) **api.ActionSetting { return &x.Comment }},
		{"refer", false, func(x *api.XPSetting) **api.ActionSetting { return &x.Refer }},
		{"tradingdiscussions", true, func(x *api.XPSetting) **api.ActionSetting { return &x.TradingDiscussions }},
	}
}

type settingInput struct {
	ServerID string `path:"serverId"`
}

func (s *Service) setting(ctx context.Context, in *settingInput) (api.GamificationSetting, error) {
	p, err := s.policies.of(ctx, in.ServerID)
	if err != nil {
		return api.GamificationSetting{}, err
	}
	return p.setting(in.ServerID), nil
}

func (p *policy) setting(id string) api.GamificationSetting {
	xp, tiers := !p.switches.XPOff, !p.switches.TiersOff
	out := api.GamificationSetting{
		ID: id, ServerID: id, XPSetting: api.XPSetting{Enabled: &xp},
		Tiers:     api.TierSetting{Enabled: &tiers, Display: &api.TierDisplaySetting{Levels: &p.switches.Levels, Tiers: &p.switches.Tiers}},
		CreatedAt: api.At(p.created), UpdatedAt: api.At(p.updated),
	}
	byAction := map[string]*api.ActionRule{}
	for i := range p.rules {
		byAction[p.rules[i].Action] = &p.rules[i]
	}
	for _, w := range wiring() {
		r := byAction[w.action]
		if r == nil {
			r = &api.ActionRule{}
		}
		part := &api.ActionSetting{Enabled: &r.Enabled, XP: &r.XP}
		if w.timed {
			part.Time = &r.Cooldown
		}
		*w.part(&out.XPSetting) = part
	}
	return out
}

type xpSettingInput struct {
	ServerID string `path:"serverId"`
	Body     api.XPSetting
}

func (s *Service) setXP(ctx context.Context, in *xpSettingInput) (api.GamificationSetting, error) {
	_, err := s.changePolicy(ctx, in.ServerID, "rules.update", func(ctx context.Context, tx *db.Tx, was *policy) error {
		if in.Body.Enabled != nil {
			sw := was.switches
			sw.XPOff = !*in.Body.Enabled
			if err := updateSwitches(ctx, tx, in.ServerID, sw, s.k.Now()); err != nil {
				return err
			}
		}
		return replaceRules(ctx, tx, in.ServerID, patched(was.rules, in.Body), s.k.Now())
	})
	if err != nil {
		return api.GamificationSetting{}, err
	}
	return s.setting(ctx, &settingInput{in.ServerID})
}

// patched is a copy of the rules with the parts that the setting names.
func patched(rules []api.ActionRule, in api.XPSetting) []api.ActionRule {
	out := append([]api.ActionRule{}, rules...)
	for _, w := range wiring() {
		part := *w.part(&in)
		for i := range out {
			if part != nil && out[i].Action == w.action {
				set(&out[i].Enabled, part.Enabled)
				set(&out[i].XP, part.XP)
				if w.timed {
					set(&out[i].Cooldown, part.Time)
				}
			}
		}
	}
	return out
}

func set[T any](into, from *T) {
	if from != nil {
		*into = *from
	}
}

type tierSettingInput struct {
	ServerID string `path:"serverId"`
	Body     api.TierSetting
}

func (s *Service) setTierSwitches(ctx context.Context, in *tierSettingInput) (api.GamificationSetting, error) {
	_, err := s.changePolicy(ctx, in.ServerID, "tiers.update", func(ctx context.Context, tx *db.Tx, was *policy) error {
		sw := was.switches
		if in.Body.Enabled != nil {
			sw.TiersOff = !*in.Body.Enabled
		}
		if d := in.Body.Display; d != nil {
			set(&sw.Levels, d.Levels)
			set(&sw.Tiers, d.Tiers)
		}
		return updateSwitches(ctx, tx, in.ServerID, sw, s.k.Now())
	})
	if err != nil {
		return api.GamificationSetting{}, err
	}
	return s.setting(ctx, &settingInput{in.ServerID})
}

// Knows reports whether acts of that canonical name can be recorded.
func (s *Service) Knows(ctx context.Context, communityID, action string) (bool, error) {
	p, err := s.policies.of(ctx, communityID)
	if err != nil {
		return false, err
	}
	_, known := p.rule(action)
	return known, nil
}
