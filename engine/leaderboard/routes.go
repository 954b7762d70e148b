package leaderboard

import (
	"context"

	"laurel/api"
	"laurel/engine/rest"
)

// Routes registers the noun's operations.
func (s *Service) Routes() {
	op := func(method, path, id, summary, message string, access rest.Access) rest.Op {
		return rest.Op{Method: method, Path: "/v1/leaderboards" + path, ID: id, Summary: summary, Tag: "Leaderboards",
			Permission: api.PermLeaderboard, Message: message, Access: access}
	}
	create := op("POST", "", "create-leaderboard", "Create a leaderboard", "Create leaderboard success.", rest.ForKeys)
	create.Status = 201
	rest.PartnerList(s.k, op("GET", "", "list-leaderboards", "List leaderboards", "Read leaderboards success.", rest.ForMembers), s.list)
	rest.Partner(s.k, create, s.create)
	rest.Partner(s.k, op("POST", "/preview", "preview-leaderboard", "The top ten of a draft; nothing is saved", "Preview leaderboard success.", rest.ForKeys), s.preview)
	rest.Partner(s.k, op("GET", "/{id}", "get-leaderboard", "Read a leaderboard", "Read leaderboard success.", rest.ForMembers), s.get)
	rest.Partner(s.k, op("PATCH", "/{id}", "update-leaderboard", "Change the named parts of a leaderboard", "Update leaderboard success.", rest.ForKeys), s.patch)
	rest.Partner(s.k, op("DELETE", "/{id}", "delete-leaderboard", "Delete a leaderboard with its standings", "Delete leaderboard success.", rest.ForKeys), s.delete)
	rest.Partner(s.k, op("GET", "/{id}/entries", "list-entries", "A page of standings, with the asking member's own row", "Read standings success.", rest.ForMembers), s.entries)
	rest.Partner(s.k, op("GET", "/{id}/entries/{userId}", "get-entry", "A member's exact rank and neighbours", "Read standing success.", rest.ForMembers), s.entry)
	rest.Partner(s.k, op("GET", "/{id}/periods", "list-periods", "Present and closed periods", "Read periods success.", rest.ForMembers), s.periods)
	s.k.Handle(op("GET", "/{id}/stream", "follow-leaderboard", "Changes of the standings as server-sent events", "", rest.ForMembers), s.stream)
}

type entriesInput struct {
	ID string `path:"id" doc:"Id or slug"`
	rest.Paging
	Period api.Period `query:"period" enum:"all-time,daily,weekly,monthly,yearly" doc:"The first allowed one when missing"`
	At     string     `query:"at" maxLength:"40" doc:"Key of a period, such as 2026-W48, or a time inside it; now when missing"`
	Search string     `query:"search" maxLength:"100" doc:"Part of a name"`
}

func (s *Service) entries(ctx context.Context, in *entriesInput) (api.Standings, error) {
	l, err := s.seen(ctx, in.ID)
	if err != nil {
		return api.Standings{}, err
	}
	q := api.StandingsQuery{Period: in.Period, At: in.At, Search: in.Search, Page: in.PageNo, Limit: in.Limit}
	return s.Standings(ctx, l.h.id, l.id, q, rest.CallerOf(ctx).MemberID)
}

type entryInput struct {
	ID     string     `path:"id" doc:"Id or slug"`
	UserID string     `path:"userId" maxLength:"254" doc:"Id, number, username or email"`
	Period api.Period `query:"period" enum:"all-time,daily,weekly,monthly,yearly"`
	At     string     `query:"at" maxLength:"40"`
	Around int        `query:"around" minimum:"1" maximum:"100" default:"5" doc:"Rows in all, the member's included"`
}

func (s *Service) entry(ctx context.Context, in *entryInput) (api.Standings, error) {
	l, err := s.seen(ctx, in.ID)
	if err != nil {
		return api.Standings{}, err
	}
	c := rest.CallerOf(ctx)
	who, err := s.members.Resolve(ctx, l.h.id, in.UserID)
	if err != nil {
		return api.Standings{}, err
	}
	q := api.StandingsQuery{Period: in.Period, At: in.At}
	return l.standings(ctx, q, uint32(c.MemberNo), func(v *view) error { return v.around(uint32(who.No), in.Around) })
}
