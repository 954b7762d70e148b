package api

// Activity is one act of a member that may be worth points.
type Activity struct {
	User           string `json:"user" minLength:"1" maxLength:"254" doc:"Id, number, username or email"`
	Action         string `json:"action" minLength:"1" maxLength:"50" example:"message"`
	Value          *int64 `json:"value,omitempty" doc:"Multiplies nothing; kept with the entry for actions that measure"`
	OccurredAt     *Time  `json:"occurredAt,omitempty" doc:"Now when missing; at most 24 h in the past and 5 min ahead"`
	IdempotencyKey string `json:"idempotencyKey,omitempty" maxLength:"200"`
}

// Award says what one activity brought.
type Award struct {
	ID             string       `json:"_id" doc:"Id of the ledger entry; empty when nothing was recorded"`
	UserID         string       `json:"userId"`
	Action         string       `json:"action"`
	Status         string       `json:"status" enum:"awarded,cooldown,capped,disabled,failed,replayed" doc:"Why points were, or were not, given"`
	XP             int64        `json:"xp"`
	Coins          int64        `json:"coins"`
	Premium        int64        `json:"premium"`
	Balance        Wallet       `json:"balance"`
	Ranks          []RankChange `json:"ranks"`
	IdempotencyKey string       `json:"idempotencyKey,omitempty"`
	Error          *FieldError  `json:"error,omitempty" doc:"Set when status is failed"`
	OccurredAt     Time         `json:"occurredAt"`
}

// RankChange is a member's place on one board before and after an activity.
type RankChange struct {
	LeaderboardID string `json:"leaderboardId"`
	Slug          string `json:"slug"`
	Period        string `json:"period"`
	OldRank       int    `json:"oldRank" doc:"0 when the member was not on the board"`
	NewRank       int    `json:"newRank" doc:"0 when the member is not on the board"`
	Score         int64  `json:"score"`
}

// Unit is a kind of points.
type Unit string

// The units of the ledger.
const (
	UnitXP      Unit = "xp"
	UnitCoins   Unit = "coins"
	UnitPremium Unit = "premium"
)

// LedgerEntry is one change of one unit of a member's wallet.
type LedgerEntry struct {
	ID           string `json:"_id"`
	UserID       string `json:"userId"`
	Unit         Unit   `json:"unit" enum:"xp,coins,premium"`
	Delta        int64  `json:"delta"`
	BalanceAfter int64  `json:"balanceAfter"`
	Action       string `json:"action"`
	Reason       string `json:"reason"`
	Source       string `json:"source" doc:"api, portal, member, system, demo"`
	Reference    string `json:"reference"`
	CreatedAt    Time   `json:"createdAt"`
}

// Reversal takes an entry of the ledger back.
type Reversal struct {
	Reason    string `json:"reason" minLength:"1" maxLength:"200"`
	TakeBadge bool   `json:"takeBadge,omitempty" doc:"Take the badge as well that the entry paid for"`
}

// LedgerQuery asks for the ledger of one member.
type LedgerQuery struct {
	Identifier     string `json:"identifier" minLength:"1"`
	IdentifierType string `json:"identifier_type,omitempty" enum:"email,id,userId,username" doc:"Any form is accepted when missing"`
	Unit           Unit   `json:"unit,omitempty" enum:"xp,coins,premium"`
	Action         string `json:"action,omitempty"`
	From           string `json:"from,omitempty" doc:"RFC 3339 or date"`
	To             string `json:"to,omitempty" doc:"RFC 3339 or date"`
	Cursor         string `json:"cursor,omitempty"`
	Limit          int    `json:"limit,omitempty" minimum:"1" maximum:"100"`
}

// LedgerPage is a page of the ledger, newest first.
type LedgerPage struct {
	Entries    []LedgerEntry `json:"entries"`
	NextCursor string        `json:"nextCursor,omitempty"`
}

// Adjustment changes a wallet by hand.
type Adjustment struct {
	Unit   Unit   `json:"unit" enum:"xp,coins,premium"`
	Op     string `json:"op" enum:"add,subtract,overwrite"`
	Amount int64  `json:"amount" minimum:"0" maximum:"1000000000000"`
	Reason string `json:"reason" minLength:"1" maxLength:"200"`
	Counts bool   `json:"counts,omitempty" doc:"Whether the change moves leaderboards"`
}

// ActionRule says what one action is worth.
type ActionRule struct {
	Action   string `json:"action" minLength:"1" maxLength:"50" pattern:"^[a-z][a-z0-9_-]*$"`
	Name     string `json:"name" maxLength:"100"`
	Enabled  bool   `json:"enabled"`
	XP       int64  `json:"xp" minimum:"0" maximum:"1000000"`
	Coins    int64  `json:"coins" minimum:"0" maximum:"1000000"`
	Premium  int64  `json:"premium" minimum:"0" maximum:"1000000"`
	Cooldown int64  `json:"cooldown" minimum:"0" maximum:"31536000" doc:"Seconds between two paid acts; 0 means none"`
	DailyCap int64  `json:"dailyCap" minimum:"0" maximum:"1000000" doc:"Paid acts a day in the community's zone; 0 means no cap"`
}

// Tier is one named stage of the XP ladder.
type Tier struct {
	ID         string   `json:"_id"`
	Name       string   `json:"name" minLength:"1" maxLength:"50"`
	Order      int      `json:"order"`
	Color      string   `json:"color" pattern:"^#[0-9a-fA-F]{6}$" example:"#b08d57"`
	Icon       string   `json:"icon,omitempty"`
	FromLevel  int      `json:"fromLevel"`
	ToLevel    int      `json:"toLevel"`
	MinXP      int64    `json:"minXp"`
	Perks      []string `json:"perks,omitempty"`
	Multiplier int      `json:"multiplier,omitempty" doc:"Percent of the XP and coins that acts pay" example:"125"`
}

