package purchase

import (
	"net/http"
	"time"

	"laurel/api"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/purchase"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// Show is the page of one order.
func Show(v *web.Visit) error {
	o, err := v.API.Purchases().Get(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	p := shown(v, o)
	if err := fillMoves(v, &p); err != nil {
		return err
	}
	return v.Page(page.Show(p))
}

func shown(v *web.Visit, o api.Purchase) page.ShowProps {
	crumbs := []ui.Link{{Label: "Purchase histories", Href: link.Purchases}, {Label: o.OrderID}}
	p := page.ShowProps{
		PortalProps: v.Portal("Order "+o.OrderID, layout.PlacePurchases, crumbs...), Row: row(v, o), BuyerID: o.UserID, Quantity: max(o.Quantity, 1),
		Changed: v.Moment(o.UpdatedAt), Instructions: o.Product.RedemptionInstructions,
	}
	if o.Voucher != nil {
		p.Code, p.Expires = o.Voucher.Code, label.Day(o.Voucher.ExpiryDate, label.APIDay, time.DateOnly)
	}
	return p
}

// Update changes what the order tells its buyer.
func Update(v *web.Visit) error {
	o, err := v.API.Purchases().Get(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	f, err := v.Form()
	if err != nil {
		return err
	}
	p := shown(v, o)
	in, changed := patch(f, p)
	if !changed {
		v.Done("Nothing was changed.")
		return v.Go(link.Purchase(o.ID))
	}
	_, err = v.API.Purchases().Update(v.Ctx(), o.ID, in)
	if err == nil {
		v.Done("The order " + o.OrderID + " is saved; its buyer sees it at once.")
		return v.Go(link.Purchase(o.ID))
	}
	if !f.Take(err, nil) {
		return err
	}
	p.Instructions, p.Code, p.Expires = f.Text("redemptionInstructions"), f.Text("voucherCode"), f.Text("voucherExpiryDate")
	p.Errors, p.Fault = f.Errors, f.Fault
	if p.Fault == "" {
		p.Fault = "Nothing was saved yet. Please check what is marked below."
	}
	if err := fillMoves(v, &p); err != nil {
		return err
	}
	return v.Render(http.StatusUnprocessableEntity, page.Show(p))
}

// patch is what the form changes of what was shown.
func patch(f *web.Form, was page.ShowProps) (in api.PurchasePatch, changed bool) {
	text, code, expires := f.Text("redemptionInstructions"), f.Text("voucherCode"), f.Text("voucherExpiryDate")
	if text != was.Instructions {
		in.RedemptionInstructions, changed = &text, true
	}
	if code != was.Code || expires != was.Expires {
		expires = label.Day(expires, time.DateOnly, label.APIDay)
		in.VoucherCode, in.VoucherExpiryDate, changed = &code, &expires, true
	}
	return in, changed
}
