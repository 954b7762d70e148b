// Package link is the one list of the addresses that pages lead and post to, so
// that a route is spelt once. The route table in handlers serves the same paths.
package link

import (
	"net/url"
	"strconv"
)

// Fixed addresses. Those under /portal need an admin, those under /me a member.
const (
	SignIn   = "/sign-in"  // GET, POST login, password, next
	SignOut  = "/sign-out" // POST
	Register = "/register" // GET, POST
	Verify   = "/verify"   // GET ?token, POST token
	Forgot   = "/forgot"   // GET, POST login
	Reset    = "/reset"    // GET ?token, POST token, password
	Theme    = "/theme"    // POST theme=light|dark|system, next

	Portal          = "/portal"
	Palette         = "/portal/search" // GET ?q: palette results as a fragment
	Members         = "/portal/members"
	MembersCSV      = "/portal/members.csv"
	MembersBulk     = "/portal/members/bulk"        // POST user…, do
	Segments        = "/portal/members/segments"    // POST creates
	FieldHistory    = "/portal/user-fields/history" // GET ?field=
	UserFields      = "/portal/user-fields"         // POST creates
	Leaderboards    = "/portal/leaderboards"        // POST creates
	BoardNew        = "/portal/leaderboards/new"
	BoardPreview    = "/portal/leaderboards/preview" // POST the editor's form: standings as a fragment
	Rules           = "/portal/rules"                // GET, POST
	Tiers           = "/portal/tiers"                // GET, POST
	Badges          = "/portal/badges"               // POST creates
	BadgeNew        = "/portal/badges/new"
	Applications    = "/portal/badges/applications" // GET ?status=
	XPRoles         = "/portal/xp-roles"            // GET, POST
	Conversions     = "/portal/conversions"         // GET ?from, take, to, give; POST
	Purchases       = "/portal/purchases"           // GET ?user, ?status, ?search, ?from, ?to
	PurchasesCSV    = "/portal/purchases.csv"
	Shop            = "/portal/store"
	StoreSettings   = "/portal/store/settings"   // POST
	StoreCategories = "/portal/store/categories" // POST creates; below it a category: POST, do=delete
	StoreStatuses   = "/portal/store/statuses"   // POST creates
	StoreImport     = "/portal/store/import"     // POST file, change
	Products        = "/portal/store/products"   // POST creates
	ProductNew      = "/portal/store/products/new"
	PurchasesMove   = "/portal/purchases/move" // POST order…, status, note
	WheelEditor     = "/portal/wheel"          // GET; POST do=save|try
	StreakList      = "/portal/streaks"        // POST creates
	StreakNew       = "/portal/streaks/new"
	StreakLogs      = "/portal/streaks/logs"       // GET ?user, ?streak, ?status, ?from, ?to
	Referrals       = "/portal/referrals"          // GET ?cursor=
	ReferralLink    = "/portal/referrals/link"     // POST
	Programs        = "/portal/referrals/programs" // POST creates
	ProgramNew      = "/portal/referrals/programs/new"
	Widgets         = "/portal/widgets"     // POST creates
	WidgetNew       = "/portal/widgets/new" // GET ?kind=
	Keys            = "/portal/api-keys"    // POST creates
	SystemKey       = "/portal/api-keys/system/rotate"
	AccessKeys      = "/portal/access-keys" // POST creates
	EmbedLog        = "/portal/embed-log"
	Audit           = "/portal/audit"
	AuditCSV        = "/portal/audit.csv"
	Moderation      = "/portal/moderation"           // the log
	ModMessages     = "/portal/moderation/messages"  // GET; POST …/delete message, reason
	ModWords        = "/portal/moderation/words"     // GET, POST
	Penalties       = "/portal/moderation/penalties" // GET ?user=, ?give=; POST gives one
	Joining         = "/portal/joining"              // GET, POST field…
	Policies        = "/portal/joining/policies"     // POST creates
	Invites         = "/portal/joining/invites"      // POST creates
	Mail            = "/portal/mail"
	Settings        = "/portal/settings"                   // GET, POST
	SecureKey       = "/portal/settings/secure-key/rotate" // POST
	Team            = "/portal/settings/team"              // POST member, role

	Roles      = "/portal/roles"              // POST creates
	RoleMatrix = "/portal/roles/permissions"  // GET, POST
	Channels   = "/portal/channels"           // POST creates
	ChannelNew = "/portal/channels/new"       // GET ?category=
	Categories = "/portal/channel-categories" // POST creates
	Requests   = "/portal/access-requests"    // GET ?status=

	Home        = "/home"
	Ranks       = "/ranks"
	Talk        = "/channels"   // GET; below it a channel: GET, POST message
	Wheel       = "/wheel"      // GET ?spin=; POST once, coins
	WheelFair   = "/wheel/fair" // GET
	WheelSeed   = "/wheel/seed" // POST client
	Milestones  = "/milestones"
	Notices     = "/notifications" // GET; POST marks all as read
	Store       = "/store"
	StoreBuy    = "/store/buy"   // POST product, price, name, phone, address
	Streaks     = "/streaks"     // GET; below it a streak's calendar: GET ?month=
	Me          = "/me"          // GET, POST profile
	MePassword  = "/me/password" // POST
	MePicture   = "/me/picture"  // POST avatar, or remove
	MeKeys      = "/me/keys"     // GET, POST
	MeHistory   = "/me/history"
	MeBadges    = "/me/badges"       // GET
	MeShown     = "/me/badges/shown" // POST badge, up to three
	MePurchases = "/me/purchases"
	MeFriends   = "/me/friends"  // GET ?cursor=, POST code
	MeSessions  = "/me/sessions" // POST revokes all others
	MeExport    = "/me/export.json"
	MeDelete    = "/me/delete" // POST confirm

	Docs = "/docs" // the API's reference
)

