package channel

import (
	"errors"

	"laurel/api"
	"laurel/components/link"
	page "laurel/components/page/channel"
	"laurel/handlers/web"
)

// CreateCategory makes a category, below the others.
func CreateCategory(v *web.Visit) error {
	return saveCategory(v, "", func(f *web.Form, in api.CategoryInput) (api.Category, error) {
		list, err := v.API.Channels().Categories(v.Ctx())
		if err != nil {
			return api.Category{}, err
		}
		last := 0
		for _, k := range list {
			last = max(last, k.Position)
		}
		last++
		in.Position = &last
		return v.API.Channels().CreateCategory(v.Once(f), in)
	})
}

// EditCategory changes a category's name and who sees it.
func EditCategory(v *web.Visit) error {
	return saveCategory(v, v.Param("id"), func(_ *web.Form, in api.CategoryInput) (api.Category, error) {
		return v.API.Channels().UpdateCategory(v.Ctx(), v.Param("id"), in)
	})
}

func saveCategory(v *web.Visit, id string, save func(*web.Form, api.CategoryInput) (api.Category, error)) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	private, roles := f.On("private"), f.All("roles")
	k, err := save(f, api.CategoryInput{Name: f.Ptr("name"), IsPrivate: &private, Roles: &roles})
	if err == nil {
		v.Done("The category “" + k.Name + "” is saved.")
		return v.Go(link.Channels)
	}
	if !f.Take(err, nil) {
		return err
	}
	if f.Fault != "" {
		f.Refuse("name", f.Fault)
	}
	return show(v, f.Status(err), func(p *page.ListProps) { reopen(p, id, f) })
}

// reopen shows the dialog again with what was typed.
func reopen(p *page.ListProps, id string, f *web.Form) {
	into := &p.Create
	for i, s := range p.Sections {
		if s.ID == id && id != "" {
			into = &p.Sections[i].Edit
		}
	}
	into.Open, into.Name, into.Private, into.Errors = true, f.Text("name"), f.On("private"), f.Errors
	for i, o := range into.Roles {
		into.Roles[i].Chosen = false
		for _, chosen := range f.All("roles") {
			into.Roles[i].Chosen = into.Roles[i].Chosen || chosen == o.Value
		}
	}
}

// DeleteCategory removes an empty category.
func DeleteCategory(v *web.Visit) error {
	k, err := v.API.Channels().DeleteCategory(v.Ctx(), v.Param("id"))
	switch {
	case errors.Is(err, &api.Error{Code: "category_not_empty"}):
		v.Sorry(err.Error())
	case err != nil:
		return err
	default:
		v.Done("The category “" + k.Name + "” is deleted.")
	}
	return v.Go(link.Channels)
}
