package leaderboard

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/leaderboard/rule"
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
	rest.Partner(s.k, op("POST", "/preview", "preview-leaderboard", "The top ten of a draft; nothing is saved", "Preview leaderboard success.", rest.ForKeys), s.draftPreview)
	rest.Partner(s.k, op("GET", "/{id}", "get-leaderboard", "Read a leaderboard", "Read leaderboard success.", rest.ForMembers), s.get)
	rest.Partner(s.k, op("PATCH", "/{id}", "update-leaderboard", "Change the named parts of a leaderboard", "Update leaderboard success.", rest.ForKeys), s.patch)
	rest.Partner(s.k, op("DELETE", "/{id}", "delete-leaderboard", "Delete a leaderboard with its standings", "Delete leaderboard success.", rest.ForKeys), s.delete)
	rest.Partner(s.k, op("GET", "/{id}/entries", "list-entries", "A page of standings, with the asking member's own row", "Read standings success.", rest.ForMembers), s.entries)
	rest.Partner(s.k, op("GET", "/{id}/entries/{userId}", "get-entry", "A member's exact rank and neighbours", "Read standing success.", rest.ForMembers), s.entry)
	rest.Partner(s.k, op("GET", "/{id}/periods", "list-periods", "Present and closed periods", "Read periods success.", rest.ForMembers), s.listPeriods)
	s.k.Handle(op("GET", "/{id}/stream", "follow-leaderboard", "Changes of the standings as server-sent events", "", rest.ForMembers), s.stream)
}

// Board finds a board by id or slug. Errors: NotFound.
func (s *Service) Board(ctx context.Context, communityID, ref string) (api.Leaderboard, error) {
	column := "slug"
	if api.IsID(ref) {
		column = "id"
	}
	b, err := scanBoard(s.k.DB().Read().QueryRow(ctx, `SELECT `+boardColumns+` FROM leaderboards b WHERE b.community_id = $1 AND b.`+column+` = $2`, communityID, ref))
	if err == nil && b.Enabled {
		b.Participants = s.participants(b)
	}
	return b, err
}

