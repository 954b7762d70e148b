package api

// BadgeState is where a badge stands for a member.
type BadgeState string

// The states of a badge for a member.
const (
	BadgeHeld     BadgeState = "held"
	BadgeProgress BadgeState = "in-progress" // automatic, and not reached yet
	BadgeOpen     BadgeState = "open"        // may be applied for
	BadgeWaiting  BadgeState = "waiting"     // applied for
	BadgeRefused  BadgeState = "refused"     // may be applied for again
	BadgeLocked   BadgeState = "locked"      // given by the team or the API only
)

// OwnBadge is a badge as a member sees it.
type OwnBadge struct {
	ID          string      `json:"id"`
	Title       string      `json:"title"`
	Image       string      `json:"image"`
	DarkImage   string      `json:"darkImage,omitempty"`
	Description string      `json:"description"`
	Action      BadgeAction `json:"action"`
	State       BadgeState  `json:"state" enum:"held,in-progress,open,waiting,refused,locked"`
	Quantity    int64       `json:"quantity" doc:"What an automatic badge's count must reach"`
	Count       int64       `json:"count" doc:"What the member has reached of it"`
	XP          int64       `json:"xp" doc:"What it pays"`
	Coins       int64       `json:"coins"`
	NeedsProof  bool        `json:"attachRequired"`
	Holders     int64       `json:"holders"`
	Shown       int         `json:"shown" doc:"Place beside the name, from 1; 0 when not shown"`
	Reason      string      `json:"reason,omitempty" doc:"Why the last application was refused"`
	AppliedAt   *Time       `json:"appliedAt,omitempty"`
	AwardedAt   *Time       `json:"awardedAt,omitempty"`
}

// ShownBadges are the badges that a member chooses to show beside the name.
type ShownBadges struct {
	IDs []string `json:"badgeIds" maxItems:"3" nullable:"false" doc:"Badges that the member holds, in order"`
}

// HeldBadge is a badge that a member holds.
type HeldBadge struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Image     string `json:"image"`
	DarkImage string `json:"darkImage,omitempty"`
	Source    string `json:"source" doc:"rule, application, portal or api"`
	XP        int64  `json:"xp" doc:"What it paid"`
	Coins     int64  `json:"coins"`
	Shown     int    `json:"shown" doc:"Place beside the name, from 1; 0 when not shown"`
	AwardedAt Time   `json:"awardedAt"`
}

// BadgeHolder is a member who holds a badge.
type BadgeHolder struct {
	User      UserDigest `json:"user"`
	Source    string     `json:"source" doc:"rule, application, portal or api"`
	AwardedAt Time       `json:"awardedAt"`
}

// BadgePicture is where an uploaded picture is.
type BadgePicture struct {
	URL string `json:"url" doc:"For image, lightImage or darkImage of a badge"`
}

// States of an application for a badge.
const (
	ApplicationWaiting  = "waiting"
	ApplicationApproved = "approved"
	ApplicationRefused  = "refused"
)

// BadgeApplication is a member's wish for a badge.
type BadgeApplication struct {
	ID        string       `json:"_id"`
	Badge     BadgeFace    `json:"badge"`
	User      UserDigest   `json:"user"`
	Note      string       `json:"note"`
	Status    string       `json:"status" enum:"waiting,approved,refused"`
	Reason    string       `json:"reason" doc:"Why it was refused"`
	Proofs    []BadgeProof `json:"proofs" nullable:"false"`
	DecidedBy string       `json:"decidedBy" doc:"Username; empty for keys"`
	DecidedAt *Time        `json:"decidedAt"`
	CreatedAt Time         `json:"createdAt"`
}

// BadgeProof is a picture that came with an application. Those who may decide
// it read it at /v1/badges/applications/{id}/proofs/{number}.
type BadgeProof struct {
	Number int    `json:"number"`
	Name   string `json:"name" doc:"As its sender called the file"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// BadgeRefusal says why an application is refused.
type BadgeRefusal struct {
	Reason string `json:"reason" minLength:"1" maxLength:"500" doc:"The applicant reads it"`
}
