package me

import (
	"cmp"
	"crypto/rand"
	"errors"
	"net/http"
	"strconv"

	"laurel/api"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/store"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// Store is the store as the member sees it.
func Store(v *web.Visit) error {
	shelf, err := v.API.Me().Store(v.Ctx())
	if err != nil {
		return err
	}
	return v.Page(page.Shelf(shelfProps(v, shelf)))
}

func shelfProps(v *web.Visit, s api.Shelf) page.ShelfProps {
	p := page.ShelfProps{MemberProps: v.Member(cmp.Or(s.Title, "Store"), layout.PlaceStore), Title: cmp.Or(s.Title, "Store"), About: label.Plain(s.Description), Closed: !s.IsEnabled,
		Wallets: []string{ui.Count(s.Balance, "coin", "coins")}}
	if s.Cover.Type == "image" {
		p.Cover = s.Cover.Value
	}
	if s.Premium > 0 {
		p.Wallets = append(p.Wallets, label.Price(s.Premium, "premium"))
	}
	for _, c := range s.Categories {
		g := page.Group{Name: c.Name}
		if *c.ShowCover {
			g.Cover = *c.CoverImage
		}
		p.Groups = add(v, p.Groups, g, s.Products, c.ID)
	}
	rest := page.Group{}
	if len(p.Groups) > 0 {
		rest.Name = "More"
	}
	p.Groups = add(v, p.Groups, rest, s.Products, "")
	return p
}

// add adds a group with the products of a category; none when it is empty.
func add(v *web.Visit, groups []page.Group, g page.Group, list []api.ShelfItem, category string) []page.Group {
	for _, i := range list {
		if i.CategoryID == category {
			g.Items = append(g.Items, itemOf(v, i))
		}
	}
	if len(g.Items) == 0 {
		return groups
	}
	return append(groups, g)
}

func itemOf(v *web.Visit, i api.ShelfItem) page.Item {
	_, icon := label.ProductType(i.Type)
	out := page.Item{ID: i.ID, Name: i.Name, About: label.Plain(i.Description), Image: i.Image, Icon: icon, Price: label.Price(i.Price, i.Currency), Until: v.MomentOf(i.DiscountEndsAt),
		CanBuy: i.CanBuy, Why: whyNot(i), Again: v.MomentOf(i.AvailableAt), Amount: strconv.FormatInt(i.Price, 10), Once: rand.Text()}
	if i.Price < i.ListPrice {
		out.Old = label.Price(i.ListPrice, i.Currency)
	}
	if u := i.UserInformation; u.IsEnabled {
		out.Name1, out.Phone, out.Address = u.CollectName, u.CollectPhone, u.CollectAddress
	}
	out.Marks = marks(v, i)
	return out
}

func marks(v *web.Visit, i api.ShelfItem) (out []ui.BadgeProps) {
	if i.IsExclusive {
		out = append(out, ui.BadgeProps{Text: "Only for you", Tone: ui.Accent})
	}
	if i.PriceReason == "discount" {
		out = append(out, ui.BadgeProps{Text: "Reduced", Tone: ui.Good})
	}
	if i.Left != nil && *i.Left > 0 {
		out = append(out, ui.BadgeProps{Text: ui.Number(*i.Left) + " left", Tone: ui.Warn})
	}
	if i.EndsSoon != nil {
		out = append(out, ui.BadgeProps{Text: "Ends " + v.MomentOf(i.EndsSoon).Text, Tone: ui.Warn})
	}
	return out
}

// whyNot says what stands against buying.
func whyNot(i api.ShelfItem) string {
	switch i.WhyNot {
	case api.NoFunds:
		return "You need " + label.Price(i.Missing, i.Currency) + " more"
	case api.OutOfStock:
		return "Nothing left"
	case api.OverLimit:
		if i.AvailableAt != nil {
			return "You have had yours; again"
		}
		return "You have had yours"
	case api.NotYet:
		return "On sale"
	case api.NotForYou:
		return "Only to look at"
	case api.StoreClosed:
		return "The store is closed"
	}
	return ""
}

// Buy redeems points for a product; a refusal opens the product again.
func Buy(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	price := f.Whole("price", 0)
	in := api.PurchaseInput{ProductID: f.Text("product"), Price: &price}
	if f.Values.Has("name") || f.Values.Has("phone") || f.Values.Has("address") {
		in.UserInformation = &api.BuyersData{Name: f.Text("name"), Phone: f.Text("phone"), Address: f.Text("address")}
	}
	b, err := v.API.Me().Buy(v.Once(f), in)
	if err == nil {
		v.Done("It is yours: " + b.Product.Name + ". You have " + label.Price(b.BalanceAfter, b.Currency) + " left.")
		return v.Go(link.MePurchases)
	}
	var refused *api.Error
	if !errors.As(err, &refused) || refused.Kind != api.Conflict && refused.Kind != api.Forbidden && refused.Kind != api.Invalid {
		return err
	}
	f.Take(err, web.Renamed{"userInformation.name": "name", "userInformation.phone": "phone", "userInformation.address": "address"})
	shelf, err := v.API.Me().Store(v.Ctx())
	if err != nil {
		return err
	}
	p := shelfProps(v, shelf)
	p.Buying = page.Buying{ID: in.ProductID, Fault: f.Fault, Errors: f.Errors, Name: f.Text("name"), Phone: f.Text("phone"), Address: f.Text("address")}
	if len(f.Errors) == 0 {
		p.Buying.Fault = why(refused)
	}
	return v.Render(http.StatusConflict, page.Shelf(p))
}
