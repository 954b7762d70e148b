package e2e_test

import (
	"path/filepath"
	"testing"

	"laurel/apiclient"
	"laurel/e2e/demo"
	"laurel/portaltest/browser"
)

// site is the running product that a test uses: the demo community, and the
// API by HTTP as a partner's server calls it.
type site struct {
	demo.Demo
	api    *apiclient.Client // with every permission
	remote bool              // the portal stands in front of an API in another process
}

// tests are the whole suite. Each makes its own boards, widgets and keys, so
// that they can run in any order and side by side.
var tests = []struct {
	name string
	run  func(*testing.T, site)
}{
	{"sign-in", testSignIn},
	{"board editor", testBoardEditor},
	{"board deletion", testBoardDeletion},
	{"member pages", testMemberPages},
	{"chat", testChat},
	{"badges", testBadges},
	{"joining", testJoining},
	{"referrals", testReferrals},
	{"wheel", testWheel},
	{"milestones", testMilestones},
	{"streaks", testStreaks},
	{"store", testStore},
	{"members' list", testMembersList},
	{"member's page", testMemberPage},
	{"user fields", testFieldsPage},
	{"rooms", testRooms},
	{"growth", testGrowth},
	{"purchases", testPurchases},
	{"penalties", testPenalties},
	{"access key", testAccessKey},
	{"configurator", testConfigurator},
	{"keyboard", testKeyboard},
	{"widget for everybody", testPublicWidget},
	{"widget for members", testMemberWidget},
	{"refused widgets", testRefusals},
	{"revoked key", testRevocation},
	{"host pages", testHosts},
	{"looks", testLooks},
	{"height", testHeight},
	{"budgets", testBudgets},
	{"every page", testEveryPage},
}

// TestOneProcess runs the suite on the default arrangement: API, portal and
// widgets in one process.
func TestOneProcess(t *testing.T) {
	d := demo.Start(t, "--trickle=false")
	suite(t, site{Demo: d, api: apiclient.New(d.URL).WithKey(d.CommunityKey)})
}

// TestPortalBeforeRemoteAPI runs the same suite with the portal in a process of
// its own, in front of the API in another.
func TestPortalBeforeRemoteAPI(t *testing.T) {
	portal := demo.FreeAddress(t)
	behind, file := demo.StartAt(t, demo.FreeAddress(t), "--trickle=false", "--base-url", "http://"+portal, "--trusted-proxies", "127.0.0.1/32")
	d, _ := demo.StartAt(t, portal, "--api-url", "http://"+behind.Address, "--from", file)
	suite(t, site{Demo: d, api: apiclient.New(d.URL).WithKey(d.CommunityKey), remote: true})
}

func suite(t *testing.T, s site) {
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.run(t, s)
		})
	}
}

// open shows a page of the product in a browser of its own.
func (s site) open(t *testing.T, path string, o browser.Options) *browser.Page {
	t.Helper()
	return browser.New(t, o).Open(s.URL + path)
}

// screen is the name of a picture; the suite takes them once.
func (s site) picture(p *browser.Page, name string) {
	if !s.remote {
		p.Screenshot(filepath.Base(name))
	}
}

func ptr[T any](v T) *T { return &v }
