package badge_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/rest/resttest"
)

var update = flag.Bool("update", false, "write the golden files")

// TestWire holds every operation to testdata/wire.golden.txt, on both databases.
func TestWire(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ann := w.join(t, "ann")
		own := w.as(t, ann)
		g := &transcript{t: t, w: w}
		made := g.call("POST", "/api/v1/badges", w.key, `{"title":"First trade","action":"custom","quantity":0,"description":"One live trade with 30 % gain.",
			"enabledDarkAndLight":true,"lightImage":"https://cdn.example.org/light.png","darkImage":"https://cdn.example.org/dark.png","applied":true,
			"awarded":false,"award":true,"awardXpQuantity":25,"awardCurrency":true,"awardCurrencyQuantity":5,"attachRequired":true}`)
		id := made.Text("body.id")
		w.clock.Advance(1e9) // badges are listed by when they were made
		g.call("POST", "/api/v1/badges", w.key, `{"title":"Ten messages","action":"messages","quantity":10}`)
		g.call("POST", "/api/v1/badges", w.key, `{"title":"No quantity","action":"messages"}`)
		g.call("POST", "/api/v1/badges", w.key, `{"title":"No such action","action":"juggling"}`)
		g.call("PUT", "/api/v1/badges/"+id, w.key, `{"title":"First live trade","action":"custom"}`)
		g.call("GET", "/api/v1/badges", w.key, "")
		g.call("POST", "/api/v1/badges/"+id+"/award", w.key, `{"userId":"ann"}`)
		g.call("POST", "/api/v1/badges/"+id+"/award", w.key, `{"userId":"nobody"}`)
		g.call("GET", "/v1/badges/"+id+"/holders", w.key, "")
		g.call("GET", "/v1/users/ann/badges", w.key, "")
		g.call("GET", "/v1/me/badges", own, "")
		g.call("PUT", "/v1/me/badges/shown", own, `{"badgeIds":["`+id+`"]}`)
		g.call("PUT", "/v1/me/badges/shown", own, `{"badgeIds":["x"]}`)
		g.call("POST", "/api/v1/badges/"+id+"/remove", w.key, `{"userId":"ann"}`)
		body, header := form(t, "See the statement.", "proof", drawn(t, 8, 8))
		for _, then := range []string{"refuse", "approve"} {
			w.clock.Advance(1e9)
			wish := g.note("POST", "/v1/me/badges/"+id+"/apply", "(a form)", resttest.Call(t, w, "POST", "/v1/me/badges/"+id+"/apply", own, body, header)).Text("data._id")
			g.call("GET", "/v1/badges/applications?status=waiting", w.key, "")
			reason := map[string]string{"refuse": `{"reason":"Too blurred."}`}[then]
			g.call("POST", "/v1/badges/applications/"+wish+"/"+then, w.key, reason)
		}
		body, header = form(t, "", "image", drawn(t, 8, 8))
		g.note("POST", "/v1/badges/images", "(a form)", resttest.Call(t, w, "POST", "/v1/badges/images", w.key, body, header))
		g.call("DELETE", "/api/v1/badges/"+id, w.key, "")
		g.call("DELETE", "/api/v1/badges/"+id, w.key, "")
		g.check("testdata/wire.golden.txt")
	})
}

// transcript writes down calls with their replies, ids by their order.
type transcript struct {
	t    *testing.T
	w    *world
	text strings.Builder
	ids  []string
}

func (g *transcript) call(method, path, key, body string) resttest.Reply {
	g.t.Helper()
	var sent any
	if body != "" {
		sent = body
	}
	return g.note(method, path, body, resttest.Call(g.t, g.w, method, path, key, sent))
}

func (g *transcript) note(method, path, body string, r resttest.Reply) resttest.Reply {
	g.t.Helper()
	var reply bytes.Buffer
	if err := json.Indent(&reply, []byte(r.Raw), "", "  "); err != nil {
		g.t.Fatalf("%s %s: %v: %s", method, path, err, r.Raw)
	}
	fmt.Fprintf(&g.text, "## %s %s\n%s\n%d %s\n", method, path, strings.Join(strings.Fields(body), " "), r.Status, reply.String())
	return r
}

var identity = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{24}\b|badges/[A-Za-z0-9_-]{20,}\.png`)

// check names each id by when it first occurred, and compares.
func (g *transcript) check(path string) {
	g.t.Helper()
	got := identity.ReplaceAllStringFunc(g.text.String(), func(id string) string {
		for i, known := range g.ids {
			if known == id {
				return fmt.Sprintf("ID%d", i+1)
			}
		}
		g.ids = append(g.ids, id)
		return fmt.Sprintf("ID%d", len(g.ids))
	})
	got = regexp.MustCompile(`"requestId": ".*"`).ReplaceAllString(got, `"requestId": "…"`)
	if *update {
		if err := os.MkdirAll("testdata", 0o750); err != nil {
			g.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			g.t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		g.t.Fatal(err)
	}
	if got != string(want) {
		g.t.Errorf("the replies differ from %s (-update rewrites it):\n%s", path, firstDifference(got, string(want)))
	}
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			return fmt.Sprintf("line %d: got %s\nwant %s", i+1, a[i], append(b, "(end)")[min(i, len(b))])
		}
	}
	return "the golden file is longer"
}

// TestNumbersAreTexts reads what clients of the documented API read.
func TestNumbersAreTexts(t *testing.T) {
	raw, err := json.Marshal(api.Badge{Quantity: 25, NeedsProof: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"quantity":"25"`, `"attachRequired":"true"`, `"awarded":"false"`} {
		if !strings.Contains(string(raw), part) {
			t.Errorf("%s lacks %s", raw, part)
		}
	}
	var back api.Badge
	if err := json.Unmarshal(raw, &back); err != nil || back.Quantity != 25 || !bool(back.NeedsProof) {
		t.Errorf("read back: %+v, %v", back, err)
	}
}
