package api_test

import (
	"encoding/json"
	"testing"
	"time"

	"laurel/api"
)

// TestStandingsAreWrittenAsJSON holds the quick writer to encoding/json.
func TestStandingsAreWrittenAsJSON(t *testing.T) {
	at := api.At(time.Date(2026, 11, 23, 9, 30, 0, 5e6, time.UTC))
	faces := []api.BadgeFace{{ID: "1", Title: `"A" & <b>`, Image: "/a.png"}, {ID: "2", Title: "B", DarkImage: "/b.png"}}
	row := api.Entry{Rank: 1, Score: 12, ReachedAt: at, User: api.EntryUser{ID: "x", Username: "mia", Badges: faces}, Fields: map[string]string{"k": "v"}, IsMe: true}
	for _, s := range []api.Standings{{}, {From: &at, AsOf: at, Entries: []api.Entry{row, {User: api.EntryUser{Badges: faces[:1]}}}, Me: &row}} {
		want, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(s.AppendJSON(nil)); got != string(want) {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