// Level is one step of the XP ladder.
type Level struct {
	Level int   `json:"level"`
	MinXP int64 `json:"minXp"`
}

// TierInfo is the community's ladder with its XP rules.
type TierInfo struct {
	XPSetting []ActionRule `json:"xpSetting"`
	Tiers     []Tier       `json:"tiers"`
	Levels    []Level      `json:"levels"`
	Display   TierDisplay  `json:"display"`
	Demotion  TierDemotion `json:"demotion"`
}

// TierMembers is how many members stand where on the ladder.
type TierMembers struct {
	Tiers   []TierCount `json:"tiers" doc:"From the lowest"`
	Without int64       `json:"without" doc:"Members below the first tier"`
}

// TierCount is how many members stand on a tier.
type TierCount struct {
	ID      string `json:"_id"`
	Name    string `json:"name"`
	Members int64  `json:"members"`
}

// TierDemotion says when members fall to a lower tier.
type TierDemotion struct {
	Rule  string `json:"rule" enum:"xp,never,idle" doc:"xp: when XP is taken away; never: the highest tier stays; idle: also one tier for each stretch of days without minXp"`
	Days  int    `json:"days,omitempty" minimum:"0" maximum:"3660" doc:"Length of a stretch, with the rule idle" example:"30"`
	MinXP int64  `json:"minXp,omitempty" minimum:"0" maximum:"1000000000" doc:"XP to earn in each stretch, with the rule idle"`
}

// TierChange is one move of a member between tiers.
type TierChange struct {
	From      string `json:"from" doc:"Name of the tier before; empty when there was none"`
	To        string `json:"to" doc:"Name of the tier after; empty when there is none"`
	Reason    string `json:"reason" enum:"xp,idle"`
	CreatedAt Time   `json:"createdAt"`
}

// ConversionInput changes a unit of all members into another: whole lots of
// take become as many lots of give; what is left over of a lot stays.
type ConversionInput struct {
	From    Unit   `json:"from" enum:"xp,coins,premium"`
	To      Unit   `json:"to" enum:"xp,coins,premium"`
	Take    int64  `json:"take" minimum:"1" maximum:"1000000"`
	Give    int64  `json:"give" minimum:"1" maximum:"1000000"`
	Confirm string `json:"confirm,omitempty" doc:"The words that the preview gives; it cannot be undone" example:"convert 10 coins to 1 xp"`
}

// ConversionPreview is what a conversion would do now.
type ConversionPreview struct {
	Members int64  `json:"members" doc:"How many hold a whole lot"`
	Taken   int64  `json:"taken"`
	Given   int64  `json:"given"`
	Confirm string `json:"confirm" doc:"The words to send with the conversion"`
}

// Conversion is a conversion of a unit for the whole community.
type Conversion struct {
	ID         string `json:"_id"`
	From       Unit   `json:"from"`
	To         Unit   `json:"to"`
	Take       int64  `json:"take"`
	Give       int64  `json:"give"`
	State      string `json:"state" enum:"running,done"`
	Members    int64  `json:"members" doc:"How many held a whole lot at the start"`
	Done       int64  `json:"done" doc:"Members converted so far"`
	Taken      int64  `json:"taken"`
	Given      int64  `json:"given"`
	CreatedBy  string `json:"createdBy"`
	CreatedAt  Time   `json:"createdAt"`
	FinishedAt *Time  `json:"finishedAt"`
}

// TierDisplay says where levels and tiers are shown beside names.
type TierDisplay struct {
	Levels bool `json:"levels"`
	Tiers  bool `json:"tiers"`
}

// TierSettings replaces the ladder: thresholds rise strictly over all tiers.
type TierSettings struct {
	Tiers    []TierInput   `json:"tiers" maxItems:"50"`
	Display  *TierDisplay  `json:"display,omitempty"`
	Demotion *TierDemotion `json:"demotion,omitempty"`
}

// TierInput is one tier with the XP at which each of its levels begins.
type TierInput struct {
	Name       string   `json:"name" minLength:"1" maxLength:"50"`
	Color      string   `json:"color" pattern:"^#[0-9a-fA-F]{6}$"`
	Levels     []int64  `json:"levels" minItems:"1" maxItems:"50"`
	Perks      []string `json:"perks,omitempty" maxItems:"20"`
	Icon       *string  `json:"icon,omitempty" maxLength:"50" pattern:"^[a-z0-9-]*$" doc:"Name of a built-in icon; as it was when missing" example:"gem"`
	Multiplier int      `json:"multiplier,omitempty" minimum:"0" maximum:"1000" doc:"Percent of the XP and coins that acts pay, rounded down; 0 means 100"`
}

// Progress is where a member stands on the ladder.
type Progress struct {
	Wallet       Wallet       `json:"wallet"`
	Level        int          `json:"level"`
	LevelXP      int64        `json:"levelXp" doc:"XP at which the present level begins"`
	NextLevelXP  int64        `json:"nextLevelXp" doc:"XP at which the next level begins; 0 at the top"`
	Tier         *Tier        `json:"tier"`
	NextTier     *Tier        `json:"nextTier"`
	TierChanges  []TierChange `json:"tierChanges" doc:"The latest moves between tiers, newest first"`
	PreviousTier *Tier        `json:"previousTier"`
	StandingXP   int64        `json:"standingXp" doc:"XP that level and tier are judged by: less than the wallet's after a demotion, more where tiers never fall"`
	TodayXP      int64        `json:"todayXp"`
	TodayCoins   int64        `json:"todayCoins"`

	Badges []BadgeFace `json:"badges,omitempty" doc:"All that the member holds, newest first"`
}
