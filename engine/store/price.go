package store

import (
	"slices"
	"strings"
	"time"

	"laurel/api"
)

// Person is what audiences look at. Roles are ids and titles.
type Person struct {
	ID, Username string
	Roles, Tags  []string
	Tier         string
	Language     string
}

// offer is a product at a moment for one member.
type offer struct {
	price       int64
	reason      string // list, discount or special
	discountEnd time.Time
	canSee      bool
	canBuy      bool // as far as permissions go
	exclusive   bool
	limits      []api.PurchaseLimit // of the audiences; none: no limit
}

// offerOf finds what a member sees and pays: the lowest of the list price, a
// running discount and the special prices of his audiences.
func offerOf(p api.ProductInput, category *api.StoreCategory, who Person, now time.Time) offer {
	o := offer{price: *p.Price, reason: "list"}
	o.canSee, o.canBuy = true, true
	if category != nil {
		see, buy, _ := access(category.Permission, who)
		o.canSee, o.canBuy = see, buy && category.ViewType != "preview"
	}
	see, buy, entries := access(p.Permission, who)
	o.canSee, o.canBuy = o.canSee && see, o.canBuy && buy && tierAllowed(p.Tiers, who.Tier)
	if end, on := discount(p, now); on && *p.DiscountPrice < o.price {
		o.price, o.reason, o.discountEnd = *p.DiscountPrice, "discount", end
	}
	unlimited := len(entries) == 0
	for _, e := range entries {
		o.exclusive = o.exclusive || e.IsExclusive
		if e.SpecialPrice != nil && e.SpecialPrice.IsEnabled && e.SpecialPrice.Price < o.price {
			o.price, o.reason, o.discountEnd = e.SpecialPrice.Price, "special", time.Time{}
		}
		if e.PurchaseLimit != nil && e.PurchaseLimit.IsEnabled {
			o.limits = append(o.limits, *e.PurchaseLimit)
		} else {
			unlimited = true
		}
	}
	if unlimited { // the most generous audience counts
		o.limits = nil
	}
	return o
}

// access tells what a permission lets a member do, and his audiences in it.
func access(p *api.ProductPermission, who Person) (see, buy bool, mine []api.PermissionEntry) {
	if p == nil || !p.IsEnabled {
		return true, true, nil
	}
	for _, e := range p.Entries {
		if e.IsEnabled != nil && !*e.IsEnabled || !belongs(e, who) {
			continue
		}
		see, mine = true, append(mine, e)
		buy = buy || e.AccessLevel != "preview"
	}
	return see, buy, mine
}

// belongs reports whether a member is of an entry's audience.
func belongs(e api.PermissionEntry, who Person) bool {
	for _, g := range e.Combination {
		if !inGroup(g, who) {
			return false
		}
	}
	if len(e.Roles)+len(e.Tags)+len(e.Users) == 0 {
		return true
	}
	return shares(e.Roles, who.Roles) || shares(e.Tags, who.Tags) || shares(e.Users, []string{who.ID, who.Username})
}

func inGroup(g api.CombinationGroup, who Person) bool {
	return shares(g.Values, map[string][]string{"role": who.Roles, "tag": who.Tags, "user": {who.ID, who.Username}, "tier": {who.Tier}}[g.Type])
}

func shares(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool {
		return slices.ContainsFunc(b, func(y string) bool { return y != "" && strings.EqualFold(x, y) })
	})
}

func tierAllowed(tiers []string, tier string) bool {
	return len(tiers) == 0 || shares(tiers, []string{tier})
}

// discount reports whether a discount runs, and until when.
func discount(p api.ProductInput, now time.Time) (end time.Time, on bool) {
	if p.IsDiscountEnabled == nil || !*p.IsDiscountEnabled || p.DiscountPrice == nil {
		return end, false
	}
	start, end := moment(p.DiscountStart), moment(p.DiscountEnd)
	return end, (start.IsZero() || !now.Before(start)) && (end.IsZero() || now.Before(end))
}

// moment reads a checked time; the zero time for none.
func moment(text *string) time.Time {
	if text == nil || *text == "" {
		return time.Time{}
	}
	at, _ := api.ParseTime(*text)
	return at
}

// since is when a limit's interval began, seen from now; the zero time when it
// reaches back for ever.
func since(l api.PurchaseLimit, now time.Time) time.Time {
	n := l.IntervalCount
	if n == 0 {
		return time.Time{}
	}
	switch l.IntervalUnit {
	case "hours":
		return now.Add(-time.Duration(n) * time.Hour)
	case "weeks":
		return now.AddDate(0, 0, -7*n)
	case "months":
		return now.AddDate(0, -n, 0)
	case "years":
		return now.AddDate(-n, 0, 0)
	}
	return now.AddDate(0, 0, -n)
}

// past is one earlier purchase of the product by the member.
type past struct {
	at time.Time
	n  int64
}

// room is how many more a member may buy under limits, and when there is more
// room again; -1 without a limit.
func room(p api.ProductInput, limits []api.PurchaseLimit, bought []past, now time.Time) (left int64, again time.Time) {
	left = -1
	if p.LimitPerMember != nil && *p.LimitPerMember > 0 {
		left = max(*p.LimitPerMember-sum(bought, time.Time{}), 0)
	}
	if len(limits) == 0 || left == 0 {
		return left, again
	}
	best := int64(-1)
	for _, l := range limits {
		from := since(l, now)
		n := max(l.Quantity-sum(bought, from), 0)
		if n > best {
			best, again = n, time.Time{}
			if n == 0 && !from.IsZero() {
				again = frees(bought, from, now)
			}
		}
	}
	if left < 0 || best < left {
		left = best
	}
	return left, again
}

func sum(bought []past, from time.Time) (n int64) {
	for _, b := range bought {
		if b.at.After(from) {
			n += b.n
		}
	}
	return n
}

// frees is when the oldest purchase of an interval leaves it.
func frees(bought []past, from, now time.Time) time.Time {
	oldest := now
	for _, b := range bought {
		if b.at.After(from) && b.at.Before(oldest) {
			oldest = b.at
		}
	}
	return oldest.Add(now.Sub(from))
}