// participants is how many the longest period ranks, when it is known already.
func (s *Service) participants(b api.Leaderboard) int {
	s.mu.RLock()
	r := s.boards[b.CommunityID][b.ID]
	s.mu.RUnlock()
	if r == nil {
		return 0
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for _, st := range r.stretches {
		n = max(n, st.ranks.Len())
	}
	return n
}

// Public lists the enabled boards whose own widget is on.
func (s *Service) Public(ctx context.Context, communityID string) ([]api.Leaderboard, error) {
	all, err := listBoards(ctx, s.k.DB().Read(), communityID)
	return slices.DeleteFunc(all, func(b api.Leaderboard) bool { return !b.Enabled || !b.Widget.Enabled }), err
}

// seen finds a board that the caller may see; others do not exist for him.
func (s *Service) seen(ctx context.Context, ref string) (api.Leaderboard, error) {
	b, err := s.Board(ctx, rest.CallerOf(ctx).CommunityID, ref)
	if err == nil && !s.maySee(ctx, b) {
		return b, errBoardNotFound
	}
	return b, err
}

func (s *Service) maySee(ctx context.Context, b api.Leaderboard) bool {
	c := rest.CallerOf(ctx)
	if c.Can(api.PermLeaderboard) {
		return true
	}
	if !b.Enabled {
		return false
	}
	if rule.IsEverybody(b.ViewPermissionUserRoles) {
		return true
	}
	cards, err := s.members.Cards(ctx, c.CommunityID, []int64{c.MemberNo})
	card, ok := cards[c.MemberNo]
	return err == nil && ok && rule.Holds(b.ViewPermissionUserRoles, rule.Person{ID: card.ID, Role: card.Role, Tags: card.Tags})
}

// shown is a board in a reply, cut down to the fields that were asked for.
type shown struct {
	api.Leaderboard
	fields []string
}

// MarshalJSON writes the fields that were asked for, or all.
func (b shown) MarshalJSON() ([]byte, error) {
	raw, err := json.Marshal(b.Leaderboard)
	if err != nil || len(b.fields) == 0 {
		return raw, err
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(raw, &all); err != nil {
		return nil, err
	}
	for key := range all {
		if key != "_id" && !slices.Contains(b.fields, key) {
			delete(all, key)
		}
	}
	return json.Marshal(all)
}

// Schema is the board's: a projection only leaves fields out.
func (shown) Schema(r huma.Registry) *huma.Schema {
	return huma.SchemaFromType(r, leaderboardType)
}

func fieldsOf(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(strings.ReplaceAll(list, " ", ""), ",")
}

type listInput struct {
	rest.Paging
	Sort   string `query:"sort" doc:"createdAt, name or displayOrder, followed by :asc or :desc"`
	Fields string `query:"fields" doc:"Names of the fields wanted, with commas between"`
	Search string `query:"search" doc:"keyword: and part of the name or slug"`
}

func (s *Service) list(ctx context.Context, in *listInput) (rest.Page[shown], error) {
	less, err := sorting(in.Sort)
	if err != nil {
		return rest.Page[shown]{}, err
	}
	all, err := listBoards(ctx, s.k.DB().Read(), rest.CallerOf(ctx).CommunityID)
	if err != nil {
		return rest.Page[shown]{}, err
	}
	word := strings.ToLower(strings.TrimPrefix(in.Search, "keyword:"))
	all = slices.DeleteFunc(all, func(b api.Leaderboard) bool {
		return !s.maySee(ctx, b) || !strings.Contains(strings.ToLower(b.Name)+" "+b.Slug, word)
	})
	slices.SortStableFunc(all, less)
	from := min(len(all), in.Offset())
	var items []shown
	for _, b := range all[from:min(len(all), from+in.Limit)] {
		b.Participants = s.participants(b)
		items = append(items, shown{b, fieldsOf(in.Fields)})
	}
	return rest.PageOf(in.Paging, items, len(all)), nil
}

func sorting(sort string) (func(a, b api.Leaderboard) int, error) {
	columns := map[string]string{"createdAt": "createdAt", "name": "name", "displayOrder": "displayOrder"}
	text, err := rest.Sort(sort, columns, "displayOrder asc")
	field, direction, _ := strings.Cut(text, " ")
	sign := map[string]int{"asc": 1, "desc": -1}[direction]
	return func(a, b api.Leaderboard) int {
		switch field {
		case "name":
			return sign * strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
		case "createdAt":
			return sign * a.CreatedAt.Compare(b.CreatedAt.Time)
		}
		return sign * (a.DisplayOrder - b.DisplayOrder)
	}, err
}

func (s *Service) get(ctx context.Context, in *struct {
	ID     string `path:"id" doc:"Id or slug"`
	Fields string `query:"fields"`
}) (shown, error) {
	b, err := s.seen(ctx, in.ID)
	return shown{b, fieldsOf(in.Fields)}, err
}

type boardInput struct{ Body api.LeaderboardInput }

func (s *Service) create(ctx context.Context, in *boardInput) (api.Leaderboard, error) {
	community := rest.CallerOf(ctx).CommunityID
	b, err := rule.Create(rule.Blank(s.communities.Zone(ctx, community).String()), in.Body)
	if err != nil {
		return b, err
	}
	now := s.k.Now()
	b.ID, b.CommunityID, b.CreatedAt, b.UpdatedAt = api.NewIDAt(now), community, api.At(now), api.At(now)
	if err := s.check(ctx, b); err != nil {
		return b, err
	}
	if err := s.save(ctx, "leaderboard.create", nil, b, insertBoard); err != nil {
		return b, err
	}
	if b.Enabled {
		s.running(b)
	}
	return b, nil
}

// check is what only the database knows: whether a ranking field exists.
func (s *Service) check(ctx context.Context, b api.Leaderboard) error {
	key, ok := rule.FieldOf(b.RankBy)
	if !ok {
		return nil
	}
	kind, err := fieldType(ctx, s.k.DB().Read(), b.CommunityID, key)
	if err == nil && kind != "number" && kind != "numerical" {
		return api.InvalidField("rankingField", "must name a numerical user field of the community")
	}
	return err
}

func (s *Service) patch(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Body api.LeaderboardInput
}) (api.Leaderboard, error) {
	before, err := s.seen(ctx, in.ID)
	if err != nil {
		return before, err
	}
	after, err := rule.Patch(before, in.Body)
	if err != nil {
		return after, err
	}
	after.UpdatedAt = api.At(s.k.Now())
	if err := s.check(ctx, after); err != nil {
		return after, err
	}
	if err := s.save(ctx, "leaderboard.update", before, after, updateBoard); err != nil {
		return after, err
	}
	if after.Enabled {
		s.running(after)
	} else {
		s.forget(after.CommunityID, after.ID)
	}
	s.hub.Signal("board:" + after.ID)
	return after, nil
}

func (s *Service) delete(ctx context.Context, in *struct {
	ID string `path:"id"`
}) (api.Leaderboard, error) {
	b, err := s.seen(ctx, in.ID)
	if err != nil {
		return b, err
	}
	s.forget(b.CommunityID, b.ID)
	err = s.save(ctx, "leaderboard.delete", b, b, func(ctx context.Context, tx *db.Tx, b api.Leaderboard) error {
		return deleteBoard(ctx, tx, b.CommunityID, b.ID)
	})
	s.hub.Signal("board:" + b.ID)
	return b, err
}

func (s *Service) save(ctx context.Context, action string, before any, b api.Leaderboard, write func(context.Context, *db.Tx, api.Leaderboard) error) error {
	return s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		taken, err := hasSlug(ctx, tx, b.CommunityID, b.Slug, b.ID)
		if err != nil {
			return err
		}
		if taken {
			return errSlugTaken
		}
		if err := write(ctx, tx, b); err != nil {
			return err
		}
		return s.k.Audit(ctx, tx, b.CommunityID, rest.Change{Action: action, TargetType: "leaderboard", TargetID: b.ID, TargetName: b.Name, Before: before, After: b})
	})
}

