package store

import (
	"testing"
	"time"

	"laurel/api"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func priced(price int64, change func(*api.ProductInput)) api.ProductInput {
	p := newProduct()
	p.Name, p.Price = "Mug", &price
	if change != nil {
		change(&p)
	}
	return p
}

func audience(entries ...api.PermissionEntry) *api.ProductPermission {
	return &api.ProductPermission{IsEnabled: true, Entries: entries}
}

func at(price int64) *api.SpecialPrice { return &api.SpecialPrice{IsEnabled: true, Price: price} }

func TestTheLowestPriceThatAppliesIsPaid(t *testing.T) {
	cut := func(price int64, from, to string) func(*api.ProductInput) {
		return func(p *api.ProductInput) {
			yes := true
			p.IsDiscountEnabled, p.DiscountPrice, p.DiscountStart, p.DiscountEnd = &yes, &price, &from, &to
		}
	}
	vip := api.PermissionEntry{Roles: []string{"VIP"}, SpecialPrice: at(80)}
	everyone := api.PermissionEntry{}
	for name, c := range map[string]struct {
		p      api.ProductInput
		who    Person
		price  int64
		reason string
	}{
		"list":                {priced(120, nil), Person{}, 120, "list"},
		"discount":            {priced(120, cut(100, "", "")), Person{}, 100, "discount"},
		"discount to come":    {priced(120, cut(100, "2026-11-24", "")), Person{}, 120, "list"},
		"discount that ended": {priced(120, cut(100, "", "2026-11-23")), Person{}, 120, "list"},
		"special":             {priced(120, func(p *api.ProductInput) { p.Permission = audience(everyone, vip) }), Person{Roles: []string{"vip"}}, 80, "special"},
		"not one of them":     {priced(120, func(p *api.ProductInput) { p.Permission = audience(everyone, vip) }), Person{Roles: []string{"Trader"}}, 120, "list"},
		"discount below":      {priced(120, func(p *api.ProductInput) { cut(70, "", "")(p); p.Permission = audience(vip) }), Person{Roles: []string{"VIP"}}, 70, "discount"},
		"lowest of two": {priced(120, func(p *api.ProductInput) {
			p.Permission = audience(vip, api.PermissionEntry{Tags: []string{"old"}, SpecialPrice: at(60)})
		}), Person{Roles: []string{"VIP"}, Tags: []string{"old"}}, 60, "special"},
		"special while it off": {priced(120, func(p *api.ProductInput) { p.Permission = audience(vip); p.Permission.IsEnabled = false }), Person{Roles: []string{"VIP"}}, 120, "list"},
	} {
		if o := offerOf(c.p, nil, c.who, noon); o.price != c.price || o.reason != c.reason {
			t.Errorf("%s: %d by %s, want %d by %s", name, o.price, o.reason, c.price, c.reason)
		}
	}
}

func TestWhoMaySeeAndBuy(t *testing.T) {
	off := false
	both := api.PermissionEntry{Combination: []api.CombinationGroup{{Type: "role", Values: []string{"VIP"}}, {Type: "tier", Values: []string{"Gold", "Platinum"}}}}
	preview := &api.StoreCategory{StoreCategoryInput: api.StoreCategoryInput{ViewType: "preview"}}
	for name, c := range map[string]struct {
		p        *api.ProductPermission
		category *api.StoreCategory
		who      Person
		see, buy bool
	}{
		"no permission":       {nil, nil, Person{}, true, true},
		"a role":              {audience(api.PermissionEntry{Roles: []string{"r1"}}), nil, Person{Roles: []string{"r1"}}, true, true},
		"another role":        {audience(api.PermissionEntry{Roles: []string{"r1"}}), nil, Person{Roles: []string{"r2"}}, false, false},
		"entry off":           {audience(api.PermissionEntry{IsEnabled: &off, Roles: []string{"r1"}}), nil, Person{Roles: []string{"r1"}}, false, false},
		"preview":             {audience(api.PermissionEntry{AccessLevel: "preview"}), nil, Person{}, true, false},
		"preview and more":    {audience(api.PermissionEntry{AccessLevel: "preview"}, api.PermissionEntry{Users: []string{"ana"}}), nil, Person{Username: "Ana"}, true, true},
		"this and that":       {audience(both), nil, Person{Roles: []string{"VIP"}, Tier: "Gold"}, true, true},
		"this without that":   {audience(both), nil, Person{Roles: []string{"VIP"}, Tier: "Silver"}, false, false},
		"category to look at": {nil, preview, Person{}, true, false},
	} {
		p := priced(1, func(p *api.ProductInput) { p.Permission = c.p })
		if o := offerOf(p, c.category, c.who, noon); o.canSee != c.see || o.canBuy != c.buy {
			t.Errorf("%s: see %t, buy %t", name, o.canSee, o.canBuy)
		}
	}
}

func TestLimitsCountWithinTheirInterval(t *testing.T) {
	monthly := api.PurchaseLimit{IsEnabled: true, Quantity: 2, IntervalCount: 1, IntervalUnit: "months"}
	ever := api.PurchaseLimit{IsEnabled: true, Quantity: 1}
	old, fresh := past{noon.AddDate(0, -2, 0), 5}, past{noon.AddDate(0, 0, -3), 2}
	if left, _ := room(priced(1, nil), []api.PurchaseLimit{monthly}, []past{old}, noon); left != 2 {
		t.Errorf("%d left after an old purchase, want 2", left)
	}
	left, again := room(priced(1, nil), []api.PurchaseLimit{monthly}, []past{old, fresh}, noon)
	if left != 0 || !again.After(noon) || again.After(noon.AddDate(0, 1, 0)) {
		t.Errorf("%d left, again at %s", left, again)
	}
	if left, again := room(priced(1, nil), []api.PurchaseLimit{ever}, []past{old}, noon); left != 0 || !again.IsZero() {
		t.Errorf("%d left of once and for all, again at %s", left, again)
	}
	if left, _ := room(priced(1, nil), []api.PurchaseLimit{ever, monthly}, []past{old}, noon); left != 2 {
		t.Errorf("%d left, want the most generous audience's 2", left)
	}
	three := int64(3)
	if left, _ := room(priced(1, func(p *api.ProductInput) { p.LimitPerMember = &three }), nil, []past{fresh}, noon); left != 1 {
		t.Errorf("%d left of three, want 1", left)
	}
}
