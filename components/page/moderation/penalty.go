package moderation

import (
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/ui"
)

// PenaltiesProps is the misconduct log with the form that adds to it.
type PenaltiesProps struct {
	layout.PortalProps
	User       string // filter "user"
	Fault      string // why the filter finds nobody
	Rows       []Penalty
	Pagination ui.PaginationProps
	Give       PenaltyForm
}

// Penalty is one warning, suspension or ban.
type Penalty struct {
	ID       string
	Kind     ui.BadgeProps
	State    ui.BadgeProps // of those that keep a member out
	Member   string        // username
	Href     string        // the member's page
	Reason   string
	By       string
	At       ui.Moment
	Ends     ui.Moment // of a suspension
	Lifted   ui.Moment // when it was lifted
	Why      string    // of the lifting
	Standing bool      // keeps the member out now
	CanMove  bool      // its end can be moved
}

// PenaltyForm is the dialog that gives a penalty, as it was typed.
type PenaltyForm struct {
	Open   bool
	User   string
	Kinds  []form.Option
	Days   string
	Reason string
	Fault  string
	Errors map[string]string
}

func (f PenaltyForm) field(name, label, hint string) form.Field {
	return form.Field{Name: name, ID: "give-" + name, Label: label, Hint: hint, Error: f.Errors[name], Required: name != "days"}
}
