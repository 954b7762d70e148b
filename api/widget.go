package api

// Widget is an embed that an admin has set up: a kind, its target, and who may frame it.
type Widget struct {
	ID             string        `json:"_id"`
	CommunityID    string        `json:"communityId"`
	Name           string        `json:"name"`
	Kind           string        `json:"kind" example:"leaderboard"`
	TargetID       string        `json:"targetId" doc:"The leaderboard that it shows"`
	IsPublic       bool          `json:"isPublic" doc:"Shown without a token to whoever sees the framing page"`
	AllowedOrigins []string      `json:"allowedOrigins" doc:"Origins that may frame it; none means nobody"`
	Options        WidgetOptions `json:"options"`
	IsEnabled      bool          `json:"isEnabled"`
	CreatedAt      Time          `json:"createdAt"`
	UpdatedAt      Time          `json:"updatedAt"`
}

// WidgetOptions are the looks of a widget; the zero value is the plain look.
type WidgetOptions struct {
	Theme   string       `json:"theme,omitempty" enum:"auto,light,dark"`
	Locale  string       `json:"locale,omitempty" enum:"en,es,de,fr,ar,ja"`
	Rows    int          `json:"rows,omitempty" minimum:"3" maximum:"100" doc:"Rows shown; 10 when 0"`
	Compact bool         `json:"compact,omitempty"`
	Period  Period       `json:"period,omitempty" enum:"all-time,daily,weekly,monthly,yearly"`
	Width   string       `json:"width,omitempty" maxLength:"20"`
	Height  string       `json:"height,omitempty" maxLength:"20"`
	Button  WidgetButton `json:"button,omitempty"`
}

// WidgetInput creates a widget, or changes the named parts of one.
type WidgetInput struct {
	Name           *string        `json:"name,omitempty" minLength:"1" maxLength:"100"`
	Kind           *string        `json:"kind,omitempty"`
	TargetID       *string        `json:"targetId,omitempty"`
	IsPublic       *bool          `json:"isPublic,omitempty"`
	AllowedOrigins *[]string      `json:"allowedOrigins,omitempty" maxItems:"50"`
	Options        *WidgetOptions `json:"options,omitempty"`
	IsEnabled      *bool          `json:"isEnabled,omitempty"`
}

// AccessKey lets a partner's server mint embed tokens.
type AccessKey struct {
	ID             string            `json:"_id"`
	AccessID       string            `json:"accessId"`
	AccessKey      string            `json:"accessKey,omitempty" doc:"The secret, only in the answer to creation or rotation"`
	Name           string            `json:"name"`
	AllowedOrigins []string          `json:"allowedOrigins"`
	Algorithm      string            `json:"algorithm" enum:"HS256,RS256,EdDSA" doc:"How the partner signs its own tokens"`
	PublicKey      string            `json:"publicKey,omitempty" doc:"PEM, for RS256 and EdDSA"`
	CreateUsers    bool              `json:"createUsers" doc:"Whether an unknown user is created on sight"`
	IdentifierMap  map[string]string `json:"identifierMap" doc:"data- attribute to user property: email, username, id or field:KEY"`
	IsActive       bool              `json:"isActive"`
	RevokedAt      *Time             `json:"revokedAt"`
	OldKeyUntil    *Time             `json:"oldKeyUntil" doc:"Until when the secret before the last rotation still works"`
	LastUsedAt     *Time             `json:"lastUsedAt"`
	CreatedAt      Time              `json:"createdAt"`
	UpdatedAt      Time              `json:"updatedAt"`
}

// AccessKeyInput creates an access key, or changes the named parts of one.
type AccessKeyInput struct {
	Name           *string            `json:"name,omitempty" minLength:"1" maxLength:"100"`
	AllowedOrigins *[]string          `json:"allowedOrigins,omitempty" maxItems:"50"`
	Algorithm      *string            `json:"algorithm,omitempty" enum:"HS256,RS256,EdDSA"`
	PublicKey      *string            `json:"publicKey,omitempty" maxLength:"8000"`
	CreateUsers    *bool              `json:"createUsers,omitempty"`
	IdentifierMap  *map[string]string `json:"identifierMap,omitempty"`
	IsActive       *bool              `json:"isActive,omitempty"`
}

// RotateInput says how long the old secret goes on working.
type RotateInput struct {
	OverlapHours int `json:"overlapHours,omitempty" minimum:"0" maximum:"168"`
}

