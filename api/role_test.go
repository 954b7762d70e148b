package api_test

import (
	"testing"

	"laurel/api"
)

// TestRoleRights holds the set against its wire form, right by right.
func TestRoleRights(t *testing.T) {
	for _, i := range api.Rights() {
		role := api.CommunityRole{ServerPermissions: i.Right.Server(), ChannelPermissions: i.Right.Channel()}
		if got := role.Rights(); got != i.Right {
			t.Errorf("%s: got %b, want %b", i.Key, got, i.Right)
		}
	}
}
