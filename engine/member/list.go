package member

import (
	"context"
	"encoding/json"

	"laurel/api"
	"laurel/engine/rest"
)

// Window asks for a part of the members' list: by an offset, or by a cursor
// that an earlier part gave.
type Window struct {
	Filter        map[string]any // as in POST /v1/users/filter
	Sort          string         // "xp:desc" and the like; empty for newest first
	Cursor        string
	Offset, Limit int
}

// Listed is a part of the members' list.
type Listed struct {
	Nos        []int64
	Total      int
	Start      int // place of the first one in the whole list, from 1
	Next, Prev string
}

type listUsersInput struct {
	CommunityID string `path:"cid"`
	rest.Paging
	Search string `query:"search" maxLength:"100" doc:"Part of a name, username or email; an id, a number or a whole address is found at once"`
	Sort   string `query:"sort" doc:"createdAt, username, displayName, xp, coins, premium or lastSeen, with :asc or :desc" example:"createdAt:desc"`
	Role   string `query:"role" enum:"owner,admin,member"`
	Filter string `query:"filter" maxLength:"8000" doc:"A filter as in POST /v1/users/filter, as JSON"`
	Status string `query:"status" enum:"active,deleted,dummy" doc:"All that are not deleted when missing; active leaves dummies out"`
	Cursor string `query:"cursor" maxLength:"1000" doc:"meta.nextCursor or meta.prevCursor of another page of the same list; never with page. Newcomers do not shift the pages"`
}

// listUsers pages through the members with their wallets.
func (s *Service) listUsers(ctx context.Context, in *listUsersInput) (rest.Page[api.User], error) {
	conditions, err := in.conditions()
	if err != nil {
		return rest.Page[api.User]{}, err
	}
	if in.Cursor != "" && in.PageNo > 1 {
		return rest.Page[api.User]{}, api.InvalidField("cursor", "and page exclude each other")
	}
	found, err := s.List(ctx, in.CommunityID, Window{Filter: conditions, Sort: in.Sort, Cursor: in.Cursor, Offset: in.Offset(), Limit: in.Limit})
	if err != nil {
		return rest.Page[api.User]{}, err
	}
	users, err := s.Users(ctx, in.CommunityID, found.Nos)
	page := rest.PageOf(in.Paging, users, found.Total)
	page.Next, page.Prev, page.Start = found.Next, found.Prev, found.Start
	if in.Cursor != "" {
		page.Page = (found.Start-1)/in.Limit + 1
	}
	return page, err
}

// conditions are the filter's entries together with search, role and status.
func (in *listUsersInput) conditions() (map[string]any, error) {
	out := map[string]any{}
	if in.Filter != "" {
		if err := json.Unmarshal([]byte(in.Filter), &out); err != nil || out == nil {
			return nil, api.InvalidField("filter", "must be a JSON object")
		}
	}
	for name, value := range map[string]string{"search": clean(in.Search), "role": in.Role} {
		if value != "" {
			out[name] = value
		}
	}
	switch in.Status {
	case "deleted":
		out["is_deleted"] = true
	case "dummy":
		out["is_dummy"] = true
	case "active":
		out["is_dummy"] = false
	}
	return out, nil
}
