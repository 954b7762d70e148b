package api

// Types of prizes.
const (
	PrizeXP      = "xp"
	PrizeCoins   = "coins"
	PrizePremium = "premium"
	PrizeBadge   = "badge"
	PrizeProduct = "product"
	PrizeNothing = "nothing"
)

// WheelSegment is one part of the wheel.
type WheelSegment struct {
	ID      string `json:"_id,omitempty" maxLength:"24" doc:"Keep it when changing the wheel: members' own weights name it"`
	Label   string `json:"label" minLength:"1" maxLength:"60"`
	Color   string `json:"color,omitempty" pattern:"^(#[0-9a-fA-F]{6})?$" doc:"#rrggbb; one of the wheel's own when empty"`
	Icon    string `json:"icon,omitempty" maxLength:"40"`
	Type    string `json:"type" enum:"xp,coins,premium,badge,product,nothing"`
	Amount  int64  `json:"amount,omitempty" minimum:"0" maximum:"1000000000" doc:"Points, for xp, coins and premium"`
	BadgeID string `json:"badgeId,omitempty" maxLength:"36" doc:"For badge"`
	Weight  int64  `json:"weight" minimum:"0" maximum:"1000000" doc:"Its share of the sum of all weights"`
	Stock   *int64 `json:"stock,omitempty" minimum:"0" maximum:"1000000000" doc:"How many are left; endless when missing"`
	Odds    int64  `json:"odds,omitempty" minimum:"0" readOnly:"true" doc:"Present share in millionths; segments out of stock have none"`
}

// Wheel is a community's wheel.
type Wheel struct {
	IsEnabled      bool           `json:"isEnabled"`
	Segments       []WheelSegment `json:"segments"`
	Cost           int64          `json:"cost" doc:"Coins for a spin; 0: spins are not for sale"`
	FreeEvery      int64          `json:"freeEveryHours" doc:"Hours between free spins; 0: none"`
	GuaranteeAfter int64          `json:"guaranteeAfter" doc:"Spins without a prize after which the next one wins; 0: none"`
	ShowOdds       bool           `json:"showOdds" doc:"Members see the odds"`
	UpdatedAt      *Time          `json:"updatedAt,omitempty"`
}

// WheelInput replaces the wheel.
type WheelInput struct {
	IsEnabled      bool           `json:"isEnabled,omitempty"`
	Segments       []WheelSegment `json:"segments" minItems:"2" maxItems:"24"`
	Cost           int64          `json:"cost,omitempty" minimum:"0" maximum:"1000000000"`
	FreeEvery      int64          `json:"freeEveryHours,omitempty" minimum:"0" maximum:"8760"`
	GuaranteeAfter int64          `json:"guaranteeAfter,omitempty" minimum:"0" maximum:"10000"`
	ShowOdds       bool           `json:"showOdds,omitempty"`
}

// WheelSimulation is a wheel to be tried out.
type WheelSimulation struct {
	WheelInput
	Spins int `json:"spins" minimum:"1" maximum:"100000"`
}

// WheelTrial is what a simulation drew.
type WheelTrial struct {
	Spins    int           `json:"spins"`
	Segments []TrialResult `json:"segments"`
	XP       int64         `json:"xp" doc:"Paid in all"`
	Coins    int64         `json:"coins"`
	Premium  int64         `json:"premium"`
	Earned   int64         `json:"earned" doc:"Coins taken for the spins, had all been bought"`
}

// TrialResult is how often a segment was drawn.
type TrialResult struct {
	Label    string  `json:"label"`
	Drawn    int64   `json:"drawn"`
	Expected float64 `json:"expected"`
}

// SpinEdit is how a member's spins change.
type SpinEdit struct {
	Op    string `json:"op" enum:"add,subtract,overwrite"`
	Value int64  `json:"value" minimum:"0" maximum:"1000000"`
}

