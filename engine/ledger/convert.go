package ledger

import (
	"context"
	"fmt"
	"log/slog"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger/rule"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// convertAtOnce is how many members are converted in one transaction.
const convertAtOnce = 500

var errConverting = api.NewError(api.Conflict, "conversion_running", "Another conversion of this community is still running.")

// confirmation is what must be typed for a conversion.
func confirmation(in api.ConversionInput) string {
	return fmt.Sprintf("convert %d %s to %d %s", in.Take, in.From, in.Give, in.To)
}

type convertInput struct {
	Body api.ConversionInput
}

func checkConversion(in api.ConversionInput) error {
	if in.From == in.To {
		return api.InvalidField("to", "must be another unit than from")
	}
	return nil
}

func (s *Service) previewConversion(ctx context.Context, in *convertInput) (api.ConversionPreview, error) {
	if err := checkConversion(in.Body); err != nil {
		return api.ConversionPreview{}, err
	}
	out, err := selectLots(ctx, s.k.DB().Read(), rest.CallerOf(ctx).CommunityID, in.Body)
	out.Confirm = confirmation(in.Body)
	return out, err
}

// convert starts a conversion; the members follow in the background.
func (s *Service) convert(ctx context.Context, in *convertInput) (api.Conversion, error) {
	if err := checkConversion(in.Body); err != nil {
		return api.Conversion{}, err
	}
	if in.Body.Confirm != confirmation(in.Body) {
		return api.Conversion{}, api.InvalidField("confirm", "must be the words: "+confirmation(in.Body))
	}
	c, now := rest.CallerOf(ctx), s.k.Now()
	out := api.Conversion{
		ID: api.NewIDAt(now), From: in.Body.From, To: in.Body.To, Take: in.Body.Take, Give: in.Body.Give, State: "running",
		CreatedBy: c.Name, CreatedAt: api.At(now),
	}
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		lots, err := selectLots(ctx, tx, c.CommunityID, in.Body)
		if err != nil {
			return err
		}
		out.Members = lots.Members
		if err := insertConversion(ctx, tx, c.CommunityID, out); err != nil {
			return err
		}
		return s.k.Audit(ctx, tx, c.CommunityID, rest.Change{
			Action: "units.convert", TargetType: "gamification", TargetID: out.ID, TargetName: confirmation(in.Body), After: out,
		})
	})
	if db.IsConflict(err) {
		return out, errConverting
	}
	return out, err
}

type conversionInput struct {
	ID string `path:"conversionId" maxLength:"24"`
}

func (s *Service) conversion(ctx context.Context, in *conversionInput) (api.Conversion, error) {
	list, err := selectConversions(ctx, s.k.DB().Read(), `community_id = $1 AND id = $2`, rest.CallerOf(ctx).CommunityID, in.ID)
	if err == nil && len(list) == 0 {
		err = api.NewError(api.NotFound, "conversion_not_found", "No conversion has that id.")
	}
	if err != nil {
		return api.Conversion{}, err
	}
	return list[0].Conversion, nil
}

func (s *Service) conversions(ctx context.Context, _ *struct{}) ([]api.Conversion, error) {
	list, err := selectConversions(ctx, s.k.DB().Read(), `community_id = $1`, rest.CallerOf(ctx).CommunityID)
	out := make([]api.Conversion, len(list))
	for i, c := range list {
		out[i] = c.Conversion
	}
	return out, err
}

// Convert carries on with every running conversion, to its end. Each member is
// converted in the same transaction that notes how far the conversion came, so
// it goes on where it stopped and nobody is converted twice.
func (s *Service) Convert(ctx context.Context) error {
	running, err := selectConversions(ctx, s.k.DB().Read(), `state = 'running'`)
	for _, c := range running {
		for more := true; more && err == nil && ctx.Err() == nil; {
			more, err = s.ConvertSome(ctx, c.community, c.ID, convertAtOnce)
		}
		if err != nil {
			s.k.Log().WarnContext(ctx, "conversion interrupted", slog.String("conversion", c.ID), slog.Any("cause", err))
		}
	}
	return err
}

// ConvertSome converts the next members of a running conversion, at most
// limit, and reports whether more may follow.
func (s *Service) ConvertSome(ctx context.Context, communityID, id string, limit int) (more bool, err error) {
	var entries []Entry
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		entries, more = nil, false
		c, err := holdConversion(ctx, tx, communityID, id)
		if err != nil || c.State != "running" {
			return err
		}
		next, err := selectLotHolders(ctx, tx, c, limit)
		if err != nil {
			return err
		}
		if more = len(next) == limit; len(next) > 0 {
			if entries, err = s.Post(ctx, tx, communityID, c.postings(next)); err != nil {
				return err
			}
		}
		if !more {
			c.State, c.finished = "done", db.Micros(s.k.Now())
		}
		return updateConversion(ctx, tx, c)
	})
	if err != nil {
		return false, err
	}
	s.Committed(ctx, entries)
	return more, nil
}

// holder is a member who holds at least one lot.
type holder struct {
	who      member.Ref
	from, to int64
}

// postings converts the holders, and counts them.
func (c *conversion) postings(next []holder) []Posting {
	out := make([]Posting, 0, len(next))
	for _, h := range next {
		c.after = h.who.ID
		lots := rule.Lots(h.from, h.to, c.Take, c.Give)
		if lots == 0 {
			continue
		}
		p := Posting{
			Member: h.who, Action: rule.Conversion, Source: "system", Reference: "conversion:" + c.ID + ":" + h.who.ID,
			Reason: fmt.Sprintf("%d %s to %d %s", lots*c.Take, c.From, lots*c.Give, c.To),
		}
		p.add(c.From, -lots*c.Take)
		p.add(c.To, lots*c.Give)
		out = append(out, p)
		c.Done, c.Taken, c.Given = c.Done+1, c.Taken+lots*c.Take, c.Given+lots*c.Give
	}
	return out
}

func (p *Posting) add(unit api.Unit, n int64) {
	switch unit {
	case api.UnitXP:
		p.XP += n
	case api.UnitCoins:
		p.Coins += n
	case api.UnitPremium:
		p.Premium += n
	}
}
