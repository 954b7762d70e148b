package rule

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"laurel/api"
	"laurel/auth"
)

// maxNamed bounds each list of an audience.
const maxNamed = 1000

func audiences(b *api.Leaderboard, in api.LeaderboardInput) error {
	for _, l := range []struct {
		field string
		into  *[]string
		from  *[]string
	}{
		{"allowedUsersToRank", &b.RankedUserRoles.Users, in.AllowedUsersToRank},
		{"allowedRolesToRank", &b.RankedUserRoles.Roles, in.AllowedRolesToRank},
		{"allowedTagsToRank", &b.RankedUserRoles.Tags, in.AllowedTagsToRank},
		{"allowedUsersToView", &b.ViewPermissionUserRoles.Users, in.AllowedUsersToView},
		{"allowedRolesToView", &b.ViewPermissionUserRoles.Roles, in.AllowedRolesToView},
		{"allowedTagsToView", &b.ViewPermissionUserRoles.Tags, in.AllowedTagsToView},
	} {
		if l.from == nil {
			continue
		}
		if len(*l.from) > maxNamed {
			return api.InvalidField(l.field, "must hold at most 1000 entries")
		}
		*l.into = []string{}
		for _, name := range *l.from {
			name = strings.TrimSpace(name)
			if name == "" || len(name) > 254 {
				return api.InvalidField(l.field, "must hold names of 1 to 254 characters")
			}
			if strings.HasPrefix(l.field, "allowedRoles") && !slices.Contains(roles(), name) {
				return api.InvalidField(l.field, "must hold only owner, admin and member")
			}
			if !slices.Contains(*l.into, name) {
				*l.into = append(*l.into, name)
			}
		}
	}
	return nil
}

func roles() []string {
	return []string{string(api.RoleOwner), string(api.RoleAdmin), string(api.RoleMember)}
}

// Person is what an audience looks at.
type Person struct {
	ID   string
	Role api.Role
	Tags []string
}

// IsEverybody reports whether the audience names nobody in particular.
func IsEverybody(a api.Audience) bool { return len(a.Users)+len(a.Roles)+len(a.Tags) == 0 }

// Holds reports whether the audience takes the person in: by id, role or any
// tag; an audience that names nobody takes in everybody.
func Holds(a api.Audience, p Person) bool {
	return IsEverybody(a) || slices.Contains(a.Users, p.ID) || slices.Contains(a.Roles, string(p.Role)) ||
		slices.ContainsFunc(p.Tags, func(tag string) bool { return slices.Contains(a.Tags, tag) })
}

func widget(b *api.Leaderboard, in api.LeaderboardInput) error {
	if in.Widget == nil {
		return nil
	}
	w := *in.Widget
	domains, err := domains(w.WhitelistedDomains)
	if err != nil {
		return err
	}
	w.WhitelistedDomains = domains
	switch w.Size.Type {
	case "", "dynamic":
		w.Size = api.WidgetSize{Type: "dynamic"}
	case "custom":
		if w.Size.Value == nil {
			return api.InvalidField("widget.size.value", "is required for a custom size")
		}
	default:
		return api.InvalidField("widget.size.type", "must be dynamic or custom")
	}
	b.Widget = w
	return button(w.Button)
}

// domains puts the entries into the normal form of origins; a bare host means https.
func domains(list []string) ([]string, error) {
	if len(list) > 50 {
		return nil, api.InvalidField("widget.whitelistedDomains", "must hold at most 50 domains")
	}
	out := []string{}
	for i, entry := range list {
		text := strings.TrimSpace(entry)
		if !strings.Contains(text, "://") && !strings.HasSuffix(text, ":") {
			text = "https://" + text
		}
		origin, err := auth.ParseOrigin(text)
		if err != nil {
			return nil, api.InvalidField("widget.whitelistedDomains["+strconv.Itoa(i)+"]", "is no origin or host: "+err.Error())
		}
		if normal := origin.String(); !slices.Contains(out, normal) {
			out = append(out, normal)
		}
	}
	return out, nil
}

func button(b api.WidgetButton) error {
	switch {
	case len([]rune(b.Text)) > 60 || (b.Enabled && strings.TrimSpace(b.Text) == ""):
		return api.InvalidField("widget.button.text", "must have 1 to 60 characters")
	case b.Link != "" && !isAddress(b.Link, false), b.Enabled && b.Link == "":
		return api.InvalidField("widget.button.link", "must be an http or https address, at most 500 characters")
	}
	return nil
}

// isAddress accepts http(s) addresses with a host, and paths where they may be.
func isAddress(text string, pathToo bool) bool {
	u, err := url.Parse(text)
	if err != nil || len(text) > 500 || u.User != nil || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return false
	}
	if pathToo && u.Scheme == "" && u.Host == "" {
		return strings.HasPrefix(text, "/") && !strings.HasPrefix(text, "//")
	}
	return (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}
