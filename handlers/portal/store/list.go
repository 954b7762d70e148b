// Package store holds the portal's handlers of the store.
package store

import (
	"net/http"
	"strconv"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/store"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// most is how many products the page lists.
const most = 100

// maxImport bounds a CSV.
const maxImport = 1 << 20

// List is the page of the store.
func List(v *web.Visit) error {
	p, err := list(v)
	if err != nil {
		return err
	}
	return v.Page(page.List(p))
}

func list(v *web.Visit) (page.ListProps, error) {
	p := page.ListProps{PortalProps: v.Portal("Store", layout.PlaceStore)}
	config, err := v.API.Store().Config(v.Ctx())
	if err != nil {
		return p, err
	}
	p.Settings = page.Settings{Open: config.IsEnabled, Title: config.Title, About: config.Description, Cover: config.Cover.Value}
	categories, err := v.API.Store().Categories(v.Ctx())
	if err != nil {
		return p, err
	}
	names := map[string]string{}
	for _, c := range categories {
		names[c.ID] = c.Name
		p.Categories = append(p.Categories, page.Category{ID: c.ID, Name: c.Name, Products: c.Products, Order: strconv.Itoa(*c.DisplayOrder), Preview: c.ViewType == "preview", Archived: *c.IsArchived, Status: *c.DefaultStatusName, Cover: *c.CoverImage})
	}
	statuses, err := v.API.Store().Statuses(v.Ctx())
	if err != nil {
		return p, err
	}
	for _, s := range statuses {
		p.Statuses = append(p.Statuses, page.Status{Name: s.Name, Kind: label.StatusKind(s.Category), Tone: label.StatusTone(s.Category)})
	}
	for n := 1; ; n++ {
		products, err := v.API.Store().Products(v.Ctx(), apiclient.ProductQuery{Paging: apiclient.Paging{Page: n, Limit: most}, Archived: true})
		if err != nil {
			return p, err
		}
		for _, g := range products.Items {
			p.Rows = append(p.Rows, rowOf(g, names))
		}
		if len(products.Items) < most {
			return p, nil
		}
	}
}

func rowOf(g api.Product, categories map[string]string) page.Row {
	kind, _ := label.ProductType(g.Type)
	r := page.Row{Name: g.Name, Href: link.Product(g.ID), Kind: kind, Category: categories[*g.CategoryID], Price: label.Price(*g.Price, g.Currency), Stock: "∞", Orders: g.TotalOrders, State: ui.BadgeProps{Text: "On the shelf", Tone: ui.Good, Dot: true}}
	if *g.Stocks >= 0 {
		r.Stock = ui.Number(*g.Stocks)
	}
	switch {
	case *g.IsArchived:
		r.State = ui.BadgeProps{Text: "Archived"}
	case *g.Stocks == 0:
		r.State = ui.BadgeProps{Text: "Sold out", Tone: ui.Bad, Dot: true}
	}
	return r
}

// again shows the page with what was refused; dialog is the one that it was in.
func again(v *web.Visit, f *web.Form, dialog string, err error) error {
	p, listErr := list(v)
	if listErr != nil {
		return listErr
	}
	p.Fault, p.Errors, p.Open, p.Typed = f.Fault, f.Errors, dialog, map[string]string{}
	for name := range f.Values {
		p.Typed[name] = f.Text(name)
	}
	status := http.StatusUnprocessableEntity
	if err != nil {
		status = f.Status(err)
	}
	return v.Render(status, page.List(p))
}

// SetSettings stores the store's settings.
func SetSettings(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	in, err := v.API.Store().Config(v.Ctx())
	if err != nil {
		return err
	}
	in.IsEnabled, in.Title, in.Description, in.Cover = f.On("enabled"), f.Text("title"), f.Text("description"), api.StoreCover{}
	if cover := f.Text("cover"); cover != "" {
		in.Cover = api.StoreCover{Type: "image", Value: cover}
	}
	in.CommunityID, in.UpdatedAt, in.Widget.ID = "", nil, ""
	if _, err = v.API.Store().SetConfig(v.Ctx(), in); err == nil {
		v.Done("The store is saved.")
		return v.Go(link.Shop)
	}
	if !f.Take(err, web.Renamed{"cover.value": "cover"}) {
		return err
	}
	return again(v, f, "", err)
}

// SaveCategory makes, changes or deletes a category.
func SaveCategory(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	id := v.Param("id")
	if f.Text("do") == "delete" {
		if err := v.API.Store().DeleteCategory(v.Ctx(), id); err != nil {
			return err
		}
		v.Done("The category is deleted; its products stay.")
		return v.Go(link.Shop)
	}
	order, archived, view := int(f.Whole("order", 0)), f.On("archived"), "full"
	if f.On("preview") {
		view = "preview"
	}
	in := api.StoreCategoryInput{Name: f.Text("name"), CoverImage: f.Ptr("cover"), ViewType: view, DisplayOrder: &order, IsArchived: &archived, DefaultStatusName: f.Ptr("status")}
	if !f.Bad() {
		if id == "" {
			_, err = v.API.Store().CreateCategory(v.Ctx(), in)
		} else {
			_, err = v.API.Store().UpdateCategory(v.Ctx(), id, in)
		}
		if err == nil {
			v.Done("“" + in.Name + "” is saved.")
			return v.Go(link.Shop)
		}
		if !f.Take(err, web.Renamed{"coverImage": "cover", "defaultPurchaseStatus": "status", "displayOrder": "order"}) {
			return err
		}
	}
	return again(v, f, "category-"+id, err)
}

// CreateStatus makes a status that orders can have.
func CreateStatus(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	in := api.RedemptionStatusInput{Name: f.Text("name"), Category: f.Text("category")}
	if _, err = v.API.Store().CreateStatus(v.Ctx(), in); err == nil {
		v.Done("“" + in.Name + "” is there.")
		return v.Go(link.Shop)
	}
	if !f.Take(err, nil) {
		return err
	}
	return again(v, f, "status", err)
}

// Import makes or changes products from a CSV.
func Import(v *web.Visit) error {
	f, err := v.Upload(maxImport)
	if err != nil {
		return err
	}
	csv, err := v.File("file")
	if err != nil {
		return err
	}
	done, err := v.API.Store().ImportProducts(v.Ctx(), csv, f.On("change"))
	if err == nil {
		v.Done(ui.Count(int64(done.Created), "product", "products") + " made, " + ui.Number(int64(done.Updated)) + " changed.")
		return v.Go(link.Shop)
	}
	if !f.Take(err, nil) {
		return err
	}
	return again(v, f, "import", err)
}
