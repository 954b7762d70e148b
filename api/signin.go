package api

// SignIn is one of a person's sessions. Its id ends the session and opens nothing.
type SignIn struct {
	ID        string `json:"_id"`
	IP        string `json:"ip"`
	UserAgent string `json:"userAgent"`
	IsCurrent bool   `json:"isCurrent" doc:"The session that asks"`
	CreatedAt Time   `json:"createdAt"`
	ExpiresAt Time   `json:"expiresAt"`
}

// PasswordChange sets a new password of one's own.
type PasswordChange struct {
	Current  string `json:"current" minLength:"1" maxLength:"256"`
	Password string `json:"password" doc:"At least 10 characters, none of the common ones"`
}

// Export is everything that is held about a person.
type Export struct {
	CreatedAt Time           `json:"createdAt"`
	Community Community      `json:"community"`
	User      User           `json:"user"`
	Sessions  []SignIn       `json:"sessions"`
	Keys      []APIKey       `json:"keys"`
	Mails     []Mail         `json:"mails" doc:"Without their text, which may hold one-use links"`
	Changes   []AuditEntry   `json:"changes" doc:"Administrative acts by and on the person"`
	Parts     map[string]any `json:"parts" doc:"What other parts of the product hold, by name: ledger and the like"`
}

// Empty is the data of a reply that says all in its message; a nil one is
// left out.
type Empty struct{}
