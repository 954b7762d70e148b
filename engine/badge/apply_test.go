package badge_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/rest/resttest"
)

func TestApplicationIsDecided(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ann := w.join(t, "ann")
		own := w.as(t, ann)
		b := w.make(t, api.BadgeInput{Title: "Proven", Action: api.BadgeCustom, NeedsProof: ptr(true), Coins: ptr(int64(30))})
		closed := w.make(t, api.BadgeInput{Title: "Closed", Action: api.BadgeCustom, Applied: ptr(false)})
		path := "/v1/me/badges/" + b.ID + "/apply"
		apply := func(path, note string, files ...[]byte) resttest.Reply {
			t.Helper()
			body, header := form(t, note, "proof", files...)
			return resttest.Call(t, w, "POST", path, own, body, header)
		}
		proof := drawn(t, 60, 40)
		apply("/v1/me/badges/"+closed.ID+"/apply", "x", proof).Want(t, 409, "badge_not_open")
		apply("/v1/me/badges/unknown/apply", "x", proof).Want(t, 404, "badge_not_found")
		apply(path, "no proof").Want(t, 400, "invalid_proof")
		apply(path, "no picture", []byte("%PDF-1.7")).Want(t, 400, "invalid_proof")
		apply(path, "too many", proof, proof, proof, proof).Want(t, 400, "invalid_proof")
		apply(path, strings.Repeat("é", 1001), proof).Want(t, 400, "invalid_note")
		first := apply(path, " I did it. ", proof, drawn(t, 10, 4000)).Want(t, 201)
		apply(path, "again", proof).Want(t, 409, "already_applied")
		if first.Text("data.note") != "I did it." || len(first.At("data.proofs").([]any)) != 2 {
			t.Errorf("application: %s", first.Raw)
		}
		sent := first.At("data.proofs").([]any)[1].(map[string]any)
		if sent["name"] != `statement".png` && sent["name"] != "statement.png" && sent["name"] != `"statement".png` || sent["height"] != 2000.0 || sent["width"] != 5.0 {
			t.Errorf("second proof: %v", sent)
		}
		id := first.Text("data._id")
		picture := resttest.Call(t, w, "GET", "/v1/badges/applications/"+id+"/proofs/1", w.key, nil).Want(t, 200)
		if !strings.HasPrefix(picture.Raw, "\xff\xd8\xff") || picture.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("the proof is served as %v", picture.Header)
		}
		resttest.Call(t, w, "GET", "/v1/badges/applications/"+id+"/proofs/1", own, nil).Want(t, 403)
		resttest.Call(t, w, "POST", "/v1/badges/applications/"+id+"/refuse", w.key, api.BadgeRefusal{Reason: "   "}).Want(t, 400)
		resttest.Call(t, w, "POST", "/v1/badges/applications/"+id+"/refuse", w.key, api.BadgeRefusal{Reason: "Too blurred."}).Want(t, 200)
		resttest.Call(t, w, "POST", "/v1/badges/applications/"+id+"/approve", w.key, nil).Want(t, 409, "application_decided")
		if state, reason := w.state(t, own, "Proven"); state != "refused" || reason != "Too blurred." {
			t.Errorf("after the refusal: %s, %s", state, reason)
		}
		w.clock.Advance(1e9)
		second := apply(path, "sharper", proof).Want(t, 201).Text("data._id")
		if state, _ := w.state(t, own, "Proven"); state != "waiting" {
			t.Errorf("applied again: %s", state)
		}
		before := w.wallet(t, ann).Coins
		for i, want := range []int{200, 409} {
			if got := resttest.Call(t, w, "POST", "/v1/badges/applications/"+second+"/approve", w.key, nil); got.Status != want {
				t.Errorf("approval %d: %s", i, got.Raw)
			}
		}
		if got := w.wallet(t, ann).Coins - before; got != 30 {
			t.Errorf("paid %d coins, want 30", got)
		}
		if state, _ := w.state(t, own, "Proven"); state != "held" {
			t.Errorf("after the approval: %s", state)
		}
		apply(path, "once more", proof).Want(t, 409, "badge_held")
		if got := resttest.Call(t, w, "GET", "/v1/badges/applications?status=waiting", w.key, nil); got.At("meta.total") != 0.0 {
			t.Errorf("waiting: %s", got.Raw)
		}
		if got := resttest.Call(t, w, "GET", "/v1/badges/applications?userId=ann&badgeId="+b.ID, w.key, nil); got.At("meta.total") != 2.0 {
			t.Errorf("all of ann: %s", got.Raw)
		}
		w.sound(t)
	})
}

