package store

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"laurel/api"
	page "laurel/components/page/store"
	"laurel/handlers/web"
)

// mostAudiences is how many a form may carry.
const mostAudiences = 50

// plain are the fields that are text as typed; switches those that are on or off.
var (
	plain    = []string{"name", "type", "description", "category", "image", "order", "role", "badge", "spins", "price", "currency", "discountprice", "discountfrom", "discountto", "stock", "limit", "starts", "ends", "codes", "codesend", "instructions", "status"}
	switches = []string{"discount", "remaining", "archived", "expiring", "highlight", "access", "askname", "askphone", "askaddress"}
)

func contains(list []string, one string) bool { return slices.Contains(list, one) }

// fill puts a saved product into its form.
func fill(p *page.EditorProps, g api.Product) {
	p.V = map[string]string{
		"name": g.Name, "type": g.Type, "description": *g.Description, "category": *g.CategoryID, "image": *g.Image, "order": typed(int64(*g.DisplayOrder)), "role": *g.RoleID, "badge": *g.BadgeID,
		"spins": typed(*g.Spins), "price": strconv.FormatInt(*g.Price, 10), "currency": g.Currency, "discountprice": typed(*g.DiscountPrice), "discountfrom": day(*g.DiscountStart), "discountto": day(*g.DiscountEnd),
		"limit": typed(*g.LimitPerMember), "starts": day(*g.StartsAt), "ends": day(*g.EndsAt), "instructions": *g.Instructions, "status": *g.StatusName,
	}
	if *g.Stocks >= 0 && g.Type != api.ProductVoucher {
		p.V["stock"] = strconv.FormatInt(*g.Stocks, 10)
	}
	u := g.UserInformation
	p.On = map[string]bool{
		"discount": *g.IsDiscountEnabled, "remaining": *g.ShowRemaining, "archived": *g.IsArchived, "expiring": *g.ExpiringFirst, "highlight": g.Highlight.IsEnabled, "access": g.Permission.IsEnabled,
		"askname": u.IsEnabled && u.CollectName, "askphone": u.IsEnabled && u.CollectPhone, "askaddress": u.IsEnabled && u.CollectAddress,
	}
	for _, e := range g.Permission.Entries {
		p.Audiences = append(p.Audiences, audienceForm(e))
	}
	number(p.Audiences)
}

