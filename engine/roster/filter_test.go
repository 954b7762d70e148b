package roster_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/member"
)

// everybody reads all members as the naive filter sees them.
func (w *world) everybody(t *testing.T, nos []int64) []api.User {
	t.Helper()
	users, err := w.members.Users(w.team, w.home.ID, nos)
	if err != nil {
		t.Fatal(err)
	}
	return users
}

// naive is the filter as one would write it down.
func naive(u api.User, filter map[string]any, zone *time.Location) bool {
	if u.IsDeleted {
		return false
	}
	for name, want := range filter {
		if !holds(u, name, want, zone) {
			return false
		}
	}
	return true
}

func holds(u api.User, name string, want any, zone *time.Location) bool {
	if name == "tags" {
		return slices.Contains(u.Tags, want.(string))
	}
	value, has := valueOf(u, name, zone)
	ops, ok := want.(map[string]any)
	if !ok {
		return has && equal(name, value, want)
	}
	for op, edge := range ops {
		order := 0
		if has && op != "exists" {
			order = compare(name, value, edge)
		}
		good := map[string]bool{
			"gte": has && order >= 0, "gt": has && order > 0, "lte": has && order <= 0, "lt": has && order < 0,
			"ne": !has || !equal(name, value, edge), "exists": edge == any(has),
		}
		if !good[op] {
			return false
		}
	}
	return true
}

// valueOf gives numbers as float64, days as YYYY-MM-DD, the rest as text.
func valueOf(u api.User, name string, zone *time.Location) (any, bool) {
	switch name {
	case "xp":
		return float64(u.Wallet.XP), true
	case "coins":
		return float64(u.Wallet.Coins), true
	case "user_id":
		return float64(u.Number), true
	case "join_date":
		return u.CreatedAt.In(zone).Format(time.DateOnly), true
	case "first_name":
		return u.FirstName, u.FirstName != ""
	case "email":
		return strings.ToLower(u.Email), true
	}
	text, ok := u.CustomFields[name]
	switch {
	case !ok:
		return nil, false
	case name == "deposits":
		n, _ := strconv.ParseFloat(text, 64)
		return n, true
	case name == "birthday":
		return text[:10], true
	case name == "vip":
		return text == "true", true
	}
	return text, true
}

func equal(name string, value, want any) bool {
	if name == "email" {
		return value == strings.ToLower(want.(string))
	}
	return value == want
}

func compare(_ string, value, edge any) int {
	if n, ok := value.(float64); ok {
		switch {
		case n < edge.(float64):
			return -1
		case n > edge.(float64):
			return 1
		}
		return 0
	}
	return strings.Compare(value.(string), edge.(string))
}

// anyFilter makes a filter of one to three conditions.
func anyFilter(r *rand.Rand) map[string]any {
	out := map[string]any{}
	day := func() string {
		return pick(r, "1990-05-31", "1999-12-31", "2001-01-01", "2025-11-20", "2026-03-29", "2026-10-25")
	}
	number := func() float64 { return []float64{-3, 0, 12.5, 100, 40, 99999}[r.IntN(6)] }
	edge := func() string { return pick(r, "gte", "gt", "lte", "lt") }
	for range 1 + r.IntN(3) {
		switch r.IntN(11) {
		case 0:
			out["country"] = pick(r, "PT", "ES", "DE", "JP")
		case 1:
			out["country"] = map[string]any{"ne": pick(r, "PT", "ES")}
		case 2:
			out["deposits"] = map[string]any{edge(): number(), edge(): number()}
		case 3:
			out["deposits"] = number()
		case 4:
			out["birthday"] = map[string]any{edge(): day()}
		case 5:
			out["vip"] = r.IntN(2) == 0
		case 6:
			out["vip"] = map[string]any{"exists": r.IntN(2) == 0}
		case 7:
			out["join_date"] = map[string]any{edge(): day()}
		case 8:
			out[pick(r, "xp", "coins", "user_id")] = map[string]any{edge(): float64(r.IntN(60)), edge(): float64(r.IntN(60))}
		case 9:
			out["first_name"] = pick(r, "Ana", "Bo", "Nobody")
		case 10:
			out["tags"] = pick(r, "whale", "new")
		}
	}
	return out
}

// TestFilterIsTheNaiveFilter compares random filters with the plain one, on
// members that change in between.
func TestFilterIsTheNaiveFilter(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		key := w.key(t, api.CommunityPermissions()...)
		w.fields(t, key)
		r := rand.New(rand.NewPCG(3, 5))
		refs, err := w.members.CreateMany(w.team, w.home.ID, seeds(r, 300, w.clock.Now()))
		if err != nil {
			t.Fatal(err)
		}
		zone, _ := time.LoadLocation("Europe/Lisbon")
		nos := make([]int64, len(refs))
		for i, ref := range refs {
			nos[i] = ref.No
		}
		for round := range 40 {
			w.change(t, r, refs, key)
			users := w.everybody(t, nos)
			for range 5 {
				filter := anyFilter(r)
				var want []string
				for _, u := range users {
					if naive(u, filter, zone) {
						want = append(want, u.Username)
					}
				}
				if got := w.all(t, key, filter); !cmp.Equal(got, want) {
					raw, _ := json.Marshal(filter)
					t.Fatalf("round %d, %s: %s", round, raw, cmp.Diff(want, got))
				}
			}
		}
	})
}

