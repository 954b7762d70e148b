package member

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"laurel/api"
)

func sample() known {
	return known{
		fields: []api.UserField{
			{ID: "f1", Field: "country", Name: "Country", Type: "select", Options: []string{"Spain", "Portugal"}}, {ID: "f2", Field: "vip", Name: "VIP", Type: "boolean"},
			{ID: "f3", Field: "total-deposits", Name: "Total deposits", Type: "number"}, {ID: "f4", Field: "birthday", Name: "Birthday", Type: "date"},
			{ID: "f5", Field: "tags", Name: "Old tags", Type: "text"},
		},
		roles: []api.CommunityRole{{ID: "r1", Title: "Moderator"}}, tiers: []api.Tier{{ID: "t1", Name: "Gold"}},
	}
}

// TestFiltersComeBack writes conditions as a filter of the API, through JSON
// as segments keep it, and reads the same ones out of it.
func TestFiltersComeBack(t *testing.T) {
	k := sample()
	for _, test := range []struct {
		name           string
		search, status string
		conditions     []condition
		want           string
	}{
		{"nothing", "", "", nil, `{}`},
		{"search and status", "ana", onlyDeleted, nil, `{"search":"ana","is_deleted":true}`},
		{"dummies", "", onlyDummies, nil, `{"is_dummy":true}`},
		{"without dummies", "", onlyActive, nil, `{"is_dummy":false}`},
		{"a range", "", "", []condition{{"xp", opLeast, "5"}, {"xp", opMost, "9"}}, `{"xp":{"gte":5,"lte":9}}`},
		{"twice the same", "", "", []condition{{"tags", opIs, "a"}, {"tags", opIs, "b"}}, `{"tags":"a","and":[{"tags":"b"}]}`},
		{"yes", "", "", []condition{{"vip", opIs, "true"}}, `{"vip":true}`},
		{"not", "", "", []condition{{"country", opNot, "Spain"}}, `{"country":{"ne":"Spain"}}`},
		{"one of", "", "", []condition{{"country", opIn, "Spain, Portugal"}}, `{"country":["Spain","Portugal"]}`},
		{"days", "", "", []condition{{"birthday", opLeast, "1990-01-02"}, {"last_seen", opLast, "30"}}, `{"birthday":{"gte":"1990-01-02"},"last_seen":{"last":30}}`},
		{"missing", "", "", []condition{{"email", opUnset, ""}, {"last_seen", opSet, ""}}, `{"email":{"exists":false},"last_seen":{"exists":true}}`},
		{"role and tier", "", "", []condition{{"roles", opIs, "r1"}, {"tier", opIs, "t1"}}, `{"roles":"r1","tier":"t1"}`},
		{"a field named like a column", "", "", []condition{{"f5", opIs, "x"}}, `{"f5":"x"}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			raw, err := json.Marshal(filterOf(k, test.search, test.status, test.conditions))
			if err != nil {
				t.Fatal(err)
			}
			var got, want map[string]any
			if err := errors.Join(json.Unmarshal(raw, &got), json.Unmarshal([]byte(test.want), &want)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			search, status, conditions, ok := read(k, got)
			if !ok || search != test.search || status != test.status {
				t.Errorf("got %q, %q, %t", search, status, ok)
			}
			if diff := cmp.Diff(filterOf(k, test.search, test.status, test.conditions), filterOf(k, search, status, conditions)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFiltersOfTheAPI(t *testing.T) {
	for _, test := range []struct {
		filter string
		want   []condition
		ok     bool
	}{
		{`{"Country":"Spain"}`, []condition{{"country", opIs, "Spain"}}, true},
		{`{"tier":"gold"}`, []condition{{"tier", opIs, "t1"}}, true},
		{`{"tags":{"all":["a","b"],"none":["c"]}}`, []condition{{"tags", opIs, "a"}, {"tags", opIs, "b"}, {"tags", opNot, "c"}}, true},
		{`{"shoe":3}`, nil, false},
		{`{"xp":{"near":3}}`, nil, false},
		{`{"join_date":{"gte":"2026-01-01T10:00:00Z"}}`, nil, false},
		{`{"user_id":{"gte":3}}`, nil, false},
		{`{"is_deleted":false}`, nil, false},
	} {
		var filter map[string]any
		if err := json.Unmarshal([]byte(test.filter), &filter); err != nil {
			t.Fatal(err)
		}
		_, _, got, ok := read(sample(), filter)
		if ok != test.ok || (ok && !cmp.Equal(test.want, got, cmp.AllowUnexported(condition{}))) {
			t.Errorf("%s: got %v, %t", test.filter, got, ok)
		}
	}
}

func TestUnfinishedConditionsAreNamed(t *testing.T) {
	k := sample()
	for _, c := range []condition{
		{"xp", opLeast, ""}, {"xp", opLeast, "many"}, {"join_date", opLeast, "soon"}, {"last_seen", opLast, "-1"}, {"last_seen", opLast, ""},
		{"country", opIs, "Atlantis"}, {"tags", opIs, ""}, {"vip", opIs, "maybe"},
	} {
		col, _ := k.column(c.column)
		if c.wrong(col) == "" {
			t.Errorf("%v: want a refusal", c)
		}
		if got := filterOf(k, "", "", []condition{c}); len(got) != 0 {
			t.Errorf("%v: got %v, want it left out", c, got)
		}
	}
}
