package leaderboard_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/member"
	"laurel/engine/rest/resttest"
)

const boards = "/v1/leaderboards"

func TestBoardsAreMadeReadChangedAndDeleted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		made := resttest.Call(t, w, "POST", boards, w.key, draft(map[string]any{"widget": map[string]any{
			"enabled": true, "whitelistedDomains": []string{"shop.example.com", "https://Blog.example.com/"},
			"size":   map[string]any{"type": "custom", "value": map[string]any{"width": 400, "height": 600}},
			"button": map[string]any{"enabled": true, "text": "Join", "link": "https://example.com/join"}}})).Want(t, 201)
		if made.Text("message") != "Create leaderboard success." || made.Text("data.slug") != "champions" || made.At("meta.statusCode") != 201.0 {
			t.Errorf("got %s", made.Raw)
		}
		id := made.Text("data._id")
		for _, ref := range []string{id, "champions"} {
			got := resttest.Call(t, w, "GET", boards+"/"+ref, w.key, nil).Want(t, 200)
			if got.Text("message") != "Read leaderboard success." || got.Text("data.rankBy") != "xps" || got.Text("data.duration.zone") != "Europe/Lisbon" {
				t.Errorf("got %s", got.Raw)
			}
			if !strings.Contains(got.Raw, `["https://shop.example.com","https://blog.example.com"]`) {
				t.Errorf("domains are not in their normal form: %s", got.Raw)
			}
		}
		changed := resttest.Call(t, w, "PATCH", boards+"/champions", w.key, map[string]any{"slug": "winners", "rankBy": "coins", "enabled": false}).Want(t, 200)
		if changed.Text("message") != "Update leaderboard success." || changed.Text("data.rankBy") != "currencies" || changed.At("data.enabled") != false {
			t.Errorf("got %s", changed.Raw)
		}
		resttest.Call(t, w, "GET", boards+"/champions", w.key, nil).Want(t, 404, "leaderboard_not_found")
		gone := resttest.Call(t, w, "DELETE", boards+"/winners", w.key, nil).Want(t, 200)
		if gone.Text("message") != "Delete leaderboard success." || gone.Text("data._id") != id {
			t.Errorf("got %s", gone.Raw)
		}
		resttest.Call(t, w, "GET", boards+"/"+id, w.key, nil).Want(t, 404)
		resttest.Call(t, w, "DELETE", boards+"/"+id, w.key, nil).Want(t, 404)
		var n int
		err := w.DB().Read().QueryRow(t.Context(), `SELECT count(*) FROM audit_log WHERE community_id = $1 AND target_id = $2
			AND action IN ('leaderboard.create','leaderboard.update','leaderboard.delete')`, w.home, id).Scan(&n)
		if err != nil || n != 3 {
			t.Errorf("got %d audit entries, %v, want 3", n, err)
		}
		if again := w.again(t); len(again.ranksOfAll(t)) != 0 {
			t.Error("a deleted board is back after a restart")
		}
	})
}

// ranksOfAll names the boards that a manager sees.
func (w *world) ranksOfAll(t testing.TB) []string {
	t.Helper()
	got := resttest.Call(t, w, "GET", boards+"?limit=100", w.key, nil).Want(t, 200)
	names := []string{}
	for _, one := range got.JSON["data"].([]any) {
		names = append(names, one.(map[string]any)["slug"].(string))
	}
	return names
}

func TestLegacyNamesAreTaken(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	got := resttest.Call(t, w, "POST", boards, w.key, map[string]any{
		"name": "Legacy", "rankBy": "xp", "enabled": true, "displayedFields": []string{"user", "level"}, "displayFieldsOrder": []string{"level", "user", "xp"},
		"duration": map[string]any{"start": "2026-01-01T00:00:00Z", "end": nil, "noEndDate": true, "timeZone": 5.5, "zone": "",
			"startTime": map[string]any{"hours": 9, "minutes": 30, "ampm": "AM"}},
	}).Want(t, 201)
	if got.Text("data.rankBy") != "xps" || got.At("data.duration.timeZone") != 5.5 || got.Text("data.duration.zone") != "" {
		t.Errorf("got %s", got.Raw)
	}
	if !strings.Contains(got.Raw, `"displayedFields":["level","user"],"displayFieldsOrder":["level","user","xps"]`) {
		t.Errorf("columns: %s", got.Raw)
	}
}

