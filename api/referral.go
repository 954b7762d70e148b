package api

// Kinds of programs.
const (
	ProgramReferral  = "referral"  // members who were brought, paying those who brought them
	ProgramMilestone = "milestone" // every member, paying himself
)

// Program is a journey made of stages, which are passed one after the other.
type Program struct {
	ID          string  `json:"_id"`
	Kind        string  `json:"kind" enum:"referral,milestone"`
	Name        string  `json:"name"`
	Description string  `json:"description"`
	IsEnabled   bool    `json:"isEnabled"`
	Stages      []Stage `json:"stages"`
	CreatedAt   Time    `json:"createdAt"`
	UpdatedAt   Time    `json:"updatedAt"`
}

// Stage is one step of a journey. Its groups are joined by Operator.
type Stage struct {
	ID             string           `json:"stageId,omitempty" doc:"Keep it when changing a program: it tells which stages were passed"`
	Name           string           `json:"name" minLength:"1" maxLength:"100"`
	Description    string           `json:"description,omitempty" maxLength:"500"`
	DisplaySetting string           `json:"displaySetting,omitempty" enum:"visible,hidden" doc:"visible when missing; hidden stages show their conditions to the team only"`
	Operator       string           `json:"operator,omitempty" enum:"AND,OR" doc:"AND when missing"`
	Conditions     []ConditionGroup `json:"mainConditions" minItems:"1" maxItems:"20"`
	Rewards        Reward           `json:"rewards" doc:"Of the referrer; in milestones, of the member"`
	RefereeRewards *Reward          `json:"refereeRewards,omitempty" doc:"Of the one who passed the stage; referral programs only"`
	Bonus          *StageBonus      `json:"bonus,omitempty"`
}

// StageBonus multiplies a stage's rewards while its countdown runs: from the
// stage before, or from joining or the program's start, whichever is later.
type StageBonus struct {
	Hours  int64 `json:"hours" minimum:"1" maximum:"8760"`
	Factor int64 `json:"factor" minimum:"2" maximum:"10"`
}

// Reward is what a passed stage pays, in whole points.
type Reward struct {
	XP    int64 `json:"xp" minimum:"0" maximum:"1000000000"`
	Coins int64 `json:"coins" minimum:"0" maximum:"1000000000"`
}

// ConditionGroup is conditions that are joined by one operator.
type ConditionGroup struct {
	ID         string      `json:"groupId,omitempty"`
	Operator   string      `json:"operator,omitempty" enum:"AND,OR" doc:"AND when missing"`
	Conditions []Condition `json:"nestedConditions" minItems:"1" maxItems:"20"`
}

// Condition compares a figure or a custom value of the member.
type Condition struct {
	ID    string `json:"conditionId,omitempty"`
	Fact  string `json:"fact" maxLength:"60" example:"messages" doc:"messages, replies, reactions, visits, referrals, streak, level, xp, coins, or field:KEY for a custom value"`
	Op    string `json:"op" enum:"gte,lte,eq,ne,set" doc:"set: there is any value"`
	Value string `json:"value,omitempty" maxLength:"200"`
}

// ProgramInput creates or replaces a program.
type ProgramInput struct {
	Kind        string  `json:"kind,omitempty" enum:"referral,milestone" doc:"referral when missing; stays as it is when replacing"`
	Name        string  `json:"name" minLength:"1" maxLength:"100"`
	Description string  `json:"description,omitempty" maxLength:"1000"`
	IsEnabled   *bool   `json:"isEnabled,omitempty"`
	Stages      []Stage `json:"stages" minItems:"1" maxItems:"30"`
}

// Identifier names one member.
type Identifier struct {
	Type      string `json:"type" enum:"id,userId,username,email,custom-field" doc:"userId is the number"`
	Value     string `json:"value" minLength:"1" maxLength:"254"`
	FieldName string `json:"fieldName,omitempty" maxLength:"50" doc:"Needed for custom-field"`
}

// SummaryQuery is the request of POST /v1/referrals/summary.
type SummaryQuery struct {
	Identifier Identifier  `json:"identifier"`
	Pagination *CursorPage `json:"pagination,omitempty"`
	ProgramID  string      `json:"programId,omitempty" maxLength:"24" doc:"One program; all when missing"`
}

// CursorPage is one part of a long list.
type CursorPage struct {
	Limit  int    `json:"limit,omitempty" minimum:"1" maximum:"100" default:"25"`
	Cursor string `json:"cursor,omitempty" maxLength:"100"`
}

// ReferralSummary is a member's referrals with their progress.
type ReferralSummary struct {
	User       ReferralUser     `json:"user"`
	Invite     ReferralInvite   `json:"invite"`
	Activity   ReferralActivity `json:"activity"`
	Referees   []Referee        `json:"referees"`
	NextCursor string           `json:"nextCursor,omitempty"`
	Programs   []Program        `json:"programs,omitempty" doc:"In one's own summary only: what friends can be brought into; hidden stages tell no conditions"`
}

