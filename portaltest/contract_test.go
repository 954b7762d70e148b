package portaltest_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"laurel/api"
	"laurel/apiclient"
	"laurel/portaltest"
)

// operation is one row of the contract: where it is, its id in the OpenAPI
// document, and the method of apiclient that calls it ("Group.Method").
type operation struct {
	at, id, client string
}

// contract lists the contract's operations of Authentication, Users, Roles,
// Servers, Channels, Messaging, User data, Gamification, Games, Store,
// Application and Partner API and Widgets. The groups that come later are not in it.
func contract() []operation {
	var out []operation
	for _, part := range [][]operation{authentication, users, userData, roles, channels, messages, gamification, games, shop, partner, widgets, me} {
		out = append(out, part...)
	}
	return out
}

var authentication = []operation{
	{"GET /api/secureAuth", "secure-auth", "Auth.SecureAuth"},
	{"GET /api/secureAuth/{sessionId}", "secure-auth-state", "Auth.SecureAuthState"},
	{"POST /v1/auth/register", "register", "Auth.Register"},
	{"POST /v1/auth/verify-email", "verify-email", "Auth.VerifyEmail"},
	{"POST /v1/auth/login", "login", "Auth.Login"},
	{"POST /v1/auth/logout", "logout", "Auth.Logout"},
	{"POST /v1/auth/password/forgot", "forgot-password", "Auth.ForgotPassword"},
	{"POST /v1/auth/password/reset", "reset-password", "Auth.ResetPassword"},
	{"GET /v1/communities/{communityId}/api-keys", "list-community-keys", "Keys.List"},
	{"POST /v1/communities/{communityId}/api-keys", "create-community-key", "Keys.Create"},
	{"PUT /v1/communities/{communityId}/api-keys/{apiKeyId}", "update-community-key", "Keys.Update"},
	{"DELETE /v1/communities/{communityId}/api-keys/{apiKeyId}", "delete-community-key", "Keys.Delete"},
	{"GET /v1/users/{userId}/api-keys", "list-user-keys", "UserKeys.List"},
	{"POST /v1/users/{userId}/api-keys", "create-user-key", "UserKeys.Create"},
	{"PUT /v1/users/{userId}/api-keys/{keyId}", "update-user-key", "UserKeys.Update"},
	{"DELETE /v1/users/{userId}/api-keys/{keyId}", "delete-user-key", "UserKeys.Delete"},
	{"POST /v1/users/apikeys", "create-user-key-alias", "UserKeys.Create"},
	{"GET /v1/communities/{communityId}/system-key", "get-system-key", "Communities.SystemKey"},
	{"POST /v1/communities/{communityId}/system-key", "rotate-system-key", "Communities.RotateSystemKey"},
}

var users = []operation{
	{"POST /v1/users", "create-user", "Users.Create"},
	{"POST /v1/users/info", "get-user-info", "Users.Info"},
	{"POST /v1/users/manage", "manage-user", "Users.Manage"},
	{"GET /v1/users/{userId}", "get-user", "Users.Get"},
	{"GET /v1/communities/{cid}/users", "list-users", "Users.List"},
	{"GET /v1/communities/{cid}/users/{userId}", "get-community-user", "Users.Get"},
	{"POST /v1/users/filter", "filter-users", "Users.Filter"},
	{"POST /v1/users/activity/stats", "get-activity-stats", "Users.ActivityStats"},
	{"GET /v1/users/activity/daily", "get-daily-history", "Users.Daily"},
	{"POST /v1/users/activity/daily", "list-daily-earnings", "Users.DailyOf"},
	{"POST /v1/users/mini-games/logs", "list-mini-game-logs", "Users.MiniGameLogs"},
	{"POST /v1/users/mini-games/stats", "get-mini-game-stats", "Users.MiniGameStats"},
	{"POST /v1/users/avatar", "upload-avatar", "Users.UploadAvatar"},
}

var userData = []operation{
	{"GET /v1/communities/{cid}/user-fields", "list-user-fields", "Fields.List"},
	{"POST /v1/communities/{cid}/user-fields", "create-user-field", "Fields.Create"},
	{"PUT /v1/communities/{cid}/user-fields/{fieldId}", "update-user-field", "Fields.Update"},
	{"DELETE /v1/communities/{cid}/user-fields/{fieldId}", "delete-user-field", "Fields.Delete"},
	{"GET /v1/communities/{cid}/user-fields/{fieldId}", "get-user-field", "Fields.Get"},
	{"GET /v1/communities/{cid}/user-field-histories", "list-field-histories", "Fields.Histories"},
	{"GET /v1/communities/{cid}/user-fields/{fieldId}/histories", "list-histories-of-field", "Fields.HistoriesOf"},
	{"GET /v1/communities/{cid}/users/{userId}/user-field-histories", "list-histories-of-user", "Fields.UserHistories"},
	{"POST /v1/communities/{cid}/users/{userId}/user-field-histories", "create-field-history", "Fields.CreateHistory"},
	{"GET /v1/communities/{cid}/users/{userId}/user-fields/{fieldId}/histories", "list-histories-of-user-field", "Fields.UserHistoriesOf"},
}

