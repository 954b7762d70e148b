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
	far  bool // also with the API in another process
}{
	{"sign-in", testSignIn, true},
	{"board editor", testBoardEditor, true},
	{"board deletion", testBoardDeletion, false},
	{"member pages", testMemberPages, true},
	{"chat", testChat, true},
	{"badges", testBadges, false},
	{"joining", testJoining, false},
	{"referrals", testReferrals, false},
	{"wheel", testWheel, true},
	{"milestones", testMilestones, false},
	{"streaks", testStreaks, false},
	{"store", testStore, true},
	{"members' list", testMembersList, true},
	{"member's page", testMemberPage, false},
	{"user fields", testFieldsPage, false},
	{"rooms", testRooms, false},
	{"growth", testGrowth, false},
	{"purchases", testPurchases, true},
	{"penalties", testPenalties, false},
	{"access key", testAccessKey, true},
	{"configurator", testConfigurator, false},
	{"keyboard", testKeyboard, false},
	{"widget for everybody", testPublicWidget, true},
	{"widget for members", testMemberWidget, true},
	{"refused widgets", testRefusals, true},
	{"revoked key", testRevocation, true},
	{"host pages", testHosts, true},
	{"looks", testLooks, false},
	{"height", testHeight, false},
	{"budgets", testBudgets, false},
	{"every page", testEveryPage, false},
}

// TestOneProcess runs the suite on the default arrangement: API, portal and
// widgets in one process.
func TestOneProcess(t *testing.T) {
	d := demo.Start(t, "--trickle=false")
	suite(t, site{Demo: d, api: apiclient.New(d.URL).WithKey(d.CommunityKey)})
}

// TestPortalBeforeRemoteAPI runs a part of the suite with the portal in a
// process of its own, in front of the API in another: uploads, streams, tokens
// and the pages that ask for most.
func TestPortalBeforeRemoteAPI(t *testing.T) {
	portal := demo.FreeAddress(t)
	behind, file := demo.StartAt(t, demo.FreeAddress(t), "--trickle=false", "--base-url", "http://"+portal, "--trusted-proxies", "127.0.0.1/32")
	d, _ := demo.StartAt(t, portal, "--api-url", "http://"+behind.Address, "--from", file)
	suite(t, site{Demo: d, api: apiclient.New(d.URL).WithKey(d.CommunityKey), remote: true})
}

func suite(t *testing.T, s site) {
	for _, test := range tests {
		if s.remote && !test.far {
			continue
		}
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
