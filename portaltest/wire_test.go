package portaltest_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"laurel/api"
	"laurel/engine/db/dbtest"
	"laurel/engine/store"
	"laurel/portaltest"
)

var update = flag.Bool("update", false, "write the replies of testdata/wire anew")

// TestWire holds every operation to its golden: each file of testdata/wire is
// a conversation with a fresh community, the same on both databases.
func TestWire(t *testing.T) {
	for _, file := range wireFiles(t) {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(name+"/SQLite", func(t *testing.T) { converse(t, file, portaltest.Options{}) })
		t.Run(name+"/PostgreSQL", func(t *testing.T) {
			converse(t, file, portaltest.Options{DatabaseURL: dbtest.PostgresURL(t)})
		})
	}
}

func wireFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/wire/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no conversations: %v", err)
	}
	return files
}

// converse plays the requests of a file and compares the replies.
func converse(t *testing.T, file string, o portaltest.Options) {
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	talk := newConversation(t, portaltest.NewWith(t, o))
	if before := already[filepath.Base(file)]; before != nil {
		before(talk)
	}
	var got bytes.Buffer
	for _, x := range parseWire(string(want)) {
		x.reply = talk.play(x)
		got.WriteString(x.String())
	}
	if *update {
		if err := os.WriteFile(file, got.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if line, differs := firstDifference(got.String(), string(want)); differs {
		t.Errorf("%s (-update rewrites it):\n%s", file, line)
	}
}

// already is what must stand before a conversation and no operation makes.
var already = map[string]func(*conversation){
	"purchases.txt": func(c *conversation) {
		buyer, err := c.p.Engine.Members.Resolve(c.t.Context(), c.p.Community.ID, c.values["mia"])
		if err != nil {
			c.t.Fatal(err)
		}
		sold, err := c.p.Engine.Store.Sell(c.t.Context(), c.p.Community.ID, []store.Order{{Buyer: buyer, Product: api.PurchaseProduct{Name: "Mug"}, Status: "Pending"}})
		if err != nil {
			c.t.Fatal(err)
		}
		c.values["order"] = sold[0].OrderID
	},
}

// firstDifference shows where two texts part, with the request before it.
func firstDifference(got, want string) (string, bool) {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	asked := ""
	for i := range max(len(g), len(w)) {
		have, wish := at(g, i), at(w, i)
		if have != wish {
			return asked + "\ngot  " + have + "\nwant " + wish, true
		}
		if strings.HasPrefix(have, "> ") {
			asked = have
		}
	}
	return "", false
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(nothing)"
}

// TestEveryOperationHasItsGolden asks for a success of each operation among
// the conversations, so that a new one cannot come without.
func TestEveryOperationHasItsGolden(t *testing.T) {
	shown := map[string]bool{}
	p := portaltest.New(t)
	for _, file := range wireFiles(t) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range parseWire(string(text)) {
			if strings.HasPrefix(x.reply, "2") {
				shown[operationOf(p.Engine.Routes(), x)] = true
			}
		}
	}
	for _, r := range p.Engine.Routes() {
		if !shown[r.Op.ID] {
			t.Errorf("%s (%s %s) has no golden of a success in testdata/wire", r.Op.ID, r.Op.Method, r.Op.Path)
		}
	}
}
