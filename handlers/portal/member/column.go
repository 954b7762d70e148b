package member

import (
	"slices"
	"strconv"
	"strings"

	"laurel/api"
	"laurel/components/form"
	page "laurel/components/page/member"
	"laurel/handlers/label"
	"laurel/handlers/place"
	"laurel/handlers/web"
)

// shownColumn is a column that the list can show of its members.
type shownColumn struct {
	name, label, sort string
	isNumber          bool
	isPrivate         bool
	cell              func(v *web.Visit, u api.User) page.Cell
}

// usual are the columns of a list that nobody has arranged.
func usual() []string { return []string{"role", "tier", "rank", "xp", "coins", "last_seen"} }

func isUsual(columns []string) bool { return slices.Equal(columns, usual()) }

// shown keeps the names of columns that exist; the usual ones without any.
func (k known) shown(names []string) []string {
	var out []string
	for _, name := range names {
		if c, ok := k.shownColumn(name); ok && !slices.Contains(out, c.name) {
			out = append(out, c.name)
		}
	}
	if len(out) == 0 {
		return usual()
	}
	return out
}

func text(get func(u api.User) string) func(*web.Visit, api.User) page.Cell {
	return func(_ *web.Visit, u api.User) page.Cell { return page.Cell{Text: get(u)} }
}

func amount(get func(w api.Wallet) int64) func(*web.Visit, api.User) page.Cell {
	return func(_ *web.Visit, u api.User) page.Cell {
		if u.Wallet == nil {
			return page.Cell{IsNumber: true}
		}
		return page.Cell{Number: get(*u.Wallet), IsNumber: true}
	}
}

func moment(get func(u api.User) *api.Time) func(*web.Visit, api.User) page.Cell {
	return func(v *web.Visit, u api.User) page.Cell { return page.Cell{When: v.MomentOf(get(u)), IsTime: true} }
}

// shownColumns are all that can be shown, in the order of the choice.
func (k known) shownColumns() []shownColumn {
	out := []shownColumn{
		{name: "user_id", label: "Number", isNumber: true, cell: text(func(u api.User) string { return strconv.FormatInt(u.Number, 10) })},
		{name: "email", label: "Email", cell: text(func(u api.User) string { return u.Email })},
		{name: "first_name", label: "First name", cell: text(func(u api.User) string { return u.FirstName })},
		{name: "last_name", label: "Last name", cell: text(func(u api.User) string { return u.LastName })},
		{name: "language", label: "Language", cell: text(func(u api.User) string { return label.Language(u.Language) })},
		{name: "role", label: "Team role", cell: text(func(u api.User) string { return web.RoleName(u.Role) })},
		{name: "roles", label: "Roles", cell: text(func(api.User) string { return "" })},
		{name: "tags", label: "Tags", cell: func(_ *web.Visit, u api.User) page.Cell { return page.Cell{Tags: u.Tags} }},
		{name: "tier", label: "Tier", cell: tierCell},
		{name: "rank", label: "Rank", isNumber: true, cell: text(func(api.User) string { return "–" })},
		{name: "xp", label: "XP", sort: "xp", isNumber: true, cell: amount(func(w api.Wallet) int64 { return w.XP })},
		{name: "coins", label: "Coins", sort: "coins", isNumber: true, cell: amount(func(w api.Wallet) int64 { return w.Coins })},
		{name: "premium", label: "Premium", sort: "premium", isNumber: true, cell: amount(func(w api.Wallet) int64 { return w.Premium })},
		{name: "messages", label: "Messages", isNumber: true, cell: amount(func(w api.Wallet) int64 { return w.Messages })},
		{name: "replies", label: "Replies", isNumber: true, cell: amount(func(w api.Wallet) int64 { return w.Replies })},
		{name: "reactions", label: "Reactions", isNumber: true, cell: amount(func(w api.Wallet) int64 { return w.Reactions })},
		{name: "referrals", label: "Referrals", isNumber: true, cell: amount(func(w api.Wallet) int64 { return w.Referrals })},
		{name: "visits", label: "Visits", isNumber: true, cell: amount(func(w api.Wallet) int64 { return w.Visits })},
		{name: "streak", label: "Login streak", isNumber: true, cell: amount(func(w api.Wallet) int64 { return w.Streak })},
		{name: "join_date", label: "Joined", sort: "createdAt", cell: moment(func(u api.User) *api.Time { return &u.CreatedAt })},
		{name: "last_seen", label: "Last seen", sort: "lastSeen", cell: moment(func(u api.User) *api.Time { return u.LastSeen })},
	}
	for _, f := range k.fields {
		out = append(out, shownField(f))
	}
	return out
}

func tierCell(_ *web.Visit, u api.User) page.Cell {
	if u.Wallet == nil {
		return page.Cell{}
	}
	return page.Cell{Text: place.TierName(u.Wallet.Tier), Note: "level " + strconv.Itoa(u.Wallet.Level)}
}

// shownField shows a user field's value; a private one is covered here and
// shown on the member's own page.
func shownField(f api.UserField) shownColumn {
	isNumber := f.Type == "number" || f.Type == "numerical"
	return shownColumn{name: fieldName(f), label: f.Name, isNumber: isNumber, isPrivate: f.Private, cell: func(_ *web.Visit, u api.User) page.Cell {
		value := u.CustomFields[f.Field]
		if f.Private && value != "" {
			return page.Cell{IsPrivate: true}
		}
		return page.Cell{Text: fieldText(f, value)}
	}}
}

// fieldText is a stored value in the words of a page.
func fieldText(f api.UserField, value string) string {
	switch {
	case f.Type == "boolean" && value == "true":
		return "Yes"
	case f.Type == "boolean" && value == "false":
		return "No"
	}
	return value
}

func (k known) shownColumn(name string) (shownColumn, bool) {
	if f, ok := k.field(name); ok {
		return shownField(f), true
	}
	all := k.shownColumns()
	i := slices.IndexFunc(all, func(c shownColumn) bool { return c.name == name || strings.EqualFold(c.label, name) })
	if i < 0 {
		return shownColumn{}, false
	}
	return all[i], true
}

// choice is the choice of columns.
func (w view) choice() []form.Option {
	var out []form.Option
	for _, c := range w.known.shownColumns() {
		out = append(out, form.Option{Value: c.name, Label: c.label, Chosen: slices.Contains(w.columns, c.name)})
	}
	return out
}

// narrow is how many columns of figures a phone shows.
const narrow = 2

// heads are the table's heads.
func (w view) heads() []page.Column {
	var out []page.Column
	figures := 0
	for _, name := range w.columns {
		c, _ := w.known.shownColumn(name)
		h := page.Column{Label: c.label, IsNumber: c.isNumber, IsWide: true}
		if c.isNumber && figures < narrow && c.name != "rank" {
			h.IsWide = false
			figures++
		}
		if c.sort != "" {
			h.Href, h.Dir = w.sortHref(c.sort)
		}
		out = append(out, h)
	}
	return out
}
