package message_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/message"
	"laurel/engine/rest/resttest"
)

// TestSendByKey goes through what the reference documents.
func TestSendByKey(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ana := w.member(t, "ana", api.RoleMember)
		key := w.key(t, api.PermSendMessage, api.PermReplyMessage, api.PermReactMessage, api.PermGetMessages)
		sent := resttest.Call(t, w, "POST", "/v1/messages/send", key, api.SendMessage{ChannelID: general, Message: "Good morning", Sender: "ana"}).Want(t, 200)
		if got := sent.Text("message"); got != "Message send successfully" {
			t.Errorf("got text %q", got)
		}
		id := sent.Text("data.id")
		if sent.At("data.number") != 1.0 || sent.Text("data.reward") != "awarded" || sent.Text("data.channelId") != general {
			t.Errorf("unexpected data: %s", sent.Raw)
		}
		reply := resttest.Call(t, w, "POST", "/v1/messages/reply", key, api.ReplyMessage{MessageID: id, Message: "And to you", Sender: "ana@example.com"}).Want(t, 200)
		if reply.Text("message") != "Message reply successfully" || reply.Text("data.parentId") != id {
			t.Errorf("unexpected reply: %s", reply.Raw)
		}
		react := api.ReactMessage{MessageID: id, Emoji: ":sparkling_heart:", Sender: "ana"}
		if got := resttest.Call(t, w, "POST", "/v1/messages/react", key, react).Want(t, 200); got.Text("message") != "Reaction added successfully" || got.Text("data.emoji") != "💖" {
			t.Errorf("unexpected reply: %s", got.Raw)
		}
		react.Emoji = "💖"
		resttest.Call(t, w, "POST", "/v1/messages/react", key, react).Want(t, 409, "reaction_exists")
		list := resttest.Call(t, w, "GET", "/v1/messages?channel_id="+general, key, nil).Want(t, 200)
		if list.Text("message") != "messages fetched successfully" || list.At("data.total") != 2.0 || !slices.Equal(bodies(list), []string{"And to you", "Good morning"}) {
			t.Errorf("unexpected list: %s", list.Raw)
		}
		first := list.At("data.messages").([]any)[1].(map[string]any)
		if first["user"].(map[string]any)["email"] != "ana@example.com" || first["channel"].(map[string]any)["name"] != "general" || first["replies"] != 1.0 {
			t.Errorf("unexpected message: %v", first)
		}
		wallet := w.wallet(t, ana)
		if wallet.XP != 22 || wallet.Messages != 1 || wallet.Replies != 1 || wallet.Reactions != 1 {
			t.Errorf("got wallet %+v, want 10 + 10 + 2 XP of one message, reply and reaction", wallet)
		}
	})
}

// TestCooldown sends within the cooldown: the message goes, the reward does not.
func TestCooldown(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ana := w.member(t, "ana", api.RoleMember)
		token := w.signIn(t, ana)
		w.say(t, token, general, "one")
		again := resttest.Call(t, w, "POST", "/v1/messages", token, api.SendMessage{ChannelID: general, Message: "two"}).Want(t, 200)
		if again.Text("data.reward") != "cooldown" || again.At("data.xp") != 0.0 {
			t.Errorf("unexpected reward: %s", again.Raw)
		}
		if got := w.wallet(t, ana); got.XP != 10 || got.Messages != 2 {
			t.Errorf("got wallet %+v, want 10 XP of two messages", got)
		}
	})
}

// TestRefusals goes through what cannot be sent.
func TestRefusals(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	ana := w.member(t, "ana", api.RoleMember)
	w.member(t, "ben", api.RoleMember)
	token, key := w.signIn(t, ana), w.key(t, api.PermSendMessage)
	for _, c := range []struct {
		name, credential string
		in               api.SendMessage
		status           int
		code             string
	}{
		{"no sender", key, api.SendMessage{ChannelID: general, Message: "x"}, 400, "invalid_sender"},
		{"unknown sender", key, api.SendMessage{ChannelID: general, Message: "x", Sender: "nobody"}, 404, "user_not_found"},
		{"other sender", token, api.SendMessage{ChannelID: general, Message: "x", Sender: "ben"}, 403, "other_sender"},
		{"unknown channel", token, api.SendMessage{ChannelID: "ffffffffffffffffffffffff", Message: "x"}, 404, "channel_not_found"},
		{"closed channel", token, api.SendMessage{ChannelID: secret, Message: "x"}, 403, "not_allowed"},
		{"empty", token, api.SendMessage{ChannelID: general, Message: " \n "}, 400, "invalid_message"},
		{"too long", token, api.SendMessage{ChannelID: general, Message: strings.Repeat("ä", 4001)}, 400, "invalid_message"},
		{"forum without topic", token, api.SendMessage{ChannelID: forum, Message: "x"}, 400, "invalid_forumtopicid"},
		{"unknown topic", token, api.SendMessage{ChannelID: forum, Message: "x", ForumTopicID: general}, 404, "topic_not_found"},
		{"topic outside a forum", token, api.SendMessage{ChannelID: general, Message: "x", ForumTopicID: theTale}, 400, ""},
		{"profane", token, api.SendMessage{ChannelID: general, Message: "what a SHIT day"}, 400, "message_profane"},
		{"no credential", "", api.SendMessage{ChannelID: general, Message: "x"}, 401, "credential_missing"},
		{"no right", w.key(t, api.PermGetMessages), api.SendMessage{ChannelID: general, Message: "x", Sender: "ana"}, 403, "missing_permission"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := resttest.Call(t, w, "POST", "/v1/messages/send", c.credential, c.in).Want(t, c.status)
			if c.code != "" && !strings.EqualFold(got.Text("code"), c.code) && !strings.EqualFold(strings.ReplaceAll(got.Text("code"), "_", ""), strings.ReplaceAll(c.code, "_", "")) {
				t.Errorf("got code %q, want %q", got.Text("code"), c.code)
			}
		})
	}
	resttest.Call(t, w, "POST", "/v1/messages/send", token, api.SendMessage{ChannelID: forum, Message: "x", ForumTopicID: theTale}).Want(t, 200)
}

