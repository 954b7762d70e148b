package api

// XPSetting is what acts are worth in the System family's form. In requests a
// missing part is left as it is.
type XPSetting struct {
	Enabled            *bool          `json:"enabled,omitempty" doc:"Whether acts bring XP at all"`
	Picture            *ActionSetting `json:"picture,omitempty"`
	AboutMe            *ActionSetting `json:"aboutme,omitempty"`
	Quote              *ActionSetting `json:"quote,omitempty"`
	Message            *ActionSetting `json:"message,omitempty"`
	Reply              *ActionSetting `json:"reply,omitempty"`
	React              *ActionSetting `json:"react,omitempty"`
	Object             *ActionSetting `json:"object,omitempty"`
	Analysis           *ActionSetting `json:"analysis,omitempty"`
	Visit              *ActionSetting `json:"visit,omitempty"`
	Referral           *ActionSetting `json:"referral,omitempty"`
	Comment            *ActionSetting `json:"comment,omitempty"`
	Refer              *ActionSetting `json:"refer,omitempty"`
	TradingDiscussions *ActionSetting `json:"tradingDiscussions,omitempty"`
}

// ActionSetting is what one act is worth.
type ActionSetting struct {
	Enabled *bool  `json:"enabled,omitempty"`
	XP      *int64 `json:"xp,omitempty" minimum:"0" maximum:"1000000"`
	Time    *int64 `json:"time,omitempty" minimum:"0" maximum:"31536000" doc:"Seconds between two paid acts"`
}

// TierSetting switches tiers on and says where they are shown. In requests a
// missing part is left as it is.
type TierSetting struct {
	Enabled *bool               `json:"enabled,omitempty"`
	Display *TierDisplaySetting `json:"display,omitempty"`
}

// TierDisplaySetting says where levels and tiers are shown beside names.
type TierDisplaySetting struct {
	Levels *bool `json:"levels,omitempty"`
	Tiers  *bool `json:"tiers,omitempty"`
}

// GamificationSetting is a community's gamification in the System family's form.
type GamificationSetting struct {
	ID        string      `json:"_id"`
	ServerID  string      `json:"serverId"`
	XPSetting XPSetting   `json:"xpSetting"`
	Tiers     TierSetting `json:"tiers"`
	Badges    struct{}    `json:"badges"`
	CreatedAt Time        `json:"createdAt"`
	UpdatedAt Time        `json:"updatedAt"`
	Version   int         `json:"__v"`
}