// ReferralUser is whom a summary is about.
type ReferralUser struct {
	ID       string `json:"id"`
	UserID   int64  `json:"userId"`
	Email    string `json:"email"`
	Username string `json:"username"`
}

// ReferralInvite is what a member invites with.
type ReferralInvite struct {
	Code        string `json:"code"`
	Origin      string `json:"origin"`
	URL         string `json:"url"`
	PlatformURL string `json:"platformUrl"`
}

// ReferralActivity is what a member's referrals have come to.
type ReferralActivity struct {
	CoinsEarned    int64 `json:"coinsEarned"`
	XPEarned       int64 `json:"xpEarned"`
	TotalReferrals int   `json:"totalReferrals"`
	InProgress     int   `json:"inProgress"`
	Completed      int   `json:"completed"`
}

// Referee is a member who was brought.
type Referee struct {
	UserID     string            `json:"userId"`
	Username   string            `json:"username"`
	Avatar     string            `json:"avatar"`
	JoinedAt   Time              `json:"joinedAt"`
	ReferrerID string            `json:"referrerId,omitempty" doc:"Who brought the member"`
	Referrer   string            `json:"referrer,omitempty" doc:"Username; in the list of all referrals only"`
	Programs   []ProgramProgress `json:"progressByProgram"`
}

// ProgramProgress is how far a member is in one program.
type ProgramProgress struct {
	ProgramID       string          `json:"programId"`
	ProgramName     string          `json:"programName"`
	CompletedStages int             `json:"completedStages"`
	TotalStages     int             `json:"totalStages"`
	Percentage      int             `json:"percentage"`
	Stages          []StageProgress `json:"stages"`
}

// StageProgress is how far a member is in one stage.
type StageProgress struct {
	StageID        string       `json:"stageId"`
	StageNumber    int          `json:"stageNumber"`
	Name           string       `json:"name"`
	Description    string       `json:"description"`
	DisplaySetting string       `json:"displaySetting"`
	Status         string       `json:"status" enum:"completed,in-progress,locked"`
	IsCompleted    bool         `json:"isCompleted"`
	CompletedAt    *Time        `json:"completedAt,omitempty"`
	Rewards        Reward       `json:"rewards" doc:"Without the bonus"`
	BonusFactor    int64        `json:"bonusFactor,omitempty" doc:"What the rewards are multiplied with until bonusEndsAt"`
	BonusEndsAt    *Time        `json:"bonusEndsAt,omitempty"`
	Requirements   Requirements `json:"requirements"`
}

// Requirements are a stage's conditions as one member meets them.
type Requirements struct {
	Operator       string          `json:"operator"`
	Met            int             `json:"met"`
	Total          int             `json:"total"`
	MainConditions []MainCondition `json:"mainConditions"`
}

// MainCondition is a group of conditions as one member meets it.
type MainCondition struct {
	GroupID          string            `json:"groupId"`
	Operator         string            `json:"operator"`
	Text             string            `json:"text"`
	IsMet            bool              `json:"isMet"`
	NestedConditions []NestedCondition `json:"nestedConditions"`
}

// NestedCondition is one condition as one member meets it.
type NestedCondition struct {
	ConditionID string `json:"conditionId"`
	Text        string `json:"text"`
	IsMet       bool   `json:"isMet"`
}

// MilestoneQuery is the request of POST /v1/users/milestones.
type MilestoneQuery struct {
	Identifier Identifier `json:"identifier"`
	ProgramID  string     `json:"programId,omitempty" maxLength:"24"`
}

// Milestones are a member's own journeys.
type Milestones struct {
	User     ReferralUser      `json:"user"`
	Programs []ProgramProgress `json:"progressByProgram"`
}

// ReferralLink maps a value of the address to a custom field: whoever has that
// value in the field is the referrer.
type ReferralLink struct {
	Param string `json:"param" maxLength:"40" doc:"Name in the address, such as referral_id; empty for none"`
	Field string `json:"field" maxLength:"50" doc:"Key of the custom field, such as customerid"`
}

// ReferralCode replaces a member's code.
type ReferralCode struct {
	Code string `json:"code" minLength:"4" maxLength:"30" doc:"Letters, digits and hyphens; case does not matter"`
}

// ReferrerInput says who brought a member; empty takes the referrer away.
type ReferrerInput struct {
	Referrer string `json:"referrer" maxLength:"254" doc:"Id, number, username or email"`
}

// IsZero reports whether the reward pays nothing.
func (r Reward) IsZero() bool { return r.XP == 0 && r.Coins == 0 }

// RefereePage is one part of the list of all referees.
type RefereePage struct {
	Referees   []Referee `json:"referees"`
	NextCursor string    `json:"nextCursor,omitempty"`
}
