package me

import (
	"net/http"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/me"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

const (
	maxProofs  = 16 << 20 // bytes of a form with three pictures
	homeBadges = 8
)

// Badges is the page of all badges.
func Badges(v *web.Visit) error { return showBadges(v, http.StatusOK, nil) }

// showBadges renders the page; change may put a refused form into it.
func showBadges(v *web.Visit, status int, change func(p *page.BadgesProps)) error {
	all, err := v.API.Me().Badges(v.Ctx())
	if err != nil {
		return err
	}
	p := page.BadgesProps{MemberProps: v.Member("Badges", layout.PlaceMe)}
	for _, b := range all {
		into := &p.Locked
		switch b.State {
		case api.BadgeHeld:
			into = &p.Held
		case api.BadgeProgress:
			into = &p.Progress
		case api.BadgeOpen, api.BadgeRefused, api.BadgeWaiting:
			into = &p.Open
		}
		*into = append(*into, badgeOf(v, b))
	}
	if change != nil {
		change(&p)
	}
	return v.Render(status, page.Badges(p))
}

func badgeOf(v *web.Visit, b api.OwnBadge) page.Badge {
	out := page.Badge{
		ID: b.ID, Emblem: ui.EmblemProps{Title: b.Title, Image: b.Image, Dark: b.DarkImage, Size: ui.EmblemLarge, Dim: b.State != api.BadgeHeld},
		Text: b.Description, Pays: label.BadgePays(b.XP, b.Coins), Note: holders(b.Holders),
		Count: b.Count, Of: b.Quantity, Unit: label.BadgeUnit(b.Action, b.Quantity), Shown: b.Shown > 0, Proof: b.NeedsProof,
		Waiting: b.State == api.BadgeWaiting, Reason: b.Reason, At: v.MomentOf(b.AppliedAt),
	}
	if b.AwardedAt != nil {
		out.At = v.MomentOf(b.AwardedAt)
	}
	return out
}

func holders(n int64) string {
	if n == 0 {
		return ""
	}
	return "held by " + ui.Count(n, "member", "members")
}

// ShowBadges chooses what stands beside the member's name.
func ShowBadges(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	chosen := f.All("badge")
	if len(chosen) <= 3 {
		if err = v.API.Me().ShowBadges(v.Ctx(), chosen); err == nil {
			v.Done("These stand beside your name now.")
			return v.Go(link.MeBadges)
		}
		if !f.Take(err, web.Renamed{"badgeIds": "badge"}) {
			return err
		}
	} else {
		f.Refuse("badge", "Choose three at most.")
	}
	return showBadges(v, http.StatusUnprocessableEntity, func(p *page.BadgesProps) {
		p.Error = f.Errors["badge"] + f.Fault
		for i := range p.Held {
			p.Held[i].Shown = false
			for _, id := range chosen {
				p.Held[i].Shown = p.Held[i].Shown || p.Held[i].ID == id
			}
		}
	})
}

// Apply applies for a badge, with pictures as proof.
func Apply(v *web.Visit) error {
	f, err := v.Upload(maxProofs)
	if err != nil {
		return err
	}
	files, err := v.Files("proof")
	if err != nil {
		return err
	}
	proofs := make([]apiclient.Proof, len(files))
	for i, file := range files {
		proofs[i] = apiclient.Proof{Name: file.Name, Content: file.Content}
	}
	a, err := v.API.Me().Apply(v.Ctx(), v.Param("id"), f.Text("note"), proofs)
	switch {
	case err == nil:
		v.Done("You applied for “" + a.Badge.Title + "”. The answer will show here.")
		return v.Go(link.MeBadges)
	case api.IsKind(err, api.Conflict):
		v.Sorry(err.Error())
		return v.Go(link.MeBadges)
	case !f.Take(err, nil):
		return err
	}
	if f.Fault != "" {
		f.Refuse("note", f.Fault)
	}
	return showBadges(v, f.Status(err), func(p *page.BadgesProps) {
		p.Apply = page.ApplyForm{ID: v.Param("id"), Note: f.Text("note"), Errors: f.Errors}
	})
}

// fillBadges puts the newest badges on the home page, and the nearest on the way.
func fillBadges(v *web.Visit, p *page.HomeProps) error {
	all, err := v.API.Me().Badges(v.Ctx())
	for _, b := range all {
		switch {
		case b.State == api.BadgeHeld && len(p.Badges) < homeBadges:
			p.Badges = append(p.Badges, badgeOf(v, b).Emblem)
		case b.State == api.BadgeProgress && p.Next.ID == "":
			p.Next = badgeOf(v, b)
		}
	}
	return err
}
