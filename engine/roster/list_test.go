package roster_test

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/member"
	"laurel/engine/rest/resttest"
)

// crowd are members whose names tell their numbers.
func crowd(n int) []member.Seed {
	out := make([]member.Seed, n)
	for i := range out {
		name := fmt.Sprintf("member-%06d", i)
		out[i] = member.Seed{Username: name, Email: name + "@example.com", DisplayName: fmt.Sprintf("Émile %d", i)}
	}
	return out
}

func (w *world) list(t *testing.T, key, query string) resttest.Reply {
	t.Helper()
	return w.call(t, "GET", "/v1/communities/"+w.home.ID+"/users"+query, key, nil)
}

func usernames(got resttest.Reply) []string {
	var out []string
	items, _ := got.At("data").([]any)
	for _, one := range items {
		out = append(out, one.(map[string]any)["username"].(string))
	}
	return out
}

func TestListUsers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		key := w.key(t, api.CommunityPermissions()...)
		first := []member.Seed{{Username: "olga", Role: api.RoleOwner}}
		for _, seeds := range [][]member.Seed{first, crowd(45), {{Username: "standin", DisplayName: "100%_sure", IsDummy: true}}} {
			if _, err := w.members.CreateMany(w.team, w.home.ID, seeds); err != nil {
				t.Fatal(err)
			}
		}
		w.call(t, "POST", "/v1/users/5/wallet", key, map[string]any{"unit": "xp", "op": "add", "amount": 900, "reason": "test"}).Want(t, 200)
		for _, c := range []struct {
			query, first string
			total, shown int
		}{
			{"", "standin", 47, 20},
			{"?page=3&limit=20", "member-000005", 47, 7},
			{"?page=4", "", 47, 0},
			{"?sort=createdAt:asc", "olga", 47, 20},
			{"?sort=username:desc&limit=1", "standin", 47, 1},
			{"?sort=displayName:asc&limit=1", "standin", 47, 1},
			{"?sort=xp:desc&limit=2", "member-000003", 47, 2},
			{"?status=active", "member-000044", 46, 20},
			{"?status=dummy", "standin", 1, 1},
			{"?status=deleted", "", 0, 0},
			{"?role=owner", "olga", 1, 1},
			{"?role=member&limit=1", "standin", 46, 1},
			{"?search=MEMBER-00004", "member-000044", 5, 5},
			{"?search=%C3%A9mile%201", "member-000019", 11, 11},
			{"?search=emile%201", "member-000019", 11, 11},
			{"?search=member-000007@example.com", "member-000007", 1, 1},
			{"?search=%23" + "9", "member-000007", 1, 1},
			{"?search=100%25_", "standin", 1, 1},
			{"?search=%25", "standin", 1, 1},
			{"?search=nobody", "", 0, 0},
			{"?search=mile%2012&filter=%7B%22is_dummy%22%3Afalse%7D", "member-000012", 1, 1},
		} {
			got := w.list(t, key, c.query).Want(t, 200)
			names, first := usernames(got), ""
			if len(names) > 0 {
				first = names[0]
			}
			if got.At("meta.total") != float64(c.total) || len(names) != c.shown || first != c.first {
				t.Errorf("%s: got %v of %v from %q, want %d of %d from %q", c.query, len(names), got.At("meta.total"), first, c.shown, c.total, c.first)
			}
		}
		for query, field := range map[string]string{
			"?sort=password:asc": "sort", "?sort=xp": "sort", "?limit=101": "limit", "?page=0": "page", "?status=asleep": "status", "?cursor=zz": "cursor",
			"?page=2&cursor=zz": "cursor", "?filter=zz": "filter", "?filter=%7B%22roles%22%3A%22Ghost%22%7D": "filter.roles",
			"?filter=%7B%22xp%22%3A%7B%22last%22%3A3%7D%7D": "filter.xp.last", "?filter=%7B%22and%22%3A3%7D": "filter.and",
		} {
			if got := w.list(t, key, query).Want(t, 400); !strings.Contains(got.Raw, `"field":"`+field) {
				t.Errorf("%s: no field %s in %s", query, field, got.Raw)
			}
		}
	})
}

