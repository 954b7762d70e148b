package api

// ChannelType says what a channel is for.
type ChannelType string

// The types of channels.
const (
	ChannelOpen         ChannelType = "open"
	ChannelAnnouncement ChannelType = "announcement"
	ChannelWhisper      ChannelType = "whisper"
	ChannelForum        ChannelType = "forum"
	ChannelDirect       ChannelType = "direct"
	ChannelChart        ChannelType = "chart"
	ChannelIframe       ChannelType = "iframe"
)

// ChannelTypes lists the types in the order in which forms show them.
func ChannelTypes() []ChannelType {
	return []ChannelType{ChannelOpen, ChannelAnnouncement, ChannelForum, ChannelWhisper, ChannelDirect, ChannelChart, ChannelIframe}
}

// Channel is a place where members meet. In the Integration list only _id,
// topic and channelType are documented; the rest is ours.
type Channel struct {
	ID           string          `json:"_id"`
	Topic        string          `json:"topic" doc:"The channel's name"`
	Description  string          `json:"description"`
	Type         ChannelType     `json:"channelType"`
	Permissions  []ChannelAccess `json:"permissions" doc:"Who may see a private channel, and what roles may do here"`
	UserID       string          `json:"userId" doc:"Who made it; empty for a key"`
	ServerID     string          `json:"serverId"`
	CategoryID   string          `json:"categoryId"`
	URL          string          `json:"url" doc:"Framed page of an iframe channel"`
	IsPrivate    bool            `json:"isPrivate" doc:"Only roles in permissions see it"`
	IsArchived   bool            `json:"isArchived" doc:"Readable, closed for new messages"`
	SlowMode     int             `json:"slowMode" doc:"Seconds between two messages of a member; 0 for none"`
	Position     int             `json:"position"`
	Speakers     []string        `json:"speakers" doc:"Roles and users: announcers, whisperers, or who can be reached in a direct channel"`
	RequestRoles []string        `json:"requestRoles" doc:"Roles that may ask to be let in"`
	CreatedAt    Time            `json:"createdAt"`
	UpdatedAt    Time            `json:"updatedAt"`
	V            int             `json:"__v"`
}

// ChannelAccess is what a role may do in one channel.
type ChannelAccess struct {
	RoleID string          `json:"roleId"`
	Rights map[string]bool `json:"channelPermissions,omitempty" doc:"Replaces the role's own rights here; left out, they hold"`
}

// ChannelInput makes or changes a channel. What is left out keeps its value.
type ChannelInput struct {
	Topic        *string          `json:"topic,omitempty" minLength:"1" maxLength:"100"`
	Type         *ChannelType     `json:"channelType,omitempty" enum:"open,announcement,whisper,forum,direct,chart,iframe"`
	Description  *string          `json:"description,omitempty" maxLength:"1000"`
	CategoryID   *string          `json:"categoryId,omitempty" maxLength:"24"`
	URL          *string          `json:"url,omitempty" maxLength:"2000" doc:"https only"`
	IsPrivate    *bool            `json:"isPrivate,omitempty"`
	IsArchived   *bool            `json:"isArchived,omitempty"`
	SlowMode     *int             `json:"slowMode,omitempty" minimum:"0" maximum:"21600"`
	Position     *int             `json:"position,omitempty" minimum:"0" maximum:"100000"`
	Permissions  *[]ChannelAccess `json:"permissions,omitempty" maxItems:"100"`
	Speakers     *[]string        `json:"speakers,omitempty" maxItems:"200"`
	RequestRoles *[]string        `json:"requestRoles,omitempty" maxItems:"100"`
}

// Category groups channels. A private one hides what is in it from all but
// its roles; it never opens a channel that keeps a list of its own.
type Category struct {
	ID        string   `json:"_id"`
	Name      string   `json:"name"`
	Position  int      `json:"position"`
	IsPrivate bool     `json:"isPrivate"`
	Roles     []string `json:"roles"`
	CreatedAt Time     `json:"createdAt"`
	UpdatedAt Time     `json:"updatedAt"`
}

// CategoryInput makes or changes a category.
type CategoryInput struct {
	Name      *string   `json:"name,omitempty" minLength:"1" maxLength:"60"`
	Position  *int      `json:"position,omitempty" minimum:"0" maximum:"100000"`
	IsPrivate *bool     `json:"isPrivate,omitempty"`
	Roles     *[]string `json:"roles,omitempty" maxItems:"100"`
}

// Topic is a thread of a forum channel.
type Topic struct {
	ID        string `json:"_id"`
	ChannelID string `json:"channelId"`
	Title     string `json:"title"`
	CreatorID string `json:"creatorId"`
	IsClosed  bool   `json:"isClosed"`
	CreatedAt Time   `json:"createdAt"`
	UpdatedAt Time   `json:"updatedAt"`
}

// NewTopic opens a topic.
type NewTopic struct {
	Title  string `json:"title" minLength:"1" maxLength:"200"`
	Sender string `json:"sender,omitempty" maxLength:"254" doc:"Username or email, when a key opens it"`
}

// MyChannel is a channel as a member sees it.
type MyChannel struct {
	Channel
	Unread  int64 `json:"unread" doc:"Messages not read; 0 when muted"`
	Head    int64 `json:"head" doc:"Number of the newest message"`
	ReadSeq int64 `json:"readSeq" doc:"Number of the newest message that was read"`
	IsMuted bool  `json:"isMuted"`

	May ChannelMay `json:"may"`
}

// ChannelMay is what a member may do in a channel, by its kind, its state and
// the roles that he holds.
type ChannelMay struct {
	Post      bool `json:"post"`
	Attach    bool `json:"attach"`
	React     bool `json:"react"`
	EditOwn   bool `json:"editOwn"`
	DeleteOwn bool `json:"deleteOwn"`
	Hear      bool `json:"hear" doc:"Reads what others write in a whisper or direct channel"`
	Moderate  bool `json:"moderate" doc:"Deletes messages of others"`
	Pin       bool `json:"pin"`
}

// ReadMark says how far a channel was read; 0 means to its newest message.
type ReadMark struct {
	Seq int64 `json:"seq,omitempty" minimum:"0"`
}

// MuteSwitch mutes a channel, or unmutes it.
type MuteSwitch struct {
	IsMuted bool `json:"isMuted"`
}

// AccessRequest is a member's wish to enter a private channel.
type AccessRequest struct {
	ID          string `json:"_id"`
	ChannelID   string `json:"channelId"`
	ChannelName string `json:"channelName"`
	UserID      string `json:"userId"`
	Username    string `json:"username"`
	Note        string `json:"note"`
	Status      string `json:"status" enum:"requested,approved,refused"`
	RoleID      string `json:"roleId"`
	Reason      string `json:"reason"`
	DecidedBy   string `json:"decidedBy"`
	DecidedAt   *Time  `json:"decidedAt"`
	CreatedAt   Time   `json:"createdAt"`
}

// NewAccessRequest asks to be let into a channel.
type NewAccessRequest struct {
	Note string `json:"note,omitempty" maxLength:"500"`
}

// Approval gives the role with which the channel opens.
type Approval struct {
	RoleID string `json:"roleId" minLength:"24" maxLength:"24"`
}

// Refusal says why a request was refused.
type Refusal struct {
	Reason string `json:"reason,omitempty" maxLength:"500"`
}

// BriefChannel is a channel in the Integration list.
type BriefChannel struct {
	ID    string      `json:"_id"`
	Topic string      `json:"topic"`
	Type  ChannelType `json:"channelType"`
}
