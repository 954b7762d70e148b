// Package widget holds what partners' pages show inside a frame. It uses the
// system's fonts, words in the reader's language, and one style sheet; nothing
// in it needs a script.
package widget

import "time"

// Size is how much room a widget takes.
type Size string

// The sizes; Full has a podium, Compact is rows only.
const (
	Full    Size = ""
	Compact Size = "compact"
)

// LeaderboardProps is one board as a visitor sees it, in one period.
type LeaderboardProps struct {
	Text    Text // the reader's language; English when zero
	Size    Size
	Title   string
	Unit    string // what is counted, as a column head and after podium scores: "XP"
	Periods []Period
	Columns []Column      // in order; user and score when empty
	Top     []Row         // ranks one to three, best first; the podium in Full size
	Rows    []Row         // the ranks below, or all in Compact size
	Me      *Row          // the reader's own row, pinned when Top and Rows lack it
	Members int64         // ranked in this period
	Live    bool          // changes arrive by themselves
	Ends    time.Duration // until the period or the board ends; 0 = no end
	Closed  bool          // the period is over
	Updated Moment
	Ties    bool   // the footer says that the first to reach a score leads
	Refresh string // address of this page, for readers without scripts
	Button  Button
}

// Moment is when the standings were read: the time zone is the board's.
type Moment struct {
	ISO  string // RFC 3339; empty leaves the footer out
	Text string // "14:05", empty says "just now"
}

// Period is a tab. Name is the contract's: all-time, daily, weekly, monthly, yearly.
type Period struct {
	Name    string
	Href    string
	Current bool
}

// Column is one displayed column: user, currencies, xps, level, score, or a
// custom field, whose Label is then shown as it is and whose values are in
// Row.Values by Name.
type Column struct {
	Name  string
	Label string
}

// Row is one ranked member. Key is stable and unique in the board, so that a
// script can patch the row; it is not shown.
type Row struct {
	Key     string
	Rank    int64
	Name    string
	Image   string
	Tier    string
	Level   int
	Score   int64
	XP      int64
	Coins   int64
	Move    int64 // places gained since the last period; negative = lost
	Entered bool  // was not ranked before
	ToNext  int64 // points to the next better rank, in the reader's own row
	Next    int64 // that rank, 0 when leading
	Values  []Value
}

// Value is a custom field of a row.
type Value struct {
	Name string
	Text string
}

// Button is the call to action under the board; none without a Label.
type Button struct {
	Label string
	Href  string
}

// columns leaves the user column out: it is always the first.
func (p LeaderboardProps) columns() []Column {
	var list []Column
	for _, c := range p.Columns {
		if c.Name != "user" {
			list = append(list, c)
		}
	}
	if len(list) == 0 {
		return []Column{{Name: "score"}}
	}
	return list
}

func (p LeaderboardProps) head(c Column) string {
	switch {
	case c.Label != "":
		return c.Label
	case c.Name == "score" && p.Unit != "":
		return p.Unit
	}
	return p.Text.Column(c.Name)
}

func (p LeaderboardProps) cell(c Column, r Row) string {
	switch c.Name {
	case "score":
		return p.Text.Number(r.Score)
	case "currencies":
		return p.Text.Number(r.Coins)
	case "xps":
		return p.Text.Number(r.XP)
	case "level":
		return p.Text.Number(int64(r.Level))
	}
	for _, v := range r.Values {
		if v.Name == c.Name {
			return v.Text
		}
	}
	return "–"
}

// podium is the best three in the order second, first, third; empty in Compact
// size or when fewer than three are ranked.
func (p LeaderboardProps) podium() []Row {
	if p.Size == Compact || len(p.Top) < 3 {
		return nil
	}
	return []Row{p.Top[1], p.Top[0], p.Top[2]}
}

func (p LeaderboardProps) rows() []Row {
	if p.podium() != nil {
		return p.Rows
	}
	list := make([]Row, 0, len(p.Top)+len(p.Rows))
	return append(append(list, p.Top...), p.Rows...)
}

func (p LeaderboardProps) isMe(r Row) bool { return p.Me != nil && p.Me.Key == r.Key }

// pinned tells whether the reader's own row must be added below a gap.
func (p LeaderboardProps) pinned() bool {
	if p.Me == nil || p.Me.Rank == 0 {
		return false
	}
	for _, r := range append(append([]Row{}, p.Top...), p.Rows...) {
		if r.Key == p.Me.Key {
			return false
		}
	}
	return true
}

// gap tells whether ranks are left out before the pinned row.
func (p LeaderboardProps) gap() bool {
	last := int64(len(p.Top))
	if n := len(p.Rows); n > 0 {
		last = p.Rows[n-1].Rank
	}
	return p.Me.Rank > last+1
}

func (p LeaderboardProps) empty() bool { return len(p.Top) == 0 && len(p.Rows) == 0 }

func (p LeaderboardProps) note(r Row) string {
	if p.isMe(r) && r.Next > 0 && r.ToNext > 0 {
		return p.Text.ToRank(r.ToNext, p.Unit, r.Next)
	}
	if r.Level == 0 && r.Tier == "" {
		return ""
	}
	return p.Text.Standing(r.Tier, r.Level)
}

func (p LeaderboardProps) span() string {
	n := len(p.columns()) + 3
	return string(rune('0'+n/10)) + string(rune('0'+n%10))
}
