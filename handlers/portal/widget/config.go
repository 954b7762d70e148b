package widget

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/embed"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
	"laurel/widgets"
)

// New is the empty configurator, ?kind= chooses what is made.
func New(v *web.Visit) error {
	kind := v.Query("kind")
	if _, ok := widgets.ByName(kind); !ok {
		kind = "leaderboard"
	}
	fresh := &web.Form{Errors: map[string]string{}, Values: url.Values{
		"kind": {kind}, "theme": {"auto"}, "size": {"full"}, "width": {"100%"}, "isEnabled": {"on"}, "targetId": {v.Query("board")},
	}}
	return config(v, http.StatusOK, api.Widget{}, fresh)
}

// Edit is the configurator of a stored widget.
func Edit(v *web.Visit) error {
	w, err := v.API.Widgets().Get(v.Ctx(), v.Param("id"))
	if err != nil {
		return err
	}
	return config(v, http.StatusOK, w, &web.Form{Values: typed(w), Errors: map[string]string{}})
}

// typed is a stored widget as its form would send it.
func typed(w api.Widget) url.Values {
	t := url.Values{
		"kind": {w.Kind}, "name": {w.Name}, "targetId": {w.TargetID}, "theme": {either(w.Options.Theme, "auto")}, "size": {"full"},
		"locale": {w.Options.Locale}, "width": {w.Options.Width}, "height": {w.Options.Height},
		"allowedOrigins": {strings.Join(w.AllowedOrigins, "\n")},
	}
	if w.Options.Compact {
		t.Set("size", "compact")
	}
	for name, on := range map[string]bool{"isPublic": w.IsPublic, "isEnabled": w.IsEnabled} {
		if on {
			t.Set(name, "on")
		}
	}
	return t
}

func either(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// config renders the configurator with the texts of f; w is the stored widget,
// zero for a new one.
func config(v *web.Visit, status int, w api.Widget, f *web.Form) error {
	targets, err := targets(v, f.Text("targetId"))
	if err != nil {
		return err
	}
	title := either(w.Name, "New widget")
	p := page.ConfigProps{
		PortalProps: v.Portal(title, layout.PlaceWidgets, ui.Link{Label: "Widgets", Href: link.Widgets}, ui.Link{Label: title}),
		ID:          w.ID, Kind: f.Text("kind"), Name: f.Text("name"), Targets: targets,
		Themes:  web.Choices([]ui.Pair{{Name: "auto", Value: "As the page"}, {Name: "light", Value: "Light"}, {Name: "dark", Value: "Dark"}}, f.Text("theme")),
		Sizes:   web.Choices([]ui.Pair{{Name: "full", Value: "Full"}, {Name: "compact", Value: "Compact"}}, f.Text("size")),
		Locales: web.Choices(append([]ui.Pair{{Value: "The visitor's"}}, label.Languages()...), f.Text("locale")),
		Width:   f.Text("width"), Height: f.Text("height"), Origins: f.Text("allowedOrigins"), Public: f.On("isPublic"), Enabled: f.On("isEnabled"),
		Errors: f.Errors, Fault: f.Fault, CanEdit: true,
	}
	if f.Bad() && p.Fault == "" {
		p.Fault = "Nothing was saved yet. Please check what is marked below."
	}
	if w.ID != "" {
		if err := fillSnippets(v, w, &p); err != nil {
			return err
		}
	}
	return v.Render(status, page.Config(p))
}

// targets are the boards that a widget can show.
func targets(v *web.Visit, chosen string) ([]form.Option, error) {
	boards, err := v.API.Leaderboards().List(v.Ctx(), apiclient.BoardQuery{Paging: apiclient.Paging{Limit: 100}})
	var out []form.Option
	for _, b := range boards.Items {
		o := form.Option{Value: b.ID, Label: b.Name, Chosen: b.ID == chosen}
		if !b.Enabled {
			o.Label += " (off)"
		}
		out = append(out, o)
	}
	return out, err
}

// fillSnippets adds preview, test page and the code for the partner, with the
// community's first working access key in it.
func fillSnippets(v *web.Visit, w api.Widget, p *page.ConfigProps) error {
	keys, err := v.API.Widgets().AccessKeys(v.Ctx())
	if err != nil {
		return err
	}
	in := widgets.SnippetInput{
		BaseURL: v.BaseURL(), Kind: w.Kind, WidgetID: w.ID, Title: w.Name, Locale: w.Options.Locale, Public: w.IsPublic, Theme: w.Options.Theme,
	}
	if i := slices.IndexFunc(keys, func(k api.AccessKey) bool { return k.IsActive && k.RevokedAt == nil }); i >= 0 {
		in.AccessID = keys[i].AccessID
	}
	if len(w.AllowedOrigins) > 0 {
		in.Origin = w.AllowedOrigins[0]
	}
	p.Preview = previewURL(w)
	if v.HostURL() != "" {
		p.Test = link.WidgetDo(w.ID, "test")
	}
	if kind, ok := widgets.ByName(w.Kind); ok && w.IsPublic {
		p.OEmbed = v.BaseURL() + kind.PagePath(w.ID)
	}
	addSnippets(widgets.Snippets(in), w.IsPublic, p)
	return nil
}

func addSnippets(list []widgets.Snippet, public bool, p *page.ConfigProps) {
	for _, s := range list {
		switch {
		case s.Group == widgets.GroupPage && p.Element == "":
			p.Element = s.Code
		case s.Group == widgets.GroupPage:
			p.Frame = s.Code
		case public:
		case s.Group == widgets.GroupSigned:
			p.Tokens = append(p.Tokens, page.Snippet{Lang: s.Title + ", signed by your server", Text: s.Code})
		default:
			p.Tokens = append(p.Tokens, page.Snippet{Lang: s.Title, Text: s.Code})
		}
	}
}