// WheelMemberEdit changes where a member stands at the wheel; what is missing stays.
type WheelMemberEdit struct {
	Spins        *SpinEdit        `json:"spins,omitempty"`
	PrizeWeights map[string]int64 `json:"prizeWeights,omitempty" doc:"Weights of this member's own, by segment id; an empty object goes back to the wheel's"`
	Enabled      *bool            `json:"enabled,omitempty"`
}

// WheelMembersEdit is the same change for many members.
type WheelMembersEdit struct {
	WheelMemberEdit
	Users []string `json:"users" minItems:"1" maxItems:"500"`
}

// WheelMember is where a member stands at the wheel.
type WheelMember struct {
	UserID         string           `json:"userId"`
	Username       string           `json:"username"`
	SpinsAvailable int64            `json:"spinsAvailable" doc:"Granted ones; a free spin that is due comes on top"`
	TotalSpins     int64            `json:"totalSpins"`
	PrizeWeights   map[string]int64 `json:"prizeWeights"`
	Enabled        bool             `json:"enabled"`
	LastSpinAt     *Time            `json:"lastSpinAt"`
	NextFreeSpinAt *Time            `json:"nextFreeSpinAt" doc:"In the past when one is due; null when there are none"`
}

// OwnWheel is the wheel as one member sees it.
type OwnWheel struct {
	WheelMember
	Segments       []WheelSegment `json:"segments" doc:"Without weights and odds unless the community shows them"`
	Cost           int64          `json:"cost"`
	CanSpin        bool           `json:"canSpin" doc:"A free or granted spin is there"`
	ShowOdds       bool           `json:"showOdds"`
	UntilGuarantee int64          `json:"untilGuarantee" doc:"At most so many spins until one wins; 0: no guarantee"`
	Fairness       Fairness       `json:"fairness"`
}

// Fairness is what is committed to before a spin.
type Fairness struct {
	ServerSeedHash string `json:"serverSeedHash" doc:"SHA-256 of the server seed, hex"`
	ClientSeed     string `json:"clientSeed"`
	Nonce          int64  `json:"nonce" doc:"Of the next spin"`
	ServerSeed     string `json:"serverSeed,omitempty" doc:"Hex; shown once the seed is retired"`
}

// SpinInput asks for a spin.
type SpinInput struct {
	UseCoins bool `json:"useCoins,omitempty" doc:"Buy the spin when no free or granted one is left"`
}

// Spin is one spin with its prize, decided and paid.
type Spin struct {
	ID           string       `json:"_id"`
	SegmentID    string       `json:"segmentId"`
	Index        int          `json:"index" doc:"Of the segment on the wheel, from 0; -1 when it is there no more"`
	Prize        Prize        `json:"prize"`
	Source       string       `json:"source" enum:"free,granted,coins"`
	Cost         int64        `json:"cost"`
	BalanceAfter int64        `json:"balanceAfter" doc:"Of the prize's unit; of coins for other prizes"`
	SpunAt       Time         `json:"spunAt"`
	UserID       string       `json:"userId,omitempty"`
	Username     string       `json:"username,omitempty"`
	Fairness     Fairness     `json:"fairness"`
	Odds         []OddsWeight `json:"odds" nullable:"false" doc:"The table in force, in the order of the draw"`
}

// Prize is what a spin gave.
type Prize struct {
	Type   string `json:"type"`
	Label  string `json:"label"`
	Amount int64  `json:"amount"`
}

// OddsWeight is a line of the odds table.
type OddsWeight struct {
	SegmentID string `json:"segmentId"`
	Label     string `json:"label"`
	Weight    int64  `json:"weight"`
}

// SeedInput retires the server seed and chooses a seed of one's own.
type SeedInput struct {
	ClientSeed string `json:"clientSeed,omitempty" maxLength:"64" doc:"Any text; made by chance when empty"`
}

// SeedChange is the retired seed, revealed, and what is committed to now.
type SeedChange struct {
	Revealed Fairness `json:"revealed"`
	Fairness Fairness `json:"fairness"`
}
