package api

// Registration is the request of POST /v1/auth/register.
type Registration struct {
	CommunityID string `json:"communityId,omitempty" doc:"Id or uri; the host's community when missing"`
	Email       string `json:"email" format:"email" maxLength:"254"`
	Username    string `json:"username" minLength:"2" maxLength:"50"`
	Password    string `json:"password" doc:"At least 10 characters, none of the common ones"`
	DisplayName string `json:"displayname,omitempty" maxLength:"100"`
	Referral    string `json:"referral,omitempty" maxLength:"200"`

	FirstName string    `json:"firstname,omitempty" maxLength:"50"`
	LastName  string    `json:"lastname,omitempty" maxLength:"50"`
	Language  string    `json:"language,omitempty" maxLength:"10"`
	Invite    string    `json:"invite,omitempty" maxLength:"64" doc:"Code of an invite link"`
	Consents  []Consent `json:"consents,omitempty" maxItems:"50" doc:"The policies agreed to, each in the version that was read"`
}

// Login is the request of POST /v1/auth/login.
type Login struct {
	CommunityID string `json:"communityId,omitempty" doc:"Id or uri; the host's community when missing"`
	Login       string `json:"login" minLength:"1" maxLength:"254" doc:"Email or username"`
	Password    string `json:"password" minLength:"1" maxLength:"256"`
}

// Session is a signed-in person's token.
type Session struct {
	Token     string `json:"token" doc:"HS256 JWT, seven days, revocable"`
	ExpiresAt Time   `json:"expiresAt"`
	User      User   `json:"user"`
}

// TokenInput carries a one-use token from a mail.
type TokenInput struct {
	Token string `json:"token" minLength:"1" maxLength:"200"`
}

// ForgotPassword asks for a reset mail.
type ForgotPassword struct {
	CommunityID string `json:"communityId,omitempty"`
	Email       string `json:"email" format:"email" maxLength:"254"`
}

// ResetPassword sets a new password with the token of a reset mail.
type ResetPassword struct {
	Token    string `json:"token" minLength:"1" maxLength:"200"`
	Password string `json:"password"`
}

// SecureAuth is the reply of the login hand-over.
type SecureAuth struct {
	Error     bool   `json:"error"`
	LoginURL  string `json:"loginUrl"`
	SessionID string `json:"sessionId"`
}

// SecureAuthState is the state of a login hand-over.
type SecureAuthState struct {
	Error     bool   `json:"error"`
	SessionID string `json:"sessionId"`
	Status    string `json:"status" enum:"pending,used,expired"`
	UserID    string `json:"userId"`
	ExpiresAt Time   `json:"expiresAt"`
}

// SecureAuthPreview is what the "Continue as" page shows before anyone acts.
type SecureAuthPreview struct {
	Status    string     `json:"status" enum:"pending,used,expired"`
	User      UserDigest `json:"user"`
	Community Community  `json:"community"`
}

// APIKey is a key as lists show it: never with its secret.
type APIKey struct {
	ID           string       `json:"_id"`
	Name         string       `json:"name"`
	Key          string       `json:"key" doc:"The secret, in full only in the answer to creation or rotation; else its first characters"`
	Permissions  []Permission `json:"permissions"`
	ExpirePeriod int          `json:"expirePeriod" doc:"Days; 0 means never"`
	ExpireDate   *Time        `json:"expireDate"`
	IsActive     bool         `json:"isActive"`
	LastUsedAt   *Time        `json:"lastUsedAt"`
	CreatedAt    Time         `json:"createdAt"`
	UpdatedAt    Time         `json:"updatedAt"`
	LastIP       string       `json:"lastIp,omitempty" doc:"Where the last use came from"`
	OverlapUntil *Time        `json:"overlapUntil,omitempty" doc:"Until when the secret before the last rotation works"`
	ChannelIDs   []string     `json:"channelIds,omitempty" doc:"The channels that a member's key is limited to"`
}

// NewAPIKey creates a key.
type NewAPIKey struct {
	Name         string       `json:"name" minLength:"1" maxLength:"100"`
	Permissions  []Permission `json:"permissions" maxItems:"40"`
	ExpirePeriod int          `json:"expirePeriod,omitempty" minimum:"0" maximum:"3650" doc:"Days; 0 means never"`
	ExpireDate   string       `json:"expireDate,omitempty" doc:"RFC 3339; wins over expirePeriod"`
	IsActive     *bool        `json:"isActive,omitempty"`
	CommunityID  string       `json:"communityId,omitempty"`
	ChannelIDs   []string     `json:"channelIds,omitempty" maxItems:"200" doc:"Members' own keys only: the channels that the key is limited to; all when empty"`
}

// KeyRotation says how a key is given a new secret.
type KeyRotation struct {
	OverlapHours int `json:"overlapHours,omitempty" minimum:"0" maximum:"720" doc:"How long the old secret works on; 0 stops it at once"`
}

// KeyRequest is one request that came with a key.
type KeyRequest struct {
	At     Time   `json:"at"`
	Method string `json:"method"`
	Route  string `json:"route" doc:"The operation's address, with the names of its parameters"`
	Status int    `json:"status"`
	IP     string `json:"ip"`
}

// APIKeyPatch changes the named parts of a key; nil leaves a part alone.
type APIKeyPatch struct {
	Name         *string       `json:"name,omitempty" minLength:"1" maxLength:"100"`
	Permissions  *[]Permission `json:"permissions,omitempty"`
	ExpirePeriod *int          `json:"expirePeriod,omitempty" minimum:"0" maximum:"3650"`
	ExpireDate   *string       `json:"expireDate,omitempty"`
	IsActive     *bool         `json:"isActive,omitempty"`
	ChannelIDs   *[]string     `json:"channelIds,omitempty" doc:"Empty lifts the limit"`
}

// SystemKey describes a community's system key; Key is full only after rotation.
type SystemKey struct {
	Key          string `json:"key"`
	Kind         string `json:"kind" enum:"system,secureAuth,widget"`
	RotatedAt    *Time  `json:"rotatedAt"`
	LastUsedAt   *Time  `json:"lastUsedAt,omitempty"`
	LastIP       string `json:"lastIp,omitempty"`
	OverlapUntil *Time  `json:"overlapUntil,omitempty" doc:"Until when the old secret works"`
}
