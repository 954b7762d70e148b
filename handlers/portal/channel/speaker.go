package channel

import (
	"slices"
	"strings"

	"laurel/api"
	"laurel/components/form"
	"laurel/handlers/web"
)

// speakersOf sorts a channel's speakers into roles, and members by their
// usernames. Members who are gone are passed over.
func speakersOf(v *web.Visit, h house, c api.Channel) ([]form.Option, string, error) {
	roles := h.options(c.Speakers)
	var people []string
	for _, id := range c.Speakers {
		if slices.ContainsFunc(roles, func(o form.Option) bool { return o.Value == id }) {
			continue
		}
		u, err := v.API.Users().Get(v.Ctx(), v.Community.ID, id)
		switch {
		case api.IsKind(err, api.NotFound) || err == nil && u.IsDeleted:
		case err != nil:
			return nil, "", err
		default:
			people = append(people, u.Username)
		}
	}
	return roles, strings.Join(people, ", "), nil
}

// speakers are the roles and members that the form names; a name that nobody
// has is refused.
func speakers(v *web.Visit, f *web.Form) ([]string, error) {
	out := f.All("speakerRoles")
	for _, name := range f.Words("speakers") {
		u, err := v.API.Users().Get(v.Ctx(), v.Community.ID, name)
		if api.IsKind(err, api.NotFound) {
			f.Refuse("speakers", "Nobody here is known as “"+name+"”.")
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, u.ID)
	}
	return out, nil
}
