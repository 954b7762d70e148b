package message_test

import (
	"context"
	"testing"
	"time"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/event"
	"laurel/engine/ledger"
	"laurel/engine/member"
	"laurel/engine/message"
	"laurel/engine/rest"
	"laurel/engine/rest/resttest"
)

// world is a community with channels whose gate the tests hold in their hands.
type world struct {
	*rest.Kit
	s         *message.Service
	ledger    *ledger.Service
	members   *member.Service
	clock     *resttest.Clock
	home      api.Community
	channels  map[string]message.Channel
	forbidden map[message.Act]bool // for members
	key       func(t testing.TB, permissions ...api.Permission) string
}

const (
	general = "aaaaaaaaaaaaaaaaaaaaaaa1"
	secret  = "aaaaaaaaaaaaaaaaaaaaaaa2"
	forum   = "aaaaaaaaaaaaaaaaaaaaaaa3"
	whisper = "aaaaaaaaaaaaaaaaaaaaaaa4"
	alerts  = "aaaaaaaaaaaaaaaaaaaaaaa5"
	slow    = "aaaaaaaaaaaaaaaaaaaaaaa6"
	theTale = "bbbbbbbbbbbbbbbbbbbbbbb1"
)

var (
	errChannel = api.NewError(api.NotFound, "channel_not_found", "No channel has that id.")
	errMay     = api.NewError(api.Forbidden, "not_allowed", "Your role does not allow that.")
)

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	clock := resttest.NewClock()
	k := resttest.Kit(t, d, clock)
	box, err := auth.NewKeyring(auth.MasterKey{1})
	if err != nil {
		t.Fatal(err)
	}
	communities := community.New(k, box)
	w := &world{Kit: k, clock: clock, forbidden: map[message.Act]bool{}}
	w.members = member.New(k, communities, nil, member.Config{})
	w.ledger = ledger.New(k, communities, w.members)
	communities.OnCreate = w.ledger.Defaults
	w.s = message.New(k, communities, w.members, w.ledger, event.NewHub(), "https://laurel.example")
	w.channels = map[string]message.Channel{
		general: {ID: general, Name: "general", Type: "open"}, secret: {ID: secret, Name: "secret", Type: "open"},
		forum: {ID: forum, Name: "forum", Type: "forum"}, whisper: {ID: whisper, Name: "feedback", Type: "whisper"},
		alerts: {ID: alerts, Name: "alerts", Type: "open"}, slow: {ID: slow, Name: "slow", Type: "open", SlowMode: 10 * time.Second},
	}
	w.s.Gate = w.gate()
	w.s.Routes()
	w.home, _, err = communities.Create(t.Context(), community.Draft{Name: "Northwind", URI: "northwind", Timezone: "Europe/Lisbon"})
	if err != nil {
		t.Fatal(err)
	}
	w.key = func(t testing.TB, permissions ...api.Permission) string {
		t.Helper()
		made, err := communities.IssueKey(t.Context(), w.home.ID, community.KindCommunity, "", api.NewAPIKey{Name: "test", Permissions: permissions})
		if err != nil {
			t.Fatal(err)
		}
		return made.Key
	}
	return w
}

// gate lets members do everything outside the secret channel but what is
// forbidden; admins do everything.
func (w *world) gate() message.Gate {
	may := func(_ context.Context, _ string, who member.Ref, ch message.Channel, act message.Act) error {
		switch {
		case who.Role != api.RoleMember:
			return nil
		case ch.ID == secret, w.forbidden[act], act == message.ActWhisper, act == message.ActSkipSlow, act == message.ActDelete, act == message.ActPin:
			return errMay
		}
		return nil
	}
	return message.Gate{
		May: may,
		Channel: func(_ context.Context, communityID, id string) (message.Channel, error) {
			ch, ok := w.channels[id]
			if !ok || communityID != w.home.ID {
				return ch, errChannel
			}
			return ch, nil
		},
		Channels: func(ctx context.Context, communityID string, who *member.Ref) ([]message.Channel, error) {
			var out []message.Channel
			for _, id := range []string{general, secret, forum, whisper, alerts, slow} {
				if who == nil || may(ctx, communityID, *who, w.channels[id], message.ActView) == nil {
					out = append(out, w.channels[id])
				}
			}
			return out, nil
		},
		Topic: func(_ context.Context, _, _, id string) error {
			if id != theTale {
				return api.NewError(api.NotFound, "topic_not_found", "No topic has that id.")
			}
			return nil
		},
		Role: func(_ context.Context, _, name string) (string, bool) {
			return "ccccccccccccccccccccccc1", name == "traders"
		},
	}
}

// member makes a member of the role.
func (w *world) member(t testing.TB, name string, role api.Role) member.Ref {
	t.Helper()
	r := member.Ref{ID: api.NewID(), Username: name, Role: role}
	err := w.DB().Write(context.Background(), func(ctx context.Context, tx *db.Tx) error {
		return tx.QueryRow(ctx, `INSERT INTO members (community_id, id, no, username, username_key, email, email_key, role, created_at, updated_at)
			VALUES ($1,$2,(SELECT COALESCE(max(no),0)+1 FROM members WHERE community_id = $1),$3,$3,$4,$4,$5,$6,$6) RETURNING no`,
			w.home.ID, r.ID, name, name+"@example.com", string(role), db.Micros(w.Now())).Scan(&r.No)
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// signIn gives a user token of the member.
func (w *world) signIn(t testing.TB, who member.Ref) string {
	t.Helper()
	token, claims, err := w.Tokens().Sign(who.ID, w.home.ID)
	if err != nil {
		t.Fatal(err)
	}
	err = w.DB().Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO logins (jti, community_id, member_id, created_at, expires_at) VALUES ($1,$2,$3,$4,$5)`,
			claims.ID, w.home.ID, who.ID, db.Micros(w.Now()), db.Micros(claims.ExpiresAt))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// say posts a message and gives its id.
func (w *world) say(t testing.TB, credential, channel, body string) string {
	t.Helper()
	return resttest.Call(t, w, "POST", "/v1/messages/send", credential, api.SendMessage{ChannelID: channel, Message: body}).Want(t, 200).Text("data.id")
}

// bodies are the texts of a reply's messages.
func bodies(r resttest.Reply) []string {
	list, _ := r.At("data.messages").([]any)
	out := make([]string, len(list))
	for i, m := range list {
		out[i], _ = m.(map[string]any)["message"].(string)
	}
	return out
}
