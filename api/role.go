package api

// CommunityRole is a role that a community gives to its members, beside the
// team role in User.Role. Its rights add up with those of a member's others.
type CommunityRole struct {
	ID                 string             `json:"_id"`
	Order              int                `json:"order" doc:"Rank: 1 is the highest; @all is below every other role"`
	Billable           bool               `json:"billable"`
	Title              string             `json:"title"`
	Description        string             `json:"description"`
	ServerPermissions  ServerPermissions  `json:"serverPermissions"`
	ChannelPermissions ChannelPermissions `json:"channelPermissions"`
	Class              string             `json:"class" doc:"Name of a colour, such as red"`
	ServerID           string             `json:"serverId"`
	IsDefault          bool               `json:"isDefault" doc:"The role @all, which everyone has"`
	Members            int                `json:"members" doc:"Members to whom it was given; 0 for @all"`
	CreatedAt          Time               `json:"createdAt"`
	UpdatedAt          Time               `json:"updatedAt"`
	V                  int                `json:"__v"`
}

// RoleInput makes or changes a role. What is left out keeps its value, or is
// off in a new role. The rights are accepted in the spelling of requests and
// of replies alike.
type RoleInput struct {
	Title              *string         `json:"title,omitempty" minLength:"1" maxLength:"60"`
	Description        *string         `json:"description,omitempty" maxLength:"500"`
	Class              *string         `json:"class,omitempty" maxLength:"30" doc:"Name of a colour, such as red"`
	Order              *int            `json:"order,omitempty" minimum:"1" maximum:"100000"`
	Billable           *bool           `json:"billable,omitempty"`
	Server             map[string]bool `json:"server_permissions,omitempty"`
	ServerPermissions  map[string]bool `json:"serverPermissions,omitempty" doc:"The same in the spelling of replies"`
	Channel            map[string]bool `json:"channel_permissions,omitempty"`
	ChannelPermissions map[string]bool `json:"channelPermissions,omitempty" doc:"The same in the spelling of replies"`
}

// RoleUser names the member to whom a role is given or from whom it is taken.
type RoleUser struct {
	UserID string `json:"userId" minLength:"1" maxLength:"254" doc:"Id, number, username or email"`
}

// RoleHolder is a member to whom a role was given.
type RoleHolder struct {
	ID          string `json:"_id"`
	Number      int64  `json:"id"`
	Username    string `json:"username"`
	DisplayName string `json:"displayName"`
	Avatar      string `json:"avatar"`
	Source      string `json:"source" doc:"How the role came: hand, request, invite, threshold"`
	GivenAt     Time   `json:"givenAt"`
}

// RoleThresholds are the roles that members get by themselves at an amount of
// XP. A role that the list leaves out is given by hand only.
type RoleThresholds struct {
	Thresholds []RoleThreshold `json:"thresholds" maxItems:"100"`
}

// RoleThreshold is one role with the XP at which it is given.
type RoleThreshold struct {
	RoleID   string `json:"roleId" maxLength:"24"`
	Role     string `json:"role,omitempty" doc:"The role's title; in replies only"`
	XP       int64  `json:"xp" minimum:"1" maximum:"1000000000000"`
	TakeBack bool   `json:"takeBack,omitempty" doc:"Whoever falls below the XP loses the role again, unless it was given otherwise"`
	Settled  bool   `json:"settled,omitempty" doc:"Those who had the XP when this was set have the role by now; in replies only"`
}

// Rights are what the role allows, as a set.
func (r CommunityRole) Rights() Right {
	s, c := r.ServerPermissions, r.ChannelPermissions
	var sum Right
	for _, has := range []struct {
		on    bool
		right Right
	}{
		{s.Administrator, RightAdministrator}, {s.ManageRoles, RightManageRoles}, {s.ManageChannels, RightManageChannels},
		{s.CreateInvite, RightCreateInvite}, {s.AllowDM, RightAllowDM}, {s.Warn, RightWarn}, {s.Suspend, RightSuspend}, {s.Ban, RightBan},
		{s.Kick, RightKick}, {s.Broadcast, RightBroadcast}, {s.OverwriteLanguage, RightOverwriteLanguage},
		{c.ViewHistory, RightViewHistory}, {c.Post, RightPost}, {c.Attach, RightAttach}, {c.Mention, RightMention}, {c.ShareLinks, RightShareLinks},
		{c.ShareAttachments, RightShareAttachments}, {c.PostAnalysis, RightPostAnalysis}, {c.Delete, RightDeleteMessages}, {c.Pin, RightPin},
		{c.ManageMessages, RightManageMessages},
	} {
		if has.on {
			sum |= has.right
		}
	}
	return sum
}
