package portaltest_test

import (
	"strings"
	"testing"
	"time"

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
	list, err := p.WithKey().Purchases().List(t.Context(), apiclient.PurchaseQuery{Paging: apiclient.Paging{Page: 1, Limit: 1}})
	if err != nil || list.Total != 2 || len(list.Items) != 1 || list.Items[0].Buyer != "mia" {
		t.Errorf("list: %+v, %v", list, err)
	}
	text := "By hand."
	if got, err := p.WithKey().Purchases().Update(t.Context(), first.OrderID, api.PurchasePatch{RedemptionInstructions: &text}); err != nil || got.Product.RedemptionInstructions != text {
		t.Errorf("by apiclient: %+v, %v", got, err)
	}
}

// TestPurchaseHistoriesAreFiltered sells on two days and reads by each filter.
func TestPurchaseHistoriesAreFiltered(t *testing.T) {
	for name, url := range map[string]func(testing.TB) string{"sqlite": func(testing.TB) string { return "" }, "postgres": dbtest.PostgresURL} {
		t.Run(name, func(t *testing.T) { filterPurchases(t, portaltest.NewWith(t, portaltest.Options{DatabaseURL: url(t)})) })
	}
}

func filterPurchases(t *testing.T, p *portaltest.Portal) {
	buyer, err := p.Engine.Members.Resolve(t.Context(), p.Community.ID, p.Member.User.ID)
	if err != nil {
		t.Fatal(err)
	}
	order := func(name, status string, paid int64, at time.Time) store.Order {
		return store.Order{Buyer: buyer, Product: api.PurchaseProduct{Name: name}, Paid: paid, Status: status, At: at}
	}
	early, late := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC), time.Date(2026, 3, 5, 8, 0, 0, 0, time.UTC)
	client := p.WithKey()
	if _, err := p.Engine.Store.Sell(t.Context(), p.Community.ID, []store.Order{order("Mug", "Pending", 1_000_000, early)}); err == nil {
		t.Fatal("sold for more coins than there are")
	}
	if _, err := client.Users().Adjust(t.Context(), buyer.ID, api.Adjustment{Unit: api.UnitCoins, Op: "add", Amount: 100, Reason: "test"}); err != nil {
		t.Fatal(err)
	}
	before, err := p.Engine.Ledger.Wallets(t.Context(), p.Community.ID, []string{buyer.ID})
	if err != nil {
		t.Fatal(err)
	}
	sold, err := p.Engine.Store.Sell(t.Context(), p.Community.ID, []store.Order{order("Mug", "Completed", 60, early), order("Pen", "Pending", 30, late)})
	if err != nil {
		t.Fatal(err)
	}
	if w, err := p.Engine.Ledger.Wallets(t.Context(), p.Community.ID, []string{buyer.ID}); err != nil || before[buyer.ID].Coins-w[buyer.ID].Coins != 90 {
		t.Errorf("the buyer has %+v, %v; want 90 coins less than %+v", w, err, before)
	}
	for _, c := range []struct {
		name  string
		query apiclient.PurchaseQuery
		want  string
	}{
		{"all", apiclient.PurchaseQuery{}, "Pen Mug"},
		{"a buyer", apiclient.PurchaseQuery{User: "mia"}, "Pen Mug"},
		{"another buyer", apiclient.PurchaseQuery{User: p.Owner.User.ID}, ""},
		{"a status", apiclient.PurchaseQuery{Status: "Pending"}, "Pen"},
		{"from a day", apiclient.PurchaseQuery{From: "2026-03-02"}, "Pen"},
		{"to a time", apiclient.PurchaseQuery{To: "2026-03-05T08:00:00Z"}, "Mug"},
		{"part of the order id", apiclient.PurchaseQuery{Search: strings.ToLower(sold[0].OrderID[4:])}, "Mug"},
		{"part of the name", apiclient.PurchaseQuery{Search: "MI"}, "Pen Mug"},
		{"a sign of patterns", apiclient.PurchaseQuery{Search: "%"}, ""},
	} {
		found, err := client.Purchases().List(t.Context(), c.query)
		var names []string
		for _, o := range found.Items {
			names = append(names, o.Product.Name)
		}
		if got := strings.Join(names, " "); err != nil || got != c.want || found.Total != len(names) {
			t.Errorf("%s: got %q of %d, %v; want %q", c.name, got, found.Total, err, c.want)
		}
	}
	resttest.Call(t, p, "GET", "/v1/purchase-histories?from=yesterday", p.Key, nil).Want(t, 400, "invalid_from")
	resttest.Call(t, p, "GET", "/v1/purchase-histories?user=nobody", p.Key, nil).Want(t, 404, "user_not_found")
	resttest.Call(t, p, "GET", "/v1/purchase-histories/ORD0", p.Key, nil).Want(t, 404)
	if o, err := client.Purchases().Get(t.Context(), sold[0].OrderID); err != nil || o.ID != sold[0].ID || o.BuyerName == "" {
		t.Errorf("get: %+v, %v", o, err)
	}
	statuses, err := client.Purchases().Statuses(t.Context())
	if err != nil || len(statuses) != 2 || statuses[0].Orders != 1 {
		t.Errorf("statuses: %+v, %v", statuses, err)
	}
}
