package me

import (
	"net/url"

	"laurel/api"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/me"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// historyPage is how many entries a page of the history asks for.
const historyPage = 50

// History is the member's ledger; ?unit= keeps to one unit, ?cursor= goes back.
func History(v *web.Visit) error {
	unit := api.Unit(v.Query("unit"))
	log, err := v.API.Me().Ledger(v.Ctx(), unit, v.Query("cursor"), historyPage)
	if err != nil {
		return err
	}
	progress, err := v.API.Me().Progress(v.Ctx())
	if err != nil {
		return err
	}
	p := page.HistoryProps{
		MemberProps: v.Member("Point history", layout.PlaceMe), Wallets: wallets(progress), Rows: entries(v, log.Entries), Units: units(unit),
	}
	filters := v.Filters("unit")
	if v.Query("cursor") != "" {
		p.Newer = withQuery(link.MeHistory, filters)
	}
	if log.NextCursor != "" {
		filters.Set("cursor", log.NextCursor)
		p.Older = withQuery(link.MeHistory, filters)
	}
	return v.Page(page.History(p))
}

func withQuery(path string, q url.Values) string {
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func units(chosen api.Unit) []ui.Tab {
	out := []ui.Tab{{Label: "All", Href: link.MeHistory, Current: chosen == ""}}
	for _, u := range []api.Unit{api.UnitXP, api.UnitCoins, api.UnitPremium} {
		out = append(out, ui.Tab{Label: label.WalletUnit(u), Href: link.MeHistory + "?unit=" + string(u), Current: chosen == u})
	}
	return out
}