func (s *Service) draftPreview(ctx context.Context, in *boardInput) (api.Standings, error) {
	community := rest.CallerOf(ctx).CommunityID
	b, err := rule.Create(rule.Blank(s.communities.Zone(ctx, community).String()), in.Body)
	if err != nil {
		return api.Standings{}, err
	}
	b.CommunityID = community
	if err := s.check(ctx, b); err != nil {
		return api.Standings{}, err
	}
	return s.preview(ctx, b)
}

type entriesInput struct {
	ID string `path:"id"`
	rest.Paging
	Period api.Period `query:"period" enum:"all-time,daily,weekly,monthly,yearly"`
	At     string     `query:"at" doc:"Key of a period, such as 2026-W48, or a time inside it"`
	Search string     `query:"search" maxLength:"100" doc:"Part of a name"`
}

func (s *Service) entries(ctx context.Context, in *entriesInput) (api.Standings, error) {
	b, err := s.seen(ctx, in.ID)
	if err != nil {
		return api.Standings{}, err
	}
	q := api.StandingsQuery{Period: in.Period, At: in.At, Search: in.Search, Page: in.PageNo, Limit: in.Limit}
	return s.Standings(ctx, b.CommunityID, b.ID, q, rest.CallerOf(ctx).MemberID)
}

func (s *Service) entry(ctx context.Context, in *struct {
	ID     string     `path:"id"`
	UserID string     `path:"userId" doc:"Id, number, username or email"`
	Period api.Period `query:"period" enum:"all-time,daily,weekly,monthly,yearly"`
	At     string     `query:"at"`
	Around int        `query:"around" minimum:"1" maximum:"101" default:"5" doc:"Rows in all"`
}) (api.Standings, error) {
	b, err := s.seen(ctx, in.ID)
	if err != nil {
		return api.Standings{}, err
	}
	return s.around(ctx, b.CommunityID, b.ID, in.UserID, api.StandingsQuery{Period: in.Period, At: in.At}, in.Around, rest.CallerOf(ctx).MemberID)
}

func (s *Service) listPeriods(ctx context.Context, in *struct {
	ID     string     `path:"id"`
	Period api.Period `query:"period" enum:"all-time,daily,weekly,monthly,yearly"`
}) ([]api.PeriodInfo, error) {
	b, err := s.seen(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return s.periods(ctx, b.CommunityID, b.ID, in.Period)
}