// EmbedTokenRequest exchanges an access key for an embed token (or a ticket).
type EmbedTokenRequest struct {
	AccessID        string            `json:"accessId" minLength:"1" maxLength:"100"`
	AccessKey       string            `json:"accessKey" minLength:"1" maxLength:"200"`
	UserIdentifiers map[string]string `json:"userIdentifiers,omitempty" doc:"Values by their data- attribute"`
	WidgetID        string            `json:"widgetId,omitempty" doc:"Binds the token to one widget"`
	Origin          string            `json:"origin,omitempty" doc:"Binds the token to one framing origin"`
	Locale          string            `json:"locale,omitempty"`
	Theme           string            `json:"theme,omitempty"`
}

// EmbedToken is the answer of the exchange.
type EmbedToken struct {
	EmbedToken string `json:"embedToken"`
	ExpiresIn  int    `json:"expiresIn" doc:"Seconds"`
}

// EmbedTicket is a one-use ticket for a plain iframe.
type EmbedTicket struct {
	Ticket    string `json:"ticket"`
	URL       string `json:"url"`
	ExpiresIn int    `json:"expiresIn" doc:"Seconds"`
}

// EmbedValidity is what validation says of an embed token.
type EmbedValidity struct {
	Valid          bool     `json:"valid"`
	CommunityID    string   `json:"communityId"`
	ExpiresAt      Time     `json:"expiresAt"`
	AllowedOrigins []string `json:"allowedOrigins"`
}

// EmbedSessionRequest exchanges an embed token, a ticket or a refresh token
// for a short access token. Exactly one of the three is given.
type EmbedSessionRequest struct {
	EmbedToken   string `json:"embedToken,omitempty" maxLength:"8192"`
	Ticket       string `json:"ticket,omitempty" maxLength:"200"`
	RefreshToken string `json:"refreshToken,omitempty" maxLength:"200"`
	WidgetID     string `json:"widgetId" minLength:"1" maxLength:"100"`
	Origin       string `json:"origin,omitempty" maxLength:"300" doc:"Origin of the framing page, as the frame saw it"`
}

// EmbedSession is a widget session: the access token is held in page memory.
type EmbedSession struct {
	AccessToken      string     `json:"accessToken"`
	ExpiresIn        int        `json:"expiresIn" doc:"Seconds"`
	RefreshToken     string     `json:"refreshToken"`
	SessionExpiresIn int        `json:"sessionExpiresIn" doc:"Seconds until the session cannot be renewed any more"`
	User             UserDigest `json:"user"`
	Origin           string     `json:"origin" doc:"The only framing origin that the token names; empty when it names none"`
	Locale           string     `json:"locale,omitempty"`
	Theme            string     `json:"theme,omitempty"`
}

// EmbedEvent is one line of the partner's embed log.
type EmbedEvent struct {
	ID        string `json:"_id"`
	WidgetID  string `json:"widgetId"`
	AccessID  string `json:"accessId"`
	Event     string `json:"event" enum:"minted,session,refused,error,revoked"`
	Code      string `json:"code" doc:"Reason of a refusal, such as embed_expired"`
	Detail    string `json:"detail"`
	Origin    string `json:"origin"`
	UserID    string `json:"userId"`
	IP        string `json:"ip"`
	RequestID string `json:"requestId"`
	CreatedAt Time   `json:"createdAt"`
}

// PublicWidget is what a widget page needs to draw its frame: no secrets.
type PublicWidget struct {
	Widget    Widget      `json:"widget"`
	Community Community   `json:"community"`
	Board     Leaderboard `json:"leaderboard"`
}

// PublicCommunity is a community's public page: its boards that have a public widget.
type PublicCommunity struct {
	Community Community     `json:"community"`
	Boards    []Leaderboard `json:"leaderboards"`
}

// EmbedReport is a failure that a frame saw and that nobody else would know of.
type EmbedReport struct {
	Code   string `json:"code" maxLength:"40" pattern:"^[a-z_]+$"`
	Detail string `json:"detail,omitempty" maxLength:"300"`
	Origin string `json:"origin,omitempty" maxLength:"300"`
}

// WidgetKinds are the kinds of widgets that can be set up.
func WidgetKinds() []string { return []string{"leaderboard"} }