// roles: the path of a user's roles is {id} like its neighbours', since two
// names for one place are one path to OpenAPI.
var roles = []operation{
	{"GET /api/v1/servers/{serverId}/roles", "list-roles", "Roles.List"},
	{"POST /api/v1/roles", "create-role", "Roles.Create"},
	{"PUT /api/v1/roles/{id}", "update-role", "Roles.Update"},
	{"DELETE /api/v1/roles/{id}", "delete-role", "Roles.Delete"},
	{"GET /api/v1/roles/{id}", "list-user-roles", "Roles.Of"},
	{"POST /api/v1/roles/{id}/users", "give-role", "Roles.Give"},
	{"POST /api/v1/roles/{id}/users/remove", "take-role", "Roles.Take"},
}

var channels = []operation{
	{"GET /api/v1/servers", "list-servers", "Servers.Mine"},
	{"POST /api/v1/servers", "create-server", "Servers.Create"},
	{"PUT /api/v1/servers/{serverId}", "update-server", "Servers.Update"},
	{"GET /api/v1/servers/{serverId}/channels", "list-server-channels", "Channels.OfServer"},
	{"GET /api/v1/channels", "list-channels", "Channels.List"},
	{"POST /api/v1/channels", "create-channel", "Channels.Create"},
	{"PUT /api/v1/channels/{id}", "update-channel", "Channels.Update"},
	{"DELETE /api/v1/channels/{id}", "delete-channel", "Channels.Delete"},
	{"GET /v1/channels", "get-channels", "Channels.Brief"},
	{"GET /v1/channels/{id}/topics", "list-topics", "Channels.Topics"},
	{"POST /v1/channels/{id}/topics", "create-topic", "Channels.OpenTopic"},
}

var gamification = []operation{
	{"GET /v1/gamification/tiers", "get-tiers", "Gamification.Tiers"},
	{"POST /v1/gamification/logs", "list-gamification-logs", "Gamification.Logs"},
	{"POST /v1/activities", "record-activities", "Gamification.RecordMany"},
	{"GET /api/v1/gamifications/{serverId}/xp-setting", "get-xp-setting", "Gamification.XPSetting"},
	{"POST /api/v1/gamifications/{serverId}/xp-setting", "set-xp-setting", "Gamification.SetXP"},
	{"POST /api/v1/gamifications/{serverId}/tier-setting", "set-tier-setting", "Gamification.SetTierSwitches"},
	{"GET /api/v1/badges", "list-badges", "Badges.List"},
	{"POST /api/v1/badges", "create-badge", "Badges.Create"},
	{"PUT /api/v1/badges/{id}", "update-badge", "Badges.Update"},
	{"DELETE /api/v1/badges/{id}", "delete-badge", "Badges.Delete"},
	{"POST /api/v1/badges/{id}/award", "award-badge", "Badges.Award"},
	{"POST /api/v1/badges/{id}/remove", "remove-badge", "Badges.Remove"},
}

var messages = []operation{
	{"GET /v1/messages", "get-messages", "Messages.List"},
	{"POST /v1/messages", "send-message-short", "Messages.SendShort"},
	{"POST /v1/messages/send", "send-message", "Messages.Send"},
	{"POST /v1/messages/reply", "reply-message", "Messages.Reply"},
	{"POST /v1/messages/react", "react-message", "Messages.React"},
	{"POST /v1/messages/upload-image", "upload-message-image", "Messages.Upload"},
}

var games = []operation{
	{"GET /v1/mini-games/wheel", "get-wheel", "Wheel.Get"},
	{"PUT /v1/mini-games/wheel", "update-wheel", "Wheel.Set"},
	{"PUT /v1/mini-games/wheel/users/{userId}", "update-wheel-member", "Wheel.Edit"},
	{"PUT /v1/mini-games/wheel/users", "update-wheel-members", "Wheel.EditMany"},
	{"GET /v1/me/wheel", "get-own-wheel", "Me.Wheel"},
	{"POST /v1/me/wheel/spin", "spin-wheel", "Me.Spin"},
	{"GET /v1/streaks", "list-streaks", "Streaks.List"},
	{"PUT /v1/streaks/{id}", "update-streak", "Streaks.Update"},
	{"POST /v1/streaks", "create-streak", "Streaks.Create"},
	{"DELETE /v1/streaks/{id}", "delete-streak", "Streaks.Delete"},
	{"GET /v1/streaks/logs", "list-streak-logs", "Streaks.Logs"},
	{"GET /v1/me/streaks", "list-own-streaks", "Me.Streaks"},
}