func TestBadBoardsNameTheField(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	w.board(t, map[string]any{"slug": "taken"})
	resttest.Call(t, w, "POST", "/v1/user-fields", w.key, map[string]any{"name": "Motto", "field": "motto", "type": "text"})
	columns := make([]map[string]any, 51)
	domains := make([]string, 51)
	for i := range columns {
		columns[i] = map[string]any{"column": "user", "visible": true, "order": i}
		domains[i] = "https://example.com"
	}
	widget := func(changes map[string]any) map[string]any {
		out := map[string]any{"enabled": true, "whitelistedDomains": []string{}, "size": map[string]any{"type": "dynamic"},
			"button": map[string]any{"enabled": false, "text": "", "link": ""}}
		for k, v := range changes {
			out[k] = v
		}
		return map[string]any{"widget": out}
	}
	for _, c := range []struct {
		name, field string
		changes     map[string]any
		status      int
	}{
		{"no name", "name", map[string]any{"name": nil}, 400},
		{"empty name", "name", map[string]any{"name": ""}, 400},
		{"blank name", "name", map[string]any{"name": "  "}, 400},
		{"long name", "name", map[string]any{"name": strings.Repeat("x", 101)}, 400},
		{"slug in capitals", "slug", map[string]any{"slug": "Champions"}, 400},
		{"slug like an id", "slug", map[string]any{"slug": "5f1e0b2c3d4e5f6071829304"}, 400},
		{"slug taken", "slug", map[string]any{"slug": "taken"}, 409},
		{"no ranking field", "rankingField", map[string]any{"rankingField": nil}, 400},
		{"unknown ranking field", "rankingField", map[string]any{"rankingField": "charm"}, 400},
		{"unknown user field", "rankingField", map[string]any{"rankingField": "field:nothing"}, 400},
		{"user field without numbers", "rankingField", map[string]any{"rankingField": "field:motto"}, 400},
		{"no columns", "displayedColumns", map[string]any{"displayedColumns": nil}, 400},
		{"empty columns", "displayedColumns", map[string]any{"displayedColumns": []any{}}, 400},
		{"51 columns", "displayedColumns", map[string]any{"displayedColumns": columns}, 400},
		{"column twice", "displayedColumns[1].column", map[string]any{"displayedColumns": columns[:2]}, 400},
		{"unknown column", "displayedColumns[0].column", map[string]any{"displayedColumns": []any{map[string]any{"column": "shoe", "visible": true, "order": 0}}}, 400},
		{"column of no field", "displayedColumns[0].column", map[string]any{"displayedColumns": []any{map[string]any{"column": "field:no", "visible": true, "order": 0}}}, 400},
		{"no start", "startDate", map[string]any{"startDate": nil}, 400},
		{"end before start", "endDate", map[string]any{"startDate": "2026-05-02", "endDate": "2026-05-01"}, 400},
		{"same day, end before start", "endDate", map[string]any{"startDate": "2026-05-01", "endDate": "2026-05-01",
			"startTime": map[string]any{"hours": 5, "minutes": 0, "ampm": "PM"}, "endTime": map[string]any{"hours": 9, "minutes": 0, "ampm": "AM"}}, 400},
		{"unknown zone", "zone", map[string]any{"zone": "Mars/Base"}, 400},
		{"offset too large", "timeZone", map[string]any{"timeZone": 15}, 400},
		{"bad clock", "startTime.hours", map[string]any{"startTime": map[string]any{"hours": 13, "minutes": 0, "ampm": "AM"}}, 400},
		{"unknown filter", "allowedTimeFilters", map[string]any{"allowedTimeFilters": []string{"hourly"}}, 400},
		{"no filter", "allowedTimeFilters", map[string]any{"allowedTimeFilters": []string{}}, 400},
		{"not said whether enabled", "isEnabled", map[string]any{"isEnabled": nil}, 400},
		{"unknown user to rank", "allowedUsersToRank", map[string]any{"allowedUsersToRank": []string{"nobody"}}, 400},
		{"unknown role to view", "allowedRolesToView", map[string]any{"allowedRolesToView": []string{"king"}}, 400},
		{"limit of nobody", "topRankLimit", map[string]any{"topRankOnly": true, "topRankLimit": 0}, 400},
		{"image by script", "image", map[string]any{"image": "javascript:alert(1)"}, 400},
		{"51 domains", "widget.whitelistedDomains", widget(map[string]any{"whitelistedDomains": domains}), 400},
		{"bad domain", "widget.whitelistedDomains[0]", widget(map[string]any{"whitelistedDomains": []string{"https://example.com/path"}}), 400},
		{"custom size without value", "widget.size.value", widget(map[string]any{"size": map[string]any{"type": "custom"}}), 400},
		{"button without link", "widget.button.link", widget(map[string]any{"button": map[string]any{"enabled": true, "text": "Go", "link": ""}}), 400},
		{"button by script", "widget.button.link", widget(map[string]any{"button": map[string]any{"enabled": true, "text": "Go", "link": "javascript:x"}}), 400},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := resttest.Call(t, w, "POST", boards, w.key, draft(c.changes)).Want(t, c.status)
			if !strings.Contains(got.Raw, `"field":"`+c.field) {
				t.Errorf("no field %q in %s", c.field, got.Raw)
			}
		})
	}
	if got := w.ranksOfAll(t); !cmp.Equal(got, []string{"taken"}) {
		t.Errorf("a refused board was kept: %v", got)
	}
}

