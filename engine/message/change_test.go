package message_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/member"
	"laurel/engine/message"
	"laurel/engine/rest/resttest"
)

func (w *world) wallet(t testing.TB, who member.Ref) api.Wallet {
	t.Helper()
	list, err := w.ledger.Wallets(t.Context(), w.home.ID, []string{who.ID})
	if err != nil {
		t.Fatal(err)
	}
	return list[who.ID]
}

// TestEditAndDelete changes a message, and leaves its story in the moderation log only.
func TestEditAndDelete(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ana, ben, boss := w.signIn(t, w.member(t, "ana", api.RoleMember)), w.signIn(t, w.member(t, "ben", api.RoleMember)), w.signIn(t, w.member(t, "boss", api.RoleAdmin))
		id := w.say(t, ana, general, "the cat is black")
		resttest.Call(t, w, "PATCH", "/v1/messages/"+id, ben, api.EditMessage{Message: "mine"}).Want(t, 403, "not_the_author")
		edited := resttest.Call(t, w, "PATCH", "/v1/messages/"+id, ana, api.EditMessage{Message: "the cat is white"}).Want(t, 200)
		if edited.At("data.editedAt") == nil || edited.Text("data.message") != "the cat is white" {
			t.Errorf("unexpected message: %s", edited.Raw)
		}
		find := func(q string) int {
			return len(bodies(resttest.Call(t, w, "GET", "/v1/messages/search?q="+q, ana, nil).Want(t, 200)))
		}
		if find("black") != 0 || find("white") != 1 {
			t.Error("the index does not follow the edit")
		}
		resttest.Call(t, w, "DELETE", "/v1/messages/"+id, ben, nil).Want(t, 403)
		resttest.Call(t, w, "DELETE", "/v1/messages/"+id+"?reason=off+topic", boss, nil).Want(t, 200)
		resttest.Call(t, w, "DELETE", "/v1/messages/"+id, boss, nil).Want(t, 404, "message_not_found")
		if find("white") != 0 {
			t.Error("a deleted message is found")
		}
		if got := resttest.Call(t, w, "GET", "/v1/messages?channel_id="+general, ana, nil).Want(t, 200); got.At("data.total") != 0.0 || len(bodies(got)) != 0 {
			t.Errorf("unexpected list: %s", got.Raw)
		}
		log := resttest.Call(t, w, "GET", "/v1/moderation/messages", boss, nil).Want(t, 200)
		entries := log.At("data.entries").([]any)
		if len(entries) != 2 {
			t.Fatalf("got %d entries, want 2: %s", len(entries), log.Raw)
		}
		kinds := []string{}
		for _, e := range entries {
			kinds = append(kinds, e.(map[string]any)["kind"].(string)+" "+e.(map[string]any)["before"].(string))
		}
		slices.Sort(kinds)
		if !slices.Equal(kinds, []string{"deleted the cat is white", "edited the cat is black"}) {
			t.Errorf("got %v", kinds)
		}
		resttest.Call(t, w, "GET", "/v1/moderation/messages", ana, nil).Want(t, 403)
	})
}

// TestPin pins by who may, and lists what is pinned.
func TestPin(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	ana, boss := w.signIn(t, w.member(t, "ana", api.RoleMember)), w.signIn(t, w.member(t, "boss", api.RoleAdmin))
	id := w.say(t, ana, general, "read this")
	w.say(t, ana, general, "not this")
	resttest.Call(t, w, "PUT", "/v1/messages/"+id+"/pin", ana, map[string]bool{"pinned": true}).Want(t, 403)
	resttest.Call(t, w, "PUT", "/v1/messages/"+id+"/pin", boss, map[string]bool{"pinned": true}).Want(t, 200)
	if got := bodies(resttest.Call(t, w, "GET", "/v1/messages?pinned=true&channel_id="+general, ana, nil)); !slices.Equal(got, []string{"read this"}) {
		t.Errorf("got %v", got)
	}
}

