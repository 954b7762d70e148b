package member

import (
	"slices"

	"laurel/api"
	"laurel/components/form"
	"laurel/components/link"
	page "laurel/components/page/member"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// fillBadges lists what the member holds, and what could be given.
func fillBadges(v *web.Visit, u api.User, p *page.PageProps) error {
	held, err := v.API.Badges().OfUser(v.Ctx(), u.ID)
	if err != nil {
		return err
	}
	for _, b := range held {
		p.Badges = append(p.Badges, page.Badge{ID: b.ID, Emblem: ui.EmblemProps{Title: b.Title, Image: b.Image, Dark: b.DarkImage},
			How: label.AwardSource(b.Source), At: v.Moment(b.AwardedAt)})
	}
	all, err := v.API.Badges().List(v.Ctx())
	for _, b := range all {
		if !slices.ContainsFunc(held, func(h api.HeldBadge) bool { return h.ID == b.ID }) {
			p.Awardable = append(p.Awardable, form.Option{Value: b.ID, Label: b.Title})
		}
	}
	return err
}

// AwardBadge gives a badge to the member.
func AwardBadge(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	_, err = v.API.Badges().Award(v.Once(f), f.Text("badge"), v.Param("id"))
	return badgeDone(v, err, "The badge is awarded.")
}

// TakeBadge takes a badge from the member.
func TakeBadge(v *web.Visit) error {
	_, err := v.API.Badges().Remove(v.Ctx(), v.Param("badge"), v.Param("id"))
	return badgeDone(v, err, "The badge is taken away.")
}

func badgeDone(v *web.Visit, err error, done string) error {
	switch {
	case api.IsKind(err, api.Conflict):
		v.Sorry(err.Error())
	case err != nil:
		return err
	default:
		v.Done(done)
	}
	return v.Go(link.Member(v.Param("id")) + "#badges")
}
