package api

// Policy is a text to agree to before joining.
type Policy struct {
	ID        string `json:"_id"`
	Title     string `json:"title"`
	Body      string `json:"body"`
	Version   int    `json:"version" doc:"Counts up with each change of the text"`
	Position  int    `json:"position"`
	UpdatedAt Time   `json:"updatedAt"`
}

// PolicyInput makes or changes a policy.
type PolicyInput struct {
	Title    *string `json:"title,omitempty" minLength:"1" maxLength:"120"`
	Body     *string `json:"body,omitempty" minLength:"1" maxLength:"50000"`
	Position *int    `json:"position,omitempty" minimum:"0" maximum:"1000"`
}

// Joining is what a newcomer has to bring.
type Joining struct {
	Policies []Policy `json:"policies"`
	Fields   []string `json:"fields" doc:"Profile fields that must be filled in: displayname, firstname, lastname, language"`
}

// JoiningInput sets which profile fields a newcomer must fill in.
type JoiningInput struct {
	Fields []string `json:"fields" maxItems:"10"`
}

// Consent is a newcomer's agreement to one version of a policy.
type Consent struct {
	PolicyID string `json:"policyId" maxLength:"24"`
	Version  int    `json:"version"`
}

// Invite is a link by which people join: a plain one counts for its maker as
// a referral; one with a role gives it to who joins.
type Invite struct {
	ID        string `json:"_id"`
	Code      string `json:"code"`
	URL       string `json:"url"`
	RoleID    string `json:"roleId"`
	CreatorID string `json:"creatorId"`
	Creator   string `json:"creator" doc:"Username of who made it; empty for a key"`
	MaxUses   int    `json:"maxUses" doc:"0 for no limit"`
	Uses      int    `json:"uses"`
	ExpiresAt *Time  `json:"expiresAt"`
	RevokedAt *Time  `json:"revokedAt"`
	IsOpen    bool   `json:"isOpen"`
	CreatedAt Time   `json:"createdAt"`
}

// NewInvite makes an invite link.
type NewInvite struct {
	RoleID    string `json:"roleId,omitempty" maxLength:"24" doc:"Needs the right to give the role"`
	MaxUses   int    `json:"maxUses,omitempty" minimum:"0" maximum:"1000000"`
	ExpiresAt *Time  `json:"expiresAt,omitempty"`
}
