package api

// Streak is a habit that is rewarded: what is to be done in every period.
type Streak struct {
	ID          string `json:"_id"`
	CommunityID string `json:"communityId"`
	StreakSettings
	Order     int  `json:"order"`
	CreatedAt Time `json:"createdAt"`
	UpdatedAt Time `json:"updatedAt"`
	V         int  `json:"__v" doc:"Grows with every change of the rules"`
}

// StreakSettings are what the team sets of a streak. What is missing when a
// streak is changed stays as it is.
type StreakSettings struct {
	Name           string            `json:"name,omitempty" maxLength:"100"`
	Description    *string           `json:"description,omitempty" maxLength:"500"`
	IsEnabled      *bool             `json:"isEnabled,omitempty" doc:"true when missing; a streak that is off neither grows nor breaks"`
	Timezone       string            `json:"timezone,omitempty" maxLength:"60" doc:"utc_gmt, an IANA zone, or community, which is what is meant when missing"`
	MemberTimezone *bool             `json:"memberTimezone,omitempty" doc:"Days are those of the member's own zone where one is set"`
	StartDate      string            `json:"startDate,omitempty" format:"date" doc:"YYYY-MM-DD; today when missing"`
	Timeframe      *StreakTimeframe  `json:"timeframe,omitempty"`
	Action         *StreakAction     `json:"action,omitempty"`
	ActiveDaysType string            `json:"activeDaysType,omitempty" enum:",everyday,weekdays,weekends,custom"`
	ActiveDays     []string          `json:"activeDays,omitzero" maxItems:"7" doc:"For custom: monday to sunday. Other days neither extend nor break a streak"`
	GraceHours     *int              `json:"graceHours,omitempty" minimum:"0" maximum:"24" doc:"Acts so many hours after a period still count for it"`
	RiskHours      *int              `json:"riskHours,omitempty" minimum:"0" maximum:"168" doc:"How long before its end an open streak is said to be at risk; 6 when missing"`
	Freezes        *StreakFreezes    `json:"freezes,omitempty"`
	Repair         *StreakRepair     `json:"repair,omitempty"`
	Reward         *StreakReward     `json:"reward,omitempty" doc:"For every completed period"`
	Milestones     []StreakMilestone `json:"milestones,omitzero" maxItems:"50"`
}

// StreakTimeframe is how long a period is: count days, weeks or months.
type StreakTimeframe struct {
	Value string `json:"value" enum:"daily,weekly,monthly"`
	Count int    `json:"count,omitempty" minimum:"0" maximum:"366" doc:"1 when missing; of daily ones only active days are counted"`
}

// StreakAction is what is to be done within a period.
type StreakAction struct {
	Operator   string            `json:"operator,omitempty" enum:",and,or"`
	Conditions []StreakCondition `json:"conditions" minItems:"1" maxItems:"20"`
}

// StreakCondition is one thing to be done.
type StreakCondition struct {
	ID            string `json:"_id,omitempty" maxLength:"24"`
	Action        string `json:"action" minLength:"1" maxLength:"50" doc:"messages, replies, reactions, visits, any action with a rule, or the key of a numerical field"`
	Value         int64  `json:"value" minimum:"1" maximum:"1000000000"`
	IsCustomField *bool  `json:"isCustomField,omitempty"`
	Measure       string `json:"measure,omitempty" enum:",count,sum,value,increase" doc:"Of actions how many (count, the default) or the sum of their values; of fields that a value is reported (value, the default) or by how much it grows"`
}

// StreakFreezes are days off: one is used by itself when a period is missed.
type StreakFreezes struct {
	Start int64 `json:"start,omitempty" minimum:"0" maximum:"100" doc:"What everybody begins with"`
	Every int64 `json:"every,omitempty" minimum:"0" maximum:"1000" doc:"One is earned for every so many periods in a row; 0: none"`
	Max   int64 `json:"max,omitempty" minimum:"0" maximum:"100" doc:"How many can be held"`
	Price int64 `json:"price,omitempty" minimum:"0" maximum:"1000000000" doc:"Coins; 0: not for sale"`
}

// StreakRepair brings a broken streak back.
type StreakRepair struct {
	Hours int   `json:"hours,omitempty" minimum:"0" maximum:"720" doc:"How long after it broke; 0: never"`
	Price int64 `json:"price,omitempty" minimum:"0" maximum:"1000000000" doc:"Coins"`
}