// state is where a badge stands for the owner of a key.
func (w *world) state(t testing.TB, key, title string) (state, reason string) {
	t.Helper()
	for _, item := range resttest.Call(t, w, "GET", "/v1/me/badges", key, nil).Want(t, 200).At("data").([]any) {
		if b := item.(map[string]any); b["title"] == title {
			reason, _ = b["reason"].(string)
			return b["state"].(string), reason
		}
	}
	return "", ""
}

// TestAwardSettlesTheApplication gives by hand what was applied for.
func TestAwardSettlesTheApplication(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ann := w.join(t, "ann")
		b := w.make(t, api.BadgeInput{Title: "Open", Action: api.BadgeCustom})
		if _, err := w.s.Apply(t.Context(), w.home.ID, b.ID, ann, "", nil); err != nil {
			t.Fatal(err)
		}
		if _, err := w.s.Award(t.Context(), w.home.ID, b.ID, "ann"); err != nil {
			t.Fatal(err)
		}
		got := resttest.Call(t, w, "GET", "/v1/badges/applications?status=approved", w.key, nil).Want(t, 200)
		if got.At("meta.total") != 1.0 {
			t.Errorf("approved: %s", got.Raw)
		}
	})
}

func TestPictures(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		upload := func(content []byte) resttest.Reply {
			body, header := form(t, "", "image", content)
			return resttest.Call(t, w, "POST", "/v1/badges/images", w.key, body, header)
		}
		address := upload(drawn(t, 600, 300)).Want(t, 201).Text("data.url")
		upload([]byte("<svg xmlns='http://www.w3.org/2000/svg'/>")).Want(t, 400, "invalid_image")
		upload(append(drawn(t, 2, 2), make([]byte, 2<<20)...)).Want(t, 413)
		got := resttest.Call(t, w, "GET", address, "", nil).Want(t, 200)
		if !strings.HasPrefix(got.Raw, "\x89PNG") || got.Header.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(got.Header.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("served as %v", got.Header)
		}
		resttest.Call(t, w, "GET", "/v1/public/badges/unknown.png", "", nil).Want(t, 404)
		data := "data:image/png;base64," + base64.StdEncoding.EncodeToString(drawn(t, 20, 20))
		for _, c := range []struct {
			image, want string
			status      int
		}{
			{address, address, 200},
			{"https://club.example.com" + address, address, 200},
			{"https://cdn.example.org/badge.png", "https://cdn.example.org/badge.png", 200},
			{data, "/v1/public/badges/", 200},
			{"", "", 200},
			{"data:image/png;base64,AAAA", "", 400},
			{"data:image/png;base64,%", "", 400},
			{"/v1/public/badges/other.png", "", 400},
			{"http://cdn.example.org/badge.png", "", 400},
			{"javascript:alert(1)", "", 400},
		} {
			got := resttest.Call(t, w, "POST", "/api/v1/badges", w.key, api.BadgeInput{Title: "x", Action: api.BadgeCustom, Image: &c.image})
			if got.Status != c.status || !strings.HasPrefix(got.Text("body.image"), c.want) {
				t.Errorf("%.60s: got %d %s, want %d %s", c.image, got.Status, got.Raw, c.status, c.want)
			}
		}
		w.clock.Advance(25 * 3600e9)
		unused := upload(drawn(t, 5, 5)).Text("data.url")
		w.clock.Advance(25 * 3600e9)
		upload(drawn(t, 6, 6)).Want(t, 201)
		resttest.Call(t, w, "GET", unused, "", nil).Want(t, 404)
		resttest.Call(t, w, "GET", address, "", nil).Want(t, 200) // a badge names it
	})
}