// Member is a member's page in the portal.
func Member(id string) string { return Members + "/" + esc(id) }

// MemberDo is where an act on a member posts: edit, adjust, delete, restore.
func MemberDo(id, act string) string { return Member(id) + "/" + act }

// PenaltyDo is where an act on a penalty posts: extend, revoke.
func PenaltyDo(id, act string) string { return Penalties + "/" + esc(id) + "/" + act }

// Program is a referral or milestone program's editor; POST changes it.
func Program(id string) string { return Programs + "/" + esc(id) }

// ProgramDo is an act on a program: delete.
func ProgramDo(id, act string) string { return Program(id) + "/" + act }

// StoreCategory is where a change of a category posts; a new one without an id.
func StoreCategory(id string) string {
	if id == "" {
		return StoreCategories
	}
	return StoreCategories + "/" + esc(id)
}

// Product is a product's editor; POST changes it.
func Product(id string) string { return Products + "/" + esc(id) }

// ProductDo is an act on a product: delete.
func ProductDo(id, act string) string { return Product(id) + "/" + act }

// PurchaseMove is where an order's new status posts.
func PurchaseMove(id string) string { return Purchase(id) + "/move" }

// Streak is the calendar of one of the member's streaks.
func Streak(id string) string { return Streaks + "/" + esc(id) }

// StreakDo is an act on one's own streak: freezes, repair.
func StreakDo(id, act string) string { return Streak(id) + "/" + act }

// StreakEdit is a streak's editor; POST changes it.
func StreakEdit(id string) string { return StreakList + "/" + esc(id) }

// StreakEditDo is an act on a streak: delete.
func StreakEditDo(id, act string) string { return StreakEdit(id) + "/" + act }

// Policy is where a change of a policy posts.
func Policy(id string) string { return Policies + "/" + esc(id) }

// PolicyDo is an act on a policy: delete.
func PolicyDo(id, act string) string { return Policy(id) + "/" + act }

// InviteDo is an act on an invite link: revoke.
func InviteDo(id, act string) string { return Invites + "/" + esc(id) + "/" + act }

// Segment is a saved filter of members; POST saves it.
func Segment(id string) string { return Segments + "/" + esc(id) }

// SegmentDelete removes a saved filter.
func SegmentDelete(id string) string { return Segment(id) + "/delete" }

// UserField is a user field; POST changes it.
func UserField(id string) string { return UserFields + "/" + esc(id) }