// TestWords keeps out and reports words, whole and folded.
func TestWords(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ana, boss := w.signIn(t, w.member(t, "ana", api.RoleMember)), w.signIn(t, w.member(t, "boss", api.RoleAdmin))
		set := api.WordSettings{
			Profanity: api.ProfanityFilter{Enabled: true, Excluded: []string{"shit"}, Added: []string{"darn it"}, Warning: "Mind your words."},
			Banned:    api.WordList{Words: []string{"Brandéx"}, Warning: "No rivals here."},
			Alert:     api.AlertList{Words: []string{"refund"}, ChannelIDs: []string{alerts}}, MaxLength: 100,
		}
		resttest.Call(t, w, "PUT", "/v1/moderation/words", ana, set).Want(t, 403)
		resttest.Call(t, w, "PUT", "/v1/moderation/words", boss, set).Want(t, 200)
		for _, c := range []struct {
			body string
			code string
			text string
		}{
			{"oh DARN  it", "message_profane", "Mind your words."}, {"try brandex!", "message_banned_word", "No rivals here."},
			{"shit happens", "", ""}, {"brandexes are fine", "", ""}, {"Scheiße", "message_profane", "Mind your words."}, {strings.Repeat("x", 101), "invalid_message", ""},
		} {
			got := resttest.Call(t, w, "POST", "/v1/messages/send", ana, api.SendMessage{ChannelID: general, Message: c.body})
			if got.Text("code") != c.code || (c.text != "" && got.Text("message") != c.text) {
				t.Errorf("%q: got %d %q %q, want %q %q", c.body, got.Status, got.Text("code"), got.Text("message"), c.code, c.text)
			}
		}
		w.say(t, ana, general, "I want a REFUND now")
		if got := bodies(resttest.Call(t, w, "GET", "/v1/messages?channel_id="+alerts, boss, nil)); len(got) != 1 || !strings.Contains(got[0], "I want a REFUND now") || !strings.Contains(got[0], "ana") {
			t.Errorf("got alerts %v", got)
		}
		if got := resttest.Call(t, w, "GET", "/v1/moderation/messages?kind=blocked", boss, nil).At("data.entries").([]any); len(got) != 3 {
			t.Errorf("got %d blocked entries, want 3", len(got))
		}
	})
}

// TestSearch finds the same on both databases, only where the member may look.
func TestSearch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ana, boss := w.signIn(t, w.member(t, "ana", api.RoleMember)), w.signIn(t, w.member(t, "boss", api.RoleAdmin))
		w.say(t, ana, general, "The café in Zürich trades EUR/USD at 1.0842")
		w.say(t, ana, general, "Trading plans for tomorrow")
		w.say(t, boss, secret, "café secrets")
		w.say(t, ana, general, "取引の計画 ꙮh"+secret+" don't")
		for _, c := range []struct {
			q    string
			want int
		}{
			{"cafe", 1}, {"CAFÉ zurich", 1}, {"trad", 2}, {"usd eur", 1}, {"1.0842", 1}, {"0842", 1}, {"計画", 1}, {"nothing", 0}, {"trading cafe", 0},
			{"ꙮh" + secret, 0}, {"' | ꙮh:* &", 0}, {"ꙮ", 0}, {"z", 1}, {`" OR "`, 0}, {"NOT", 0}, {"***", 0}, {"don't", 1},
		} {
			got := resttest.Call(t, w, "GET", "/v1/messages/search?q="+escape(c.q), ana, nil).Want(t, 200)
			if n := len(bodies(got)); n != c.want || got.At("data.total") != float64(c.want) {
				t.Errorf("%q: found %d, want %d: %v", c.q, n, c.want, bodies(got))
			}
		}
		if got := bodies(resttest.Call(t, w, "GET", "/v1/messages/search?q=cafe", boss, nil)); len(got) != 2 {
			t.Errorf("the admin found %v", got)
		}
		resttest.Call(t, w, "GET", "/v1/messages/search?q=x&channel_id="+secret, ana, nil).Want(t, 403)
	})
}

func escape(q string) string {
	return strings.NewReplacer("%", "%25", " ", "%20", "&", "%26", "#", "%23", "+", "%2B", `"`, "%22").Replace(q)
}

// TestMentions names people and roles as parts, as far as allowed.
func TestMentions(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	ana, ben := w.member(t, "ana", api.RoleMember), w.member(t, "ben.k", api.RoleMember)
	var told []message.Sent
	w.s.OnSent = func(list []message.Sent) { told = append(told, list...) }
	token := w.signIn(t, ana)
	kinds := func(id string) string {
		var out []string
		for _, p := range resttest.Call(t, w, "GET", "/v1/messages/"+id, token, nil).Want(t, 200).At("data.parts").([]any) {
			out = append(out, p.(map[string]any)["type"].(string)+":"+p.(map[string]any)["text"].(string))
		}
		return strings.Join(out, "|")
	}
	id := w.say(t, token, general, "Hi @Ben.k. and @traders, not @nobody or me@ana")
	if got := kinds(id); got != "text:Hi |user:@Ben.k|text:. and |role:@traders|text:, not @nobody or me@ana" {
		t.Errorf("got %s", got)
	}
	if len(told) != 1 || !slices.Equal(told[0].Mentions, []string{ben.ID}) {
		t.Errorf("got %+v", told)
	}
	w.forbidden[message.ActMention], w.forbidden[message.ActMentionRole] = true, true
	if got := kinds(w.say(t, token, general, "@ben.k")); got != "text:@ben.k" {
		t.Errorf("got %s", got)
	}
}

