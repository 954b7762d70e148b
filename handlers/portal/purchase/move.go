package purchase

import (
	"laurel/api"
	"laurel/components/form"
	"laurel/components/link"
	page "laurel/components/page/purchase"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// moves are the statuses that orders can be moved to.
func moves(v *web.Visit) ([]form.Option, error) {
	list, err := v.API.Store().Statuses(v.Ctx())
	out := make([]form.Option, len(list))
	for i, s := range list {
		out[i] = form.Option{Value: s.Name, Label: s.Name + " – " + label.StatusKind(s.Category)}
	}
	return out, err
}

// fillMoves tells how the order moved, and whither it can.
func fillMoves(v *web.Visit, p *page.ShowProps) error {
	steps, err := v.API.Store().History(v.Ctx(), p.Order)
	if err != nil {
		return err
	}
	for _, s := range steps {
		p.Steps = append(p.Steps, page.Step{State: label.OrderState(s.To), By: s.By, Note: s.Note, At: v.Moment(s.At)})
	}
	p.Moves, err = moves(v)
	return err
}

// Move brings the order to a status.
func Move(v *web.Visit) error {
	o, err := v.API.Purchases().Get(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	return move(v, link.Purchase(o.ID), func(*web.Form) []string { return []string{o.OrderID} })
}

// MoveMany brings the chosen orders to a status.
func MoveMany(v *web.Visit) error {
	return move(v, link.Purchases, func(f *web.Form) []string { return f.All("order") })
}

func move(v *web.Visit, back string, which func(*web.Form) []string) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	in := api.RedemptionChange{TransactionIDs: which(f), StatusID: f.Text("status"), Note: f.Text("note")}
	got, err := v.API.Store().Move(v.Once(f), in)
	switch {
	case err == nil && got.Refunded > 0:
		v.Done(ui.Count(int64(got.Changed), "order is", "orders are") + " “" + got.Status.Name + "” now; " + ui.Count(got.Refunded, "point", "points") + " went back.")
	case err == nil:
		v.Done(ui.Count(int64(got.Changed), "order is", "orders are") + " “" + got.Status.Name + "” now.")
	case f.Take(err, nil):
		v.Sorry(f.Why("transactionId"))
	default:
		return err
	}
	return v.Go(back)
}