// all follows the cursor to its end.
func (w *world) all(t *testing.T, key string, filter map[string]any) []string {
	t.Helper()
	var out []string
	for cursor := ""; ; {
		got := w.call(t, "POST", "/v1/users/filter", key, map[string]any{"fields": []string{"username"}, "filter": filter, "cursor": cursor}).Want(t, 200)
		for _, u := range got.At("data.users").([]any) {
			out = append(out, u.(map[string]any)["username"].(string))
		}
		if cursor = got.Text("data.next_cursor"); cursor == "" {
			return out
		}
	}
}

// change does something to somebody by each path.
func (w *world) change(t *testing.T, r *rand.Rand, refs []member.Ref, key string) {
	t.Helper()
	w.clock.Advance(time.Duration(r.IntN(20)) * time.Second)
	who := refs[r.IntN(len(refs))].Username
	switch r.IntN(5) {
	case 0:
		w.call(t, "POST", "/v1/users/manage", key, map[string]any{"action": pick(r, "delete", "restore"), "user": who})
	case 1:
		w.call(t, "PATCH", "/v1/users/"+who, key, map[string]any{"customFields": []map[string]any{{"fieldIdorName": "deposits", "value": 40}, {"fieldIdorName": "country", "value": nil}}})
	case 2:
		w.call(t, "POST", "/v1/users/"+who+"/wallet", key, map[string]any{"unit": pick(r, "xp", "coins"), "op": "add", "amount": r.IntN(50), "reason": "test"})
	case 3:
		w.call(t, "POST", "/v1/communities/"+w.home.ID+"/users/tags", key, map[string]any{"users": []string{who}, "add": []string{"whale"}, "remove": []string{"new"}}).Want(t, 200)
	case 4:
		// Another node writes: this process is not told.
		w.members.OnChange = nil
		w.call(t, "PATCH", "/v1/users/"+who, key, map[string]any{"firstName": "Bo"})
		w.members.OnChange = w.s.Changed
	}
}

func TestFilterWire(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		key := w.key(t, api.CommunityPermissions()...)
		w.fields(t, key)
		r := rand.New(rand.NewPCG(1, 1))
		if _, err := w.members.CreateMany(w.team, w.home.ID, seeds(r, 450, w.clock.Now())); err != nil {
			t.Fatal(err)
		}
		first := w.call(t, "POST", "/apis/v1/users/filter", key, `{"fields":["email","xp","vip","Total deposits"]}`).Want(t, 200)
		users := first.At("data.users").([]any)
		if len(users) != 200 || first.Text("data.next_cursor") == "" || first.At("data.total_pages") != nil {
			t.Errorf("cursor mode: %d users, %.200s", len(users), first.Raw)
		}
		if one := users[0].(map[string]any); len(one) != 4 || one["xp"] != 0.0 || one["email"] != "Ma000000@example.com" {
			t.Errorf("projection: %v", one)
		}
		last := w.call(t, "POST", "/v1/users/filter", key, `{"page":3}`).Want(t, 200)
		if len(last.At("data.users").([]any)) != 50 || last.At("data.total_pages") != 3.0 || last.At("data.current_page") != 3.0 || last.At("data.next_cursor") != nil {
			t.Errorf("page mode: %.200s", last.Raw)
		}
		if one := last.At("data.users").([]any)[0].(map[string]any); one["first_name"] == nil || one["join_date"] == nil || one["phone"] == nil {
			t.Errorf("all columns: %v", one)
		}
		empty := w.call(t, "POST", "/v1/users/filter", key, `{"filter":{"email":"nobody@example.com"},"page":1}`).Want(t, 200)
		if !strings.Contains(empty.Raw, `"users":[]`) || empty.At("data.total_pages") != 0.0 {
			t.Errorf("nobody: %s", empty.Raw)
		}
	})
}

func TestBadFiltersNameTheEntry(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	key := w.key(t, api.CommunityPermissions()...)
	w.fields(t, key)
	for _, c := range []struct{ name, body, field string }{
		{"cursor and page", `{"cursor":"u1-1","page":1}`, "cursor"},
		{"bad cursor", `{"cursor":"zz"}`, "cursor"},
		{"unknown column", `{"filter":{"shoe_size":1}}`, "filter.shoe_size"},
		{"unknown field to show", `{"fields":["shoe_size"]}`, "fields"},
		{"text as a number", `{"filter":{"xp":"many"}}`, "filter.xp"},
		{"range of a text", `{"filter":{"email":{"gte":"a"}}}`, "filter.email.gte"},
		{"no such option", `{"filter":{"country":"Atlantis"}}`, "filter.country"},
		{"no date", `{"filter":{"birthday":{"lte":"soon"}}}`, "filter.birthday.lte"},
		{"no operator", `{"filter":{"xp":{"near":4}}}`, "filter.xp.near"},
		{"empty range", `{"filter":{"xp":{}}}`, "filter.xp"},
		{"flag as text", `{"filter":{"is_deleted":"yes"}}`, "filter.is_deleted"},
		{"no tier", `{"filter":{"tier":"Mud"}}`, "filter.tier"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := w.call(t, "POST", "/v1/users/filter", key, c.body).Want(t, 400)
			if !strings.Contains(got.Raw, `"field":"`+c.field+`"`) {
				t.Errorf("no field %q in %s", c.field, got.Raw)
			}
		})
	}
	w.call(t, "POST", "/v1/users/filter", key, `{"page":0.5}`).Want(t, 400)
	w.call(t, "POST", "/v1/users/filter", w.key(t, api.PermGetUserStats), `{}`).Want(t, 403, "missing_permission")
}

