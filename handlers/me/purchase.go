package me

import (
	"laurel/api"
	"laurel/components/layout"
	page "laurel/components/page/me"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// Purchases is the page of the member's orders.
func Purchases(v *web.Visit) error {
	orders, err := v.API.Me().Purchases(v.Ctx())
	if err != nil {
		return err
	}
	p := page.PurchasesProps{MemberProps: v.Member("My purchases", layout.PlaceMe)}
	for _, o := range orders {
		p.Rows = append(p.Rows, purchaseOf(v, o))
	}
	return v.Page(page.Purchases(p))
}

func purchaseOf(v *web.Visit, o api.Purchase) page.Purchase {
	out := page.Purchase{
		ID: o.ID, Order: o.OrderID, Product: label.Ordered(o), Paid: label.Paid(o), State: label.OrderState(o.Status),
		Instructions: o.Product.RedemptionInstructions, At: v.Moment(o.CreatedAt),
	}
	if o.Voucher != nil {
		out.Code, out.Ends = o.Voucher.Code, label.Day(o.Voucher.ExpiryDate, label.APIDay, "2 Jan 2006")
	}
	return out
}
