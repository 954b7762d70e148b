// Package me holds the member area: home with progress, leaderboards with the
// reader's own place, profile, keys and history.
package me

import (
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/page/streak"
	"laurel/components/ui"
)

// HomeProps is the member's home. XP, coins and premium are whole points.
type HomeProps struct {
	layout.MemberProps
	Name     string // how the member is greeted
	Level    int
	Percent  int   // of the way to the next level, 0 to 100
	Missing  int64 // XP to the next level, 0 at the top
	Tier     string
	NextTier string
	Bonus    string // "× 1.25"; what the tier multiplies, empty for nothing
	TierXP   int64  // XP since the tier began
	TierSpan int64  // XP from the tier's begin to the next; 0 at the top
	Wallets  []Wallet
	Boards   []Place
	Badges   []ui.EmblemProps // the newest that the member holds
	Shown    []ui.EmblemProps // beside the name
	Next     Badge            // the nearest on the way; without an id there is none
	Recent   []Entry
	Ways     []Way
	Streaks  []streak.Standing
	Journeys []Journey
	Spins    string // at the wheel: "A free spin is waiting"; empty without a wheel
}

// Wallet is one unit the member holds.
type Wallet struct {
	Unit    string
	Balance int64
	Today   int64
}

// Place is the member’s place on one board.
type Place struct {
	Name    string
	Slug    string
	Period  string // "This week"
	Unit    string
	Rank    int64 // 0 when unranked
	Of      int64
	Score   int64
	Move    int64
	ToNext  int64 // points to the next better rank, 0 when leading
	Leader  string
	LeaderN int64 // the leader's score
}

// Entry is one line of the member's ledger.
type Entry struct {
	What    string // "Message", "Daily login"
	Reason  string
	XP      int64
	Coins   int64
	Premium int64
	At      ui.Moment
}

// Way is one way to earn, from the rules in force.
type Way struct {
	Action string
	XP     int64
	Coins  int64
	Note   string // "once a day", "every 30 s at most"
}

// RanksProps is the list of boards that the member may see.
type RanksProps struct {
	layout.MemberProps
	Boards []Place
}

// BoardProps is one board, with the member's own row.
type BoardProps struct {
	layout.MemberProps
	Name       string
	Text       string
	Line       string // "Live · ends in 6 days · 2,000 members"
	Live       bool
	Unit       string
	Periods    []ui.Tab
	Top        []Rank // one to three, best first
	Rows       []Rank // below, in order
	Own        *Rank  // pinned when not among Top and Rows
	Near       []Rank // neighbours of Own, Own included, in order
	Ties       string
	AsOf       ui.Moment
	Pagination ui.PaginationProps
	Stream     string // address of live updates, empty without
}

// Rank is one row of a board.
type Rank struct {
	Key    string
	Rank   int64
	Name   string
	Note   string
	Image  string
	Badges []ui.EmblemProps
	Score  int64
	Move   int64
	Own    bool
	ToNext int64
}

// Notice is a warning of late, or a suspension or ban that is in force.
type Notice struct {
	Title  string // "You were warned."
	Reason string
	At     ui.Moment
}

// ProfileProps is the member's own page.
type ProfileProps struct {
	layout.MemberProps
	Username  string
	Badges    []ui.EmblemProps // shown beside the name
	Email     string
	Display   string        // displayname, as typed
	First     string        // firstname
	Last      string        // lastname
	Languages []form.Option // language
	Zone      string        // timezone
	Zones     []string
	Errors    map[string]string // displayname firstname lastname language timezone
	Picture   PictureForm
	Password  PasswordForm
	Notices   []Notice
	Sessions  []Session
	Keys      []Key
	KeyLimit  bool // no more keys can be made
}

// PictureForm is the change of the picture.
type PictureForm struct {
	Open  bool
	Error string
}

// PasswordForm is the change of the password.
type PasswordForm struct {
	Has    bool              // the member has one; without, there is nothing to change
	Errors map[string]string // current, password
}

// Session is one place where the member is signed in.
type Session struct {
	ID      string
	Device  string // "Firefox on Windows"
	From    string // IP address
	Seen    ui.Moment
	Current bool
}

// KeysProps is the page of the member's own API keys.
type KeysProps struct {
	layout.MemberProps
	Rows        []Key
	Secret      string // just made: shown this once
	Open        bool   // the form is shown again
	Name        string // name
	Permissions []form.Option
	Expiry      string // expirePeriod, days
	Errors      map[string]string
}

// Key is one API key that acts as the member.
type Key struct {
	ID          string
	Name        string
	Prefix      string
	Permissions string
	Used        ui.Moment
	Expires     ui.Moment
	Active      bool
}

// HistoryProps is the member's ledger.
type HistoryProps struct {
	layout.MemberProps
	Wallets []Wallet
	Rows    []Entry
	Units   []ui.Tab
	Newer   string
	Older   string
}

// word is the unit after an amount: one coin, two coins.
func word(n int64, unit string) string {
	if unit == "coins" && (n == 1 || n == -1) {
		return "coin"
	}
	return unit
}

func (p HomeProps) xp() string {
	if p.Missing > 0 {
		return ui.Number(p.Missing) + " XP to level " + ui.Number(int64(p.Level)+1)
	}
	return "The highest level"
}

func (p BoardProps) podium() []Rank {
	if len(p.Top) < 3 {
		return nil
	}
	return []Rank{p.Top[1], p.Top[0], p.Top[2]}
}

func (p BoardProps) rows() []Rank {
	if p.podium() != nil {
		return p.Rows
	}
	return append(append([]Rank{}, p.Top...), p.Rows...)
}

func (p BoardProps) pinned() bool {
	if p.Own == nil || p.Own.Rank == 0 {
		return false
	}
	for _, r := range append(append([]Rank{}, p.Top...), p.Rows...) {
		if r.Key == p.Own.Key {
			return false
		}
	}
	return true
}

func (p BoardProps) neighbours() []Rank {
	if len(p.Near) > 0 {
		return p.Near
	}
	return []Rank{*p.Own}
}

func (r Rank) place() string {
	switch r.Rank {
	case 1, 2, 3:
		return "lb-place-" + ui.Number(r.Rank)
	}
	return "lb-place-3"
}

func (r Rank) note(unit string) string {
	if r.Own && r.ToNext > 0 {
		return ui.Number(r.ToNext) + " " + unit + " to the next place"
	}
	return r.Note
}

func (f ProfileProps) field(name, label, hint string) form.Field {
	return form.Field{Name: name, Label: label, Hint: hint, Error: f.Errors[name]}
}

func required(f form.Field) form.Field {
	f.Required = true
	return f
}
