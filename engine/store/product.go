package store

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"laurel/api"
	"laurel/engine/db"
)

// product is a row: the settings, and what is counted beside them.
type product struct {
	api.Product
	stock int64 // -1 endless; of vouchers without meaning
}

func nameKey(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// newProduct is a product with nothing said about it. No two parts share what
// they point to: JSON is read into it.
func newProduct() api.ProductInput {
	text, no, zero := func() *string { return new(string) }, func() *bool { return new(bool) }, func() *int64 { return new(int64) }
	endless := int64(-1)
	return api.ProductInput{
		Description: text(), Image: text(), Currency: "coins", Type: api.ProductCustom, CategoryID: text(), Stocks: &endless, DiscountPrice: zero(), IsDiscountEnabled: no(),
		DiscountStart: text(), DiscountEnd: text(), UserInformation: &api.UserInformation{}, ExpiringFirst: no(), ShowRemaining: no(), Highlight: &api.ExpiringHighlight{Duration: 7, Timeframe: "days"},
		IsArchived: no(), DisplayOrder: new(int), Permission: &api.ProductPermission{Entries: []api.PermissionEntry{}}, StatusName: text(), Instructions: text(), LimitPerMember: zero(),
		StartsAt: text(), EndsAt: text(), Tiers: []string{}, RoleID: text(), BadgeID: text(), Spins: zero(), Translations: map[string]api.Translation{},
	}
}

// overlay puts what in says over old, part by part. Neither is changed.
func overlay[T any](old, in T) (out T, err error) {
	parts := map[string]json.RawMessage{}
	for _, from := range []T{old, in} {
		text, err := json.Marshal(from)
		if err != nil {
			return out, err
		}
		if err := json.Unmarshal(text, &parts); err != nil {
			return out, err
		}
	}
	text, err := json.Marshal(parts)
	if err == nil {
		err = json.Unmarshal(text, &out)
	}
	return out, err
}

// check completes and checks a product; at names it in errors. Errors: Invalid
// with the field.
func (s *Service) check(ctx context.Context, q *db.Tx, communityID string, p *api.ProductInput) error {
	p.Name = strings.TrimSpace(p.Name)
	switch {
	case p.Name == "":
		return api.InvalidField("name", "is required")
	case api.IsID(p.Name):
		return api.InvalidField("name", "must not look like an id")
	case p.Price == nil:
		return api.InvalidField("price", "is required")
	case *p.IsDiscountEnabled && *p.DiscountPrice >= *p.Price:
		return api.InvalidField("discountPrice", "must be lower than the price")
	case *p.Image != "" && !isPicture(*p.Image):
		return api.InvalidField("image", "must be an https address")
	case p.Type == api.ProductSpins && *p.Spins == 0:
		return api.InvalidField("spins", "must be 1 or more")
	}
	if err := checkForm(p); err != nil {
		return err
	}
	if err := checkTimes(p); err != nil {
		return err
	}
	if err := s.checkReferences(ctx, q, communityID, p); err != nil {
		return err
	}
	return checkPermission("productPermission", p.Permission)
}

// checkForm is what the schema of the API says of a product: those that come
// in bulk have not met it.
func checkForm(p *api.ProductInput) error {
	const most = 1_000_000_000
	for _, n := range []struct {
		field string
		n     int64
		least int64
	}{{"price", *p.Price, 0}, {"discountPrice", *p.DiscountPrice, 0}, {"stocks", *p.Stocks, -1}, {"limitPerMember", *p.LimitPerMember, 0}, {"spins", *p.Spins, 0}, {"displayOrder", int64(*p.DisplayOrder), 0}} {
		if n.n < n.least || n.n > most {
			return api.InvalidField(n.field, fmt.Sprintf("must be from %d to %d", n.least, most))
		}
	}
	for _, t := range []struct {
		field, text string
		most        int
	}{{"name", p.Name, 120}, {"description", *p.Description, 5000}, {"redemptionInstructions", *p.Instructions, maxInstructions}, {"image", *p.Image, 2000}} {
		if utf8.RuneCountInString(t.text) > t.most {
			return api.InvalidField(t.field, fmt.Sprintf("must be at most %d characters", t.most))
		}
	}
	return checkWords(p)
}

// checkWords looks at what is one of a few words.
func checkWords(p *api.ProductInput) error {
	kinds := []string{api.ProductVoucher, api.ProductPhysical, api.ProductRole, api.ProductBadge, api.ProductSpins, api.ProductCustom}
	units := []string{"", "hours", "days", "weeks", "months", "years"}
	words := []struct {
		field, word string
		known       []string
	}{{"type", p.Type, kinds}, {"currency", p.Currency, []string{"coins", "premium"}}, {"expiringHighlight.timeframe", p.Highlight.Timeframe, []string{"", "days", "weeks", "months"}}}
	for i, e := range p.Permission.Entries {
		at := fmt.Sprintf("productPermission.entries[%d].", i)
		words = append(words, struct {
			field, word string
			known       []string
		}{at + "accessLevel", e.AccessLevel, []string{"", "full-access", "preview"}})
		for _, g := range e.Combination {
			if !slices.Contains([]string{"role", "tag", "user", "tier"}, g.Type) || len(g.Values) == 0 {
				return api.InvalidField(at+"combination", "must be groups of role, tag, user or tier with values")
			}
		}
		if l := e.PurchaseLimit; l != nil && (l.IsEnabled && l.Quantity < 1 || l.IntervalCount < 0 || !slices.Contains(units, l.IntervalUnit)) {
			return api.InvalidField(at+"purchaseLimit", "must be a quantity of 1 or more, within hours, days, weeks, months or years")
		}
		if e.SpecialPrice != nil && e.SpecialPrice.Price < 0 {
			return api.InvalidField(at+"specialPrice.price", "must be 0 or more")
		}
	}
	for _, w := range words {
		if !slices.Contains(w.known, w.word) {
			return api.InvalidField(w.field, "must be one of "+strings.TrimPrefix(strings.Join(w.known, ", "), ", "))
		}
	}
	return nil
}

func isPicture(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https" && u.Host != "" || strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//")
}

