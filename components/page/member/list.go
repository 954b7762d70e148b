// Package member holds the portal's pages about members: the list and one
// member's page with wallets, ledger and actions.
package member

import (
	"net/url"
	"strconv"

	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	"laurel/components/ui"
)

// ListProps is the list of members.
type ListProps struct {
	layout.PortalProps
	Tabs       []ui.Tab // everybody, the segments, the deleted
	Search     string
	Statuses   []form.Option // filter "status": active, dummy, deleted
	Sort       string        // field:asc or field:desc as in the address
	Builder    BuilderProps
	Choice     []form.Option // columns on offer
	Limit      int
	Query      url.Values // the list's state without the place in it
	Segment    SegmentForm
	Name       ui.SortHeadProps // head of the first column
	Columns    []Column
	Rows       []Row
	Total      int64
	Steps      ui.StepsProps
	Bulk       BulkProps
	CSV        string // address of the download
	HasPrivate bool   // a shown column is private
	IsFiltered bool
	IsForeign  bool // the segment's filter cannot be shown as lines
}

// Column is a head of the list.
type Column struct {
	Label    string
	Href     string // sorts by it; empty when it has no order
	Dir      ui.SortDir
	IsNumber bool
	IsWide   bool // left out where there is little room
}

// Row is one member of the list; Cells stand under Columns.
type Row struct {
	ID       string
	Name     string
	Username string
	Email    string
	Image    string
	Cells    []Cell
	Deleted  bool
	Dummy    bool
}

// Cell is one value of a row.
type Cell struct {
	Text      string
	Note      string // small words after the text
	Number    int64
	IsNumber  bool
	When      ui.Moment
	IsTime    bool
	Tags      []string
	IsPrivate bool // there is a value, and it is covered
}

// BuilderProps is the filter's lines with an empty one to add.
type BuilderProps struct {
	Conditions []Condition
	New        Condition
}

// ValueKind is what a condition compares with.
type ValueKind int

// The kinds of values.
const (
	ValueText ValueKind = iota
	ValueNumber
	ValueDay
	ValueDays
	ValueChoice
	ValueNone
)

// Condition is one line of the filter.
type Condition struct {
	At        int // place in the filter, from 0
	Columns   []form.Option
	Ops       []form.Option
	Label     string // of the column
	Kind      ValueKind
	Value     string
	Options   []form.Option // for ValueChoice
	Suggested []string
	Error     string
	Remove    string // address of the list without it
	IsNew     bool
}

// SegmentForm is the segment that is shown, or may be saved.
type SegmentForm struct {
	ID       string // empty for none
	Name     string
	State    url.Values // what would be saved
	IsEdited bool
	CanSave  bool
	Open     string // the dialog that is shown again
	Typed    string
	Error    string
}

// BulkProps are the acts on chosen members.
type BulkProps struct {
	Action    string
	Total     int64 // members of the whole list
	Tags      []string
	Roles     []form.Option
	IsDeleted bool // the list shows deleted members
	IsForAll  bool // tags can be given to the whole list
}

func (r Row) note() string {
	if r.Username != "" {
		return "@" + r.Username
	}
	return r.Email
}

func (c Condition) name(part string) string { return part + "-" + strconv.Itoa(c.At) }

func (c Condition) number() string { return "condition " + strconv.Itoa(c.At+1) }

func (p ListProps) privateCSV() string {
	q := url.Values{"private": {"1"}}
	for name, values := range p.Query {
		q[name] = values
	}
	return link.MembersCSV + "?" + q.Encode()
}

func (f SegmentForm) action(path string) string {
	if q := f.State.Encode(); q != "" {
		return path + "?" + q
	}
	return path
}

func (f SegmentForm) typed(dialog, otherwise string) string {
	if f.Open == dialog {
		return f.Typed
	}
	return otherwise
}

func (f SegmentForm) refused(dialog string) string {
	if f.Open == dialog {
		return f.Error
	}
	return ""
}
