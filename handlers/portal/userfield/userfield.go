// Package userfield holds the portal's handlers of user fields and of the
// changes of their values.
package userfield

import (
	"net/http"
	"strings"

	"laurel/api"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/userfield"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// List is the page of user fields.
func List(v *web.Visit) error { return show(v, http.StatusOK, nil) }

// show renders the page; change may put a refused form into it.
func show(v *web.Visit, status int, change func(p *page.Props)) error {
	fields, err := v.API.Fields(v.Community.ID).List(v.Ctx())
	if err != nil {
		return err
	}
	p := page.Props{PortalProps: v.Portal("User fields", layout.PlaceFields), Create: page.Form{Types: web.Choices(label.FieldTypes(), "single-line-text")}}
	for _, f := range fields {
		p.Rows = append(p.Rows, rowOf(v, f))
	}
	if change != nil {
		change(&p)
	}
	return v.Render(status, page.Page(p))
}

func rowOf(v *web.Visit, f api.UserField) page.Row {
	r := page.Row{
		ID: f.ID, Name: f.Name, Key: f.Field, Type: label.FieldType(f.Type), Description: f.Description, Options: f.Options, Default: f.Default,
		Required: f.Required, Private: f.Private, Made: v.Moment(f.CreatedAt),
		Edit: page.Form{
			ID: f.ID, Name: f.Name, Types: web.Choices(label.FieldTypes(), f.Type), Description: f.Description, Options: strings.Join(f.Options, "\n"),
			Default: f.Default, Required: f.Required, Private: f.Private,
		},
	}
	if f.Creator != nil {
		r.Maker = f.Creator.DisplayName
	}
	return r
}

// input is what the form says; key is sent for new fields only.
func input(f *web.Form) api.NewUserField {
	in := api.NewUserField{
		Field: f.Text("field"), Name: f.Text("name"), Type: f.Text("type"), Description: f.Text("description"),
		Required: f.On("required"), Private: f.On("private"),
	}
	if in.Type == "select" {
		in.Options = f.Lines("options")
	}
	if text := f.Text("defaultValue"); text != "" {
		in.Default = text
	}
	return in
}

// Create makes a user field.
func Create(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	made, err := v.API.Fields(v.Community.ID).Create(v.Once(f), input(f))
	if err == nil {
		v.Done("The field “" + made.Name + "” is there.")
		return v.Go(link.UserFields)
	}
	return again(v, f, err, "")
}

// Update changes a user field.
func Update(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	made, err := v.API.Fields(v.Community.ID).Update(v.Ctx(), v.Param("id"), input(f))
	if err == nil {
		v.Done("The field “" + made.Name + "” is saved.")
		return v.Go(link.UserFields)
	}
	return again(v, f, err, v.Param("id"))
}

// again shows the page with the dialog open and what was typed in it.
func again(v *web.Visit, f *web.Form, err error, id string) error {
	if !f.Take(err, nil) {
		return err
	}
	if f.Fault != "" {
		f.Refuse("name", f.Fault)
	}
	typed := page.Form{
		ID: id, Open: true, Name: f.Text("name"), Key: f.Text("field"), Types: web.Choices(label.FieldTypes(), f.Text("type")), Description: f.Text("description"),
		Options: f.Text("options"), Default: f.Text("defaultValue"), Required: f.On("required"), Private: f.On("private"), Errors: f.Errors,
	}
	return show(v, f.Status(err), func(p *page.Props) {
		if id == "" {
			p.Create = typed
		} else {
			p.Edit = typed
		}
	})
}

// Delete removes a field and its values; the name must be typed.
func Delete(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	fields := v.API.Fields(v.Community.ID)
	field, err := fields.Get(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	if err := f.Typed(field.Name); err != nil {
		v.Sorry(err.Error())
		return v.Go(link.UserFields)
	}
	if err := fields.Delete(v.Ctx(), field.ID); err != nil {
		return err
	}
	v.Done("The field “" + field.Name + "” is deleted. Its history stays under “All changes”.")
	return v.Go(link.UserFields)
}
