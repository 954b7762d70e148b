package member

import (
	"strconv"

	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/page/streak"
	"laurel/components/ui"
)

// PageProps is one member's page.
type PageProps struct {
	layout.PortalProps
	Member    Member
	Wallets   []Wallet
	Boards    []Standing
	Badges    []Badge
	Awardable []form.Option // badges that can be given
	Ledger    []Entry
	Older     string // address of the older ledger entries, empty at the end
	Newer     string
	Keys      []Key
	Audit     []Event
	Known     Known
	Stats     []ui.Pair // counts: messages, replies, …
	Adjust    AdjustForm
	Edit      EditForm
	CanEdit   bool
	CanOwner  bool // may delete and restore

	Spins   Spins
	Streaks []Streak

	Roles   []HeldRole
	Givable []form.Option // the community's other roles; none when none may be given
}

// Streak is where a member stands in a streak.
type Streak struct {
	ID    string
	Name  string
	State ui.BadgeProps
	Text  string // "12 days, longest 30 days, 1 day off"
	Week  []streak.Dot
	Broke string // "12 days lost"; empty when there is nothing to repair
}

// Spins is where a member stands at the wheel, where there is one.
type Spins struct {
	Has  bool
	Text string // "2 spins left, 14 made"
}

// Member is who the page is about. XP are whole points.
type Member struct {
	ID       string
	Number   int64 // the short number in the community
	Name     string
	Username string
	Email    string
	Image    string
	Shown    []ui.EmblemProps // beside the name
	Role     string
	Verified bool
	Deleted  bool
	Dummy    bool
	Language string
	TimeZone string
	Joined   ui.Moment
	Seen     ui.Moment
	Progress Progress
}

// Progress is the way through levels and tiers.
type Progress struct {
	Level    int
	Percent  int // of the way to the next level, 0 to 100
	XP       int64
	Missing  int64 // XP to the next level, 0 at the top
	Tier     string
	NextTier string
	TierLeft int64 // XP to the next tier
}

// Wallet is one unit that a member holds.
type Wallet struct {
	Unit    string // "XP", "Coins", "Premium"
	Balance int64
	Today   int64 // earned today
}

// Standing is the member's place on one board.
type Standing struct {
	Board  string
	ID     string
	Period string // "This week"
	Rank   int64  // 0 when unranked
	Of     int64
	Score  int64
}

// Badge is one badge that the member holds.
type Badge struct {
	ID     string
	Emblem ui.EmblemProps
	How    string // "by application"
	At     ui.Moment
}

// Entry is one row of the ledger; deltas may be negative.
type Entry struct {
	Seq      int64
	Undo     string // address that asks to take it back; empty when nothing can be
	Action   string
	Reason   string
	Source   string
	XP       int64
	Coins    int64
	Premium  int64
	XPAfter  int64
	CoinsAft int64
	At       ui.Moment
}

// Key is one of the member's own API keys.
type Key struct {
	Name    string
	Prefix  string
	Used    ui.Moment
	Expires ui.Moment
	Active  bool
}

// Event is one line of the audit log about this member.
type Event struct {
	Who  string
	What string
	At   ui.Moment
}

// AdjustForm is the dialog that adds or takes points.
type AdjustForm struct {
	Open   bool // shown again with what was refused
	Unit   string
	Amount string
	Reason string
	Errors map[string]string // unit, amount, reason
}

// EditForm is the dialog that changes the profile.
type EditForm struct {
	Open        bool
	DisplayName string
	Username    string
	Email       string
	Role        []form.Option
	Language    []form.Option
	TimeZone    string
	TimeZones   []string
	Errors      map[string]string // displayname, username, email, role, language, timezone
}

func (f AdjustForm) units() []form.Option {
	return []form.Option{
		{Value: "xp", Label: "XP", Chosen: f.Unit == "xp" || f.Unit == ""},
		{Value: "coins", Label: "Coins", Chosen: f.Unit == "coins"},
		{Value: "premium", Label: "Premium", Chosen: f.Unit == "premium"},
	}
}

func (p Progress) sentence() string {
	switch {
	case p.Missing > 0:
		return ui.Number(p.Missing) + " XP to level " + strconv.Itoa(p.Level+1)
	case p.Level > 0:
		return "The highest level"
	}
	return "No level yet"
}

func (p Progress) tier() string {
	if p.Tier == "" {
		return "No tier yet"
	}
	return p.Tier
}