func typed(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// day is the day of a moment, for a field of a day.
func day(text string) string {
	if len(text) < len("2006-01-02") {
		return ""
	}
	return text[:len("2006-01-02")]
}

func audienceForm(e api.PermissionEntry) page.Audience {
	a := page.Audience{Roles: strings.Join(e.Roles, ", "), Tags: strings.Join(e.Tags, ", "), Users: strings.Join(e.Users, ", "), Preview: e.AccessLevel == "preview", Exclusive: e.IsExclusive}
	if e.SpecialPrice != nil && e.SpecialPrice.IsEnabled {
		a.Price = strconv.FormatInt(e.SpecialPrice.Price, 10)
	}
	if l := e.PurchaseLimit; l != nil && l.IsEnabled {
		a.Limit, a.Interval, a.Unit = typed(l.Quantity), typed(int64(l.IntervalCount)), l.IntervalUnit
	}
	return a
}

// audienceName says whom an audience holds.
func audienceName(e api.PermissionEntry) string {
	var parts []string
	for _, list := range [][]string{e.Roles, e.Tags, e.Users} {
		parts = append(parts, list...)
	}
	for _, g := range e.Combination {
		parts = append(parts, strings.Join(g.Values, " or "))
	}
	if len(parts) == 0 {
		return "Everybody"
	}
	return strings.Join(parts, ", ")
}

func number(list []page.Audience) {
	for i := range list {
		list[i].At = fmt.Sprintf("a%d", i)
	}
}

// read takes what was typed into the page.
func read(f *web.Form, p *page.EditorProps) {
	p.V, p.On, p.Audiences = map[string]string{}, map[string]bool{}, nil
	for _, name := range plain {
		p.V[name] = f.Text(name)
	}
	for _, name := range switches {
		p.On[name] = f.On(name)
	}
	for i := 0; i < mostAudiences && f.Values.Has(fmt.Sprintf("a%d-roles", i)); i++ {
		at := fmt.Sprintf("a%d-", i)
		p.Audiences = append(p.Audiences, page.Audience{Roles: f.Text(at + "roles"), Tags: f.Text(at + "tags"), Users: f.Text(at + "users"), Preview: f.On(at + "preview"), Exclusive: f.On(at + "exclusive"),
			Price: f.Text(at + "price"), Limit: f.Text(at + "limit"), Interval: f.Text(at + "interval"), Unit: f.Text(at + "unit")})
	}
	number(p.Audiences)
	chosen := f.All("tiers")
	for i := range p.Tiers {
		p.Tiers[i].Chosen = contains(chosen, p.Tiers[i].Value)
	}
}

// change carries out a button that adds or removes an audience.
func change(list []page.Audience, do string) []page.Audience {
	what, act, _ := strings.Cut(do, ":")
	n, err := strconv.Atoi(strings.TrimPrefix(what, "a"))
	switch {
	case act == "add" && len(list) < mostAudiences:
		list = append(list, page.Audience{})
	case act == "drop" && err == nil && n < len(list):
		list = slices.Delete(list, n, n+1)
	}
	number(list)
	return list
}

// input is the form as the API takes it; amounts that are none are refused.
func input(f *web.Form, p page.EditorProps) api.ProductInput {
	order := int(f.Whole("order", 0))
	ask := api.UserInformation{CollectName: p.On["askname"], CollectPhone: p.On["askphone"], CollectAddress: p.On["askaddress"]}
	ask.IsEnabled = ask.CollectName || ask.CollectPhone || ask.CollectAddress
	on := func(name string) *bool { yes := p.On[name]; return &yes }
	whole := func(name string, none int64) *int64 { n := f.Whole(name, none); return &n }
	in := api.ProductInput{
		Name: p.V["name"], Description: f.Ptr("description"), Image: f.Ptr("image"), Currency: p.V["currency"], Type: p.V["type"], CategoryID: f.Ptr("category"), Stocks: whole("stock", -1),
		DiscountPrice: whole("discountprice", 0), IsDiscountEnabled: on("discount"), DiscountStart: f.Ptr("discountfrom"), DiscountEnd: f.Ptr("discountto"), UserInformation: &ask,
		Vouchers: f.Lines("codes"), VoucherExpireDate: p.V["codesend"], ExpiringFirst: on("expiring"), ShowRemaining: on("remaining"),
		Highlight: &api.ExpiringHighlight{IsEnabled: p.On["highlight"], Duration: 7, Timeframe: "days"}, IsArchived: on("archived"), DisplayOrder: &order,
		Permission: &api.ProductPermission{IsEnabled: p.On["access"], Entries: []api.PermissionEntry{}}, StatusName: f.Ptr("status"), Instructions: f.Ptr("instructions"), LimitPerMember: whole("limit", 0),
		StartsAt: f.Ptr("starts"), EndsAt: f.Ptr("ends"), Tiers: append([]string{}, f.All("tiers")...), RoleID: f.Ptr("role"), BadgeID: f.Ptr("badge"), Spins: whole("spins", 0),
	}
	if p.V["price"] != "" {
		in.Price = whole("price", 0)
	}
	for _, a := range p.Audiences {
		in.Permission.Entries = append(in.Permission.Entries, entry(f, a))
	}
	return in
}

func entry(f *web.Form, a page.Audience) api.PermissionEntry {
	e := api.PermissionEntry{Roles: f.Words(a.At + "-roles"), Tags: f.Words(a.At + "-tags"), Users: f.Words(a.At + "-users"), AccessLevel: "full-access", IsExclusive: a.Exclusive}
	if a.Preview {
		e.AccessLevel = "preview"
	}
	if a.Price != "" {
		e.SpecialPrice = &api.SpecialPrice{IsEnabled: true, Price: f.Whole(a.At+"-price", 0)}
	}
	if a.Limit != "" {
		e.PurchaseLimit = &api.PurchaseLimit{IsEnabled: true, Quantity: f.Whole(a.At+"-limit", 0), IntervalCount: int(f.Whole(a.At+"-interval", 0)), IntervalUnit: a.Unit}
	}
	return e
}

// wireNames says at which of the form's fields a refusal of the API belongs.
func wireNames(p page.EditorProps) web.Renamed {
	out := web.Renamed{"categoryID": "category", "stocks": "stock", "discountPrice": "discountprice", "discountStartDate": "discountfrom", "discountEndDate": "discountto", "voucherExpireDate": "codesend",
		"vouchers": "codes", "limitPerMember": "limit", "startsAt": "starts", "endsAt": "ends", "roleId": "role", "badgeId": "badge", "purchaseStatusOverrideName": "status", "redemptionInstructions": "instructions",
		"displayOrder": "order", "productPermission.entries": "access"}
	for i := range typedCodes(p) {
		out[fmt.Sprintf("vouchers[%d]", i)] = "codes"
	}
	for i, a := range p.Audiences {
		at := fmt.Sprintf("productPermission.entries[%d].", i)
		for wire, field := range map[string]string{"type": "roles", "specialPrice.price": "price", "purchaseLimit.quantity": "limit", "purchaseLimit.intervalCount": "interval", "purchaseLimit.intervalUnit": "unit"} {
			out[at+wire] = a.At + "-" + field
		}
	}
	return out
}

// typedCodes counts the codes that were typed, as far as refusals name them.
func typedCodes(p page.EditorProps) int { return min(strings.Count(p.V["codes"], "\n")+1, 500) }
