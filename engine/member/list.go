package member

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

type listUsersInput struct {
	CommunityID string `path:"cid"`
	rest.Paging
	Search string `query:"search" maxLength:"100" doc:"Part of a name, username or email; an id, a number or a whole address is found at once"`
	Sort   string `query:"sort" doc:"createdAt, username, displayName, xp or coins, with :asc or :desc" example:"createdAt:desc"`
	Role   string `query:"role" enum:"owner,admin,member"`
	Filter string `query:"filter" maxLength:"8000" doc:"A filter as in POST /v1/users/filter, as JSON"`
	Status string `query:"status" enum:"active,deleted,dummy" doc:"All that are not deleted when missing; active leaves dummies out"`
}

// listUsers pages through the members with their wallets.
func (s *Service) listUsers(ctx context.Context, in *listUsersInput) (rest.Page[api.User], error) {
	order, err := rest.Sort(in.Sort, map[string]string{
		"createdAt": "m.no", "username": "m.username_key", "displayName": "m.display_name", "xp": "b.xp", "coins": "b.coins",
	}, "m.no desc")
	if err != nil {
		return rest.Page[api.User]{}, err
	}
	nos, n, err := s.listed(ctx, in, order)
	if err != nil {
		return rest.Page[api.User]{}, err
	}
	rows, err := selectByNos(ctx, s.k.DB(), in.CommunityID, nos)
	if err != nil {
		return rest.Page[api.User]{}, err
	}
	users, err := s.users(ctx, in.CommunityID, rows)
	return rest.PageOf(in.Paging, users, n), err
}

// listed gives the numbers of the page's members and the size of the list. A
// scan is made once: its hits are counted and cut here.
func (s *Service) listed(ctx context.Context, in *listUsersInput, order string) (nos []int64, n int, err error) {
	d := s.k.DB()
	f := in.filter(d.Dialect())
	if f.isScan || in.Filter != "" {
		all, err := s.scanned(ctx, in, f, order)
		from := min(in.Offset(), len(all))
		return all[from:min(from+in.Limit, len(all))], len(all), err
	}
	if n, err = s.count(ctx, in.CommunityID, f); err != nil {
		return nil, 0, err
	}
	nos, err = selectNumbers(ctx, d.Read(), f, order, fmt.Sprintf(" LIMIT %d OFFSET %d", in.Limit, in.Offset()))
	return nos, n, err
}

// scanned gives all numbers of a list that no index of the database serves.
func (s *Service) scanned(ctx context.Context, in *listUsersInput, f *filter, order string) ([]int64, error) {
	byName := strings.HasPrefix(in.Sort, "username") || strings.HasPrefix(in.Sort, "displayName")
	if in.Filter == "" || s.Match == nil {
		return selectNumbers(ctx, s.k.DB().Read(), f, order, "")
	}
	conditions, err := in.conditions()
	if err != nil {
		return nil, err
	}
	sort := in.Sort
	if sort == "" || byName {
		sort = "createdAt:desc"
	}
	matched, err := s.Match(ctx, in.CommunityID, conditions, sort)
	if err != nil || (in.Search == "" && !byName) {
		return matched, err
	}
	return s.both(ctx, f, order, matched, byName)
}

// both are the numbers that the database finds and the filter lets through, in
// the order of the one that knows it.
func (s *Service) both(ctx context.Context, f *filter, order string, matched []int64, byName bool) ([]int64, error) {
	found, err := selectNumbers(ctx, s.k.DB().Read(), f, order, "")
	if err != nil {
		return nil, err
	}
	first, second := matched, found
	if byName {
		first, second = found, matched
	}
	in := make(map[int64]bool, len(second))
	for _, no := range second {
		in[no] = true
	}
	return slices.DeleteFunc(first, func(no int64) bool { return !in[no] }), nil
}

// conditions are the filter's entries together with role and status.
func (in *listUsersInput) conditions() (map[string]any, error) {
	out := map[string]any{}
	if err := json.Unmarshal([]byte(in.Filter), &out); err != nil || out == nil {
		return nil, api.InvalidField("filter", "must be a JSON object")
	}
	if in.Role != "" {
		out["role"] = in.Role
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

// count is the size of a list, remembered for a moment.
func (s *Service) count(ctx context.Context, communityID string, f *filter) (int, error) {
	if n, ok := s.totals.find(communityID, f.key()); ok {
		return n, nil
	}
	n, err := countMembers(ctx, s.k.DB().Read(), f)
	if err == nil {
		s.totals.keep(communityID, f.key(), n)
	}
	return n, err
}

// filter is the WHERE of a list. The plus before deleted_at keeps its index
// out of queries that have a better one: without it SQLite, which keeps no
// statistics, may read a million members to find three.
func (in *listUsersInput) filter(dialect db.Dialect) *filter {
	f := &filter{}
	f.add("m.community_id = ?", in.CommunityID)
	plus := ""
	if in.Search != "" || (in.Role != "" && in.Role != string(api.RoleMember)) {
		plus = "+"
	}
	switch in.Status {
	case "deleted":
		f.add(plus+"m.deleted_at > ?", 0)
	case "dummy":
		f.add(plus+"m.deleted_at = 0 AND m.is_dummy = ?", true)
	case "active":
		f.add(plus+"m.deleted_at = 0 AND m.is_dummy = ?", false)
	default:
		f.add(plus+"m.deleted_at = ?", 0)
	}
	switch in.Role {
	case "":
	case string(api.RoleMember):
		f.add("m.role = ?", in.Role)
	default:
		f.add("m.role <> 'member' AND m.role = ?", in.Role) // as the index of the team has it
	}
	in.searched(f, dialect)
	return f
}

// searched adds what was typed. An id, a number and a whole address are found
// by their index. Parts of names are a scan of the community, since no index
// that both databases share holds parts of text; f.isScan says so.
func (in *listUsersInput) searched(f *filter, dialect db.Dialect) {
	typed := clean(in.Search)
	switch column, key := refKey(strings.TrimPrefix(typed, "#")); {
	case typed == "":
	case column == "id":
		f.add("m.id = ?", key)
	case column == "no":
		f.add("m.no = ?", numberOf(key))
	case column == "email_key" && checkEmail("", key) == nil && strings.Contains(key, "."):
		f.add("m.email_key <> '' AND m.email_key = ?", key)
	default:
		f.contains(dialect, typed)
	}
}

// totalLife is how long the size of a list is believed: other nodes change it.
const totalLife = 5 * time.Second

// totals remembers how long lists of members are: counting a million rows for
// every page would cost more than the page. A change here forgets at once.
type totals struct {
	mu    sync.Mutex
	known map[string]map[string]total // community, then filter
	now   db.Clock
}

type total struct {
	n  int
	at time.Time
}

func newTotals(now db.Clock) *totals {
	return &totals{known: map[string]map[string]total{}, now: now}
}

func (t *totals) find(communityID, filter string) (int, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	got, ok := t.known[communityID][filter]
	age := t.now().Sub(got.at)
	return got.n, ok && age >= 0 && age < totalLife
}

func (t *totals) keep(communityID, filter string, n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.known[communityID] == nil || len(t.known[communityID]) > 100 {
		t.known[communityID] = map[string]total{}
	}
	t.known[communityID][filter] = total{n, t.now()}
}

func (t *totals) forget(communityID string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.known, communityID)
}
