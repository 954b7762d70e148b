package member

import (
	"laurel/api"
	"laurel/components/link"
	page "laurel/components/page/member"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// Adjust gives or takes points by hand: an amount below zero takes.
func Adjust(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	amount := f.Whole("amount", 0)
	if amount == 0 {
		f.Refuse("amount", "Type how many points, other than 0.")
	}
	in := api.Adjustment{Unit: api.Unit(f.Text("unit")), Op: "add", Amount: amount, Reason: f.Text("reason")}
	if amount < 0 {
		in.Op, in.Amount = "subtract", -amount
	}
	if f.Bad() {
		return adjustAgain(v, f, f.Status(nil))
	}
	if _, err = v.API.Users().Adjust(v.Once(f), v.Param("id"), in); err == nil {
		v.Done(ui.Signed(amount) + " " + label.WalletUnit(in.Unit) + ". It is a line of the ledger now.")
		return v.Go(link.Member(v.Param("id")))
	}
	if !f.Take(err, nil) {
		return err
	}
	return adjustAgain(v, f, f.Status(err))
}

func adjustAgain(v *web.Visit, f *web.Form, status int) error {
	u, err := v.API.Users().Get(v.Ctx(), v.Community.ID, v.Param("id"))
	if err != nil {
		return err
	}
	if f.Fault != "" {
		f.Refuse("amount", f.Fault)
	}
	return show(v, status, u, func(p *page.PageProps) {
		p.Adjust = page.AdjustForm{Open: true, Unit: f.Text("unit"), Amount: f.Text("amount"), Reason: f.Text("reason"), Errors: f.Errors}
	})
}
