package portaltest_test

import (
	"strings"
	"testing"

	"laurel/api"
	"laurel/apiclient"
	"laurel/engine/db/dbtest"
	"laurel/engine/member"
	"laurel/engine/rest/resttest"
	"laurel/engine/store"
	"laurel/portaltest"
)

func TestPurchaseHistoryIsChanged(t *testing.T) {
	for name, url := range map[string]func(testing.TB) string{"sqlite": func(testing.TB) string { return "" }, "postgres": dbtest.PostgresURL} {
		t.Run(name, func(t *testing.T) { changePurchases(t, portaltest.NewWith(t, portaltest.Options{DatabaseURL: url(t)})) })
	}
}

func changePurchases(t *testing.T, p *portaltest.Portal) {
	product := api.PurchaseProduct{ID: api.NewID(), Name: "Coffee voucher", RedemptionInstructions: "Show the code."}
	place := func(code string) api.Purchase {
		o, err := p.Engine.Store.Place(t.Context(), p.Community.ID, store.Order{
			Buyer: member.Ref{ID: p.Member.User.ID}, Product: product, Voucher: &api.Voucher{Code: code, ExpiryDate: "31/12/2026"}, Paid: 40, Status: "Pending",
		})
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	first, second := place("AAA"), place("BBB")
	path := "/v1/purchase-histories/"
	for _, c := range []struct {
		name, id, body string
		status         int
		field          string
	}{
		{"instructions", first.ID, `{"redemptionInstructions":" At the counter. "}`, 200, ""},
		{"voucher, by order id", first.OrderID, `{"voucherCode":" CCC ","voucherExpiryDate":"29/02/2028"}`, 200, ""},
		{"all", first.ID, `{"redemptionInstructions":"Ask.","voucherCode":"CCC","voucherExpiryDate":"01/03/2028"}`, 200, ""},
		{"nothing", first.ID, `{}`, 400, "redemptionInstructions"},
		{"blank instructions", first.ID, `{"redemptionInstructions":"  "}`, 400, "redemptionInstructions"},
		{"long instructions", first.ID, `{"redemptionInstructions":"` + strings.Repeat("x", 10_001) + `"}`, 400, "redemptionInstructions"},
		{"instructions of another type", first.ID, `{"redemptionInstructions":5}`, 400, "redemptionInstructions"},
		{"code alone", first.ID, `{"voucherCode":"X"}`, 400, "voucherExpiryDate"},
		{"date alone", first.ID, `{"voucherExpiryDate":"01/01/2027"}`, 400, "voucherCode"},
		{"blank code", first.ID, `{"voucherCode":" ","voucherExpiryDate":"01/01/2027"}`, 400, "voucherCode"},
		{"long code", first.ID, `{"voucherCode":"` + strings.Repeat("x", 513) + `","voucherExpiryDate":"01/01/2027"}`, 400, "voucherCode"},
		{"no real date", first.ID, `{"voucherCode":"X","voucherExpiryDate":"30/02/2027"}`, 400, "voucherExpiryDate"},
		{"date of another form", first.ID, `{"voucherCode":"X","voucherExpiryDate":"2027-01-01"}`, 400, "voucherExpiryDate"},
		{"unknown", api.NewID(), `{"redemptionInstructions":"x"}`, 404, ""},
		{"unknown order", "ORD000000000000", `{"redemptionInstructions":"x"}`, 404, ""},
		{"code of another order", first.ID, `{"voucherCode":"BBB","voucherExpiryDate":"01/01/2027"}`, 409, "voucherCode"},
	} {
		got := resttest.Call(t, p, "PATCH", path+c.id, p.Key, c.body)
		if got.Status != c.status || (c.field != "" && !strings.Contains(got.Raw, `"field":"`+c.field+`"`)) {
			t.Errorf("%s: got %d, want %d with field %q: %s", c.name, got.Status, c.status, c.field, got.Raw)
		}
	}
	resttest.Call(t, p, "PATCH", path+first.ID, "", `{}`).Want(t, 401)
	resttest.Call(t, p, "PATCH", path+first.ID, p.Member.Token, `{"redemptionInstructions":"x"}`).Want(t, 403)
	own, err := p.As(p.Member).Me().Purchases(t.Context())
	if err != nil || len(own) != 2 {
		t.Fatalf("own orders: %d, %v", len(own), err)
	}
	for _, o := range own {
		if o.ID == second.ID && (o.Product.RedemptionInstructions != "Show the code." || o.Voucher.Code != "BBB") {
			t.Errorf("another order of the product changed: %+v", o)
		}
		if o.ID == first.ID && (o.Product.RedemptionInstructions != "Ask." || *o.Voucher != (api.Voucher{Code: "CCC", ExpiryDate: "01/03/2028"})) {
			t.Errorf("the buyer sees %+v, %+v", o.Product, o.Voucher)
		}
	}
	list, err := p.WithKey().Purchases().List(t.Context(), apiclient.Paging{Page: 1, Limit: 1})
	if err != nil || list.Total != 2 || len(list.Items) != 1 || list.Items[0].Buyer != "mia" {
		t.Errorf("list: %+v, %v", list, err)
	}
	text := "By hand."
	if got, err := p.WithKey().Purchases().Update(t.Context(), first.OrderID, api.PurchasePatch{RedemptionInstructions: &text}); err != nil || got.Product.RedemptionInstructions != text {
		t.Errorf("by apiclient: %+v, %v", got, err)
	}
}