// TestCursorsKeepTheirPlace walks lists forth and back by cursors, while
// newcomers join, and finds each member once.
func TestCursorsKeepTheirPlace(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	key := w.key(t, api.CommunityPermissions()...)
	if _, err := w.members.CreateMany(w.team, w.home.ID, crowd(53)); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 30 { // several have the same amount
		w.call(t, "POST", fmt.Sprintf("/v1/users/%d/wallet", i+1), key, map[string]any{"unit": "coins", "op": "add", "amount": 1 + r.IntN(4), "reason": "test"}).Want(t, 200)
	}
	for at, sort := range []string{"", "createdAt:asc", "coins:desc", "coins:asc", "displayName:asc", "username:desc", "lastSeen:desc"} {
		t.Run(sort, func(t *testing.T) {
			query := "?limit=10&sort=" + sort
			whole := usernames(w.list(t, key, "?limit=100&sort="+sort).Want(t, 200))
			whole = slices.DeleteFunc(whole, func(name string) bool { return strings.HasPrefix(name, "new") })
			got := w.list(t, key, query).Want(t, 200)
			pages := [][]string{usernames(got)}
			if _, err := w.members.CreateMany(w.team, w.home.ID, []member.Seed{{Username: fmt.Sprintf("newcomer-%d", at)}}); err != nil {
				t.Fatal(err)
			}
			for got.Text("meta.nextCursor") != "" {
				got = w.list(t, key, query+"&cursor="+url.QueryEscape(got.Text("meta.nextCursor"))).Want(t, 200)
				pages = append(pages, usernames(got))
			}
			flat := slices.DeleteFunc(slices.Concat(pages...), func(name string) bool { return strings.HasPrefix(name, "new") })
			if diff := cmp.Diff(whole, flat); diff != "" {
				t.Errorf("forth: %s", diff)
			}
			for i := len(pages) - 2; i >= 1; i-- {
				got = w.list(t, key, query+"&cursor="+url.QueryEscape(got.Text("meta.prevCursor"))).Want(t, 200)
				if diff := cmp.Diff(pages[i], usernames(got)); diff != "" {
					t.Fatalf("back to page %d: %s", i, diff)
				}
			}
		})
	}
}

func TestFilterBySeenRolesAndLists(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		key := w.key(t, api.CommunityPermissions()...)
		now := w.clock.Now()
		seeds := crowd(4)
		seeds[0].LastLogin, seeds[1].LastLogin = now.AddDate(0, 0, -3), now.AddDate(0, 0, -40)
		seeds[0].Tags, seeds[1].Tags, seeds[2].Tags = []string{"a", "b"}, []string{"a"}, []string{"b"}
		seeds[0].CreatedAt, seeds[1].CreatedAt = now.AddDate(0, 0, -100), now.AddDate(0, 0, -50)
		if _, err := w.members.CreateMany(w.team, w.home.ID, seeds); err != nil {
			t.Fatal(err)
		}
		w.s.Holders = holders
		for _, c := range []struct {
			filter string
			want   []string
		}{
			{`{"last_seen":{"last":7}}`, []string{"member-000000"}},
			{`{"last_seen":{"older":7}}`, []string{"member-000001"}},
			{`{"last_seen":{"exists":false}}`, []string{"member-000002", "member-000003"}},
			{`{"last_seen":{"exists":true}}`, []string{"member-000000", "member-000001"}},
			{`{"last_seen":{"lte":"` + now.AddDate(0, 0, -10).Format(time.DateOnly) + `"}}`, []string{"member-000001"}},
			{`{"join_date":{"last":60}}`, []string{"member-000001", "member-000002", "member-000003"}},
			{`{"tags":{"all":["a","b"]}}`, []string{"member-000000"}},
			{`{"tags":{"none":["a","b"]}}`, []string{"member-000003"}},
			{`{"tags":"a","and":[{"tags":"b"}]}`, []string{"member-000000"}},
			{`{"roles":"Moderator"}`, []string{"member-000001", "member-000003"}},
			{`{"roles":{"ne":"Moderator"},"search":"emile"}`, []string{"member-000000", "member-000002"}},
			{`{"search":{"ne":"emile 2"}}`, []string{"member-000000", "member-000001", "member-000003"}},
		} {
			got := usernames(w.list(t, key, "?sort=createdAt:asc&filter="+url.QueryEscape(c.filter)).Want(t, 200))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s: %s", c.filter, diff)
			}
		}
		w.s.Seen(w.home.ID, 4, now)
		if got := usernames(w.list(t, key, "?filter="+url.QueryEscape(`{"last_seen":{"last":1}}`)).Want(t, 200)); !slices.Equal(got, []string{"member-000003"}) {
			t.Errorf("seen just now: got %v", got)
		}
	})
}
