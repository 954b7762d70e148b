package message_test

import (
	"context"
	"testing"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/message"
	"laurel/engine/rest/resttest"
)

func (w *world) tally(t testing.TB, table string) int {
	t.Helper()
	var n int
	if err := w.DB().Read().QueryRow(t.Context(), `SELECT count(*) FROM `+table).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// picture keeps a picture as if it had been uploaded, and gives its id.
func (w *world) picture(t testing.TB, hash string) string {
	t.Helper()
	id := api.NewID()
	err := w.DB().Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO message_images (community_id, id, hash, name, type, size, width, height, data, created_at)
			VALUES ($1,$2,$3,'a.png','image/png',1,1,1,$4,$5)`, w.home.ID, id, hash, []byte{1}, db.Micros(w.Now()))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (w *world) show(t testing.TB, credential, channel string, images ...string) string {
	t.Helper()
	return resttest.Call(t, w, "POST", "/v1/messages/send", credential, api.SendMessage{ChannelID: channel, Message: "look", Images: images}).Want(t, 200).Text("data.id")
}

// TestDeletedChannelTakesAllWithIt deletes a channel's messages, words,
// reactions and pictures, but no picture that another channel shows.
func TestDeletedChannelTakesAllWithIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ana := w.signIn(t, w.member(t, "ana", api.RoleMember))
		own, shared := w.picture(t, "h1"), w.picture(t, "h2")
		id := w.show(t, ana, general, own, shared)
		w.show(t, ana, alerts, shared)
		resttest.Call(t, w, "POST", "/v1/messages/react", ana, api.ReactMessage{MessageID: id, Emoji: "👍"}).Want(t, 200)
		err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error { return w.s.ForgetChannel(ctx, tx, w.home.ID, general) })
		if err != nil {
			t.Fatal(err)
		}
		for table, want := range map[string]int{"messages": 1, "message_words": 1, "message_reactions": 0, "message_images": 1, "message_image_uses": 1} {
			if got := w.tally(t, table); got != want {
				t.Errorf("%s: got %d rows, want %d", table, got, want)
			}
		}
		if got := bodies(resttest.Call(t, w, "GET", "/v1/messages?channel_id="+alerts, ana, nil)); len(got) != 1 {
			t.Errorf("the other channel has %d messages, want 1", len(got))
		}
	})
}

// TestPurgeKeepsWhatIsShown removes uploads that nobody sent after a day, and
// a picture with the last message that shows it.
func TestPurgeKeepsWhatIsShown(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ana := w.signIn(t, w.member(t, "ana", api.RoleMember))
		sent := w.picture(t, "h1")
		w.picture(t, "h2")
		id := w.show(t, ana, general, sent)
		for _, step := range []struct {
			later time.Duration
			want  int
		}{{23 * time.Hour, 2}, {2 * time.Hour, 1}} {
			w.clock.Advance(step.later)
			if err := w.s.Purge(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := w.tally(t, "message_images"); got != step.want {
				t.Errorf("after %s more: got %d pictures, want %d", step.later, got, step.want)
			}
		}
		boss := w.signIn(t, w.member(t, "boss", api.RoleAdmin))
		resttest.Call(t, w, "DELETE", "/v1/messages/"+id, boss, nil).Want(t, 200)
		if got := w.tally(t, "message_images"); got != 0 {
			t.Errorf("got %d pictures of deleted messages, want none", got)
		}
	})
}

// TestUnseen counts what does not count as unread.
func TestUnseen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ana, ben, boss := w.member(t, "ana", api.RoleMember), w.member(t, "ben", api.RoleMember), w.signIn(t, w.member(t, "boss", api.RoleAdmin))
		w.say(t, w.signIn(t, ana), whisper, "mine")
		w.say(t, w.signIn(t, ben), whisper, "of another")
		gone := w.say(t, w.signIn(t, ana), whisper, "gone")
		resttest.Call(t, w, "DELETE", "/v1/messages/"+gone, boss, nil).Want(t, 200)
		for _, c := range []struct {
			only string
			seq  int64
			want int64
		}{{"", 0, 1}, {ana.ID, 0, 2}, {ben.ID, 0, 2}, {"", 3, 0}} {
			got, err := message.Unseen(t.Context(), d.Read(), w.home.ID, whisper, c.only, c.seq)
			if err != nil || got != c.want {
				t.Errorf("only %q after %d: got %d (%v), want %d", c.only, c.seq, got, err, c.want)
			}
		}
	})
}
