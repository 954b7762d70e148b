package member

import (
	"context"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

type listUsersInput struct {
	CommunityID string `path:"cid"`
	rest.Paging
	Search string `query:"search" maxLength:"100" doc:"Part of a name, username or email; an id, a number or the beginning of an address with its @ is found by index"`
	Sort   string `query:"sort" doc:"createdAt, username, displayName, xp or coins, with :asc or :desc" example:"createdAt:desc"`
	Role   string `query:"role" enum:"owner,admin,member"`
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
	f := in.filter()
	n, err := s.count(ctx, in.CommunityID, f)
	if err != nil {
		return rest.Page[api.User]{}, err
	}
	rows, err := selectPage(ctx, s.k.DB().Read(), f, order, in.Limit, in.Offset())
	if err != nil {
		return rest.Page[api.User]{}, err
	}
	users, err := s.users(ctx, in.CommunityID, rows)
	return rest.PageOf(in.Paging, users, n), err
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

func (in *listUsersInput) filter() *filter {
	f := &filter{}
	f.add("m.community_id = ?", in.CommunityID)
	switch in.Status {
	case "deleted":
		f.add("m.deleted_at > ?", 0)
	case "dummy":
		f.add("m.deleted_at = 0 AND m.is_dummy = ?", true)
	case "active":
		f.add("m.deleted_at = 0 AND m.is_dummy = ?", false)
	default:
		f.add("m.deleted_at = ?", 0)
	}
	switch in.Role {
	case "":
	case string(api.RoleMember):
		f.add("m.role = ?", in.Role)
	default:
		f.add("m.role <> 'member' AND m.role = ?", in.Role) // lets the index of the team be used
	}
	in.searched(f)
	return f
}

// searched adds what was typed. An id and a number are found by their index,
// an address by its exact key; parts of names are a scan of the community,
// since no index that both databases share holds parts of text.
func (in *listUsersInput) searched(f *filter) {
	typed := clean(in.Search)
	switch column, key := refKey(strings.TrimPrefix(typed, "#")); {
	case typed == "":
	case column == "id":
		f.add("m.id = ?", key)
	case column == "no":
		f.add("m.no = ?", numberOf(key))
	case column == "email_key" && len(key) > 1 && strings.Contains(key[1:], "@") && strings.Contains(key, "."):
		f.add("m.email_key = ?", key)
	default:
		f.contains(typed)
	}
}

// contains looks for text in names. Databases fold ASCII only, so names in
// other letters are looked for as typed, in small letters and capitalised.
func (f *filter) contains(typed string) {
	f.either([]string{"m.username_key", "m.email_key"}, usernameKey(typed))
	names := []string{"m.display_name", "m.first_name", "m.last_name"}
	folded := []string{"lower(m.display_name)", "lower(m.first_name)", "lower(m.last_name)"}
	f.orEither(folded, strings.ToLower(typed))
	for _, form := range []string{typed, cases.Title(language.Und).String(typed)} {
		f.orEither(names, form)
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
