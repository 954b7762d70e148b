package api

// Period is a stretch of time that a board ranks.
type Period string

// The periods, named as the reference names its time filters.
const (
	PeriodAllTime Period = "all-time"
	PeriodDaily   Period = "daily"
	PeriodWeekly  Period = "weekly"
	PeriodMonthly Period = "monthly"
	PeriodYearly  Period = "yearly"
)

// Periods lists all periods, shortest last as forms show them.
func Periods() []Period {
	return []Period{PeriodAllTime, PeriodYearly, PeriodMonthly, PeriodWeekly, PeriodDaily}
}

// TieRule says how members with the same score are ranked.
type TieRule string

// The tie rules of a board.
const (
	TieFirst       TieRule = "first-achiever" // distinct ranks, the earlier achiever leads; the default
	TieCompetition TieRule = "competition"    // 1-2-2-4
	TieDense       TieRule = "dense"          // 1-2-2-3
	TieOrdinal     TieRule = "ordinal"        // distinct ranks in the order of joining
)

// Ranking fields besides numerical user fields, which are named "field:KEY".
const (
	RankXP         = "xps"
	RankCoins      = "currencies"
	RankPremium    = "premium"
	RankMessages   = "messages"
	RankReplies    = "replies"
	RankReactions  = "reactions"
	RankReferrals  = "referrals"
	RankStreak     = "login-streak"
	RankFieldStart = "field:"
)

// Column is one displayed column of a board.
type Column struct {
	Column  string `json:"column" minLength:"1" maxLength:"60"`
	Visible bool   `json:"visible"`
	Order   int    `json:"order"`
}

// ClockTime is a time of day on a twelve-hour clock.
type ClockTime struct {
	Hours   int    `json:"hours" minimum:"0" maximum:"12"`
	Minutes int    `json:"minutes" minimum:"0" maximum:"59"`
	AMPM    string `json:"ampm" enum:"AM,PM,am,pm"`
}

// Duration is the window in which a board counts, in its legacy form.
type Duration struct {
	Start     *Time      `json:"start"`
	End       *Time      `json:"end"`
	NoEndDate bool       `json:"noEndDate"`
	TimeZone  *float64   `json:"timeZone" doc:"Offset from UTC in hours"`
	Zone      string     `json:"zone" doc:"IANA zone; wins over timeZone"`
	StartTime *ClockTime `json:"startTime,omitempty"`
	EndTime   *ClockTime `json:"endTime,omitempty"`
}

// Audience names members by id, role or tag; all empty means everybody.
type Audience struct {
	Users []string `json:"users"`
	Roles []string `json:"roles"`
	Tags  []string `json:"tags"`
}

// Toggle is a switch with a number.
type Toggle struct {
	Enabled bool `json:"enabled"`
	Value   int  `json:"value,omitempty"`
}

// PerformanceDisplay says which ranks a board shows.
type PerformanceDisplay struct {
	ShowTop      Toggle `json:"showTop"`
	ShowPositive Toggle `json:"showPositive"`
	ShowDummy    Toggle `json:"showDummy"`
}

// WidgetSize is the size of a board's widget.
type WidgetSize struct {
	Type  string           `json:"type" enum:"dynamic,custom"`
	Value *WidgetSizeValue `json:"value,omitempty"`
}

// WidgetSizeValue is a fixed size in CSS pixels.
type WidgetSizeValue struct {
	Width  int `json:"width" minimum:"100" maximum:"4000"`
	Height int `json:"height" minimum:"100" maximum:"10000"`
}

// WidgetButton is the call to action below a board's widget.
type WidgetButton struct {
	Enabled bool   `json:"enabled"`
	Text    string `json:"text" maxLength:"60"`
	Link    string `json:"link" maxLength:"500"`
}

// BoardWidget is a board's own widget: the page that partners frame without a token.
type BoardWidget struct {
	Enabled            bool         `json:"enabled"`
	WhitelistedDomains []string     `json:"whitelistedDomains" maxItems:"50"`
	Size               WidgetSize   `json:"size"`
	Button             WidgetButton `json:"button"`
}

// Leaderboard is a board as replies show it, with the reference's legacy names.
type Leaderboard struct {
	ID                      string             `json:"_id"`
	CommunityID             string             `json:"communityID"`
	Name                    string             `json:"name"`
	Slug                    string             `json:"slug"`
	Description             string             `json:"description"`
	Image                   string             `json:"image"`
	RankBy                  string             `json:"rankBy"`
	TieRule                 TieRule            `json:"tieRule"`
	DisplayedFields         []string           `json:"displayedFields"`
	DisplayFieldsOrder      []string           `json:"displayFieldsOrder"`
	DisplayedColumns        []Column           `json:"displayedColumns"`
	TimeFilters             []Period           `json:"timeFilters"`
	PerformanceDisplay      PerformanceDisplay `json:"performanceDisplay"`
	Duration                Duration           `json:"duration"`
	RankedUserRoles         Audience           `json:"rankedUserRoles"`
	ViewPermissionUserRoles Audience           `json:"viewPermissionUserRoles"`
	Enabled                 bool               `json:"enabled"`
	IsPreviewEnabled        bool               `json:"isPreviewEnabled"`
	DisplayOrder            int                `json:"displayOrder"`
	Widget                  BoardWidget        `json:"widget"`
	Participants            int                `json:"participants" doc:"Members ranked in the longest period"`
	CreatedAt               Time               `json:"createdAt"`
	UpdatedAt               Time               `json:"updatedAt"`
}

