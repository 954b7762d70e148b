package leaderboard_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/event"
	"laurel/engine/leaderboard"
	"laurel/engine/ledger"
	"laurel/engine/member"
	"laurel/engine/rest"
	"laurel/engine/rest/resttest"
)

// world is a community in Lisbon with its boards and a few members.
type world struct {
	*rest.Kit
	d           *db.DB
	s           *leaderboard.Service
	ledger      *ledger.Service
	communities *community.Service
	members     *member.Service
	hub         *event.Hub
	clock       *resttest.Clock
	home        string
	key         string // community key with the permission leaderboard
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := openWorld(t, d, resttest.NewClock())
	w.home, w.key = w.community(t, "northwind")
	return w
}

// newWorldIn is a community in a zone, made at a moment.
func newWorldIn(t testing.TB, d *db.DB, zone string, at time.Time) *world {
	t.Helper()
	clock := resttest.NewClock()
	clock.Advance(at.Sub(clock.Now()))
	w := openWorld(t, d, clock)
	w.home, w.key = w.communityIn(t, "c"+api.NewID(), zone)
	return w
}

// openWorld is the product over a database that may hold something already.
func openWorld(t testing.TB, d *db.DB, clock *resttest.Clock) *world {
	t.Helper()
	k := resttest.Kit(t, d, clock)
	box, err := auth.NewKeyring(auth.MasterKey{1})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{Kit: k, d: d, clock: clock, communities: community.New(k, box), hub: event.NewHub()}
	w.members = member.New(k, w.communities, nil, member.Config{Hasher: auth.NewHasher(auth.CheapParams(), 1)})
	w.ledger = ledger.New(k, w.communities, w.members)
	w.s = leaderboard.New(k, w.communities, w.members, w.ledger, w.hub)
	w.communities.OnCreate = w.ledger.Defaults
	w.ledger.Follow, w.members.OnChange = w.s.Follow, w.s.MemberChanged
	w.members.Routes()
	w.ledger.Routes()
	w.s.Routes()
	return w
}

// again is the same product after a restart; nothing was written at the end.
func (w *world) again(t testing.TB) *world {
	t.Helper()
	next := openWorld(t, w.d, w.clock)
	next.home, next.key = w.home, w.key
	return next
}

func (w *world) community(t testing.TB, uri string) (id, key string) {
	t.Helper()
	return w.communityIn(t, uri, "Europe/Lisbon")
}

func (w *world) communityIn(t testing.TB, uri, zone string) (id, key string) {
	t.Helper()
	c, _, err := w.communities.Create(t.Context(), community.Draft{Name: uri, URI: uri, Timezone: zone})
	if err != nil {
		t.Fatal(err)
	}
	k, err := w.communities.IssueKey(t.Context(), c.ID, community.KindCommunity, "",
		api.NewAPIKey{Name: "test", Permissions: []api.Permission{api.PermLeaderboard, api.PermManageUser, api.PermCreateUser, api.PermUserFields}})
	if err != nil {
		t.Fatal(err)
	}
	return c.ID, k.Key
}

// people makes n members named m1, m2, …
func (w *world) people(t testing.TB, n int) []member.Ref {
	t.Helper()
	seeds := make([]member.Seed, n)
	for i := range seeds {
		seeds[i].Username = fmt.Sprintf("m%d", i+1)
	}
	return w.seed(t, seeds...)
}

func (w *world) seed(t testing.TB, seeds ...member.Seed) []member.Ref {
	t.Helper()
	refs, err := w.members.CreateMany(context.Background(), w.home, seeds)
	if err != nil {
		t.Fatal(err)
	}
	return refs
}

// signIn gives a user token of the member.
func (w *world) signIn(t testing.TB, who member.Ref) string {
	t.Helper()
	token, claims, err := w.Tokens().Sign(who.ID, w.home)
	if err != nil {
		t.Fatal(err)
	}
	err = w.DB().Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO logins (jti, community_id, member_id, created_at, expires_at) VALUES ($1,$2,$3,$4,$5)`,
			claims.ID, w.home, who.ID, db.Micros(w.Now()), db.Micros(claims.ExpiresAt))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// draft is a request that makes a board by XP for all time, with changes.
func draft(changes map[string]any) map[string]any {
	body := map[string]any{
		"name": "Champions", "rankingField": "xps", "startDate": "2020-01-01", "isEnabled": true,
		"displayedColumns": []map[string]any{{"column": "user", "visible": true, "order": 0}, {"column": "score", "visible": true, "order": 1}},
	}
	for k, v := range changes {
		if v == nil {
			delete(body, k)
		} else {
			body[k] = v
		}
	}
	return body
}

// board makes a board and gives its id.
func (w *world) board(t testing.TB, changes map[string]any) string {
	t.Helper()
	got := resttest.Call(t, w, "POST", "/v1/leaderboards", w.key, draft(changes)).Want(t, 201)
	id := got.Text("data._id")
	w.load(t, id)
	return id
}

// load waits until a board answers.
func (w *world) load(t testing.TB, id string) {
	t.Helper()
	for range 100 {
		_, err := w.s.Standings(context.Background(), w.home, id, api.StandingsQuery{}, "")
		if err == nil {
			return
		}
		if !api.IsKind(err, api.Unavailable) {
			t.Fatal(err)
		}
	}
	t.Fatal("the board does not load")
}

// gain is an entry that brings XP, so long after the world's now.
func (w *world) gain(who member.Ref, xp int64, after time.Duration) ledger.Entry {
	return ledger.Entry{MemberID: who.ID, MemberNo: who.No, Action: "message", XP: xp, Counts: true, OccurredAt: w.Now().Add(after)}
}

// post writes entries into the ledger as they are, and hands them on.
func (w *world) post(t testing.TB, entries ...ledger.Entry) [][]api.RankChange {
	t.Helper()
	w.write(t, entries)
	return w.s.Follow(entries)
}

// write numbers entries and puts them into the ledger.
func (w *world) write(t testing.TB, entries []ledger.Entry) {
	t.Helper()
	err := w.DB().Write(context.Background(), func(ctx context.Context, tx *db.Tx) error {
		var last int64
		err := tx.QueryRow(ctx, `INSERT INTO counters (community_id, name, n) VALUES ($1, 'ledger', $2)
			ON CONFLICT (community_id, name) DO UPDATE SET n = counters.n + excluded.n RETURNING n`, w.home, len(entries)).Scan(&last)
		if err != nil {
			return err
		}
		for i := range entries {
			e := &entries[i]
			e.CommunityID, e.Seq, e.CreatedAt = w.home, last-int64(len(entries)-1-i), w.Now()
			if e.Action == "" {
				e.Action = "message"
			}
			_, err := tx.Exec(ctx, `INSERT INTO ledger (community_id, seq, member_id, member_no, action, xp, coins, premium, value, counts, occurred_at, created_at)
				VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`, e.CommunityID, e.Seq, e.MemberID, e.MemberNo, e.Action, e.XP, e.Coins, e.Premium,
				e.Value, e.Counts, db.Micros(e.OccurredAt), db.Micros(e.CreatedAt))
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// forgetProjection drops all that was written down of boards' standings.
func (w *world) forgetProjection(t testing.TB) {
	t.Helper()
	err := w.DB().Write(context.Background(), func(ctx context.Context, tx *db.Tx) error {
		for _, table := range []string{"board_scores", "board_marks", "board_periods", "board_mornings"} {
			if _, err := tx.Exec(ctx, "DELETE FROM "+table+" WHERE community_id = $1", w.home); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
