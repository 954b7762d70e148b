package widget

import (
	"net/url"

	"laurel/api"
	"laurel/components/link"
	"laurel/handlers/web"
)

// Create makes a widget of what was typed.
func Create(v *web.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	in := input(f, api.WidgetOptions{})
	in.Kind = f.Ptr("kind")
	w, err := v.API.Widgets().Create(v.Once(f), in)
	if err != nil {
		return refused(v, api.Widget{}, f, err)
	}
	v.Done("“" + w.Name + "” is ready. Copy a snippet to put it on a page.")
	return v.Go(link.Widget(w.ID))
}

// Update changes a stored widget.
func Update(v *web.Visit) error {
	w, err := v.API.Widgets().Get(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	f, err := v.Form()
	if err != nil {
		return err
	}
	if _, err := v.API.Widgets().Update(v.Ctx(), w.ID, input(f, w.Options)); err != nil {
		return refused(v, w, f, err)
	}
	v.Done("“" + f.Text("name") + "” is saved.")
	return v.Go(link.Widget(w.ID))
}

func refused(v *web.Visit, w api.Widget, f *web.Form, cause error) error {
	if !f.Take(cause, web.Renamed{
		"options": "theme", "options.width": "width", "options.height": "height", "options.locale": "locale", "leaderboardId": "targetId",
	}) {
		return cause
	}
	return config(v, f.Status(cause), w, f)
}

// input is what the form asks of the API; options that the form does not show
// stay as they are.
func input(f *web.Form, options api.WidgetOptions) api.WidgetInput {
	options.Theme, options.Locale, options.Compact = f.Text("theme"), f.Text("locale"), f.Text("size") == "compact"
	options.Width, options.Height = f.Text("width"), f.Text("height")
	origins, public, enabled := f.Lines("allowedOrigins"), f.On("isPublic"), f.On("isEnabled")
	return api.WidgetInput{
		Name: f.Ptr("name"), TargetID: f.Ptr("targetId"), IsPublic: &public, AllowedOrigins: &origins, Options: &options, IsEnabled: &enabled,
	}
}

// Delete removes a widget whose name was typed.
func Delete(v *web.Visit) error {
	w, err := v.API.Widgets().Get(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	f, err := v.Form()
	if err != nil {
		return err
	}
	if err := f.Typed(w.Name); err != nil {
		v.Sorry(err.Error())
		return v.Go(link.Widget(w.ID))
	}
	if err := v.API.Widgets().Delete(v.Ctx(), w.ID); err != nil {
		return err
	}
	v.Done("“" + w.Name + "” is deleted.")
	return v.Go(link.Widgets)
}

// Test leads to a page on another origin that embeds the widget.
func Test(v *web.Visit) error {
	w, err := v.API.Widgets().Get(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	if v.HostURL() == "" {
		return api.NewError(api.NotFound, "no_test_page", "No test page is set up on another origin.")
	}
	return v.Go(v.HostURL() + "/?" + url.Values{"widget": {w.ID}}.Encode())
}
