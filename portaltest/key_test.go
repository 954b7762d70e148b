package portaltest_test

import (
	"strings"
	"testing"
	"time"

	"laurel/api"
	"laurel/engine/rest"
	"laurel/engine/rest/resttest"
	"laurel/portaltest"
)

func TestRotatedKeyOverlaps(t *testing.T) {
	p := portaltest.New(t)
	keys := p.As(p.Owner).Keys(p.Community.ID)
	old, err := keys.Create(t.Context(), api.NewAPIKey{Name: "feed", Permissions: []api.Permission{api.PermGetUserData}})
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := keys.Rotate(t.Context(), old.ID, api.KeyRotation{OverlapHours: 24})
	if err != nil {
		t.Fatal(err)
	}
	if want := p.Clock.Now().Add(24 * time.Hour); fresh.OverlapUntil == nil || !fresh.OverlapUntil.Equal(want) {
		t.Errorf("overlap until %v, want %v", fresh.OverlapUntil, want)
	}
	statuses := func() [2]int {
		var out [2]int
		for i, secret := range []string{old.Key, fresh.Key} {
			out[i] = resttest.Call(t, p, "GET", "/v1/communities/"+p.Community.ID+"/users", secret, nil).Status
		}
		return out
	}
	if got := statuses(); got != [2]int{200, 200} {
		t.Errorf("during the overlap: old and new answer %v, want both 200", got)
	}
	p.Clock.Advance(24*time.Hour + time.Second)
	if got := statuses(); got != [2]int{401, 200} {
		t.Errorf("after the overlap: old and new answer %v, want 401 and 200", got)
	}
	again, err := keys.Rotate(t.Context(), old.ID, api.KeyRotation{})
	if err != nil || again.OverlapUntil != nil {
		t.Fatalf("rotated without overlap: %v, %v", again.OverlapUntil, err)
	}
	old, fresh = fresh, again
	if got := statuses(); got != [2]int{401, 200} {
		t.Errorf("without overlap: old and new answer %v, want 401 and 200", got)
	}
}

func TestKeyRequestsAreKept(t *testing.T) {
	p := portaltest.New(t)
	keys := p.As(p.Owner).Keys(p.Community.ID)
	key, err := keys.Create(t.Context(), api.NewAPIKey{Name: "feed", Permissions: []api.Permission{api.PermGetUserData}})
	if err != nil {
		t.Fatal(err)
	}
	for range rest.KeptRequests + 5 {
		p.Clock.Advance(time.Second)
		resttest.Call(t, p, "GET", "/v1/communities/"+p.Community.ID+"/users?limit=1", key.Key, nil).Want(t, 200)
	}
	p.Clock.Advance(time.Second)
	resttest.Call(t, p, "GET", "/apis/v1/leaderboards/none", key.Key, nil).Want(t, 403)
	got, err := keys.Requests(t.Context(), key.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != rest.KeptRequests {
		t.Errorf("got %d requests, want the newest %d", len(got), rest.KeptRequests)
	}
	newest := api.KeyRequest{At: api.At(p.Clock.Now()), Method: "GET", Route: "/v1/leaderboards/:id", Status: 403, IP: "192.0.2.1"}
	if got[0] != newest {
		t.Errorf("newest: got %+v, want %+v", got[0], newest)
	}
	list, err := keys.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range list {
		if k.ID == key.ID && (k.LastIP != "192.0.2.1" || k.LastUsedAt == nil || !k.LastUsedAt.Equal(p.Clock.Now())) {
			t.Errorf("last use: %v from %q", k.LastUsedAt, k.LastIP)
		}
		if strings.Contains(k.Key, key.Key) {
			t.Error("the list shows a secret")
		}
	}
}

func TestSystemKeyRotatesWithOverlap(t *testing.T) {
	p := portaltest.New(t)
	fresh, err := p.As(p.Owner).Communities().RotateSystemKey(t.Context(), p.Community.ID, "system", api.KeyRotation{OverlapHours: 1})
	if err != nil {
		t.Fatal(err)
	}
	path := "/api/v1/gamifications/" + p.Community.ID + "/xp-setting"
	resttest.Call(t, p, "GET", path, "key:"+fresh.Key, nil).Want(t, 200)
	resttest.Call(t, p, "GET", path, "key:"+p.Secrets.SystemKey, nil).Want(t, 200)
	p.Clock.Advance(time.Hour + time.Second)
	resttest.Call(t, p, "GET", path, "key:"+p.Secrets.SystemKey, nil).Want(t, 401)
}

func TestUserKeyIsLimitedToChannels(t *testing.T) {
	p := portaltest.New(t)
	channel := api.NewID()
	own := p.As(p.Member).UserKeys(p.Member.User.ID)
	key, err := own.Create(t.Context(), api.NewAPIKey{Name: "bot", Permissions: []api.Permission{api.PermReadOwnProfile}, ChannelIDs: []string{channel}})
	if err != nil || len(key.ChannelIDs) != 1 || key.ChannelIDs[0] != channel {
		t.Fatalf("got %v, %v", key.ChannelIDs, err)
	}
	if _, err := own.Rotate(t.Context(), key.ID, api.KeyRotation{OverlapHours: 1}); err != nil {
		t.Error(err)
	}
	if _, err := own.Requests(t.Context(), key.ID); err != nil {
		t.Error(err)
	}
	none := []string{}
	if key, err = own.Update(t.Context(), key.ID, api.APIKeyPatch{ChannelIDs: &none}); err != nil || len(key.ChannelIDs) != 0 {
		t.Errorf("lifted: %v, %v", key.ChannelIDs, err)
	}
	_, err = p.As(p.Owner).Keys(p.Community.ID).Create(t.Context(), api.NewAPIKey{Name: "x", ChannelIDs: []string{channel}})
	if !api.IsKind(err, api.Invalid) {
		t.Errorf("a community key with channels: got %v, want invalid", err)
	}
	limited := rest.Caller{ChannelIDs: []string{channel}}
	if !limited.InChannel(channel) || limited.InChannel(api.NewID()) || !(rest.Caller{}).InChannel(channel) {
		t.Error("InChannel does not follow the list")
	}
}