func checkTimes(p *api.ProductInput) error {
	for _, t := range []struct {
		field      string
		start, end *string
	}{{"discount", p.DiscountStart, p.DiscountEnd}, {"", p.StartsAt, p.EndsAt}} {
		names := map[string][2]string{"discount": {"discountStartDate", "discountEndDate"}, "": {"startsAt", "endsAt"}}[t.field]
		for i, text := range []*string{t.start, t.end} {
			if *text == "" {
				continue
			}
			if _, err := api.ParseTime(*text); err != nil {
				return api.InvalidField(names[i], "must be an RFC 3339 time or a date")
			}
		}
		if start, end := moment(t.start), moment(t.end); !start.IsZero() && !end.IsZero() && !end.After(start) {
			return api.InvalidField(names[1], "must be after the start")
		}
	}
	return nil
}

// checkReferences looks at what a product names elsewhere.
func (s *Service) checkReferences(ctx context.Context, q *db.Tx, communityID string, p *api.ProductInput) error {
	if *p.CategoryID != "" {
		c, err := selectCategory(ctx, q, communityID, *p.CategoryID)
		if api.IsKind(err, api.NotFound) {
			return api.InvalidField("categoryID", "must be a category of this community")
		}
		if err != nil {
			return err
		}
		*p.CategoryID = c.ID
	}
	if *p.StatusName != "" {
		if _, err := selectStatus(ctx, q, communityID, *p.StatusName); err != nil {
			return invalidIf(err, "purchaseStatusOverrideName", "must be a status of this community")
		}
	}
	switch p.Type {
	case api.ProductRole:
		return invalidIf(s.MayGiveRole(ctx, q, communityID, *p.RoleID), "roleId", "must be a role of this community that the store can give")
	case api.ProductBadge:
		return invalidIf(s.HasBadge(ctx, communityID, *p.BadgeID), "badgeId", "must be a badge of this community")
	}
	return nil
}

func invalidIf(err error, field, why string) error {
	if api.IsKind(err, api.NotFound) || api.IsKind(err, api.Invalid) {
		return api.InvalidField(field, why)
	}
	return err
}

func checkPermission(field string, p *api.ProductPermission) error {
	if p == nil {
		return nil
	}
	if p.IsEnabled && len(p.Entries) == 0 {
		return api.InvalidField(field+".entries", "must name who may see it, or the permission be off")
	}
	for i, e := range p.Entries {
		at := fmt.Sprintf("%s.entries[%d].", field, i)
		named := len(e.Roles) + len(e.Tags) + len(e.Users) + len(e.Combination)
		if named == 0 && e.Type != "" && e.Type != "everyone" {
			return api.InvalidField(at+"type", "names nobody: fill in roles, tags, users or a combination, or choose everyone")
		}
		if l := e.PurchaseLimit; l != nil && l.IsEnabled && l.IntervalCount > 0 && l.IntervalUnit == "" {
			return api.InvalidField(at+"purchaseLimit.intervalUnit", "is required")
		}
	}
	return nil
}

// codes checks voucher codes that are to be added. Errors: Invalid.
func codes(p api.ProductInput) (list []api.Voucher, err error) {
	if len(p.Vouchers) == 0 {
		return nil, nil
	}
	if p.Type != api.ProductVoucher {
		return nil, api.InvalidField("vouchers", "are for products of the type voucher")
	}
	day, err := lastDay(p.VoucherExpireDate)
	if err != nil {
		return nil, err
	}
	for i, code := range p.Vouchers {
		code, err := trimmed(fmt.Sprintf("vouchers[%d]", i), code, maxVoucher)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(list, func(v api.Voucher) bool { return v.Code == code }) {
			return nil, api.InvalidField(fmt.Sprintf("vouchers[%d]", i), "occurs twice")
		}
		list = append(list, api.Voucher{Code: code, ExpiryDate: day})
	}
	return list, nil
}

// lastDay reads a day in either form and gives it as DD/MM/YYYY.
func lastDay(text string) (string, error) {
	for _, layout := range []string{time.DateOnly, dayLayout} {
		if day, err := time.Parse(layout, text); err == nil {
			return day.Format(dayLayout), nil
		}
	}
	return "", api.InvalidField("voucherExpireDate", "must be a day as YYYY-MM-DD, needed with codes")
}

const dayLayout = "02/01/2006"

// isoDay is a voucher's last day as it sorts; empty when it does not end.
func isoDay(day string) string {
	at, err := time.Parse(dayLayout, day)
	if err != nil {
		return ""
	}
	return at.Format(time.DateOnly)
}