var partner = []operation{
	{"GET /v1/leaderboards", "list-leaderboards", "Leaderboards.List"},
	{"POST /v1/leaderboards", "create-leaderboard", "Leaderboards.Create"},
	{"GET /v1/leaderboards/{id}", "get-leaderboard", "Leaderboards.Get"},
	{"PATCH /v1/leaderboards/{id}", "update-leaderboard", "Leaderboards.Update"},
	{"DELETE /v1/leaderboards/{id}", "delete-leaderboard", "Leaderboards.Delete"},
	{"GET /v1/leaderboards/{id}/entries", "list-entries", "Leaderboards.Entries"},
	{"GET /v1/leaderboards/{id}/entries/{userId}", "get-entry", "Leaderboards.Around"},
	{"PATCH /v1/purchase-histories/{id}", "update-purchase-history", "Purchases.Update"},
	{"GET /v1/purchase-histories", "list-purchase-histories", "Purchases.List"},
	{"GET /v1/purchase-histories/{id}", "get-purchase-history", "Purchases.Get"},
	{"GET /v1/purchase-histories/statuses", "list-purchase-statuses", "Purchases.Statuses"},
	{"POST /v1/referrals/summary", "get-referral-summary", "Referrals.Summary"},
	{"GET /v1/referrals/programs", "list-programs", "Referrals.Programs"},
	{"POST /v1/users/milestones", "get-milestones", "Referrals.Milestones"},
}

var widgets = []operation{
	{"POST /v2/api/widget-access-keys/token", "mint-embed-token", "Widgets.Token"},
	{"POST /v2/api/widget-access-keys/ticket", "mint-embed-ticket", "Widgets.Ticket"},
	{"POST /v2/api/widget-access-keys/validate", "validate-embed-token", "Widgets.Validate"},
	{"POST /v2/api/widget-access-keys/session", "open-embed-session", "Widgets.Session"},
	{"POST /widget/{communityId}/signin", "legacy-widget-sign-in", "Widgets.SignIn"},
	{"GET /v1/widgets", "list-widgets", "Widgets.List"},
	{"POST /v1/widgets", "create-widget", "Widgets.Create"},
	{"GET /v1/widgets/{id}", "get-widget", "Widgets.Get"},
	{"PUT /v1/widgets/{id}", "update-widget", "Widgets.Update"},
	{"DELETE /v1/widgets/{id}", "delete-widget", "Widgets.Delete"},
	{"GET /v1/widget-access-keys", "list-access-keys", "Widgets.AccessKeys"},
	{"POST /v1/widget-access-keys", "create-access-key", "Widgets.CreateAccessKey"},
	{"GET /v1/widget-access-keys/{id}", "get-access-key", "Widgets.AccessKey"},
	{"PUT /v1/widget-access-keys/{id}", "update-access-key", "Widgets.UpdateAccessKey"},
	{"DELETE /v1/widget-access-keys/{id}", "revoke-access-key", "Widgets.RevokeAccessKey"},
}

var shop = []operation{
	{"GET /v1/stores", "get-store", "Store.Config"},
	{"PUT /v1/stores", "update-store", "Store.SetConfig"},
	{"GET /v1/categories", "list-categories", "Store.Categories"},
	{"POST /v1/categories", "create-category", "Store.CreateCategory"},
	{"GET /v1/categories/{id}", "get-category", "Store.Category"},
	{"PUT /v1/categories/{id}", "update-category", "Store.UpdateCategory"},
	{"DELETE /v1/categories/{id}", "delete-category", "Store.DeleteCategory"},
	{"GET /v1/products", "list-products", "Store.Products"},
	{"POST /v1/products", "create-product", "Store.CreateProduct"},
	{"GET /v1/products/{id}", "get-product", "Store.Product"},
	{"PUT /v1/products/{id}", "update-product", "Store.UpdateProduct"},
	{"DELETE /v1/products/{id}", "delete-product", "Store.DeleteProduct"},
	{"POST /v1/products/bulk", "create-products", "Store.CreateProducts"},
	{"PUT /v1/products/bulk", "update-products", "Store.UpdateProducts"},
	{"PUT /v1/redemption-transactions/status", "update-redemption-status", "Store.Move"},
	{"POST /v1/redemption-transactions/by-email", "list-redemptions-by-email", "Store.RedemptionsBy"},
	{"GET /v1/redemption-transactions", "list-redemptions", "Store.Redemptions"},
	{"GET /v1/redemption-transactions/{transactionId}/history", "get-redemption-history", "Store.History"},
	{"GET /v1/redemption-statuses", "list-redemption-statuses", "Store.Statuses"},
	{"GET /v1/redemption-statuses/{id}", "get-redemption-status", "Store.Status"},
	{"POST /v1/redemption-statuses", "create-redemption-status", "Store.CreateStatus"},
	{"GET /v1/me/store", "get-own-store", "Me.Store"},
	{"POST /v1/me/store/purchases", "buy-product", "Me.Buy"},
}

