package api

// Role is a person's place in the community's team.
type Role string

// The roles that exist from the start.
const (
	RoleOwner  Role = "owner"
	RoleAdmin  Role = "admin"
	RoleMember Role = "member"
)

// User is a member of a community.
type User struct {
	ID            string            `json:"_id" doc:"ObjectId"`
	Number        int64             `json:"id" doc:"Number counted up within the community"`
	Username      string            `json:"username"`
	Email         string            `json:"email"`
	DisplayName   string            `json:"displayName"`
	FirstName     string            `json:"firstName"`
	LastName      string            `json:"lastName"`
	Avatar        string            `json:"avatar" doc:"Address of the picture; empty when there is none"`
	Language      string            `json:"language"`
	Timezone      string            `json:"timezone" doc:"IANA zone; empty means the community's"`
	Role          Role              `json:"role"`
	EmailVerified bool              `json:"emailVerified"`
	Tags          []string          `json:"tags" nullable:"false"`
	IsDummy       bool              `json:"isDummy" doc:"A stand-in that fills boards; never signs in"`
	IsDeleted     bool              `json:"isDeleted"`
	IsOnline      bool              `json:"isOnline" doc:"Seen in the last five minutes"`
	LastLogin     *Time             `json:"lastLogin"`
	LastSeen      *Time             `json:"lastSeen" doc:"Last sign of life, to the minute"`
	CustomFields  map[string]string `json:"customFields,omitempty" doc:"Values of the community's user fields by field key; private ones are *** without the right userFields"`
	Wallet        *Wallet           `json:"wallet,omitempty"`
	Badges        []BadgeFace       `json:"badges,omitempty" doc:"Up to three that the member shows beside the name"`
	CreatedAt     Time              `json:"createdAt"`
	UpdatedAt     Time              `json:"updatedAt"`
}

// Wallet is what a member owns and has earned. All amounts are whole points.
type Wallet struct {
	XP        int64 `json:"xp"`
	Coins     int64 `json:"coins"`
	Premium   int64 `json:"premium"`
	Messages  int64 `json:"messages"`
	Replies   int64 `json:"replies"`
	Reactions int64 `json:"reactions"`
	Referrals int64 `json:"referrals"`
	Visits    int64 `json:"visits"`
	Streak    int64 `json:"loginStreak" doc:"Days in a row with a visit"`
	Level     int   `json:"level"`
	Tier      *Tier `json:"tier,omitempty"`
	TierShift int64 `json:"-"` // what the standing on the ladder differs from the XP
}

// NewUser creates a member. The community comes from the credential.
type NewUser struct {
	Username        string       `json:"username" minLength:"2" maxLength:"50"`
	Email           string       `json:"email" format:"email" maxLength:"254"`
	DisplayName     string       `json:"displayname,omitempty" maxLength:"100"`
	FirstName       string       `json:"firstname,omitempty" maxLength:"50"`
	LastName        string       `json:"lastname,omitempty" maxLength:"50"`
	AccessLevel     int          `json:"accessLevel,omitempty"`
	JoinServer      *bool        `json:"joinServer,omitempty"`
	SendEmail       bool         `json:"sendEmail,omitempty"`
	EmailPassword   bool         `json:"emailPassword,omitempty"`
	EmailTemplate   string       `json:"emailTemplate,omitempty"`
	Password        string       `json:"password,omitempty"`
	ConfirmPassword string       `json:"confirmPassword,omitempty"`
	ExternalID      string       `json:"externalId,omitempty" maxLength:"200"`
	Referral        string       `json:"referral,omitempty" maxLength:"200"`
	CustomFields    []FieldValue `json:"customFields,omitempty"`
	Language        string       `json:"language,omitempty"`
	Timezone        string       `json:"timezone,omitempty"`
	Role            Role         `json:"role,omitempty" enum:"owner,admin,member" doc:"Only an owner or admin may give a team role"`
	IsDummy         bool         `json:"isDummy,omitempty"`
}

// FieldValue is the value of one user field, named by id, key or label.
type FieldValue struct {
	Field string `json:"fieldIdorName"`
	Value any    `json:"value"`
}

// UserPatch changes the named parts of a member; nil leaves a part alone.
type UserPatch struct {
	Username     *string      `json:"username,omitempty" minLength:"2" maxLength:"50"`
	DisplayName  *string      `json:"displayName,omitempty" maxLength:"100"`
	FirstName    *string      `json:"firstName,omitempty" maxLength:"50"`
	LastName     *string      `json:"lastName,omitempty" maxLength:"50"`
	Language     *string      `json:"language,omitempty" enum:"en,es,de,fr,ar,ja"`
	Timezone     *string      `json:"timezone,omitempty" maxLength:"64"`
	Role         *Role        `json:"role,omitempty" enum:"owner,admin,member"`
	Tags         *[]string    `json:"tags,omitempty" doc:"All of the member's tags anew"`
	CustomFields []FieldValue `json:"customFields,omitempty"`
}

// ManageUser is the request of POST /v1/users/manage.
type ManageUser struct {
	Action string `json:"action" enum:"delete,restore"`
	User   string `json:"user" minLength:"1" doc:"Id, number, username or email"`
}

// UserInfo is the documented reply of POST /v1/users/info.
type UserInfo struct {
	UserID           string            `json:"userId"`
	Username         string            `json:"username"`
	XP               int64             `json:"xp"`
	Coins            int64             `json:"coins"`
	Roles            []string          `json:"roles"`
	HighestRole      string            `json:"highestRole"`
	FirstName        string            `json:"firstName"`
	LastName         string            `json:"lastName"`
	XPEarnedToday    int64             `json:"xpEarnedToday"`
	CoinsEarnedToday int64             `json:"coinsEarnedToday"`
	Language         string            `json:"language"`
	TotalMessages    int64             `json:"totalMessages"`
	TotalReactions   int64             `json:"totalReactions"`
	VisitCount       int64             `json:"visitCount"`
	ReplySent        int64             `json:"replySent"`
	TimeSpent        int64             `json:"timeSpent" doc:"Seconds here: sightings of at most ten minutes apart are one stay"`
	LoginStreak      int64             `json:"loginStreak"`
	CustomFields     map[string]string `json:"customFields"`
}

// UserDigest is the little that is shown of a person beside something else.
type UserDigest struct {
	ID          string `json:"_id"`
	Number      int64  `json:"id"`
	Avatar      string `json:"avatar"`
	DisplayName string `json:"displayName"`
	Username    string `json:"username"`
}
