package store

import (
	"context"
	"time"

	"laurel/api"
	"laurel/engine/member"
)

// person reads what audiences look at, when somebody asks for audiences.
func (s *Service) person(ctx context.Context, communityID string, who member.Ref, p api.ProductInput, c *api.StoreCategory) (Person, error) {
	asked := p.Permission != nil && p.Permission.IsEnabled || len(p.Tiers) > 0 || c != nil && c.Permission != nil && c.Permission.IsEnabled
	if !asked {
		return Person{ID: who.ID, Username: who.Username}, nil
	}
	return s.Person(ctx, communityID, who)
}

// Shelf is the store as one member sees it; language chooses the words, the
// member's own when empty.
func (s *Service) Shelf(ctx context.Context, communityID string, who member.Ref, language string) (api.Shelf, error) {
	read := s.k.DB().Read()
	out := api.Shelf{Categories: []api.StoreCategory{}, Products: []api.ShelfItem{}}
	var err error
	if out.StoreConfig, err = s.Config(ctx, communityID); err != nil {
		return out, err
	}
	person, err := s.Person(ctx, communityID, who)
	if err != nil {
		return out, err
	}
	wallets, err := s.ledger.Wallets(ctx, communityID, []string{who.ID})
	if err != nil {
		return out, err
	}
	out.Balance, out.Premium = wallets[who.ID].Coins, wallets[who.ID].Premium
	bought, err := selectBought(ctx, read, communityID, who.ID, "")
	if err != nil {
		return out, err
	}
	if language == "" {
		language = person.Language
	}
	b := browser{shelf: &out, who: person, now: s.k.Now(), bought: bought, language: language, categories: map[string]*api.StoreCategory{}}
	categories, err := s.Categories(ctx, communityID)
	if err != nil {
		return out, err
	}
	for _, c := range categories {
		b.addCategory(c)
	}
	list, err := s.products(ctx, read, communityID, "")
	for _, p := range list {
		b.add(p)
	}
	return out, err
}

// browser puts together what a member sees.
type browser struct {
	shelf      *api.Shelf
	who        Person
	now        time.Time
	bought     map[string][]past
	language   string
	categories map[string]*api.StoreCategory
}

func (b *browser) addCategory(c api.StoreCategory) {
	see, _, _ := access(c.Permission, b.who)
	if *c.IsArchived || !see {
		b.categories[c.ID] = nil
		return
	}
	b.categories[c.ID] = &c
	shown := c
	shown.Permission = nil // whom else it is for is nobody's business
	b.shelf.Categories = append(b.shelf.Categories, shown)
}

func (b *browser) add(p *product) {
	category, inOne := b.categories[*p.CategoryID]
	if *p.IsArchived || inOne && category == nil {
		return
	}
	o := offerOf(p.ProductInput, category, b.who, b.now)
	end := moment(p.EndsAt)
	if !o.canSee || !end.IsZero() && !b.now.Before(end) {
		return
	}
	item := api.ShelfItem{
		ID: p.ID, Name: p.Name, Description: *p.Description, Image: *p.Image, Type: p.Type, CategoryID: *p.CategoryID, ListPrice: *p.Price, Price: o.price, Currency: p.Currency,
		PriceReason: o.reason, IsExclusive: o.exclusive, UserInformation: *p.UserInformation, Bought: sum(b.bought[p.ID], time.Time{}),
	}
	if !o.discountEnd.IsZero() {
		item.DiscountEndsAt = api.AtPtr(o.discountEnd)
	}
	if t, ok := p.Translations[b.language]; ok {
		item.Name, item.Description = orText(t.Name, item.Name), orText(t.Description, item.Description)
	}
	if left := *p.Stocks; left == 0 || left > 0 && *p.ShowRemaining {
		item.Left = &left
	}
	item.EndsSoon = endsSoon(p, b.now)
	b.judge(&item, p, o)
	b.shelf.Products = append(b.shelf.Products, item)
}

// judge says whether the member can buy it now, and why not.
func (b *browser) judge(item *api.ShelfItem, p *product, o offer) {
	balance := b.shelf.Balance
	if p.Currency == "premium" {
		balance = b.shelf.Premium
	}
	start := moment(p.StartsAt)
	left, again := room(p.ProductInput, o.limits, b.bought[p.ID], b.now)
	item.Missing = max(o.price-balance, 0)
	switch {
	case !b.shelf.IsEnabled:
		item.WhyNot = api.StoreClosed
	case !o.canBuy:
		item.WhyNot = api.NotForYou
	case b.now.Before(start):
		item.WhyNot, item.AvailableAt = api.NotYet, api.AtPtr(start)
	case *p.Stocks == 0:
		item.WhyNot = api.OutOfStock
	case left == 0:
		if item.WhyNot = api.OverLimit; !again.IsZero() {
			item.AvailableAt = api.AtPtr(again)
		}
	case item.Missing > 0:
		item.WhyNot = api.NoFunds
	default:
		item.CanBuy = true
	}
}

func orText(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// endsSoon is when the first vouchers end, where that is highlighted and near.
func endsSoon(p *product, now time.Time) *api.Time {
	h := p.Highlight
	if h == nil || !h.IsEnabled || p.Type != api.ProductVoucher {
		return nil
	}
	until := now.AddDate(0, 0, h.Duration*map[string]int{"weeks": 7, "months": 30}[h.Timeframe])
	if h.Timeframe == "days" || h.Timeframe == "" {
		until = now.AddDate(0, 0, h.Duration)
	}
	for _, b := range p.VoucherBatches {
		if day, err := time.Parse(dayLayout, b.ExpireDate); err == nil && day.Before(until) {
			return api.AtPtr(day)
		}
	}
	return nil
}
