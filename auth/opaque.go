package auth

import "time"

// Lives of what a widget carries. Limits are exact; Leeway is for the clocks
// of partners and is granted to signed tokens only.
const (
	EmbedLife         = 15 * time.Minute // longest embed token, exp − iat
	EmbedDefaultLife  = 5 * time.Minute
	WidgetAccessLife  = 5 * time.Minute
	WidgetSessionLife = 8 * time.Hour
	TicketLife        = time.Minute
	Leeway            = 30 * time.Second
)

// Prefixes of opaque values, so that a leaked one can be recognised.
const (
	PrefixTicket        = "lrl_tk_" // one-use ticket of a plain iframe
	PrefixWidgetAccess  = "lrl_wa_" // bearer of a widget's calls
	PrefixWidgetSession = "lrl_ws_" // renews widget access tokens
	PrefixMail          = "lrl_ml_" // one-use link in a mail
	PrefixSecureAuth    = "lrl_sa_" // login hand-over
)

// Opaque is a random value that means nothing without our database.
type Opaque struct {
	Token string // handed out once
	Hash  string // hex SHA-256, what is stored
}

// NewOpaque makes 256 random bits in base62 after the prefix.
func NewOpaque(prefix string) Opaque {
	t := prefix + randomText(keyRandom)
	return Opaque{Token: t, Hash: HashKey(t)}
}

// AccessExpiry is when a widget access token made now ends: after its own
// life, and never later than its widget session.
func AccessExpiry(now, sessionEnd time.Time) time.Time {
	if end := now.Add(WidgetAccessLife); end.Before(sessionEnd) {
		return end
	}
	return sessionEnd
}
