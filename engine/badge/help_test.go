package badge_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"mime/multipart"
	"testing"
	"time"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/badge"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/event"
	"laurel/engine/ledger"
	"laurel/engine/member"
	"laurel/engine/rest"
	"laurel/engine/rest/resttest"
)

// world is a community with a ledger and badges that nobody follows by
// himself: tests say when.
type world struct {
	*rest.Kit
	s       *badge.Service
	members *member.Service
	ledger  *ledger.Service
	clock   *resttest.Clock
	home    api.Community
	key     string                // the system key, as Call takes it
	again   func() *badge.Service // as after a restart
	homes   *community.Service
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	clock := resttest.NewClock()
	k := resttest.Kit(t, d, clock)
	box, err := auth.NewKeyring(auth.MasterKey{1})
	if err != nil {
		t.Fatal(err)
	}
	homes := community.New(k, box)
	mailer := event.NewMailer(d, clock.Now, k.Log(), event.MailConfig{Seal: box.Seal, Open: box.Open})
	w := &world{Kit: k, clock: clock, homes: homes, members: member.New(k, homes, mailer, member.Config{Hasher: auth.NewHasher(auth.CheapParams(), 2)})}
	w.ledger = ledger.New(k, homes, w.members)
	homes.OnCreate = w.ledger.Defaults
	w.again = func() *badge.Service { return badge.New(k, homes, w.members, w.ledger, "https://club.example.com") }
	w.s = w.again()
	w.members.Badges, w.ledger.Badges = w.s.FacesOf, w.s.HeldFaces
	w.members.Routes()
	w.s.Routes()
	var secrets community.Secrets
	if w.home, secrets, err = homes.Create(t.Context(), community.Draft{Name: "Northwind Traders", URI: "northwind"}); err != nil {
		t.Fatal(err)
	}
	w.key = "key:" + secrets.SystemKey
	return w
}

func (w *world) join(t testing.TB, name string) member.Ref {
	t.Helper()
	if _, err := w.members.Create(t.Context(), w.home.ID, api.NewUser{Username: name, Email: name + "@example.com"}); err != nil {
		t.Fatal(err)
	}
	ref, err := w.members.Resolve(t.Context(), w.home.ID, name)
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

// as is a key that acts as the member.
func (w *world) as(t testing.TB, who member.Ref) string {
	t.Helper()
	key, err := w.homes.IssueKey(t.Context(), w.home.ID, community.KindUser, who.ID, api.NewAPIKey{Name: "own", Permissions: api.UserPermissions()})
	if err != nil {
		t.Fatal(err)
	}
	return key.Key
}

func (w *world) act(t testing.TB, who member.Ref, action string, n int) {
	t.Helper()
	for range n {
		w.clock.Advance(time.Hour)
		if _, err := w.ledger.RecordOne(t.Context(), w.home.ID, ledger.Act{Member: who, Action: action}); err != nil {
			t.Fatal(err)
		}
	}
}

// make makes a badge as the system key does.
func (w *world) make(t testing.TB, in api.BadgeInput) api.Badge {
	t.Helper()
	b, err := w.s.Create(t.Context(), w.home.ID, in)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (w *world) catchUp(t testing.TB, s *badge.Service) {
	t.Helper()
	if err := s.CatchUp(t.Context(), w.home.ID); err != nil {
		t.Fatal(err)
	}
}

func (w *world) wallet(t testing.TB, who member.Ref) api.Wallet {
	t.Helper()
	got, err := w.ledger.Wallets(t.Context(), w.home.ID, []string{who.ID})
	if err != nil {
		t.Fatal(err)
	}
	return got[who.ID]
}

// titles are what a member holds, newest first.
func (w *world) titles(t testing.TB, who member.Ref) []string {
	t.Helper()
	held, err := w.s.Held(t.Context(), w.home.ID, who.ID)
	if err != nil {
		t.Fatal(err)
	}
	out := []string{}
	for _, h := range held {
		out = append(out, h.Title)
	}
	return out
}

// sound fails the test unless the books balance.
func (w *world) sound(t testing.TB) {
	t.Helper()
	report, err := w.ledger.Verify(context.Background())
	if err != nil || len(report.Faults) > 0 {
		t.Errorf("the books: %+v, %v", report, err)
	}
}

func ptr[T any](v T) *T { return &v }

// drawn is a PNG of a size.
func drawn(t testing.TB, width, height int) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	for i := range min(width, height) {
		m.Set(i, i, color.NRGBA{200, 40, 40, 255})
	}
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// form is a multipart body with a note and files of one field.
func form(t testing.TB, note, field string, files ...[]byte) (body []byte, header string) {
	t.Helper()
	var out bytes.Buffer
	f := multipart.NewWriter(&out)
	if note != "" {
		if err := f.WriteField("note", note); err != nil {
			t.Fatal(err)
		}
	}
	for _, content := range files {
		part, err := f.CreateFormFile(field, `C:\trades\"statement".png`)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), "Content-Type: " + f.FormDataContentType()
}