// TestImages uploads a picture, shows it, and refuses what is none.
func TestImages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		token := w.signIn(t, w.member(t, "ana", api.RoleMember))
		var raw bytes.Buffer
		if err := png.Encode(&raw, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
			t.Fatal(err)
		}
		body, kind := form(t, "a <b>.png", append(raw.Bytes(), []byte("<script>alert(1)</script>")...))
		got := resttest.Call(t, w, "POST", "/v1/messages/upload-image", token, body, "Content-Type: "+kind).Want(t, 200)
		var list []api.MessageImage
		if err := json.Unmarshal([]byte(got.Raw), &list); err != nil || len(list) != 1 {
			t.Fatalf("got %s, want an array of one picture", got.Raw)
		}
		if p := list[0]; p.Type != "image/png" || p.Width != 3 || p.Height != 2 || p.Size == 0 || p.ID == "" {
			t.Errorf("got %+v", p)
		}
		file := resttest.Call(t, w, "GET", strings.TrimPrefix(list[0].URL, "https://laurel.example"), "", nil).Want(t, 200)
		if file.Header.Get("X-Content-Type-Options") != "nosniff" || file.Header.Get("Content-Type") != "image/png" || strings.Contains(file.Raw, "script") {
			t.Errorf("unexpected file: %v", file.Header)
		}
		sent := resttest.Call(t, w, "POST", "/v1/messages/send", token, api.SendMessage{ChannelID: general, Images: []string{list[0].ID}}).Want(t, 200)
		read := resttest.Call(t, w, "GET", "/v1/messages/"+sent.Text("data.id"), token, nil).Want(t, 200)
		if images := read.At("data.images").([]any); len(images) != 1 || images[0].(map[string]any)["url"] != list[0].URL {
			t.Errorf("got %v", images)
		}
		body, kind = form(t, "x.png", []byte("<svg onload=alert(1)>"))
		resttest.Call(t, w, "POST", "/v1/messages/upload-image", token, body, "Content-Type: "+kind).Want(t, 400, "invalid_images")
		w.forbidden[message.ActAttach] = true
		resttest.Call(t, w, "POST", "/v1/messages/send", token, api.SendMessage{ChannelID: general, Images: []string{list[0].ID}}).Want(t, 403)
	})
}

func form(t *testing.T, name string, data []byte) (body []byte, kind string) {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	part, err := m.CreateFormFile("images", name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), m.FormDataContentType()
}

// TestStream follows a channel: new, changed, typing; and goes on from a revision.
func TestStream(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ana, ben := w.signIn(t, w.member(t, "ana", api.RoleMember)), w.signIn(t, w.member(t, "ben", api.RoleMember))
		first := w.say(t, ana, general, "before")
		server := httptest.NewServer(w)
		t.Cleanup(server.Close) // after the streams
		next := follow(t, server.URL+"/v1/channels/"+general+"/messages/stream", ben)
		if e := next(); len(e.Messages) != 0 || e.Online != 1 || e.Revision != 1 {
			t.Errorf("got %+v, want the present state", e)
		}
		w.say(t, ana, general, "hello")
		if e := next(); len(e.Messages) != 1 || e.Messages[0].Message != "hello" {
			t.Errorf("got %+v, want the new message", e)
		}
		resttest.Call(t, w, "POST", "/v1/messages/react", ana, api.ReactMessage{MessageID: first, Emoji: "👍"}).Want(t, 200)
		if e := next(); len(e.Messages) != 1 || e.Messages[0].ID != first || len(e.Messages[0].Reactions) != 1 {
			t.Errorf("got %+v, want the changed message", e)
		}
		resttest.Call(t, w, "POST", "/v1/channels/"+general+"/typing", ana, map[string]bool{"typing": true}).Want(t, 200)
		if e := next(); len(e.Typing) != 1 || e.Typing[0].Username != "ana" {
			t.Errorf("got %+v, want ana typing", e)
		}
		resttest.Call(t, w, "DELETE", "/v1/messages/"+first, ana, nil).Want(t, 200)
		if e := next(); len(e.Messages) != 1 || e.Messages[0].DeletedAt == nil || e.Messages[0].Message != "" {
			t.Errorf("got %+v, want the deleted message without its text", e)
		}
		if e := follow(t, server.URL+"/v1/channels/"+general+"/messages/stream?since=1", ben)(); len(e.Messages) != 2 {
			t.Errorf("got %+v, want both messages that changed since", e)
		}
		resttest.Call(t, w, "GET", "/v1/channels/"+secret+"/messages/stream", ben, nil).Want(t, 403)
	})
}

// follow opens a stream; the result waits for its next event.
func follow(t *testing.T, address, token string) func() api.MessageEvent {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, "GET", address, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	lines := bufio.NewScanner(res.Body)
	return func() api.MessageEvent {
		t.Helper()
		for lines.Scan() {
			if text, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				var e api.MessageEvent
				if err := json.Unmarshal([]byte(text), &e); err != nil {
					t.Fatal(err)
				}
				return e
			}
		}
		t.Fatal("the stream ended")
		return api.MessageEvent{}
	}
}
