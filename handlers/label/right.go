package label

import "laurel/api"

// rights names what roles allow, and says what that means.
var rights = map[api.Right][2]string{
	api.RightAdministrator:     {"Administrator", "Everything, everywhere. Second only to the owner."},
	api.RightManageRoles:       {"Manage roles", "Change and give the roles below the own highest one."},
	api.RightManageChannels:    {"Manage channels", "Make and change channels, answer access requests."},
	api.RightCreateInvite:      {"Invite people", "Make invite links; who joins counts as a referral."},
	api.RightAllowDM:           {"Send direct messages", "Who lacks it can still be written to."},
	api.RightWarn:              {"Warn members", "The member reads the reason."},
	api.RightSuspend:           {"Suspend members", "Keep somebody out for a time."},
	api.RightBan:               {"Ban members", "Keep somebody out until the ban is lifted."},
	api.RightKick:              {"Remove members", "They may come back by an invite."},
	api.RightBroadcast:         {"Broadcast", "Write one message to everybody."},
	api.RightOverwriteLanguage: {"Change language settings", ""},
	api.RightViewHistory:       {"Read earlier messages", ""},
	api.RightPost:              {"Post messages", ""},
	api.RightAttach:            {"Attach files", ""},
	api.RightMention:           {"Mention people", ""},
	api.RightShareLinks:        {"Share links", ""},
	api.RightShareAttachments:  {"Share attachments", ""},
	api.RightPostAnalysis:      {"Post analyses", "In chart channels."},
	api.RightDeleteMessages:    {"Delete own messages", ""},
	api.RightPin:               {"Pin messages", ""},
	api.RightManageMessages:    {"Manage messages", "Edit and delete what others wrote."},
}

// Right is a right of a role in words: "Post messages".
func Right(r api.Right) string { return rights[r][0] }

// RightHint says what a right means, where its name does not; else empty.
func RightHint(r api.Right) string { return rights[r][1] }
