package store

import (
	"net/http"

	"laurel/api"
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/store"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// New is the editor of a new product.
func New(v *web.Visit) error {
	p, err := frame(v, nil)
	if err != nil {
		return err
	}
	p.V, p.On = map[string]string{"type": api.ProductPhysical, "currency": "coins"}, map[string]bool{}
	return v.Page(page.Editor(p))
}

// Edit is the editor of a product.
func Edit(v *web.Visit) error {
	g, err := v.API.Store().Product(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	p, err := editorOf(v, g)
	if err != nil {
		return err
	}
	return v.Page(page.Editor(p))
}

// frame is what surrounds the form: what can be chosen.
func frame(v *web.Visit, tiers []string) (page.EditorProps, error) {
	p := page.EditorProps{PortalProps: v.Portal("Product", layout.PlaceStore, ui.Link{Label: "Store", Href: link.Shop}), Categories: []form.Option{{Label: "None"}}, Roles: []form.Option{{Label: "None"}},
		Badges: []form.Option{{Label: "None"}}, Statuses: []form.Option{{Label: "As the category or the type says"}}}
	categories, err := v.API.Store().Categories(v.Ctx())
	if err != nil {
		return p, err
	}
	for _, c := range categories {
		p.Categories = append(p.Categories, form.Option{Value: c.ID, Label: c.Name})
	}
	statuses, err := v.API.Store().Statuses(v.Ctx())
	if err != nil {
		return p, err
	}
	for _, s := range statuses {
		p.Statuses = append(p.Statuses, form.Option{Value: s.Name, Label: s.Name})
	}
	roles, err := v.API.Roles().List(v.Ctx(), v.Community.ID)
	if err != nil {
		return p, err
	}
	for _, r := range roles {
		if r.Title != "@all" {
			p.Roles = append(p.Roles, form.Option{Value: r.ID, Label: r.Title})
		}
	}
	badges, err := v.API.Badges().List(v.Ctx())
	if err != nil {
		return p, err
	}
	for _, b := range badges {
		p.Badges = append(p.Badges, form.Option{Value: b.ID, Label: b.Title})
	}
	return p, fillTiers(v, &p, tiers)
}

func fillTiers(v *web.Visit, p *page.EditorProps, chosen []string) error {
	ladder, err := v.API.Gamification().Tiers(v.Ctx())
	for _, t := range ladder.Tiers {
		p.Tiers = append(p.Tiers, form.Option{Value: t.Name, Label: t.Name, Chosen: contains(chosen, t.Name)})
	}
	return err
}

func editorOf(v *web.Visit, g api.Product) (page.EditorProps, error) {
	p, err := frame(v, g.Tiers)
	p.ID, p.Saved = g.ID, g.Name
	fill(&p, g)
	for _, b := range g.VoucherBatches {
		until := " without end"
		if b.ExpireDate != "" {
			until = " until " + label.Day(b.ExpireDate, label.APIDay, "2 Jan 2006")
		}
		p.Batches = append(p.Batches, ui.Count(b.Left, "code", "codes")+until)
	}
	p.Sees = prices(v, g)
	return p, err
}

// prices says who sees which price now.
func prices(v *web.Visit, g api.Product) []page.Sees {
	list, note := *g.Price, "list price"
	if *g.IsDiscountEnabled && *g.DiscountPrice < list && runs(v, g) {
		list, note = *g.DiscountPrice, "discount"
	}
	if !g.Permission.IsEnabled {
		return []page.Sees{{Who: "Everybody", Price: label.Price(list, g.Currency), Note: note}}
	}
	var out []page.Sees
	for _, e := range g.Permission.Entries {
		s := page.Sees{Who: audienceName(e), Price: label.Price(list, g.Currency), Note: note}
		if e.SpecialPrice != nil && e.SpecialPrice.IsEnabled && e.SpecialPrice.Price < list {
			s.Price, s.Note = label.Price(e.SpecialPrice.Price, g.Currency), "special price"
		}
		if e.AccessLevel == "preview" {
			s.Note = "to look at"
		}
		out = append(out, s)
	}
	return append(out, page.Sees{Who: "Everybody else", Price: "–", Note: "does not see it"})
}

func runs(v *web.Visit, g api.Product) bool {
	from, errFrom := api.ParseTime(*g.DiscountStart)
	to, errTo := api.ParseTime(*g.DiscountEnd)
	return (errFrom != nil || !v.Now.Before(from)) && (errTo != nil || v.Now.Before(to))
}

// Create makes a product, or shows the form again with an audience more or less.
func Create(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	p, err := frame(v, f.All("tiers"))
	if err != nil {
		return err
	}
	return save(v, f, p, func(in api.ProductInput) error {
		_, err := v.API.Store().CreateProduct(v.Once(f), in)
		return err
	})
}

// Update changes a product, or shows the form again with an audience more or less.
func Update(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	g, err := v.API.Store().Product(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	p, err := editorOf(v, g)
	if err != nil {
		return err
	}
	return save(v, f, p, func(in api.ProductInput) error {
		_, err := v.API.Store().UpdateProduct(v.Ctx(), g.ID, in)
		return err
	})
}

func save(v *web.Visit, f *web.Form, p page.EditorProps, store func(api.ProductInput) error) error {
	read(f, &p)
	if do := f.Text("do"); do != "" {
		p.Audiences = change(p.Audiences, do)
		return v.Page(page.Editor(p))
	}
	in := input(f, p)
	var err error
	if !f.Bad() {
		if err = store(in); err == nil {
			v.Done("“" + in.Name + "” is saved.")
			return v.Go(link.Shop)
		}
		if !f.Take(err, wireNames(p)) {
			return err
		}
	}
	p.Fault, p.Errors = f.Fault, f.Errors
	return v.Render(f.Status(err), page.Editor(p))
}

// Delete takes a product away once its name was typed.
func Delete(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	g, err := v.API.Store().Product(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	if err := f.Typed(g.Name); err != nil {
		p, frameErr := editorOf(v, g)
		if frameErr != nil {
			return frameErr
		}
		p.NotGone = err.Error()
		return v.Render(http.StatusUnprocessableEntity, page.Editor(p))
	}
	if err := v.API.Store().DeleteProduct(v.Ctx(), g.ID); err != nil {
		return err
	}
	v.Done("“" + g.Name + "” is deleted.")
	return v.Go(link.Shop)
}
