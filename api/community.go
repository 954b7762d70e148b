package api

// Community is a tenant: a community site with its members, boards and keys.
// The System family calls it a server.
type Community struct {
	ID          string `json:"_id" doc:"ObjectId"`
	Name        string `json:"name"`
	URI         string `json:"uri" doc:"Slug in addresses, unique in the deployment"`
	Domain      string `json:"domain" doc:"Host name of the community's own site; empty when it has none"`
	Description string `json:"description"`
	Icon        string `json:"icon"`
	Timezone    string `json:"timezone" doc:"IANA zone in which its days begin" example:"Europe/Lisbon"`
	Language    string `json:"language" example:"en"`
	Members     int64  `json:"members" doc:"Members that are not deleted"`
	CreatedAt   Time   `json:"createdAt"`
	UpdatedAt   Time   `json:"updatedAt"`
}

// CommunityPatch changes the named parts of a community; nil leaves a part alone.
type CommunityPatch struct {
	Name        *string `json:"name,omitempty" minLength:"1" maxLength:"100"`
	URI         *string `json:"uri,omitempty" pattern:"^[a-z0-9]+(-[a-z0-9]+)*$" maxLength:"63"`
	Domain      *string `json:"domain,omitempty" maxLength:"253"`
	Description *string `json:"description,omitempty" maxLength:"2000"`
	Icon        *string `json:"icon,omitempty" maxLength:"500"`
	Timezone    *string `json:"timezone,omitempty" maxLength:"64"`
	Language    *string `json:"language,omitempty" enum:"en,es,de,fr,ar,ja"`
}

// AuditEntry is one administrative change: who did what to which thing, with
// the state before and after.
type AuditEntry struct {
	ID         string         `json:"_id"`
	Action     string         `json:"action" example:"leaderboard.update"`
	TargetType string         `json:"targetType" example:"leaderboard"`
	TargetID   string         `json:"targetId"`
	TargetName string         `json:"targetName"`
	ActorType  string         `json:"actorType" enum:"user,key,system" doc:"What acted"`
	ActorID    string         `json:"actorId"`
	ActorName  string         `json:"actorName"`
	IP         string         `json:"ip"`
	RequestID  string         `json:"requestId"`
	Before     map[string]any `json:"before,omitempty"`
	After      map[string]any `json:"after,omitempty"`
	CreatedAt  Time           `json:"createdAt"`
}

// Mail is one message that the deployment sent, or keeps because no SMTP
// server is configured. Secrets in links are only in the kept text.
type Mail struct {
	ID        string `json:"_id"`
	To        string `json:"to"`
	Subject   string `json:"subject"`
	Text      string `json:"text"`
	Status    string `json:"status" enum:"kept,sent,failed"`
	Error     string `json:"error,omitempty"`
	CreatedAt Time   `json:"createdAt"`
}
