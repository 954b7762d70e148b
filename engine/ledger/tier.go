package ledger

import (
	"cmp"
	"context"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger/rule"
	"laurel/engine/rest"
)

func (s *Service) tiers(ctx context.Context, _ *struct{}) (api.TierInfo, error) {
	return s.TierInfo(ctx, rest.CallerOf(ctx).CommunityID)
}

// TierInfo is the community's ladder with its rules. Errors: NotFound.
func (s *Service) TierInfo(ctx context.Context, communityID string) (api.TierInfo, error) {
	p, err := s.policies.of(ctx, communityID)
	if err != nil {
		return api.TierInfo{}, err
	}
	return p.info(), nil
}

func (p *policy) info() api.TierInfo {
	return api.TierInfo{
		XPSetting: append([]api.ActionRule{}, p.rules...), Tiers: p.ladder.Tiers(), Levels: p.ladder.Levels(),
		Display: api.TierDisplay{Levels: p.switches.Levels, Tiers: p.switches.Tiers}, Demotion: p.demotion(),
	}
}

type tiersInput struct {
	Body api.TierSettings
}

func (s *Service) setTiers(ctx context.Context, in *tiersInput) (api.TierInfo, error) {
	id := rest.CallerOf(ctx).CommunityID
	if err := rule.CheckTiers(in.Body.Tiers); err != nil {
		return api.TierInfo{}, err
	}
	if err := rule.CheckDemotion(in.Body.Demotion); err != nil {
		return api.TierInfo{}, err
	}
	return s.changePolicy(ctx, id, "tiers.update", func(ctx context.Context, tx *db.Tx, was *policy) error {
		sw := was.switches
		if in.Body.Display != nil {
			sw.Levels, sw.Tiers = in.Body.Display.Levels, in.Body.Display.Tiers
		}
		set(&sw.Demotion, in.Body.Demotion)
		if err := updateSwitches(ctx, tx, id, sw, s.k.Now()); err != nil {
			return err
		}
		return updateTiers(ctx, tx, id, s.merged(in.Body.Tiers, was.tiers), s.k.Now())
	})
}

// merged keeps the ids and icons of tiers that keep their name.
func (s *Service) merged(fresh []api.TierInput, was []rule.Tier) []rule.Tier {
	known := map[string]rule.Tier{}
	for _, t := range was {
		known[t.Name] = t
	}
	out := make([]rule.Tier, len(fresh))
	for i, t := range fresh {
		before := known[t.Name]
		out[i] = rule.Tier{ID: before.ID, Name: t.Name, Color: t.Color, Icon: before.Icon, Levels: t.Levels, Perks: t.Perks, Factor: t.Multiplier}
		set(&out[i].Icon, t.Icon)
		if out[i].ID == "" {
			out[i].ID = api.NewIDAt(s.k.Now())
		}
	}
	return out
}

func (s *Service) rules(ctx context.Context, _ *struct{}) ([]api.ActionRule, error) {
	info, err := s.TierInfo(ctx, rest.CallerOf(ctx).CommunityID)
	return info.XPSetting, err
}

type rulesInput struct {
	Body []api.ActionRule `maxItems:"200"`
}

func (s *Service) setRules(ctx context.Context, in *rulesInput) ([]api.ActionRule, error) {
	id := rest.CallerOf(ctx).CommunityID
	rules, err := rule.Complete(in.Body)
	if err != nil {
		return nil, err
	}
	info, err := s.changePolicy(ctx, id, "rules.update", func(ctx context.Context, tx *db.Tx, _ *policy) error {
		return replaceRules(ctx, tx, id, rules, s.k.Now())
	})
	return info.XPSetting, err
}

// changePolicy changes the community's policy in one audited transaction and
// makes everybody here forget the old one.
func (s *Service) changePolicy(
	ctx context.Context, communityID, action string, change func(ctx context.Context, tx *db.Tx, was *policy) error,
) (api.TierInfo, error) {
	var now *policy
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		was, err := selectPolicy(ctx, tx, communityID)
		if err != nil {
			return err
		}
		if err := change(ctx, tx, was); err != nil {
			return err
		}
		if now, err = selectPolicy(ctx, tx, communityID); err != nil {
			return err
		}
		return s.k.Audit(ctx, tx, communityID, rest.Change{
			Action: action, TargetType: "gamification", TargetID: communityID, TargetName: "Gamification",
			Before: was.record(), After: now.record(),
		})
	})
	s.policies.forget(communityID)
	if err != nil {
		return api.TierInfo{}, err
	}
	return now.info(), nil
}

// demotion is when members fall; with their XP when nothing is set.
func (p *policy) demotion() api.TierDemotion {
	d := p.switches.Demotion
	d.Rule = cmp.Or(d.Rule, rule.FallsWithXP)
	return d
}

// record is the policy as the audit log keeps it.
func (p *policy) record() any {
	return struct {
		Rules    []api.ActionRule `json:"rules"`
		Tiers    []rule.Tier      `json:"tiers"`
		Switches switches         `json:"switches"`
	}{p.rules, p.tiers, p.switches}
}