func TestListIsPagedSortedSearchedAndCutToFields(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	for i, name := range []string{"Bravo", "Alpha", "Charlie"} {
		w.clock.Advance(1e9)
		w.board(t, map[string]any{"name": name, "displayOrder": i})
	}
	list := func(query string) []string {
		t.Helper()
		got := resttest.Call(t, w, "GET", boards+query, w.key, nil).Want(t, 200)
		names := []string{}
		for _, one := range got.JSON["data"].([]any) {
			names = append(names, one.(map[string]any)["name"].(string))
		}
		return names
	}
	for query, want := range map[string][]string{
		"":                              {"Bravo", "Alpha", "Charlie"},
		"?sort=createdAt:desc":          {"Charlie", "Alpha", "Bravo"},
		"?sort=name:asc&limit=2":        {"Alpha", "Bravo"},
		"?sort=name:asc&limit=2&page=2": {"Charlie"},
		"?search=keyword:CHAR":          {"Charlie"},
	} {
		if got := list(query); !cmp.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", query, got, want)
		}
	}
	cut := resttest.Call(t, w, "GET", boards+"?fields=name,slug&limit=1", w.key, nil).Want(t, 200)
	if !strings.Contains(cut.Raw, `"data":[{"name":"Bravo","slug":"bravo"}]`) || cut.At("meta.total") != 3.0 {
		t.Errorf("got %s", cut.Raw)
	}
	one := resttest.Call(t, w, "GET", boards+"/alpha?fields=rankBy", w.key, nil).Want(t, 200)
	if !strings.Contains(one.Raw, `"data":{"rankBy":"xps"}`) {
		t.Errorf("got %s", one.Raw)
	}
	for _, bad := range []string{"?sort=charm:asc", "?sort=name:up", "?fields=shoe", "?search=plain", "?limit=101", "?page=0"} {
		resttest.Call(t, w, "GET", boards+bad, w.key, nil).Want(t, 400)
	}
}

