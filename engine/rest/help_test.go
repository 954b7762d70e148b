package rest_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/db"
	"laurel/engine/rest"
	"laurel/engine/rest/resttest"
)

// shop is a noun of the tests' own: it keeps things.
type shop struct {
	*rest.Kit
	clock *resttest.Clock
	log   *lines
	hold  chan struct{} // slow answers when it is closed
	begun chan struct{} // slow has begun
}

// thing is what the shop keeps.
type thing struct {
	Name  string   `json:"name" minLength:"1" maxLength:"20"`
	Count int      `json:"count,omitempty" minimum:"0" maximum:"10"`
	Size  *size    `json:"size,omitempty"`
	Tags  []string `json:"tags,omitempty" maxItems:"3"`
}

type size struct {
	Width int `json:"width" minimum:"1"`
}

type thingInput struct{ Body thing }

type formInput struct {
	RawBody huma.MultipartFormFiles[struct {
		Picture huma.FormFile `form:"picture" contentType:"application/octet-stream,image/png" required:"true"`
	}]
}

// kept is what was read of a picture.
type kept struct {
	Bytes int `json:"bytes"`
}

type listInput struct {
	rest.Paging
}

// shopBody is how large a form the shop takes.
const shopBody = 2 << 20

func newShop(t testing.TB, d *db.DB, change ...func(*rest.Config)) *shop {
	t.Helper()
	clock, log := resttest.NewClock(), &lines{}
	tokens, err := auth.NewSigner(clock.Now, []byte("a test key that is 32 bytes long!"))
	if err != nil {
		t.Fatal(err)
	}
	c := rest.Config{DB: d, Clock: clock.Now, Log: slog.New(slog.NewTextHandler(log, nil)), Tokens: tokens, Version: "test"}
	for _, fn := range change {
		fn(&c)
	}
	s := &shop{Kit: rest.New(c), clock: clock, log: log, hold: make(chan struct{}), begun: make(chan struct{}, 16)}
	err = d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `CREATE TABLE things (name TEXT NOT NULL)`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	s.AddResolver(rest.Resolver{Prefix: "test_", Resolve: caller})
	s.routes()
	return s
}

// caller reads "test_COMMUNITY_KEY_PERMISSION".
func caller(_ context.Context, secret string) (rest.Caller, error) {
	part := strings.Split(secret, "_")
	if len(part) != 4 {
		return rest.Caller{}, api.NewError(api.Unauthenticated, "credential_invalid", "No.")
	}
	return rest.Caller{Kind: rest.CommunityKey, CommunityID: part[1], KeyID: part[2], Permissions: []api.Permission{api.Permission(part[3])}}, nil
}

// The callers of the tests.
const (
	keyOne   = "test_home_one_activities"
	keyTwo   = "test_home_two_activities"
	keyAway  = "test_away_one_activities"
	keyOther = "test_home_three_leaderboard"
)

func (s *shop) routes() {
	op := func(method, path, id string) rest.Op {
		return rest.Op{Method: method, Path: path, ID: id, Summary: id, Tag: "Things", Permission: api.PermActivities, Message: "Done."}
	}
	rest.Integration(s.Kit, op("POST", "/v1/things", "create-thing"), s.create)
	rest.PartnerList(s.Kit, op("GET", "/v1/things", "list-things"), s.list)
	secret := op("POST", "/v1/secrets", "create-secret")
	secret.Private = true
	rest.Integration(s.Kit, secret, s.create)
	form := op("POST", "/v1/pictures", "create-picture")
	form.MaxBody = shopBody
	rest.Integration(s.Kit, form, s.picture)
	rest.Integration(s.Kit, op("POST", "/v1/slow", "slow"), s.slow)
	rest.Integration(s.Kit, op("POST", "/v1/panic", "panic"), func(context.Context, *struct{}) (api.Empty, error) {
		panic("the password is swordfish")
	})
	rest.Integration(s.Kit, op("POST", "/v1/broken", "broken"), func(ctx context.Context, _ *struct{}) (api.Empty, error) {
		return api.Empty{}, s.DB().Write(ctx, func(context.Context, *db.Tx) error { return errors.New("the password is swordfish") })
	})
	rest.Integration(s.Kit, op("GET", "/v1/communities/{communityId}/things", "list-things-of"), func(context.Context, *struct {
		ID string `path:"communityId"`
	}) (api.Empty, error) {
		return api.Empty{}, nil
	})
}

func (s *shop) create(ctx context.Context, in *thingInput) (thing, error) {
	return in.Body, s.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO things (name) VALUES ($1)`, in.Body.Name)
		return err
	})
}

func (s *shop) list(_ context.Context, in *listInput) (rest.Page[thing], error) {
	return rest.PageOf(in.Paging, []thing{}, 0), nil
}

func (s *shop) picture(_ context.Context, in *formInput) (kept, error) {
	raw, err := io.ReadAll(in.RawBody.Data().Picture)
	return kept{len(raw)}, err
}

// slow waits until the test lets it go on, or its request ends.
func (s *shop) slow(ctx context.Context, _ *thingInput) (thing, error) {
	s.begun <- struct{}{}
	select {
	case <-s.hold:
		return thing{Name: "slow"}, ctx.Err()
	case <-ctx.Done():
		return thing{}, ctx.Err()
	}
}

// count is how many things there are.
func (s *shop) count(t testing.TB) (n int) {
	t.Helper()
	if err := s.DB().Read().QueryRow(t.Context(), `SELECT count(*) FROM things`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// lines keeps what is logged.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

// Write keeps the bytes.
func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// quickly gives bodies little time.
func quickly(c *rest.Config) { c.BodyTime = 50 * time.Millisecond }
