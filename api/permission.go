package api

import "slices"

// Permission is one right that a community key, user key or role may hold.
// The names are wire values.
type Permission string

// Rights of community keys and of the team.
const (
	PermGetUserData     Permission = "getUserData"
	PermCreateUser      Permission = "createUser"
	PermManageUser      Permission = "manageUser"
	PermGetUserStats    Permission = "getUserStats"
	PermBulkUpdateUser  Permission = "bulkUpdateUser"
	PermUserFields      Permission = "userFields"
	PermGetMessages     Permission = "getMessages"
	PermSendMessage     Permission = "sendMessage"
	PermReplyMessage    Permission = "replyMessage"
	PermReactMessage    Permission = "reactMessage"
	PermUploadImage     Permission = "uploadImage"
	PermGetChannels     Permission = "getChannels"
	PermStreaks         Permission = "streaks"
	PermMiniGames       Permission = "miniGames"
	PermRedemptions     Permission = "redemptions"
	PermAnalysis        Permission = "analysis"
	PermLeaderboard     Permission = "leaderboard"
	PermPurchaseHistory Permission = "purchase-history"
	PermAppearance      Permission = "appearance"
	PermAnalytics       Permission = "analytics"
	PermWebhooks        Permission = "webhooks"
	PermWidgets         Permission = "widgets"
	PermStore           Permission = "store"
	PermActivities      Permission = "activities"
)

// Rights of user keys: what a key may do as its owner.
const (
	PermReadOwnProfile   Permission = "readOwnProfile"
	PermUpdateOwnProfile Permission = "updateOwnProfile"
	PermReadOwnMessages  Permission = "readOwnMessages"
	PermSendMessages     Permission = "sendMessages"
	PermPlay             Permission = "play"
	PermRedeem           Permission = "redeem"
)

// Rights that no key can be given: they belong to people of the team.
const (
	PermAdminister Permission = "administer" // owners and admins: keys, rules, settings, audit log
	PermOwn        Permission = "own"        // owners: the system key

	PermManageRoles    Permission = "manageRoles"    // owners, admins and roles with manage_roles
	PermManageChannels Permission = "manageChannels" // owners, admins and roles with manage_channels
	PermModerate       Permission = "moderate"       // owners, admins and roles that may warn, suspend or ban
	PermInvite         Permission = "invite"         // owners, admins and roles with create_invite
)

// CommunityPermissions are the rights that a community key can be given, in
// the order in which forms show them.
func CommunityPermissions() []Permission {
	return []Permission{
		PermGetUserData, PermCreateUser, PermManageUser, PermGetUserStats, PermBulkUpdateUser, PermUserFields,
		PermGetMessages, PermSendMessage, PermReplyMessage, PermReactMessage, PermUploadImage, PermGetChannels,
		PermStreaks, PermMiniGames, PermRedemptions, PermAnalysis, PermLeaderboard, PermPurchaseHistory,
		PermAppearance, PermAnalytics, PermWebhooks, PermWidgets, PermStore, PermActivities,
	}
}

// UserPermissions are the rights that a user key can be given.
func UserPermissions() []Permission {
	return []Permission{PermReadOwnProfile, PermUpdateOwnProfile, PermReadOwnMessages, PermSendMessages, PermPlay, PermRedeem}
}

// CheckPermissions returns an Invalid error that names the first right that
// is not in the allowed list.
func CheckPermissions(got, allowed []Permission) error {
	for _, p := range got {
		if !slices.Contains(allowed, p) {
			return InvalidField("permissions", "holds "+string(p)+", which is no permission of this kind of key")
		}
	}
	return nil
}
