package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"laurel/api"
	"laurel/engine/member"
	"laurel/engine/store"
)

// orders is how many things the community has bought.
const orders = 64

// shelf is what members buy with their coins.
var shelf = []struct {
	product api.PurchaseProduct
	price   int64
	voucher string // prefix of the codes; none when empty
}{
	{api.PurchaseProduct{Name: "Coffee with a mentor", RedemptionInstructions: "Your mentor writes to you within two days to find a time. Bring one trade that you would like to talk through."}, 30, ""},
	{api.PurchaseProduct{Name: "One month of charts without delay", RedemptionInstructions: "Open Settings, Subscriptions in the trading platform and type the code. It lasts 30 days from then."}, 60, "LIVE"},
	{api.PurchaseProduct{Name: "Northwind mug", RedemptionInstructions: "We post it on Fridays to the address in your profile."}, 45, ""},
	{api.PurchaseProduct{Name: "Seat at the options workshop", RedemptionInstructions: "Show the code at the door, or type it when you join online."}, 80, "DESK"},
}

// orderStatus is how far the nth order has come, the oldest first.
func orderStatus(n int) string {
	switch {
	case n%17 == 11:
		return "Cancelled"
	case n >= orders-6:
		return "Pending"
	case n >= orders-14:
		return "In progress"
	}
	return "Completed"
}

// orders lets members spend coins over the last weeks.
func (d *Demo) orders(ctx context.Context, who []member.Ref, now time.Time) error {
	r := rand.New(rand.NewPCG(7, 64)) //nolint:gosec // the same each time is the point
	ids := make([]string, len(who))
	for i, m := range who {
		ids[i] = m.ID
	}
	wallets, err := d.engine.Ledger.Wallets(ctx, d.community, ids)
	if err != nil {
		return err
	}
	shelved, err := d.store(ctx, now)
	if err != nil {
		return err
	}
	for i := range shelf {
		shelf[i].product.ID = shelved[shelf[i].product.Name]
	}
	var list []store.Order
	at := now.AddDate(0, 0, -40)
	for i := 0; len(list) < orders && i < len(who); i++ {
		buyer, item := who[(memberAt(len(who))+i*7)%len(who)], shelf[r.IntN(len(shelf))]
		if i%20 == 0 { // the member who can sign in buys from time to time
			buyer, item = who[memberAt(len(who))], shelf[3-i/20%2*2]
		}
		if wallets[buyer.ID].Coins < item.price {
			continue
		}
		spent := wallets[buyer.ID]
		spent.Coins -= item.price
		wallets[buyer.ID] = spent
		o := store.Order{Buyer: buyer, Product: item.product, Quantity: 1, Paid: item.price, At: at, Status: orderStatus(len(list))}
		if item.voucher != "" {
			o.Voucher = &api.Voucher{Code: fmt.Sprintf("%s-%04d-%04d", item.voucher, r.IntN(10_000), len(list)), ExpiryDate: now.AddDate(0, 6, 0).Format("02/01/2006")}
		}
		list = append(list, o)
		at = at.Add(now.Sub(at) / time.Duration(orders-len(list)+1))
	}
	_, err = d.engine.Store.Sell(ctx, d.community, list)
	return err
}
