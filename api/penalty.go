package api

// PenaltyKind says what a penalty does.
type PenaltyKind string

// The kinds of penalties.
const (
	PenaltyWarn    PenaltyKind = "warning"
	PenaltySuspend PenaltyKind = "suspension"
	PenaltyBan     PenaltyKind = "ban"
)

// Penalty is one entry of the misconduct log.
type Penalty struct {
	ID            string      `json:"_id"`
	UserID        string      `json:"userId"`
	Username      string      `json:"username"`
	Kind          PenaltyKind `json:"kind" enum:"warning,suspension,ban"`
	Reason        string      `json:"reason"`
	EndsAt        *Time       `json:"endsAt" doc:"End of a suspension, which ends by itself"`
	GivenBy       string      `json:"givenBy" doc:"Id of who gave it; empty for a key"`
	GivenByName   string      `json:"givenByName"`
	IsActive      bool        `json:"isActive" doc:"Keeps the member out now"`
	RevokedAt     *Time       `json:"revokedAt"`
	RevokedReason string      `json:"revokedReason"`
	CreatedAt     Time        `json:"createdAt"`
	UpdatedAt     Time        `json:"updatedAt"`
}

// NewPenalty warns, suspends or bans a member.
type NewPenalty struct {
	Kind   PenaltyKind `json:"kind" enum:"warning,suspension,ban"`
	Reason string      `json:"reason" minLength:"1" maxLength:"1000" doc:"The member reads it"`
	EndsAt *Time       `json:"endsAt,omitempty" doc:"Of a suspension, in the future"`
}

// PenaltyPatch moves the end of a suspension.
type PenaltyPatch struct {
	EndsAt Time   `json:"endsAt"`
	Reason string `json:"reason,omitempty" maxLength:"1000"`
}

// Revocation lifts a penalty.
type Revocation struct {
	Reason string `json:"reason,omitempty" maxLength:"1000"`
}
