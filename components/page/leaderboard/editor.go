package leaderboard

import (
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	"laurel/components/ui"
)

// EditorProps is the form of one board, new or known. All texts are as typed,
// so that a refused form comes back unchanged. Field names in the request are
// given with each field.
type EditorProps struct {
	layout.PortalProps
	ID     string // empty for a new board
	Basics Basics
	Rank   Ranking
	Period Period
	Cols   []Column
	Who    Audience
	Widget WidgetPart
	Errors map[string]string // by field name
	Fault  string            // above the form

	Preview Standings
	Delete  ui.ConfirmProps // ID "delete", Action and Typed are filled in when empty
}

// Basics is what a board is called.
type Basics struct {
	Name         string // name, 1 to 100 characters
	Slug         string // slug
	Description  string // description
	Image        string // image, an https address
	DisplayOrder string // displayOrder
	Enabled      bool   // isEnabled
	Preview      bool   // isPreviewEnabled
}

// Ranking is what counts.
type Ranking struct {
	By          []form.Option // rankingField
	Ties        []form.Option // tieRule
	TopOnly     bool          // topRankOnly
	TopLimit    string        // topRankLimit
	OnlyPlus    bool          // onlyPositiveRanks
	WithDummies bool          // includeDummyUsers
}

// Period is when it counts.
type Period struct {
	Filters   []form.Option // allowedTimeFilters, several
	Start     string        // startDate, YYYY-MM-DD
	StartTime string        // startTime, HH:MM
	End       string        // endDate
	EndTime   string        // endTime
	NoEnd     bool          // hasNoEndDate
	Zone      string        // timeZone, IANA
	Zones     []string
}

// Column is one displayed column: column-NAME is its switch, order-NAME its place.
type Column struct {
	Name    string // user, currencies, xps, level or a field's id
	Label   string
	Visible bool
	Order   string
}

// Audience is who is ranked and who may look; each list is comma-separated.
type Audience struct {
	RankRoles []form.Option // allowedRolesToRank, several
	RankUsers string        // allowedUsersToRank: usernames, emails or ids
	RankTags  string        // allowedTagsToRank
	ViewRoles []form.Option // allowedRolesToView, several
	ViewUsers string        // allowedUsersToView
	ViewTags  string        // allowedTagsToView
}

// WidgetPart is how the board appears on partners' pages.
type WidgetPart struct {
	Enabled    bool   // widgetEnabled
	Domains    string // widgetDomains, one a line, at most 50
	Fixed      bool   // widgetSize: dynamic or custom
	Width      string // widgetWidth, px
	Height     string // widgetHeight, px
	Button     bool   // buttonEnabled
	ButtonText string // buttonText
	ButtonLink string // buttonLink
	EmbedURL   string // where the board's frame is, shown when known
}

func (p EditorProps) action() string {
	if p.ID == "" {
		return link.Leaderboards
	}
	return link.BoardDo(p.ID, "edit")
}

func (p EditorProps) back() string {
	if p.ID == "" {
		return link.Leaderboards
	}
	return link.Board(p.ID)
}

func (p EditorProps) title() string {
	if p.ID == "" {
		return "New leaderboard"
	}
	return "Edit " + p.Basics.Name
}

func (p EditorProps) field(name, label, hint string) form.Field {
	return form.Field{Name: name, Label: label, Hint: hint, Error: p.Errors[name]}
}

func (p EditorProps) must(name, label, hint string) form.Field {
	f := p.field(name, label, hint)
	f.Required = true
	return f
}

func (p EditorProps) confirm() ui.ConfirmProps {
	c := p.Delete
	c.ID = "delete"
	if c.Action == "" {
		c.Action = link.BoardDo(p.ID, "delete")
	}
	if c.Typed == "" {
		c.Typed = p.Basics.Name
	}
	c.Title = "Delete this leaderboard?"
	c.Text = "Its standings and archive go with it, and widgets that show it say so. Points stay with the members."
	c.Submit = "Delete leaderboard"
	return c
}

func sizes(fixed bool) []form.Option {
	return []form.Option{
		{Value: "dynamic", Label: "Grows with its content", Chosen: !fixed},
		{Value: "custom", Label: "Fixed size", Chosen: fixed},
	}
}
