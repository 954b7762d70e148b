package api

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// BadgeAction says how a badge is earned.
type BadgeAction string

// The actions. All but BadgeCustom are automatic: the badge is awarded once
// the member's count has reached its quantity.
const (
	BadgeCustom    BadgeAction = "custom" // by application, by hand or by API
	BadgeMessages  BadgeAction = "messages"
	BadgeReplies   BadgeAction = "replies"
	BadgeReactions BadgeAction = "reactions"
	BadgeReferrals BadgeAction = "referrals"
	BadgeVisits    BadgeAction = "visits"       // days with a visit
	BadgeStreak    BadgeAction = "visit-streak" // days in a row with a visit
	BadgeXP        BadgeAction = "xp"
)

// BadgeActions lists the actions in the order in which forms show them.
func BadgeActions() []BadgeAction {
	return []BadgeAction{BadgeCustom, BadgeMessages, BadgeReplies, BadgeReactions, BadgeReferrals, BadgeVisits, BadgeStreak, BadgeXP}
}

// IntText is a whole number that badge replies write as a string: "25".
type IntText int64

// MarshalJSON writes the number in quotes.
func (n IntText) MarshalJSON() ([]byte, error) {
	return strconv.AppendQuote(nil, strconv.FormatInt(int64(n), 10)), nil
}

// UnmarshalJSON reads the number with or without quotes.
func (n *IntText) UnmarshalJSON(b []byte) error {
	got, err := strconv.ParseInt(strings.Trim(string(b), `"`), 10, 64)
	*n = IntText(got)
	return err
}

// Schema describes the type in the OpenAPI document.
func (IntText) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Description: "A whole number as text", Pattern: `^-?\d+$`, Examples: []any{"25"}}
}

// BoolText is a yes or no that badge replies write as a string: "true".
type BoolText bool

// MarshalJSON writes "true" or "false" in quotes.
func (v BoolText) MarshalJSON() ([]byte, error) {
	return strconv.AppendQuote(nil, strconv.FormatBool(bool(v))), nil
}

// UnmarshalJSON reads the value with or without quotes.
func (v *BoolText) UnmarshalJSON(b []byte) error {
	got, err := strconv.ParseBool(strings.Trim(string(b), `"`))
	*v = BoolText(got)
	if err != nil {
		return fmt.Errorf("%s is neither true nor false", b)
	}
	return nil
}

// Schema describes the type in the OpenAPI document.
func (BoolText) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Description: "true or false as text", Enum: []any{"true", "false"}}
}

var (
	_ huma.SchemaProvider = IntText(0)
	_ huma.SchemaProvider = BoolText(false)
)

// Badge is a badge in the System family's form, whose numbers and booleans
// are texts. Pictures are addresses of this deployment, relative to its own,
// or https addresses elsewhere.
type Badge struct {
	ID            string      `json:"id" doc:"UUID"`
	Title         string      `json:"title"`
	Action        BadgeAction `json:"action" doc:"custom, or what is counted"`
	Quantity      IntText     `json:"quantity" doc:"What the count must reach"`
	Description   string      `json:"description"`
	Image         string      `json:"image"`
	LightImage    string      `json:"lightImage"`
	DarkImage     string      `json:"darkImage"`
	IsThemed      BoolText    `json:"enabledDarkAndLight"`
	Applied       BoolText    `json:"applied" doc:"Whether members may apply for it"`
	Awarded       BoolText    `json:"awarded" doc:"Kept as it was sent; any badge can be awarded"`
	NeedsProof    BoolText    `json:"attachRequired" doc:"Whether an application needs pictures as proof"`
	Award         BoolText    `json:"award" doc:"Whether it pays XP"`
	XP            IntText     `json:"awardXpQuantity"`
	AwardCurrency BoolText    `json:"awardCurrency" doc:"Whether it pays coins"`
	Coins         IntText     `json:"awardCurrencyQuantity"`
	Holders       IntText     `json:"holders" doc:"Members who hold it"`
	Waiting       IntText     `json:"waiting" doc:"Applications that wait; 0 for callers who may not decide them"`
	CreatedAt     Time        `json:"createdAt"`
	UpdatedAt     Time        `json:"updatedAt"`
}

// BadgeInput creates a badge, or changes one: what is left out stays as it is.
type BadgeInput struct {
	Title         string      `json:"title" minLength:"1" maxLength:"100"`
	Action        BadgeAction `json:"action" enum:"custom,messages,replies,reactions,referrals,visits,visit-streak,xp"`
	Quantity      *int64      `json:"quantity,omitempty" minimum:"0" maximum:"1000000" doc:"Needed unless custom"`
	Description   *string     `json:"description,omitempty" maxLength:"2000"`
	Image         *string     `json:"image,omitempty" doc:"Address of an uploaded picture, a data: address with a PNG, JPEG or WebP of at most 2 MB, or an https address; empty removes it"`
	LightImage    *string     `json:"lightImage,omitempty" doc:"As image, for light surroundings"`
	DarkImage     *string     `json:"darkImage,omitempty" doc:"As image, for dark surroundings"`
	IsThemed      *bool       `json:"enabledDarkAndLight,omitempty"`
	Applied       *bool       `json:"applied,omitempty" doc:"Whether members may apply; true for a new custom badge unless said otherwise"`
	Awarded       *bool       `json:"awarded,omitempty"`
	NeedsProof    *bool       `json:"attachRequired,omitempty"`
	Award         *bool       `json:"award,omitempty" doc:"Whether it pays XP; follows awardXpQuantity when left out"`
	XP            *int64      `json:"awardXpQuantity,omitempty" minimum:"0" maximum:"1000000"`
	AwardCurrency *bool       `json:"awardCurrency,omitempty" doc:"Whether it pays coins; follows awardCurrencyQuantity when left out"`
	Coins         *int64      `json:"awardCurrencyQuantity,omitempty" minimum:"0" maximum:"1000000"`
}

// BadgeUser names the member to whom a badge is given or from whom it is taken.
type BadgeUser struct {
	UserID string `json:"userId" minLength:"1" maxLength:"254" doc:"Id, number, username or email"`
}

// BadgeFace is a badge as it stands beside a name.
type BadgeFace struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Image     string `json:"image"`
	DarkImage string `json:"darkImage,omitempty" doc:"For dark surroundings, when it differs"`
}