func TestWhoSeesWhichBoards(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	refs := w.seed(t, member.Seed{Username: "plain"}, member.Seed{Username: "vip", Tags: []string{"vip"}}, member.Seed{Username: "boss", Role: api.RoleAdmin})
	w.clock.Advance(1e9)
	w.board(t, map[string]any{"name": "Open"})
	w.clock.Advance(1e9)
	w.board(t, map[string]any{"name": "Off", "isEnabled": false})
	w.clock.Advance(1e9)
	w.board(t, map[string]any{"name": "Tagged", "allowedTagsToView": []string{"vip"}})
	w.clock.Advance(1e9)
	w.board(t, map[string]any{"name": "Named", "allowedUsersToView": []string{"plain"}})
	w.clock.Advance(1e9)
	w.board(t, map[string]any{"name": "Coming", "isEnabled": false, "isPreviewEnabled": true, "allowedTagsToView": []string{"vip"}})
	for name, want := range map[int][]string{0: {"open", "named"}, 1: {"open", "tagged", "coming"}, 2: {"open", "off", "tagged", "named", "coming"}} {
		token := w.signIn(t, refs[name])
		got := resttest.Call(t, w, "GET", boards+"?fields=slug", token, nil).Want(t, 200)
		slugs := []string{}
		for _, one := range got.JSON["data"].([]any) {
			slugs = append(slugs, one.(map[string]any)["slug"].(string))
		}
		if !cmp.Equal(slugs, want) {
			t.Errorf("%s sees %v, want %v", refs[name].Username, slugs, want)
		}
	}
	plain := w.signIn(t, refs[0])
	for _, path := range []string{"/off", "/tagged", "/tagged/entries", "/tagged/entries/vip", "/tagged/periods", "/tagged/stream"} {
		resttest.Call(t, w, "GET", boards+path, plain, nil).Want(t, 404, "leaderboard_not_found")
	}
	resttest.Call(t, w, "POST", boards, plain, draft(nil)).Want(t, 403, "missing_permission")
	resttest.Call(t, w, "PATCH", boards+"/open", plain, map[string]any{"name": "Mine"}).Want(t, 403)
	resttest.Call(t, w, "GET", boards, "", nil).Want(t, 401)
}

func TestCommunitiesAreApart(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		id := w.board(t, nil)
		w.post(t, w.gain(w.people(t, 1)[0], 10, 0))
		_, other := w.community(t, "southwind")
		for _, path := range []string{"", "/entries", "/entries/m1", "/periods", "/stream"} {
			resttest.Call(t, w, "GET", boards+"/"+id+path, other, nil).Want(t, 404)
		}
		resttest.Call(t, w, "PATCH", boards+"/"+id, other, map[string]any{"name": "Mine"}).Want(t, 404)
		resttest.Call(t, w, "DELETE", boards+"/"+id, other, nil).Want(t, 404)
		if got := resttest.Call(t, w, "GET", boards, other, nil).Want(t, 200); got.At("meta.total") != 0.0 {
			t.Errorf("another community sees %s", got.Raw)
		}
		resttest.Call(t, w, "POST", boards, other, draft(nil)).Want(t, 201) // the slug is free there
	})
}

func TestIdempotentCreate(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	first := resttest.Call(t, w, "POST", boards, w.key, draft(nil), "Idempotency-Key: one").Want(t, 201)
	again := resttest.Call(t, w, "POST", boards, w.key, draft(nil), "Idempotency-Key: one").Want(t, 201)
	if first.Raw != again.Raw {
		t.Errorf("got %s, want %s", again.Raw, first.Raw)
	}
	second := resttest.Call(t, w, "POST", boards, w.key, draft(nil)).Want(t, 201)
	if second.Text("data.slug") != "champions-2" {
		t.Errorf("got slug %q, want champions-2", second.Text("data.slug"))
	}
}
