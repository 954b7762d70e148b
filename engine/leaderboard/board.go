package leaderboard

import (
	"cmp"
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"laurel/api"
	"laurel/engine/leaderboard/rule"
	"laurel/engine/rest"
)

// seen finds a board that the caller may see; others do not exist for him.
func (s *Service) seen(ctx context.Context, ref string) (*live, error) {
	c := rest.CallerOf(ctx)
	l, err := s.find(ctx, c.CommunityID, ref)
	if err != nil {
		return nil, err
	}
	may, err := s.maySee(ctx, &viewer{caller: c}, &l.spec.Load().board)
	if err == nil && !may {
		err = errBoardNotFound
	}
	return l, err
}

// viewer is a caller with what audiences look at, found when first needed.
type viewer struct {
	caller rest.Caller
	person *rule.Person
}

// maySee lets managers see every board, and members the enabled ones whose
// viewers they are among. A board that is off but in preview is open to those
// whom its viewing audience names.
func (s *Service) maySee(ctx context.Context, v *viewer, b *api.Leaderboard) (bool, error) {
	if v.caller.Can(api.PermLeaderboard) {
		return true, nil
	}
	everybody := rule.IsEverybody(b.ViewPermissionUserRoles)
	switch {
	case !v.caller.IsPerson(), !b.Enabled && (!b.IsPreviewEnabled || everybody):
		return false, nil
	case everybody:
		return true, nil
	}
	if v.person == nil {
		cards, err := s.members.Cards(ctx, v.caller.CommunityID, []int64{v.caller.MemberNo})
		if err != nil {
			return false, err
		}
		c := cards[v.caller.MemberNo]
		v.person = &rule.Person{ID: c.ID, Role: c.Role, Tags: c.Tags}
	}
	return rule.Holds(b.ViewPermissionUserRoles, *v.person), nil
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
		if !slices.Contains(b.fields, key) {
			delete(all, key)
		}
	}
	return json.Marshal(all)
}

// Schema is the board's: a projection only leaves fields out.
func (shown) Schema(r huma.Registry) *huma.Schema {
	return huma.SchemaFromType(r, reflect.TypeFor[api.Leaderboard]())
}

// fieldsOf reads a projection. Errors: Invalid for a name that no board has.
func fieldsOf(list string) ([]string, error) {
	if strings.TrimSpace(list) == "" {
		return nil, nil
	}
	var fields []string
	for name := range strings.SplitSeq(list, ",") {
		name = strings.TrimSpace(name)
		if !isBoardField(name) {
			return nil, api.InvalidField("fields", "must hold names of leaderboard fields, with commas between")
		}
		fields = append(fields, name)
	}
	return fields, nil
}

func isBoardField(name string) bool {
	t := reflect.TypeFor[api.Leaderboard]()
	for i := range t.NumField() {
		if tag, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); tag == name {
			return true
		}
	}
	return false
}

type listInput struct {
	rest.Paging
	Sort   string `query:"sort" doc:"createdAt, updatedAt, name or displayOrder, followed by :asc or :desc"`
	Fields string `query:"fields" doc:"Names of the fields wanted, with commas between"`
	Search string `query:"search" maxLength:"200" doc:"keyword: and part of the name or slug"`
}

func (s *Service) list(ctx context.Context, in *listInput) (rest.Page[shown], error) {
	var none rest.Page[shown]
	compare, err := sorting(in.Sort)
	if err != nil {
		return none, err
	}
	fields, err := fieldsOf(in.Fields)
	if err != nil {
		return none, err
	}
	word, ok := strings.CutPrefix(in.Search, "keyword:")
	if !ok && in.Search != "" {
		return none, api.InvalidField("search", "must be keyword: and part of a name or slug")
	}
	all, err := s.visible(ctx, strings.ToLower(strings.TrimSpace(word)))
	if err != nil {
		return none, err
	}
	slices.SortStableFunc(all, func(a, b *live) int { return compare(&a.spec.Load().board, &b.spec.Load().board) })
	from := min(len(all), in.Offset())
	items := []shown{}
	for _, l := range all[from:min(len(all), from+in.Limit)] {
		items = append(items, shown{l.shown(), fields})
	}
	return rest.PageOf(in.Paging, items, len(all)), nil
}

// visible lists the boards that the caller may see and that hold the word.
func (s *Service) visible(ctx context.Context, word string) ([]*live, error) {
	v := &viewer{caller: rest.CallerOf(ctx)}
	h, err := s.home(ctx, v.caller.CommunityID)
	if err != nil {
		return nil, err
	}
	var out []*live
	for _, l := range h.all() {
		b := &l.spec.Load().board
		if !strings.Contains(strings.ToLower(b.Name), word) && !strings.Contains(b.Slug, word) {
			continue
		}
		may, err := s.maySee(ctx, v, b)
		if err != nil {
			return nil, err
		}
		if may {
			out = append(out, l)
		}
	}
	return out, nil
}

func sorting(sort string) (func(a, b *api.Leaderboard) int, error) {
	columns := map[string]string{"createdAt": "createdAt", "updatedAt": "updatedAt", "name": "name", "displayOrder": "displayOrder"}
	text, err := rest.Sort(sort, columns, "displayOrder asc")
	field, direction, _ := strings.Cut(text, " ")
	sign := 1
	if direction == "desc" {
		sign = -1
	}
	return func(a, b *api.Leaderboard) int {
		switch field {
		case "name":
			return sign * strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
		case "createdAt":
			return sign * a.CreatedAt.Compare(b.CreatedAt.Time)
		case "updatedAt":
			return sign * a.UpdatedAt.Compare(b.UpdatedAt.Time)
		}
		return sign * cmp.Compare(a.DisplayOrder, b.DisplayOrder)
	}, err
}

type getInput struct {
	ID     string `path:"id" doc:"Id or slug"`
	Fields string `query:"fields" doc:"Names of the fields wanted, with commas between"`
}

func (s *Service) get(ctx context.Context, in *getInput) (shown, error) {
	fields, err := fieldsOf(in.Fields)
	if err != nil {
		return shown{}, err
	}
	l, err := s.seen(ctx, in.ID)
	if err != nil {
		return shown{}, err
	}
	return shown{l.shown(), fields}, nil
}
