package demo

import (
	"context"
	"fmt"
	"time"

	"laurel/api"
)

// store opens the store and fills its shelves; it gives the products' ids by
// name.
func (d *Demo) store(ctx context.Context, now time.Time) (map[string]string, error) {
	_, err := d.engine.Store.SetConfig(ctx, d.community, api.StoreConfig{IsEnabled: true, Title: "Rewards Store", Description: "Coins are for spending. Vouchers come at once, everything else within the week."})
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	if _, err := d.engine.Store.CreateStatus(ctx, d.community, api.RedemptionStatusInput{Name: "In progress", Category: api.StatusIncomplete, Color: "#3EA1FD"}); err != nil {
		return nil, fmt.Errorf("status: %w", err)
	}
	for i, name := range []string{"Learn", "Merchandise", "For the platform"} {
		order := i + 1
		if _, err := d.engine.Store.SaveCategory(ctx, d.community, "", api.StoreCategoryInput{Name: name, DisplayOrder: &order}); err != nil {
			return nil, fmt.Errorf("category %s: %w", name, err)
		}
	}
	out := map[string]string{}
	for _, p := range products(now) {
		made, err := d.engine.Store.SaveProduct(ctx, d.community, "", p)
		if err != nil {
			return nil, fmt.Errorf("product %s: %w", p.Name, err)
		}
		out[p.Name] = made.ID
	}
	return out, nil
}

// products are the demo's shelves.
func products(now time.Time) []api.ProductInput {
	yes, year := true, now.AddDate(1, 0, 0).Format(time.DateOnly)
	soon, next := now.AddDate(0, 0, 5).Format(time.DateOnly), now.AddDate(0, 0, 9).Format(time.DateOnly)
	n := func(n int64) *int64 { return &n }
	s := func(s string) *string { return &s }
	var list []api.ProductInput
	add := func(category, name, about string, price int64, change func(*api.ProductInput)) {
		p := api.ProductInput{Name: name, Description: &about, Price: &price, CategoryID: &category}
		for _, item := range shelf {
			if item.product.Name == name {
				p.Instructions = s(item.product.RedemptionInstructions)
			}
		}
		change(&p)
		list = append(list, p)
	}
	add("Learn", "Coffee with a mentor", "Half an hour with somebody who has seen your mistakes before.", 30, func(p *api.ProductInput) { p.LimitPerMember = n(3) })
	add("Learn", "Seat at the options workshop", "Two hours on spreads, with exercises.", 80, func(p *api.ProductInput) {
		p.Type, p.Vouchers, p.VoucherExpireDate, p.ShowRemaining = api.ProductVoucher, codes("DESK", 14), year, &yes
	})
	add("Learn", "Chart book, second edition", "Forty setups, each with what went wrong.", 55, func(p *api.ProductInput) {
		p.Type, p.Stocks, p.StartsAt = api.ProductPhysical, n(60), &next
	})
	add("Merchandise", "Northwind mug", "Holds 350 ml and a losing streak.", 45, func(p *api.ProductInput) {
		p.Type, p.Stocks, p.ShowRemaining, p.IsDiscountEnabled, p.DiscountPrice, p.DiscountEnd = api.ProductPhysical, n(38), &yes, &yes, n(36), &soon
		p.UserInformation = &api.UserInformation{IsEnabled: true, CollectName: true, CollectAddress: true}
	})
	add("Merchandise", "Hoodie", "Dark green, for early mornings.", 140, func(p *api.ProductInput) {
		p.Type, p.Stocks, p.LimitPerMember = api.ProductPhysical, n(12), n(1)
		p.UserInformation = &api.UserInformation{IsEnabled: true, CollectName: true, CollectPhone: true, CollectAddress: true}
		p.Permission = &api.ProductPermission{IsEnabled: true, Entries: []api.PermissionEntry{{Type: "everyone"}, {Roles: []string{"Veteran"}, IsExclusive: true, SpecialPrice: &api.SpecialPrice{IsEnabled: true, Price: 95}}}}
	})
	add("Merchandise", "Sticker sheet", "Twelve, for laptops and lamp posts.", 6, func(p *api.ProductInput) { p.Type, p.Stocks = api.ProductPhysical, n(0) })
	add("For the platform", "One month of charts without delay", "Prices as they happen, for 30 days.", 60, func(p *api.ProductInput) {
		p.Type, p.Vouchers, p.VoucherExpireDate = api.ProductVoucher, codes("LIVE", 40), year
	})
	add("For the platform", "Three spins", "For the wheel.", 20, func(p *api.ProductInput) {
		p.Type, p.Spins = api.ProductSpins, n(3)
		p.Permission = &api.ProductPermission{IsEnabled: true, Entries: []api.PermissionEntry{{Type: "everyone", PurchaseLimit: &api.PurchaseLimit{IsEnabled: true, Quantity: 2, IntervalCount: 1, IntervalUnit: "weeks"}}}}
	})
	return list
}

// codes makes n voucher codes.
func codes(prefix string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("%s-%04d-NEW%02d", prefix, 7919*(i+3)%10_000, i)
	}
	return out
}
