package account

import (
	"strconv"
	"strings"

	"laurel/api"
	page "laurel/components/page/signin"
	"laurel/handlers/web"
)

// joining is what the community asks of newcomers; nothing when it is not
// known which community is meant.
func joining(v *web.Visit) (api.Joining, error) {
	home, err := findCommunity(v)
	if api.IsKind(err, api.NotFound) {
		return api.Joining{}, nil
	}
	if err != nil {
		return api.Joining{}, err
	}
	return v.API.Anonymous().Joining(home.ID).Get(v.Ctx())
}

// fieldOf names the tick of a policy in its version, so that one that changed
// meanwhile is not agreed to.
func fieldOf(p api.Policy) string { return "policy-" + p.ID + "-" + strconv.Itoa(p.Version) }

func consents(asked api.Joining, f *web.Form) []api.Consent {
	var out []api.Consent
	for _, p := range asked.Policies {
		if f.On(fieldOf(p)) {
			out = append(out, api.Consent{PolicyID: p.ID, Version: p.Version})
		}
	}
	return out
}

// ask puts what is asked for into the form, with what was given so far.
func ask(p *page.RegisterProps, asked api.Joining, f *web.Form) {
	for _, y := range asked.Policies {
		p.Policies = append(p.Policies, page.Policy{Name: fieldOf(y), Title: y.Title, Paragraphs: strings.Split(y.Body, "\n"), Agreed: f != nil && f.On(fieldOf(y))})
	}
	for _, known := range []page.Asked{
		{Name: "firstname", Label: "First name", Autocomplete: "given-name"}, {Name: "lastname", Label: "Last name", Autocomplete: "family-name"},
		{Name: "language", Label: "Language (en, es, de, fr, ar, ja)", Autocomplete: "language"},
	} {
		for _, name := range asked.Fields {
			if name == known.Name {
				if f != nil {
					known.Value = f.Text(name)
				}
				p.Asked = append(p.Asked, known)
			}
		}
	}
}
