package ledger_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/ledger"
	"laurel/engine/rest/resttest"
)

func TestAnActIsPaidByItsRule(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		key := w.key(t, api.PermActivities)
		w.people(t, 1)
		got := resttest.Call(t, w, "POST", "/apis/v1/activities", key, map[string]any{"user": "m1", "action": "message"}).Want(t, 200)
		if got.Text("data.status") != "awarded" || got.At("data.xp") != 10.0 || got.At("data.balance.messages") != 1.0 || got.At("data.balance.level") != 1.0 {
			t.Errorf("got %s", got.Raw)
		}
		got = resttest.Call(t, w, "POST", "/v1/activities", key, map[string]any{"user": "m1@example.com", "action": "message"}).Want(t, 200)
		if got.Text("data.status") != "cooldown" || got.At("data.xp") != 0.0 || got.At("data.balance.messages") != 2.0 || got.At("data.balance.xp") != 10.0 {
			t.Errorf("in cooldown got %s", got.Raw)
		}
		got = resttest.Call(t, w, "POST", "/v1/activities", key, map[string]any{"user": "1", "action": "picture"}).Want(t, 200)
		if got.Text("data.status") != "disabled" {
			t.Errorf("switched off got %s", got.Raw)
		}
		w.balanced(t)
	})
}

func TestBadActivitiesNameTheField(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	key := w.key(t, api.PermActivities)
	w.people(t, 1)
	for _, c := range []struct {
		name, body, code string
		status           int
	}{
		{"garbage", `{`, "body_malformed", 400},
		{"no body", ``, "", 400},
		{"a number", `5`, "body_malformed", 400},
		{"empty list", `[]`, "invalid_activities", 400},
		{"no user", `{"action":"message"}`, "invalid_user", 400},
		{"no action", `{"user":"m1"}`, "invalid_action", 400},
		{"user of another type", `{"user":5,"action":"message"}`, "invalid_user", 400},
		{"value of another type", `{"user":"m1","action":"message","value":"x"}`, "invalid_value", 400},
		{"bad time", `{"user":"m1","action":"message","occurredAt":"soon"}`, "invalid_occurred_at", 400},
		{"too old", `{"user":"m1","action":"message","occurredAt":"2026-11-22T09:29:59Z"}`, "invalid_occurred_at", 400},
		{"too early", `{"user":"m1","action":"message","occurredAt":"2026-11-23T09:35:01Z"}`, "invalid_occurred_at", 400},
		{"long key", `{"user":"m1","action":"message","idempotencyKey":"` + strings.Repeat("k", 201) + `"}`, "invalid_idempotency_key", 400},
		{"control character", `{"user":"m1","action":"message","idempotencyKey":"a\u0000b"}`, "invalid_idempotency_key", 400},
		{"unknown action", `{"user":"m1","action":"dance"}`, "unknown_action", 400},
		{"reserved action", `{"user":"m1","action":"adjustment"}`, "unknown_action", 400},
		{"unknown user", `{"user":"nobody","action":"message"}`, "user_not_found", 404},
	} {
		t.Run(c.name, func(t *testing.T) {
			resttest.Call(t, w, "POST", "/v1/activities", key, c.body).Want(t, c.status, func() []string {
				if c.code == "" {
					return nil
				}
				return []string{c.code}
			}()...)
		})
	}
	many := make([]map[string]any, 501)
	for i := range many {
		many[i] = map[string]any{"user": "m1", "action": "message"}
	}
	resttest.Call(t, w, "POST", "/v1/activities", key, many).Want(t, 400, "invalid_activities")
	resttest.Call(t, w, "POST", "/v1/activities", w.key(t, api.PermGetUserData), `{"user":"m1","action":"message"}`).Want(t, 403, "missing_permission")
	resttest.Call(t, w, "POST", "/v1/activities", "", `{"user":"m1","action":"message"}`).Want(t, 401)
	if n, err := w.s.Last(t.Context(), w.home.ID); err != nil || n != 0 {
		t.Errorf("got %d entries, %v; want none", n, err)
	}
}

