// Package wheel serves the page on which the team sets up the wheel.
package wheel

import (
	"fmt"
	"net/http"
	"strconv"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/wheel"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// most is how many segments a wheel can have.
const most = 24

// trialSpins is how many spins a simulation makes.
const trialSpins = 10_000

// Show is the editor.
func Show(v *web.Visit) error {
	w, err := v.API.Wheel().Get(v.Ctx())
	if err != nil {
		return err
	}
	p, err := props(v, w)
	if err != nil {
		return err
	}
	for _, g := range w.Segments {
		p.Rows = append(p.Rows, rowOf(g))
	}
	p.Enabled, p.ShowOdds, p.Cost, p.FreeEvery, p.Guarantee = w.IsEnabled, w.ShowOdds, typed(w.Cost), typed(w.FreeEvery), typed(w.GuaranteeAfter)
	return render(v, http.StatusOK, p)
}

// props is what surrounds the form.
func props(v *web.Visit, w api.Wheel) (page.EditorProps, error) {
	p := page.EditorProps{PortalProps: v.Portal("Wheel", layout.PlaceWheel)}
	for _, g := range w.Segments {
		p.Slices = append(p.Slices, page.Slice{Label: g.Label, Color: g.Color, Gone: g.Stock != nil && *g.Stock == 0})
	}
	badges, err := v.API.Badges().List(v.Ctx())
	if err != nil {
		return p, err
	}
	p.Badges = []form.Option{{Label: "Choose a badge"}}
	for _, b := range badges {
		p.Badges = append(p.Badges, form.Option{Value: b.ID, Label: b.Title})
	}
	spins, err := v.API.Wheel().Spins(v.Ctx(), apiclient.SpinQuery{Paging: apiclient.Paging{Limit: 8}})
	for _, s := range spins.Items {
		p.Recent = append(p.Recent, page.Spun{Who: s.Username, Href: link.Member(s.UserID), Prize: label.Prize(s.Prize), Source: label.SpinSource(s.Source), At: v.Moment(s.SpunAt)})
	}
	return p, err
}

// render adds the empty line with which a segment is added.
func render(v *web.Visit, status int, p page.EditorProps) error {
	if n := len(p.Rows); n < most && (n == 0 || p.Rows[n-1].Label != "") {
		p.Rows = append(p.Rows, page.Row{Type: api.PrizeCoins})
	}
	return v.Render(status, page.Editor(p))
}

func rowOf(g api.WheelSegment) page.Row {
	r := page.Row{ID: g.ID, Label: g.Label, Color: g.Color, Type: g.Type, Amount: typed(g.Amount), Badge: g.BadgeID, Weight: strconv.FormatInt(g.Weight, 10), Odds: label.Odds(g.Odds)}
	if g.Stock != nil {
		r.Stock = strconv.FormatInt(*g.Stock, 10)
	}
	return r
}

func typed(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// Save stores the wheel, or tries it out.
func Save(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	w, err := v.API.Wheel().Get(v.Ctx())
	if err != nil {
		return err
	}
	p, err := props(v, w)
	if err != nil {
		return err
	}
	in, rows := read(f, &p)
	if !f.Bad() && f.Text("do") == "try" {
		if p.Trial, err = try(v, in); err == nil {
			return render(v, http.StatusOK, p)
		}
	} else if !f.Bad() {
		if _, err = v.API.Wheel().Set(v.Ctx(), in); err == nil {
			v.Done("The wheel is saved.")
			return v.Go(link.WheelEditor)
		}
	}
	if err != nil && !f.Take(err, wireNames(rows)) {
		return err
	}
	p.Fault, p.Errors = f.Fault, f.Errors
	return render(v, f.Status(err), p)
}

// read takes the form into the page and gives it as the API takes it; rows[i]
// is the form's line of the i-th segment. Lines without a label are left out.
func read(f *web.Form, p *page.EditorProps) (in api.WheelInput, rows []int) {
	p.Enabled, p.ShowOdds, p.Cost, p.FreeEvery, p.Guarantee = f.On("enabled"), f.On("odds"), f.Text("cost"), f.Text("free"), f.Text("guarantee")
	in = api.WheelInput{IsEnabled: p.Enabled, ShowOdds: p.ShowOdds, Cost: f.Whole("cost", 0), FreeEvery: f.Whole("free", 0), GuaranteeAfter: f.Whole("guarantee", 0), Segments: []api.WheelSegment{}}
	for i := 0; i <= most && f.Values.Has(fmt.Sprintf("s%d-label", i)); i++ {
		at := fmt.Sprintf("s%d-", i)
		r := page.Row{ID: f.Text(at + "id"), Label: f.Text(at + "label"), Color: f.Text(at + "color"), Type: f.Text(at + "type"), Amount: f.Text(at + "amount"),
			Badge: f.Text(at + "badge"), Weight: f.Text(at + "weight"), Stock: f.Text(at + "stock")}
		if r.Label == "" {
			continue
		}
		p.Rows = append(p.Rows, r)
		rows = append(rows, i)
		in.Segments = append(in.Segments, segment(f, r, at))
	}
	return in, rows
}

func segment(f *web.Form, r page.Row, at string) api.WheelSegment {
	g := api.WheelSegment{ID: r.ID, Label: r.Label, Color: r.Color, Type: r.Type, Weight: f.Whole(at+"weight", 0)}
	switch r.Type {
	case api.PrizeXP, api.PrizeCoins, api.PrizePremium:
		g.Amount = f.Whole(at+"amount", 0)
	case api.PrizeBadge:
		g.BadgeID = r.Badge
	}
	if r.Stock != "" {
		n := f.Whole(at+"stock", 0)
		g.Stock = &n
	}
	return g
}

// wireNames says at which of the form's fields a refusal of the API belongs.
func wireNames(rows []int) web.Renamed {
	out := web.Renamed{"freeEveryHours": "free", "guaranteeAfter": "guarantee", "segments": ""}
	for i, line := range rows {
		for wire, field := range map[string]string{"label": "label", "color": "color", "type": "type", "amount": "amount", "badgeId": "badge", "weight": "weight", "stock": "stock"} {
			out[fmt.Sprintf("segments[%d].%s", i, wire)] = fmt.Sprintf("s%d-%s", line, field)
		}
	}
	return out
}

// try draws on the wheel as it was typed.
func try(v *web.Visit, in api.WheelInput) (*page.Trial, error) {
	got, err := v.API.Wheel().Simulate(v.Ctx(), api.WheelSimulation{WheelInput: in, Spins: trialSpins})
	if err != nil {
		return nil, err
	}
	t := &page.Trial{Text: fmt.Sprintf("%s spins pay %s XP, %s coins and %s premium points.", ui.Number(int64(got.Spins)), ui.Number(got.XP), ui.Number(got.Coins), ui.Number(got.Premium))}
	if got.Earned > 0 {
		t.Text += fmt.Sprintf(" Bought, they bring in %s coins.", ui.Number(got.Earned))
	}
	for _, r := range got.Segments {
		t.Rows = append(t.Rows, page.TrialRow{Label: r.Label, Drawn: ui.Number(r.Drawn), Expected: ui.Number(int64(r.Expected + .5)), Percent: int(r.Drawn * 100 / max(1, int64(got.Spins)))})
	}
	return t, nil
}
