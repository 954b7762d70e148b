// Package badge holds the portal's handlers of badges: the grid, one badge
// with its holders, and the applications.
package badge

import (
	"laurel/api"
	"laurel/components/layout"
	page "laurel/components/page/badge"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// List is the page of all badges.
func List(v *web.Visit) error {
	badges, err := v.API.Badges().List(v.Ctx())
	if err != nil {
		return err
	}
	p := page.ListProps{PortalProps: v.Portal("Badges", layout.PlaceBadges), CanEdit: true}
	for _, b := range badges {
		p.Rows = append(p.Rows, page.Row{ID: b.ID, Emblem: emblem(b), How: how(b), Pays: pays(b), Holders: int64(b.Holders), Waiting: int64(b.Waiting)})
	}
	return v.Page(page.List(p))
}

// emblem is a badge as the grid shows it.
func emblem(b api.Badge) ui.EmblemProps {
	light, dark := onLight(b), onDark(b)
	if dark == light {
		dark = ""
	}
	return ui.EmblemProps{Title: b.Title, Image: light, Dark: dark, Size: ui.EmblemLarge}
}

func onLight(b api.Badge) string {
	if b.LightImage != "" && (bool(b.IsThemed) || b.Image == "") {
		return b.LightImage
	}
	return b.Image
}

func onDark(b api.Badge) string {
	if bool(b.IsThemed) && b.DarkImage != "" {
		return b.DarkImage
	}
	return onLight(b)
}

// how says how a badge is earned.
func how(b api.Badge) string {
	switch {
	case b.Action != api.BadgeCustom:
		return "Automatic: " + ui.Number(int64(b.Quantity)) + " " + label.BadgeUnit(b.Action, int64(b.Quantity))
	case bool(b.Applied) && bool(b.NeedsProof):
		return "By application with proof"
	case bool(b.Applied):
		return "By application"
	}
	return "Given by the team or the API"
}

func pays(b api.Badge) string {
	var xp, coins int64
	if b.Award {
		xp = int64(b.XP)
	}
	if b.AwardCurrency {
		coins = int64(b.Coins)
	}
	return label.BadgePays(xp, coins)
}
