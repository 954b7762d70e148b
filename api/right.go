package api

// Right is one thing that a community's role allows, or a set of them: what a
// member may do in the whole community and in its channels. The bits are
// stored, so they never change their meaning.
type Right uint64

// Rights in the whole community.
const (
	RightAdministrator Right = 1 << iota
	RightAllowDM
	RightCreateInvite
	RightKick
	RightWarn
	RightSuspend
	RightBan
	RightBroadcast
	RightManageRoles
	RightManageChannels
	RightOverwriteLanguage
)

// Rights in channels.
const (
	RightViewHistory Right = 1 << (iota + 32)
	RightPost
	RightAttach
	RightMention
	RightManageMessages
	RightDeleteMessages
	RightPin
	RightShareLinks
	RightShareAttachments
	RightPostAnalysis
)

// Sets of rights.
const (
	ServerRights  Right = 1<<32 - 1
	ChannelRights Right = ^ServerRights
	AllRights     Right = ^Right(0)

	// DefaultRights are those of a new community's @all.
	DefaultRights = RightAllowDM | RightViewHistory | RightPost | RightAttach | RightMention | RightDeleteMessages | RightShareLinks
)

// RightInfo is how a right is spelled on the wire.
type RightInfo struct {
	Right    Right
	Key      string // in replies
	Request  string // in requests, where the documentation spells it otherwise; else empty
	InServer bool
}

// Rights lists every right in the order in which forms show them.
func Rights() []RightInfo {
	return []RightInfo{
		{RightAdministrator, "server_administrator", "", true},
		{RightManageRoles, "manage_roles", "", true},
		{RightManageChannels, "manage_channels", "", true},
		{RightCreateInvite, "create_invite", "", true},
		{RightAllowDM, "allow_dm", "", true},
		{RightWarn, "warn_members", "", true},
		{RightSuspend, "suspend_members", "", true},
		{RightBan, "ban_members", "", true},
		{RightKick, "kick_members", "", true},
		{RightBroadcast, "broadcast_messages", "", true},
		{RightOverwriteLanguage, "overwrite_language_settings", "overwrite_language", true},
		{RightViewHistory, "view_message_history", "", false},
		{RightPost, "post_messages", "", false},
		{RightAttach, "attach_files", "", false},
		{RightMention, "allow_mentions", "", false},
		{RightShareLinks, "share_links", "", false},
		{RightShareAttachments, "share_Attachments", "share_attachments", false},
		{RightPostAnalysis, "post_analysis", "", false},
		{RightDeleteMessages, "delete_messages", "", false},
		{RightPin, "pinable", "", false},
		{RightManageMessages, "manage_messages", "", false},
	}
}

// Has reports whether the set holds all of want. An administrator holds everything.
func (r Right) Has(want Right) bool { return r&want == want || r&RightAdministrator != 0 }

// Key is the wire spelling of a single right.
func (r Right) Key() string {
	for _, i := range Rights() {
		if i.Right == r {
			return i.Key
		}
	}
	return ""
}

// With sets the rights that the switches name, in either spelling. Errors:
// Invalid on the field with the key that is none of the community's (server)
// or of the channels' rights.
func (r Right) With(field string, switches map[string]bool, server bool) (Right, error) {
	for key, on := range switches {
		bit := rightByKey(key, server)
		switch {
		case bit == 0:
			return r, InvalidField(field+"."+key, "is no such right")
		case on:
			r |= bit
		default:
			r &^= bit
		}
	}
	return r, nil
}

func rightByKey(key string, server bool) Right {
	for _, i := range Rights() {
		if i.InServer == server && (i.Key == key || i.Request == key) {
			return i.Right
		}
	}
	return 0
}

// ServerPermissions are a role's rights in the whole community.
type ServerPermissions struct {
	AllowDM           bool `json:"allow_dm" doc:"May send direct messages"`
	CreateInvite      bool `json:"create_invite" doc:"May make invite links"`
	Kick              bool `json:"kick_members"`
	Ban               bool `json:"ban_members"`
	ManageRoles       bool `json:"manage_roles" doc:"May change and give the roles below the own highest"`
	ManageChannels    bool `json:"manage_channels" doc:"May change channels and decide access requests"`
	Administrator     bool `json:"server_administrator" doc:"Every right; second only to the owner"`
	Warn              bool `json:"warn_members"`
	Suspend           bool `json:"suspend_members"`
	Broadcast         bool `json:"broadcast_messages"`
	OverwriteLanguage bool `json:"overwrite_language_settings"`
}

// ChannelPermissions are a role's rights in channels.
type ChannelPermissions struct {
	ViewHistory      bool `json:"view_message_history"`
	ManageMessages   bool `json:"manage_messages" doc:"May edit and delete the messages of others"`
	Mention          bool `json:"allow_mentions"`
	Post             bool `json:"post_messages"`
	PostAnalysis     bool `json:"post_analysis"`
	Attach           bool `json:"attach_files"`
	Delete           bool `json:"delete_messages" doc:"May delete own messages"`
	Pin              bool `json:"pinable"`
	ShareLinks       bool `json:"share_links"`
	ShareAttachments bool `json:"share_Attachments"`
}

// Server gives the rights in the whole community in their wire form.
func (r Right) Server() ServerPermissions {
	on := func(bit Right) bool { return r&bit != 0 }
	return ServerPermissions{
		AllowDM: on(RightAllowDM), CreateInvite: on(RightCreateInvite), Kick: on(RightKick), Ban: on(RightBan),
		ManageRoles: on(RightManageRoles), ManageChannels: on(RightManageChannels), Administrator: on(RightAdministrator),
		Warn: on(RightWarn), Suspend: on(RightSuspend), Broadcast: on(RightBroadcast), OverwriteLanguage: on(RightOverwriteLanguage),
	}
}

// Channel gives the rights in channels in their wire form.
func (r Right) Channel() ChannelPermissions {
	on := func(bit Right) bool { return r&bit != 0 }
	return ChannelPermissions{
		ViewHistory: on(RightViewHistory), ManageMessages: on(RightManageMessages), Mention: on(RightMention), Post: on(RightPost),
		PostAnalysis: on(RightPostAnalysis), Attach: on(RightAttach), Delete: on(RightDeleteMessages), Pin: on(RightPin),
		ShareLinks: on(RightShareLinks), ShareAttachments: on(RightShareAttachments),
	}
}
