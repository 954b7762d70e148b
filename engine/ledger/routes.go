package ledger

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"laurel/api"
	"laurel/engine/rest"
)

// Routes registers the noun's operations.
func (s *Service) Routes() {
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/activities", ID: "record-activities", Tag: "Gamification",
		Summary: "Record one activity, or up to 500", OwnKeys: true, Permission: api.PermActivities, Message: "Record activities success.",
		Description: "One activity is answered by its award, an array (or an object with the array in activities) by an array of awards in order. " +
			"In an array an activity that fails does so alone, with status failed."}, s.activities)
	s.describeActivities()
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/gamification/logs", ID: "list-gamification-logs", Tag: "Gamification",
		Summary: "A member's ledger, newest first", Permission: api.PermGetUserStats, Message: "User gamification logs fetched successfully"}, s.logs)
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/users/{userId}/progress", ID: "get-user-progress", Tag: "Gamification",
		Summary: "Where a member stands on the ladder", Permission: api.PermGetUserStats, Message: "Read progress success."}, s.progress)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/users/{userId}/ledger/{entryId}/reverse", ID: "reverse-entry", Tag: "Gamification",
		Summary: "Take an entry of the ledger back", Permission: api.PermManageUser, Message: "Reverse entry success."}, s.reverse)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/users/{userId}/wallet", ID: "adjust-wallet", Tag: "Gamification",
		Summary: "Change a wallet by hand", Permission: api.PermManageUser, Message: "Adjust wallet success."}, s.adjust)
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/me/ledger", ID: "get-own-ledger", Tag: "Me", Access: rest.ForPersons,
		Summary: "My ledger, newest first", Permission: api.PermReadOwnProfile, Message: "Read ledger success."}, s.ownLedger)
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/me/progress", ID: "get-own-progress", Tag: "Me", Access: rest.ForPersons,
		Summary: "Where I stand on the ladder", Permission: api.PermReadOwnProfile, Message: "Read progress success."}, s.ownProgress)
	s.policyRoutes()
	s.dayRoutes()
}

func (s *Service) policyRoutes() {
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/gamification/tiers", ID: "get-tiers", Tag: "Gamification", Access: rest.ForMembers,
		Summary: "Tiers, levels and what actions are worth", Permission: api.PermGetUserStats, Message: "Tier info fetched successfully"}, s.tiers)
	rest.Integration(s.k, rest.Op{Method: "PUT", Path: "/v1/gamification/tiers", ID: "set-tiers", Tag: "Gamification",
		Summary: "Replace the tiers", Permission: api.PermAdminister, Message: "Update tiers success."}, s.setTiers)
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/gamification/rules", ID: "get-rules", Tag: "Gamification", Access: rest.ForMembers,
		Summary: "What actions are worth", Permission: api.PermGetUserStats, Message: "Read rules success."}, s.rules)
	rest.Integration(s.k, rest.Op{Method: "PUT", Path: "/v1/gamification/rules", ID: "set-rules", Tag: "Gamification",
		Summary: "Replace what actions are worth", Description: "Built-in actions that the list leaves out are switched off.",
		Permission: api.PermAdminister, Message: "Update rules success."}, s.setRules)
	s.conversionRoutes()
	const settings = "/api/v1/gamifications/{serverId}/"
	rest.System(s.k, rest.Op{Method: "GET", Path: settings + "xp-setting", ID: "get-xp-setting", Tag: "Gamification",
		Summary: "Read the XP setting", Permission: api.PermAdminister, Message: "XP Setting has been fetched successfully"}, s.setting)
	rest.System(s.k, rest.Op{Method: "POST", Path: settings + "xp-setting", ID: "set-xp-setting", Tag: "Gamification",
		Summary: "Change the XP setting", Permission: api.PermAdminister, Message: "XP Setting has been updated successfully"}, s.setXP)
	rest.System(s.k, rest.Op{Method: "POST", Path: settings + "tier-setting", ID: "set-tier-setting", Tag: "Gamification",
		Summary: "Change the tier setting", Permission: api.PermAdminister, Message: "Tier Setting has been updated successfully"}, s.setTierSwitches)
}

func (s *Service) conversionRoutes() {
	const path = "/v1/gamification/conversions"
	rest.Integration(s.k, rest.Op{Method: "POST", Path: path + "/preview", ID: "preview-conversion", Tag: "Gamification",
		Summary: "See what converting a unit would do", Permission: api.PermAdminister, Message: "Preview conversion success."}, s.previewConversion)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: path, ID: "convert-units", Tag: "Gamification", Status: 202,
		Summary: "Convert a unit of all members into another; it cannot be undone", Permission: api.PermAdminister, Message: "Conversion started.",
		Description: "Each member's balance is converted once, in whole lots of take; what is left over of a lot stays. " +
			"It goes on in the background, also over a restart. confirm must hold the words that the preview gives."}, s.convert)
	rest.Integration(s.k, rest.Op{Method: "GET", Path: path, ID: "list-conversions", Tag: "Gamification",
		Summary: "The conversions, newest first", Permission: api.PermAdminister, Message: "Read conversions success."}, s.conversions)
	rest.Integration(s.k, rest.Op{Method: "GET", Path: path + "/{conversionId}", ID: "get-conversion", Tag: "Gamification",
		Summary: "How far a conversion is", Permission: api.PermAdminister, Message: "Read conversion success."}, s.conversion)
}

// describeActivities puts the two shapes of the operation into the document:
// its body is read by hand, since it is one thing or many.
func (s *Service) describeActivities() {
	item := s.k.OpenAPI().Paths["/v1/activities"]
	if item == nil || item.Post == nil {
		return
	}
	schema := func(v any) *huma.Schema { return s.k.OpenAPI().Components.Schemas.Schema(reflect.TypeOf(v), true, "") }
	either := func(one, many any) *huma.Schema {
		return &huma.Schema{OneOf: []*huma.Schema{schema(one), schema(many)}}
	}
	if body := item.Post.RequestBody; body != nil {
		body.Required = true
		body.Content = map[string]*huma.MediaType{"application/json": {Schema: either(api.Activity{}, []api.Activity{})}}
	}
	if ok := item.Post.Responses["200"]; ok != nil && ok.Content["application/json"] != nil {
		reply := ok.Content["application/json"]
		reply.Schema = &huma.Schema{AllOf: []*huma.Schema{reply.Schema, {
			Type: huma.TypeObject, Required: []string{"data"}, Properties: map[string]*huma.Schema{"data": either(api.Award{}, []api.Award{})},
		}}}
	}
}