var me = []operation{
	{"GET /v1/me/notifications", "list-notifications", "Me.Notifications"},
	{"GET /v1/me/milestones", "list-own-milestones", "Me.Milestones"},
	{"GET /v1/me", "get-me", "Me.Get"},
	{"PATCH /v1/me", "update-me", "Me.Update"},
	{"GET /v1/me/progress", "get-own-progress", "Me.Progress"},
	{"GET /v1/me/ledger", "get-own-ledger", "Me.Ledger"},
	{"GET /v1/me/purchases", "list-own-purchases", "Me.Purchases"},
	{"GET /v1/me/referrals", "get-own-referrals", "Me.Referrals"},
	{"GET /v1/me/export", "export-me", "Me.Export"},
	{"DELETE /v1/me", "delete-me", "Me.Delete"},
}

// notYet are operations of the same groups that nothing serves so far. A row
// moves into its table above when it lands; the list ends empty.
var notYet = []string{}

// TestContractIsServed holds every row of the contract against the router,
// the OpenAPI document and apiclient.
func TestContractIsServed(t *testing.T) {
	p := portaltest.New(t)
	routes := map[string]string{}
	for _, r := range p.Engine.Routes() {
		routes[r.Op.Method+" "+r.Op.Path] = r.Op.ID
	}
	documented := operations(p.Engine.OpenAPI())
	for _, row := range contract() {
		if routes[row.at] != row.id {
			t.Errorf("%s: the router has operation %q there, want %q", row.at, routes[row.at], row.id)
		}
		if documented[row.at] != row.id {
			t.Errorf("%s: the OpenAPI document has operation %q there, want %q", row.at, documented[row.at], row.id)
		}
		if !clientHas(row.client) {
			t.Errorf("%s: apiclient has no method %s", row.at, row.client)
		}
	}
	for _, at := range notYet {
		if routes[at] != "" {
			t.Errorf("%s (%s) is served: move it out of the list of what is missing", at, routes[at])
		}
	}
}

// TestContractListsEachOperationOnce also finds a row that is called missing
// and present.
func TestContractListsEachOperationOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range contract() {
		if seen[row.at] {
			t.Errorf("%s is listed twice", row.at)
		}
		seen[row.at] = true
	}
	for _, at := range notYet {
		if seen[at] {
			t.Errorf("%s is listed as served and as missing", at)
		}
		seen[at] = true
	}
}

// operations lists a document's operations as "METHOD /path" with their ids.
func operations(doc *huma.OpenAPI) map[string]string {
	out := map[string]string{}
	for path, item := range doc.Paths {
		for method, op := range map[string]*huma.Operation{
			"GET": item.Get, "POST": item.Post, "PUT": item.Put, "PATCH": item.Patch, "DELETE": item.Delete,
		} {
			if op != nil {
				out[method+" "+path] = op.OperationID
			}
		}
	}
	return out
}

// clientHas reports whether apiclient has "Group.Method": a method of Client
// that gives a group, and that group's method.
func clientHas(name string) bool {
	group, method, _ := strings.Cut(name, ".")
	maker, ok := reflect.TypeFor[*apiclient.Client]().MethodByName(group)
	if !ok || maker.Type.NumOut() != 1 {
		return false
	}
	_, ok = maker.Type.Out(0).MethodByName(method)
	return ok
}

// TestCreatedReplyIsHeldAgainstTheDocument shows that the check of replies can
// fail: a document that asks for a field nobody sends must be broken.
func TestCreatedReplyIsHeldAgainstTheDocument(t *testing.T) {
	p := portaltest.New(t)
	doc := p.Engine.OpenAPI()
	schema := doc.Components.Schemas.SchemaFromRef(doc.Paths["/v1/me"].Get.Responses["200"].Content["application/json"].Schema.Ref)
	if schema == nil || len(schema.Required) == 0 {
		t.Fatal("the reply of /v1/me has no schema that asks for anything")
	}
	var result huma.ValidateResult
	huma.Validate(doc.Components.Schemas, schema, huma.NewPathBuffer([]byte{}, 0), huma.ModeReadFromServer, map[string]any{"data": api.Empty{}}, &result)
	if len(result.Errors) == 0 {
		t.Error("an empty reply passes the check")
	}
}
