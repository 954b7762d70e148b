package portaltest_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"laurel/api"
	"laurel/engine/community"
	"laurel/engine/rest"
	"laurel/engine/rest/resttest"
	"laurel/portaltest"
)

// stranger is what the table test sends to every operation.
type stranger struct {
	name       string
	credential string
	body       any
	header     []string
	skip       func(rest.Op) bool
	want       func(rest.Op) []int
}

// TestEveryRouteRefusesStrangers walks the route table itself, so that a new
// operation cannot forget its permission.
func TestEveryRouteRefusesStrangers(t *testing.T) {
	p := portaltest.New(t)
	bare, err := p.Engine.Communities.IssueKey(t.Context(), p.Community.ID, community.KindCommunity, "", api.NewAPIKey{Name: "bare"})
	if err != nil {
		t.Fatal(err)
	}
	other, _, err := p.Engine.Communities.Create(t.Context(), community.Draft{Name: "Elsewhere"})
	if err != nil {
		t.Fatal(err)
	}
	elsewhere, err := p.Engine.Communities.IssueKey(t.Context(), other.ID, community.KindCommunity, "", api.NewAPIKey{Name: "all", Permissions: api.CommunityPermissions()})
	if err != nil {
		t.Fatal(err)
	}
	huge := `{"name":"` + strings.Repeat("x", 3<<20) + `"}`
	for _, s := range []stranger{
		{name: "no credential", skip: isPublic, want: statuses(401)},
		{name: "unknown key", credential: "lrl_c_nonsense", skip: readsOwnCredential, want: statuses(401)},
		{name: "key without permission", credential: bare.Key, skip: needsNothing, want: statuses(403)},
		{name: "key of another community", credential: elsewhere.Key, skip: isPublic, want: statuses(400, 403, 404, 200, 201)},
		{name: "member on the team's ground", credential: p.Member.Token, skip: notForTeam, want: statuses(403)},
		{name: "garbage", credential: p.Owner.Token, body: "{", skip: hasNoBody, want: statuses(400, 401)},
		{name: "oversize", credential: p.Owner.Token, body: huge, skip: hasNoBody, want: statuses(400, 413)},
		{name: "another media type", credential: p.Owner.Token, body: "<x/>", header: []string{"Content-Type: text/xml"}, skip: hasNoBody, want: statuses(400, 415)},
		{name: "unknown ids", credential: p.Owner.Token, skip: hasNoID, want: statuses(400, 401, 403, 404)},
	} {
		t.Run(s.name, func(t *testing.T) { s.walk(t, p) })
	}
}

func (s stranger) walk(t *testing.T, p *portaltest.Portal) {
	for _, r := range p.Engine.Routes() {
		if s.skip(r.Op) {
			continue
		}
		got := resttest.Call(t, p, r.Op.Method, path(p, r.Op), s.credential, s.body, s.header...)
		if !contains(s.want(r.Op), got.Status) {
			t.Errorf("%s %s: got %d, want one of %v: %.200s", r.Op.Method, r.Op.Path, got.Status, s.want(r.Op), got.Raw)
		}
		if got.Status >= 400 && (got.Text("code") == "" || got.Text("requestId") == "") {
			t.Errorf("%s %s: the error body is not ours: %.200s", r.Op.Method, r.Op.Path, got.Raw)
		}
		if s.name == "key of another community" && strings.Contains(got.Raw, p.Community.ID) && r.Op.Access != rest.ForAnyone {
			t.Errorf("%s %s: shows another community's data: %.300s", r.Op.Method, r.Op.Path, got.Raw)
		}
	}
}

func statuses(list ...int) func(rest.Op) []int { return func(rest.Op) []int { return list } }

func contains(list []int, n int) bool {
	for _, v := range list {
		if v == n {
			return true
		}
	}
	return false
}

func isPublic(op rest.Op) bool { return op.Access == rest.ForAnyone }

func readsOwnCredential(op rest.Op) bool { return op.OwnCredential }

func needsNothing(op rest.Op) bool { return op.Access == rest.ForAnyone || op.Permission == "" }

func notForTeam(op rest.Op) bool {
	return op.Access == rest.ForMembers || op.Access == rest.ForPersons || op.Access == rest.ForAnyone || op.Permission == "" ||
		isUserPermission(op.Permission)
}

func isUserPermission(p api.Permission) bool {
	for _, u := range api.UserPermissions() {
		if u == p {
			return true
		}
	}
	return false
}

func hasNoBody(op rest.Op) bool {
	return op.Method == http.MethodGet || op.Method == http.MethodDelete || bodiless[op.ID] || op.Access == rest.ForAnyone && op.OwnCredential
}

// bodiless are writes that take no body.
var bodiless = map[string]bool{"logout": true, "rotate-community-key": true, "rotate-user-key": true, "rotate-system-key": true, "approve-badge-application": true}

func hasNoID(op rest.Op) bool {
	own := strings.NewReplacer("{cid}", "", "{communityId}", "", "{serverId}", "").Replace(op.Path)
	return !strings.Contains(own, "{") || op.Access == rest.ForAnyone
}

var param = regexp.MustCompile(`\{([^}]+)\}`)

// path fills the parameters: the community is ours, every other id unknown.
func path(p *portaltest.Portal, op rest.Op) string {
	return param.ReplaceAllStringFunc(op.Path, func(name string) string {
		switch name {
		case "{cid}", "{communityId}", "{serverId}":
			return p.Community.ID
		}
		return "0123456789abcdef01234567"
	})
}

// TestOtherCommunitysPathIsForbidden names a community that is not the
// caller's in every path that names one.
func TestOtherCommunitysPathIsForbidden(t *testing.T) {
	p := portaltest.New(t)
	for _, r := range p.Engine.Routes() {
		where := strings.NewReplacer("{cid}", api.NewID(), "{communityId}", api.NewID(), "{serverId}", api.NewID()).Replace(r.Op.Path)
		if where == r.Op.Path || r.Op.Access == rest.ForAnyone {
			continue
		}
		got := resttest.Call(t, p, r.Op.Method, param.ReplaceAllString(where, "x"), p.Owner.Token, nil)
		if got.Status != 403 {
			t.Errorf("%s %s: got %d, want 403: %.200s", r.Op.Method, r.Op.Path, got.Status, got.Raw)
		}
	}
}

// TestEveryPermissionIsNamed holds that an operation is either public, a
// person's own affair, or guarded by a permission.
func TestEveryPermissionIsNamed(t *testing.T) {
	p := portaltest.New(t)
	seen := map[string]bool{}
	for _, r := range p.Engine.Routes() {
		op := r.Op
		if op.Permission == "" && op.Access == rest.ForKeys {
			t.Errorf("%s %s has no permission", op.Method, op.Path)
		}
		if op.ID == "" || op.Summary == "" || op.Tag == "" || seen[op.ID] {
			t.Errorf("%s %s: id %q, summary %q, tag %q must be there, and the id once", op.Method, op.Path, op.ID, op.Summary, op.Tag)
		}
		seen[op.ID] = true
	}
	if len(seen) < 60 {
		t.Errorf("got %d operations, which is too few to be all", len(seen))
	}
}