func TestPrivateFieldsAreMasked(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	all := w.key(t, api.CommunityPermissions()...)
	w.fields(t, all)
	if _, err := w.members.CreateMany(w.team, w.home.ID, seeds(rand.New(rand.NewPCG(1, 1)), 3, w.clock.Now())); err != nil {
		t.Fatal(err)
	}
	few := w.key(t, api.PermGetUserData)
	w.call(t, "POST", "/v1/users/filter", few, `{"filter":{"phone":"+351a000001"}}`).Want(t, 403, "field_private")
	w.call(t, "POST", "/v1/users/filter", all, `{"filter":{"phone":"+351a000001"}}`).Want(t, 200)
	for _, path := range []string{"/v1/communities/" + w.home.ID + "/users", "/v1/communities/" + w.home.ID + "/users/ma000001"} {
		if got := w.call(t, "GET", path, few, nil).Want(t, 200); strings.Contains(got.Raw, "+351") || !strings.Contains(got.Raw, `"phone":"***"`) {
			t.Errorf("%s: %.300s", path, got.Raw)
		}
		if got := w.call(t, "GET", path, all, nil).Want(t, 200); !strings.Contains(got.Raw, `"phone":"+351`) {
			t.Errorf("%s with the right: %.300s", path, got.Raw)
		}
	}
	if got := w.call(t, "POST", "/v1/users/info", few, `{"idOrEmail":"1"}`).Want(t, 200); strings.Contains(got.Raw, "+351") {
		t.Errorf("info: %s", got.Raw)
	}
}

func TestSegmentsAndTags(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		key := w.key(t, api.CommunityPermissions()...)
		w.fields(t, key)
		if _, err := w.members.CreateMany(w.team, w.home.ID, seeds(rand.New(rand.NewPCG(1, 1)), 60, w.clock.Now())); err != nil {
			t.Fatal(err)
		}
		path := "/v1/communities/" + w.home.ID + "/segments"
		body := map[string]any{"name": "Iberia", "filter": map[string]any{"country": []string{"PT", "ES"}}, "columns": []string{"country", "xp"}, "sort": "xp:desc"}
		made := w.call(t, "POST", path, key, body).Want(t, 201)
		n := made.At("data.count").(float64)
		if n < 5 || n > 55 {
			t.Errorf("count %v", n)
		}
		w.call(t, "POST", path, key, body).Want(t, 409, "segment_taken")
		w.call(t, "POST", path, key, map[string]any{"name": "Bad", "filter": map[string]any{"country": "Atlantis"}}).Want(t, 400)
		tagged := w.call(t, "POST", "/v1/communities/"+w.home.ID+"/users/tags", key, map[string]any{"filter": map[string]any{"country": []string{"PT", "ES"}}, "add": []string{"iberian"}}).Want(t, 200)
		if tagged.At("data.matched") != n || tagged.At("data.changed") != n {
			t.Errorf("got %s, want %v", tagged.Raw, n)
		}
		tags := w.call(t, "GET", "/v1/communities/"+w.home.ID+"/tags", key, nil).Want(t, 200)
		if !strings.Contains(tags.Raw, `{"name":"iberian","count":`+strconv.Itoa(int(n))+`}`) {
			t.Errorf("tags: %s", tags.Raw)
		}
		listed := w.call(t, "GET", "/v1/communities/"+w.home.ID+`/users?filter=%7B%22tags%22%3A%22iberian%22%7D&sort=xp:desc&limit=5`, key, nil).Want(t, 200)
		if listed.At("meta.total") != n {
			t.Errorf("listed %v of %v", listed.At("meta.total"), n)
		}
		id := made.Text("data._id")
		body["name"] = "Iberian peninsula"
		w.call(t, "PUT", path+"/"+id, key, body).Want(t, 200)
		if got := w.call(t, "GET", path, key, nil).Want(t, 200); !strings.Contains(got.Raw, "Iberian peninsula") {
			t.Errorf("got %s", got.Raw)
		}
		w.call(t, "DELETE", path+"/"+id, key, nil).Want(t, 200)
		w.call(t, "GET", path+"/"+id, key, nil).Want(t, 404, "segment_not_found")
	})
}