func TestOfManyOnlyTheBadOnesFail(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		key := w.key(t, api.PermActivities)
		w.people(t, 50)
		many := make([]map[string]any, 500)
		for i := range many {
			many[i] = map[string]any{"user": fmt.Sprintf("m%d", i%50+1), "action": "refer", "idempotencyKey": fmt.Sprintf("k%d", i)}
		}
		many[7]["user"], many[8]["action"], many[9]["occurredAt"], many[11]["user"] = "nobody", "dance", "yesterday", 5
		many[10]["idempotencyKey"] = "k6"
		got := resttest.Call(t, w, "POST", "/v1/activities", key, map[string]any{"activities": many}).Want(t, 200)
		awards := got.At("data").([]any)
		for i, field := range map[int]string{7: "user", 8: "action", 9: "occurredAt", 10: "idempotencyKey", 11: "user"} {
			a := awards[i].(map[string]any)
			if e, _ := a["error"].(map[string]any); a["status"] != "failed" || e["field"] != field {
				t.Errorf("award %d: got %v, want failed on %s", i, a, field)
			}
		}
		last := awards[499].(map[string]any)
		if last["status"] != "awarded" || last["balance"].(map[string]any)["referrals"] != 10.0 {
			t.Errorf("got %v", last)
		}
		if n, _ := w.s.Last(t.Context(), w.home.ID); n != 495 {
			t.Errorf("got %d entries, want 495", n)
		}
		w.balanced(t)
	})
}

func TestOneKeyPaysOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.s.Follow = func(entries []ledger.Entry) [][]api.RankChange {
			out := make([][]api.RankChange, len(entries))
			for i, e := range entries {
				out[i] = []api.RankChange{{LeaderboardID: "b", NewRank: int(e.Seq)}}
			}
			return out
		}
		key := w.key(t, api.PermActivities)
		w.people(t, 2)
		const n = 64
		replies := make([]string, n)
		var all sync.WaitGroup
		for i := range n {
			all.Go(func() {
				replies[i] = resttest.Call(t, w, "POST", "/v1/activities", key, `{"user":"m1","action":"message","value":3}`, "Idempotency-Key: once").Raw
			})
		}
		all.Wait()
		for i := range replies {
			if replies[i] != replies[0] || !strings.Contains(replies[i], `"newRank":1`) {
				t.Fatalf("reply %d differs: %s / %s", i, replies[i], replies[0])
			}
		}
		if got, _ := w.s.Last(t.Context(), w.home.ID); got != 1 {
			t.Errorf("got %d entries, want 1", got)
		}
		for _, other := range []string{`{"user":"m2","action":"message","value":3}`, `{"user":"m1","action":"reply","value":3}`, `{"user":"m1","action":"message","value":4}`} {
			resttest.Call(t, w, "POST", "/v1/activities", key, other, "Idempotency-Key: once").Want(t, 409, "idempotency_key_reused")
		}
		w.balanced(t)
	})
}

// TestAReplyIsRecalledFromTheLedger repeats acts after a restart, when no
// reply is remembered.
func TestAReplyIsRecalledFromTheLedger(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		who := w.people(t, 1)[0]
		var acts []ledger.Act
		for i, action := range []string{"visit", "message", "message", "picture", "visit", "refer"} {
			a := w.act(who, action, 0)
			a.Reference = fmt.Sprint("r", i)
			acts = append(acts, a)
		}
		first := w.record(t, acts...)
		w.record(t, w.act(who, "message", time.Minute), w.act(who, "visit", 0))
		again := ledger.New(w.Kit, w.communities, w.members)
		second, err := again.Record(t.Context(), w.home.ID, acts)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(first, second); diff != "" {
			t.Errorf("replies differ: %s", diff)
		}
	})
}
