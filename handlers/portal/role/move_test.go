package role

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"laurel/api"
)

func TestMoves(t *testing.T) {
	roles := []api.CommunityRole{{ID: "a", Order: 1}, {ID: "b", Order: 2}, {ID: "c", Order: 9}, {ID: "all", Order: 1000000, IsDefault: true}}
	for _, test := range []struct {
		name string
		id   string
		up   bool
		want map[string]int
	}{
		{"up", "b", true, map[string]int{"a": 2, "b": 1, "c": 3}},
		{"down, closing a gap", "b", false, map[string]int{"b": 3, "c": 2}},
		{"beyond the top", "a", true, nil},
		{"below @all", "c", false, nil},
		{"@all itself", "all", true, nil},
		{"unknown", "x", true, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, moves(roles, test.id, test.up)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
