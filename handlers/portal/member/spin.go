package member

import (
	"laurel/api"
	"laurel/components/link"
	page "laurel/components/page/member"
	"laurel/components/ui"
	"laurel/handlers/web"
)

// fillSpins tells where the member stands at the wheel, where there is one.
func fillSpins(v *web.Visit, u api.User, p *page.PageProps) error {
	w, err := v.API.Wheel().Get(v.Ctx())
	if err != nil || len(w.Segments) == 0 || u.IsDeleted {
		return err
	}
	m, err := v.API.Wheel().Member(v.Ctx(), u.ID)
	p.Spins = page.Spins{Has: true, Text: ui.Count(m.SpinsAvailable, "spin", "spins") + " left, " + ui.Number(m.TotalSpins) + " made"}
	return err
}

// SetSpins adds, takes or sets a member's spins of the wheel.
func SetSpins(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	in := api.WheelMemberEdit{Spins: &api.SpinEdit{Op: f.Text("op"), Value: f.Whole("value", 0)}}
	if f.Bad() {
		v.Sorry(f.Why("value"))
		return v.Go(link.Member(v.Param("id")))
	}
	m, err := v.API.Wheel().Edit(v.Once(f), v.Param("id"), in)
	switch {
	case err == nil:
		v.Done(m.Username + " has " + ui.Count(m.SpinsAvailable, "spin", "spins") + " now.")
	case f.Take(err, nil):
		v.Sorry(f.Why("spins"))
	default:
		return err
	}
	return v.Go(link.Member(v.Param("id")))
}