// TestOnce repeats a request with its key: one message, one reward.
func TestOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ana := w.member(t, "ana", api.RoleMember)
		token := w.signIn(t, ana)
		in := api.SendMessage{ChannelID: general, Message: "once"}
		first := resttest.Call(t, w, "POST", "/v1/messages/send", token, in, "Idempotency-Key: k1").Want(t, 200)
		second := resttest.Call(t, w, "POST", "/v1/messages/send", token, in, "Idempotency-Key: k1").Want(t, 200)
		if first.Raw != second.Raw {
			t.Errorf("got %s, want the first reply %s", second.Raw, first.Raw)
		}
		if got := w.wallet(t, ana); got.Messages != 1 || got.XP != 10 {
			t.Errorf("got wallet %+v, want one message", got)
		}
	})
}

// TestSlowMode lets one message through every ten seconds; the team at any time.
func TestSlowMode(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		token, boss := w.signIn(t, w.member(t, "ana", api.RoleMember)), w.signIn(t, w.member(t, "boss", api.RoleAdmin))
		w.say(t, token, slow, "one")
		got := resttest.Call(t, w, "POST", "/v1/messages/send", token, api.SendMessage{ChannelID: slow, Message: "two"}).Want(t, 429, "slow_mode")
		if got.Header.Get("Retry-After") != "10" {
			t.Errorf("got Retry-After %q, want 10", got.Header.Get("Retry-After"))
		}
		w.say(t, boss, slow, "one")
		w.say(t, boss, slow, "two")
		w.clock.Advance(10 * time.Second)
		w.say(t, token, slow, "two")
	})
}

// TestHistory walks back through a channel by cursor: all once, in order.
func TestHistory(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ana := w.member(t, "ana", api.RoleMember)
		var past []message.Past
		for i := range 25 {
			past = append(past, message.Past{Channel: general, Author: ana, Body: string(rune('a' + i)), At: w.Now().Add(time.Duration(i-25) * time.Minute)})
		}
		if _, err := w.s.Import(t.Context(), w.home.ID, past); err != nil {
			t.Fatal(err)
		}
		token := w.signIn(t, ana)
		for _, path := range []string{"/v1/messages?count=10&channel_id=" + general, "/v1/messages?count=10", "/v1/messages?count=10&user_id=ana", "/v1/messages?count=10&email=ana@example.com"} {
			var got []string
			cursor := ""
			for {
				page := resttest.Call(t, w, "GET", path+"&cursor="+cursor, token, nil).Want(t, 200)
				if page.At("data.total") != 25.0 {
					t.Errorf("%s: got total %v, want 25", path, page.At("data.total"))
				}
				got = append(got, bodies(page)...)
				if cursor = page.Text("data.nextCursor"); cursor == "" {
					break
				}
			}
			if strings.Join(got, "") != "yxwvutsrqponmlkjihgfedcba" {
				t.Errorf("%s: got %v", path, got)
			}
		}
		resttest.Call(t, w, "GET", "/v1/messages?cursor=x&channel_id="+general, token, nil).Want(t, 400)
	})
}

// TestPrivate hides members from each other in a whisper channel; the team
// sees and answers all.
func TestPrivate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ana, ben, boss := w.signIn(t, w.member(t, "ana", api.RoleMember)), w.signIn(t, w.member(t, "ben", api.RoleMember)), w.signIn(t, w.member(t, "boss", api.RoleAdmin))
		id := w.say(t, ana, whisper, "the feed is slow")
		w.say(t, ben, whisper, "the colours are good")
		resttest.Call(t, w, "POST", "/v1/messages/reply", boss, api.ReplyMessage{MessageID: id, Message: "we look into it"}).Want(t, 200)
		for _, c := range []struct {
			who  string
			want []string
		}{
			{ana, []string{"we look into it", "the feed is slow"}}, {ben, []string{"the colours are good"}},
			{boss, []string{"we look into it", "the colours are good", "the feed is slow"}},
		} {
			for _, path := range []string{"/v1/messages?channel_id=" + whisper, "/v1/messages"} {
				if got := bodies(resttest.Call(t, w, "GET", path, c.who, nil).Want(t, 200)); !slices.Equal(got, c.want) {
					t.Errorf("%s: got %v, want %v", path, got, c.want)
				}
			}
		}
		resttest.Call(t, w, "GET", "/v1/messages/"+id, ben, nil).Want(t, 404, "message_not_found")
		resttest.Call(t, w, "POST", "/v1/messages/react", ben, api.ReactMessage{MessageID: id, Emoji: ":fire:"}).Want(t, 404)
		if got := bodies(resttest.Call(t, w, "GET", "/v1/messages/search?q=slow", ben, nil).Want(t, 200)); len(got) != 0 {
			t.Errorf("ben found %v, want nothing", got)
		}
	})
}
