package member

import (
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"laurel/api"
	"laurel/components/ui"
	"laurel/handlers/label"
	"laurel/handlers/web"
)

// known is what a community knows of its members, and so what they can be
// filtered by.
type known struct {
	fields   []api.UserField
	roles    []api.CommunityRole // without @all
	tiers    []api.Tier
	tags     []api.Tag
	segments []api.Segment
}

// learn asks for all of it, side by side.
func learn(v *web.Visit) (k known, err error) {
	group, ctx := errgroup.WithContext(v.Ctx())
	group.Go(func() (err error) { k.fields, err = v.API.Fields(v.Community.ID).List(ctx); return err })
	group.Go(func() (err error) { k.tags, err = v.API.Users().Tags(ctx, v.Community.ID); return err })
	group.Go(func() (err error) { k.segments, err = v.API.Segments(v.Community.ID).List(ctx); return err })
	group.Go(func() (err error) {
		k.roles, err = v.API.Roles().List(ctx, v.Community.ID)
		k.roles = slices.DeleteFunc(k.roles, func(r api.CommunityRole) bool { return r.IsDefault })
		return err
	})
	group.Go(func() error {
		info, err := v.API.Gamification().Tiers(ctx)
		k.tiers = info.Tiers
		return err
	})
	return k, group.Wait()
}

// kind says how a column is compared.
type kind int

// The kinds.
const (
	asText kind = iota
	asChoice
	asNumber
	asTime
	asTag
	asFlag
)

// column is something by which members are filtered. Its name is that of the
// API's filter.
type column struct {
	name, label, group string
	kind               kind
	isOptional         bool // members may have no value
	choices            []ui.Pair
	suggested          []string
}

// columns are all that members can be filtered by.
func (k known) columns() []column {
	const person, standing, points, times = "Person", "Standing", "Points", "Time"
	out := []column{
		{name: "username", label: "Username", group: person}, {name: "email", label: "Email", group: person, isOptional: true},
		{name: "first_name", label: "First name", group: person, isOptional: true}, {name: "last_name", label: "Last name", group: person, isOptional: true},
		{name: "language", label: "Language", group: person, kind: asChoice, isOptional: true, choices: label.Languages()},
		{name: "tags", label: "Tag", group: standing, kind: asTag, isOptional: true, suggested: k.tagNames()},
		{name: "role", label: "Team role", group: standing, kind: asChoice, choices: label.Roles()},
	}
	if len(k.roles) > 0 {
		out = append(out, column{name: "roles", label: "Role", group: standing, kind: asChoice, choices: k.rolePairs()})
	}
	if len(k.tiers) > 0 {
		out = append(out, column{name: "tier", label: "Tier", group: standing, kind: asChoice, choices: k.tierPairs()})
	}
	out = append(out,
		column{name: "xp", label: "XP", group: points, kind: asNumber}, column{name: "coins", label: "Coins", group: points, kind: asNumber},
		column{name: "premium", label: "Premium", group: points, kind: asNumber},
		column{name: "join_date", label: "Joined", group: times, kind: asTime}, column{name: "last_seen", label: "Last seen", group: times, kind: asTime, isOptional: true})
	for _, f := range k.fields {
		out = append(out, fieldColumn(f))
	}
	return out
}

const fieldGroup = "User fields"

func fieldColumn(f api.UserField) column {
	c := column{name: fieldName(f), label: f.Name, group: fieldGroup, isOptional: true}
	switch f.Type {
	case "number", "numerical":
		c.kind = asNumber
	case "date":
		c.kind = asTime
	case "boolean":
		c.kind, c.choices = asFlag, []ui.Pair{{Name: "true", Value: "Yes"}, {Name: "false", Value: "No"}}
	case "select":
		c.kind = asChoice
		for _, o := range f.Options {
			c.choices = append(c.choices, ui.Pair{Name: o, Value: o})
		}
	}
	return c
}

// builtIn are the names in filters and columns that are the members' own; a
// user field with such a key goes by its id.
func builtIn() []string {
	return []string{
		"_id", "id", "user_id", "userId", "username", "email", "first_name", "last_name", "display_name", "language", "tags", "role", "roles", "tier",
		"xp", "coins", "premium", "join_date", "created_at", "createdAt", "last_seen", "last_login", "search", "and", "is_deleted", "is_dummy",
		"rank", "level", "messages", "replies", "reactions", "referrals", "visits", "streak", "email_verified",
	}
}

func fieldName(f api.UserField) string {
	if slices.Contains(builtIn(), f.Field) {
		return f.ID
	}
	return f.Field
}

// field finds a user field by its key, id or name.
func (k known) field(name string) (api.UserField, bool) {
	for _, f := range k.fields {
		if f.ID == name || (f.Field == name && fieldName(f) == name) {
			return f, true
		}
	}
	return api.UserField{}, false
}

// column finds a column by its name in a filter.
func (k known) column(name string) (column, bool) {
	if f, ok := k.field(name); ok {
		return fieldColumn(f), true
	}
	all := k.columns()
	i := slices.IndexFunc(all, func(c column) bool { return c.name == name })
	if i < 0 {
		i = slices.IndexFunc(all, func(c column) bool { return c.group == fieldGroup && strings.EqualFold(c.label, name) })
	}
	if i < 0 {
		return column{}, false
	}
	return all[i], true
}

// choose finds a choice by its value or its words.
func (c column) choose(text string) string {
	for _, p := range c.choices {
		if p.Name == text || strings.EqualFold(p.Value, text) {
			return p.Name
		}
	}
	return text
}

func (k known) tagNames() []string {
	out := make([]string, len(k.tags))
	for i, t := range k.tags {
		out[i] = t.Name
	}
	return out
}

func (k known) rolePairs() []ui.Pair {
	out := make([]ui.Pair, len(k.roles))
	for i, r := range k.roles {
		out[i] = ui.Pair{Name: r.ID, Value: r.Title}
	}
	return out
}

func (k known) tierPairs() []ui.Pair {
	out := make([]ui.Pair, len(k.tiers))
	for i, t := range k.tiers {
		out[i] = ui.Pair{Name: t.ID, Value: t.Name}
	}
	return out
}