// LeaderboardInput creates a board, or changes the named parts of one: with
// PATCH, nil leaves a part alone. New and legacy names are both accepted.
type LeaderboardInput struct {
	Name               *string      `json:"name,omitempty" minLength:"1" maxLength:"100"`
	Slug               *string      `json:"slug,omitempty" doc:"Lower-case letters, digits and hyphens; unique in the community; made from the name when missing"`
	Description        *string      `json:"description,omitempty" maxLength:"2000"`
	Image              *string      `json:"image,omitempty" maxLength:"500"`
	RankingField       *string      `json:"rankingField,omitempty"`
	RankBy             *string      `json:"rankBy,omitempty" doc:"Legacy name of rankingField"`
	TieRule            *TieRule     `json:"tieRule,omitempty" enum:"first-achiever,competition,dense,ordinal"`
	DisplayedColumns   *[]Column    `json:"displayedColumns,omitempty" doc:"At most 50"`
	DisplayedFields    *[]string    `json:"displayedFields,omitempty" doc:"Legacy form of displayedColumns"`
	DisplayFieldsOrder *[]string    `json:"displayFieldsOrder,omitempty"`
	TopRankOnly        *bool        `json:"topRankOnly,omitempty"`
	TopRankLimit       *int         `json:"topRankLimit,omitempty" minimum:"1" maximum:"100000"`
	OnlyPositiveRanks  *bool        `json:"onlyPositiveRanks,omitempty"`
	IncludeDummyUsers  *bool        `json:"includeDummyUsers,omitempty"`
	StartDate          *Time        `json:"startDate,omitempty"`
	EndDate            *Time        `json:"endDate,omitempty"`
	HasNoEndDate       *bool        `json:"hasNoEndDate,omitempty"`
	TimeZone           *float64     `json:"timeZone,omitempty" minimum:"-12" maximum:"14"`
	Zone               *string      `json:"zone,omitempty" doc:"IANA zone; wins over timeZone"`
	StartTime          *ClockTime   `json:"startTime,omitempty"`
	EndTime            *ClockTime   `json:"endTime,omitempty"`
	Duration           *Duration    `json:"duration,omitempty" doc:"Legacy form of the five fields above"`
	AllowedTimeFilters *[]Period    `json:"allowedTimeFilters,omitempty"`
	AllowedUsersToRank *[]string    `json:"allowedUsersToRank,omitempty"`
	AllowedRolesToRank *[]string    `json:"allowedRolesToRank,omitempty"`
	AllowedTagsToRank  *[]string    `json:"allowedTagsToRank,omitempty"`
	AllowedUsersToView *[]string    `json:"allowedUsersToView,omitempty"`
	AllowedRolesToView *[]string    `json:"allowedRolesToView,omitempty"`
	AllowedTagsToView  *[]string    `json:"allowedTagsToView,omitempty"`
	IsEnabled          *bool        `json:"isEnabled,omitempty"`
	Enabled            *bool        `json:"enabled,omitempty" doc:"Legacy name of isEnabled"`
	IsPreviewEnabled   *bool        `json:"isPreviewEnabled,omitempty"`
	DisplayOrder       *int         `json:"displayOrder,omitempty"`
	Widget             *BoardWidget `json:"widget,omitempty"`
}

// Entry is one row of a board's standings.
type Entry struct {
	Rank         int               `json:"rank"`
	PreviousRank int               `json:"previousRank" doc:"Rank when the present day began on this board; 0 when not on it then"`
	Score        int64             `json:"score"`
	ReachedAt    Time              `json:"reachedAt"`
	User         EntryUser         `json:"user"`
	XP           int64             `json:"xps"`
	Coins        int64             `json:"currencies"`
	Level        int               `json:"level"`
	Tier         string            `json:"tier"`
	Fields       map[string]string `json:"fields,omitempty"`
	IsMe         bool              `json:"isMe,omitempty" doc:"The row of the member who asks"`
}

// EntryUser is the person of a row.
type EntryUser struct {
	ID          string `json:"_id"`
	Number      int64  `json:"id"`
	Username    string `json:"username"`
	DisplayName string `json:"displayName"`
	Avatar      string `json:"avatar"`

	Badges []BadgeFace `json:"badges,omitempty" doc:"Up to three that the member shows beside the name"`
}

// Standings is a page of a board's rows with the state they were read in.
type Standings struct {
	LeaderboardID string  `json:"leaderboardId"`
	Period        Period  `json:"period"`
	PeriodKey     string  `json:"periodKey" doc:"Names the stretch, such as 2026-W48" example:"2026-W48"`
	From          *Time   `json:"from"`
	To            *Time   `json:"to"`
	Closed        bool    `json:"closed" doc:"The period is over; its ranks are final"`
	Revision      int64   `json:"revision" doc:"Grows with each change of the standings"`
	AsOf          Time    `json:"asOf"`
	Total         int     `json:"total" doc:"Members ranked"`
	Entries       []Entry `json:"entries"`
	Me            *Entry  `json:"me,omitempty" doc:"The asking member's own row, wherever it stands"`
}

// PeriodInfo is one present or closed period of a board.
type PeriodInfo struct {
	Period Period `json:"period"`
	Key    string `json:"key"`
	From   *Time  `json:"from"`
	To     *Time  `json:"to"`
	Closed bool   `json:"closed"`
	Total  int    `json:"total"`
}

// StandingsChange is what a live stream of a board says: something moved.
type StandingsChange struct {
	LeaderboardID string `json:"leaderboardId"`
	Revision      int64  `json:"revision"`
}

// StandingsQuery asks for a page of a board's rows. The zero value is the
// first page of the board's first allowed period.
type StandingsQuery struct {
	Period Period
	At     string // period key or a time inside the period; empty is now
	Search string // part of a name
	Page   int    // from 1
	Limit  int    // 1 to 100
}
