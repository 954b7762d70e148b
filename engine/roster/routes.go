package roster

import (
	"laurel/api"
	"laurel/engine/rest"
)

// Routes registers the noun's operations.
func (s *Service) Routes() {
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/users/filter", ID: "filter-users", Tag: "Users", Permission: api.PermGetUserData,
		Summary: "Find users by what is known of them, 200 a page",
		Description: "By cursor (next_cursor while more exist) or by page (total_pages and current_page), never both. " +
			"A column or user field is compared with a value, a list of values, null, or {gte,lte,gt,lt,ne,in,exists}; all entries hold together.",
		Message: "Users fetched successfully"}, s.filter)
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/gamification/tiers/members", ID: "count-tier-members", Tag: "Gamification",
		Summary: "How many members stand on each tier", Permission: api.PermAdminister, Message: "Count members of tiers success."}, s.tierMembers)
	const tags, segments = "/v1/communities/{cid}/tags", "/v1/communities/{cid}/segments"
	rest.Partner(s.k, rest.Op{Method: "GET", Path: tags, ID: "list-tags", Tag: "Users", Permission: api.PermGetUserData,
		Summary: "List the tags in use", Message: "Read tags success."}, s.tags)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/communities/{cid}/users/tags", ID: "tag-users", Tag: "Users", Permission: api.PermManageUser,
		Summary: "Add tags to many users, or take them away", Description: "Whom: a list, or a filter as in filter-users.", Message: "Tag users success."}, s.tagUsers)
	const tag = "Segments"
	rest.Partner(s.k, rest.Op{Method: "GET", Path: segments, ID: "list-segments", Tag: tag, Permission: api.PermGetUserData,
		Summary: "List the saved filters of members", Message: "Read segments success."}, s.segments)
	rest.Partner(s.k, rest.Op{Method: "POST", Path: segments, ID: "create-segment", Tag: tag, Permission: api.PermManageUser, Status: 201,
		Summary: "Save a filter of members with its columns", Message: "Create segment success."}, s.createSegment)
	rest.Partner(s.k, rest.Op{Method: "GET", Path: segments + "/{segmentId}", ID: "get-segment", Tag: tag, Permission: api.PermGetUserData,
		Summary: "A saved filter of members", Message: "Read segment success."}, s.segment)
	rest.Partner(s.k, rest.Op{Method: "PUT", Path: segments + "/{segmentId}", ID: "update-segment", Tag: tag, Permission: api.PermManageUser,
		Summary: "Replace a saved filter of members", Message: "Update segment success."}, s.updateSegment)
	rest.Partner(s.k, rest.Op{Method: "DELETE", Path: segments + "/{segmentId}", ID: "delete-segment", Tag: tag, Permission: api.PermManageUser,
		Summary: "Delete a saved filter of members", Message: "Delete segment success."}, s.deleteSegment)
}