// StreakReward is what a period or a milestone pays.
type StreakReward struct {
	XP      int64  `json:"xp,omitempty" minimum:"0" maximum:"1000000000"`
	Coins   int64  `json:"coins,omitempty" minimum:"0" maximum:"1000000000"`
	Premium int64  `json:"premium,omitempty" minimum:"0" maximum:"1000000000"`
	Spins   int64  `json:"spins,omitempty" minimum:"0" maximum:"100" doc:"Of the wheel"`
	Freezes int64  `json:"freezes,omitempty" minimum:"0" maximum:"100"`
	BadgeID string `json:"badgeId,omitempty" maxLength:"36"`
}

// IsZero reports whether it pays nothing.
func (r StreakReward) IsZero() bool { return r == StreakReward{} }

// StreakMilestone pays when a streak reaches a length.
type StreakMilestone struct {
	Count   int64  `json:"count" minimum:"1" maximum:"100000"`
	Name    string `json:"name,omitempty" maxLength:"60"`
	Repeats bool   `json:"repeats,omitempty" doc:"Pays in every run; otherwise once for each member"`
	StreakReward
}

// States of a streak, as one member has it.
const (
	StreakNew     = "new"     // nothing done yet
	StreakDone    = "done"    // this period is completed
	StreakOpen    = "open"    // this period is still to be completed
	StreakAtRisk  = "at-risk" // and ends soon
	StreakResting = "resting" // today does not count
	StreakBroken  = "broken"
	StreakPaused  = "paused" // the team has switched it off
)

// Statuses of a period in a log.
const (
	StreakCompleted = "completed"
	StreakMissed    = "missed"
	StreakFrozen    = "frozen"
	StreakRepaired  = "repaired"
)

// StreakStanding is where a member stands in a streak.
type StreakStanding struct {
	UserID        string           `json:"userId"`
	Username      string           `json:"username,omitempty"`
	StreakID      string           `json:"streakId"`
	Name          string           `json:"name"`
	Description   string           `json:"description"`
	Timeframe     StreakTimeframe  `json:"timeframe"`
	Operator      string           `json:"operator" enum:"and,or"`
	State         string           `json:"state" enum:"new,done,open,at-risk,resting,broken,paused"`
	Current       int64            `json:"current" doc:"Periods in a row"`
	Longest       int64            `json:"longest"`
	Freezes       int64            `json:"freezes"`
	MaxFreezes    int64            `json:"maxFreezes"`
	FreezePrice   int64            `json:"freezePrice" doc:"Coins; 0: not for sale"`
	Progress      []StreakProgress `json:"progress" nullable:"false" doc:"Of this period"`
	EndsAt        *Time            `json:"endsAt" doc:"Until when this period counts, grace included"`
	LostCount     int64            `json:"lostCount" doc:"How long the streak was that broke last"`
	RepairUntil   *Time            `json:"repairUntil" doc:"Until when it can be repaired; null when it cannot"`
	RepairPrice   int64            `json:"repairPrice"`
	Week          []StreakDay      `json:"week" nullable:"false" doc:"The seven days that hold today, from Monday"`
	NextMilestone *StreakMilestone `json:"nextMilestone"`
	Reward        StreakReward     `json:"reward" doc:"For completing this period"`
}

// StreakProgress is how much of a condition is done.
type StreakProgress struct {
	Action string `json:"action"`
	Have   int64  `json:"have"`
	Need   int64  `json:"need"`
}

// StreakDay is a day of a calendar.
type StreakDay struct {
	Date   string `json:"date"`
	Status string `json:"status" enum:"completed,missed,frozen,repaired,open,rest,none" doc:"open: today, still to be done; rest: does not count; none: before the first, or yet to come"`
}

// StreakLog is what became of a period.
type StreakLog struct {
	ID        string       `json:"_id"`
	StreakID  string       `json:"streakId"`
	UserID    string       `json:"userId"`
	Username  string       `json:"username"`
	Date      string       `json:"date" doc:"Of longer periods the last day"`
	Status    string       `json:"status" enum:"completed,missed,frozen,repaired"`
	Count     int64        `json:"count" doc:"Length of the streak afterwards; of a missed period the length that was lost"`
	Reward    StreakReward `json:"reward"`
	CreatedAt Time         `json:"createdAt"`
}

// StreakEdit changes where a member stands.
type StreakEdit struct {
	Freezes *SpinEdit `json:"freezes,omitempty" doc:"Days off that are held"`
	Repair  bool      `json:"repair,omitempty" doc:"Brings back the streak that broke last, whenever that was"`
	Reason  string    `json:"reason" minLength:"1" maxLength:"200"`
}

// StreakPurchase buys a day off, or a repair.
type StreakPurchase struct {
	Price *int64 `json:"price,omitempty" minimum:"0" doc:"What the buyer was told; nothing is bought when it has changed since"`
}