// UserFieldDo is a part of a user field: delete (POST), history (GET).
func UserFieldDo(id, act string) string { return UserField(id) + "/" + act }

// Board is a leaderboard's page in the portal.
func Board(id string) string { return Leaderboards + "/" + esc(id) }

// BoardDo is a part of a leaderboard: edit (GET, POST), delete, duplicate, export.csv.
func BoardDo(id, act string) string { return Board(id) + "/" + act }

// Badge is a badge's page in the portal; POST changes it.
func Badge(id string) string { return Badges + "/" + esc(id) }

// BadgeDo is an act on a badge: award, delete.
func BadgeDo(id, act string) string { return Badge(id) + "/" + act }

// ApplicationDo is an act on an application for a badge: approve, refuse.
func ApplicationDo(id, act string) string { return Applications + "/" + esc(id) + "/" + act }

// Proof is a picture that came with an application.
func Proof(id string, number int) string { return ApplicationDo(id, "proofs/"+strconv.Itoa(number)) }

// MemberBadgeDo is an act on one badge of a member: remove.
func MemberBadgeDo(id, badge, act string) string {
	return MemberDo(id, "badges") + "/" + esc(badge) + "/" + act
}

// MeApply is where a member applies for a badge.
func MeApply(id string) string { return MeBadges + "/" + esc(id) + "/apply" }

// Purchase is one order's page in the portal; POST changes it.
func Purchase(id string) string { return Purchases + "/" + esc(id) }

// Key is an API key; POST changes it.
func Key(id string) string { return Keys + "/" + esc(id) }

// KeyDo is an act on an API key: rotate, revoke; or its requests (GET).
func KeyDo(id, act string) string { return Key(id) + "/" + act }

// AccessKey is an access key; POST changes it.
func AccessKey(id string) string { return AccessKeys + "/" + esc(id) }

// AccessKeyDo is an act on an access key: rotate, revoke.
func AccessKeyDo(id, act string) string { return AccessKey(id) + "/" + act }

// Widget is a widget's configurator; POST changes it.
func Widget(id string) string { return Widgets + "/" + esc(id) }

// WidgetDo is a part of a widget: delete (POST), test and preview (GET).
func WidgetDo(id, act string) string { return Widget(id) + "/" + act }

// MailItem is one mail of the outbox.
func MailItem(id string) string { return Mail + "/" + esc(id) }

// Channel is a channel as its members see it.
func Channel(id string) string { return Talk + "/" + esc(id) }

// Rank is a leaderboard as its members see it.
func Rank(slug string) string { return Ranks + "/" + esc(slug) }

// MeKeyDo is an act on a member's own key: revoke, rotate.
func MeKeyDo(id, act string) string { return MeKeys + "/" + esc(id) + "/" + act }

// MeSessionDo ends one of the member's sessions.
func MeSessionDo(id string) string { return MeSessions + "/" + esc(id) + "/revoke" }

// Continue is the one-button page of a Secure Auth hand-over; POST signs in.
func Continue(session string) string { return "/login/handover/" + esc(session) }

// Community is the public page of a community.
func Community(uri string) string { return "/c/" + esc(uri) }

// PublicBoard is a public leaderboard of a community.
func PublicBoard(uri, slug string) string { return Community(uri) + "/" + esc(slug) }

func esc(s string) string { return url.PathEscape(s) }

// RoleAt is a role's page in the portal; POST changes it.
func RoleAt(id string) string { return Roles + "/" + esc(id) }

// RoleDo is an act on a role: move, delete, give, take.
func RoleDo(id, act string) string { return RoleAt(id) + "/" + act }

// ChannelAt is a channel's page in the portal; POST changes it.
func ChannelAt(id string) string { return Channels + "/" + esc(id) }

// ChannelDo is an act on a channel: move, archive, delete.
func ChannelDo(id, act string) string { return ChannelAt(id) + "/" + act }

// CategoryDo is an act on a category of channels: edit, move, delete.
func CategoryDo(id, act string) string { return Categories + "/" + esc(id) + "/" + act }

// RequestDo decides an access request: approve, refuse.
func RequestDo(id, act string) string { return Requests + "/" + esc(id) + "/" + act }
