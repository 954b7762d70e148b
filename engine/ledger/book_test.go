package ledger_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/ledger"
	"laurel/engine/ledger/rule"
	"laurel/engine/member"
	"laurel/engine/rest/resttest"
)

func TestWalletsAreAdjustedByHand(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		key := w.key(t, api.PermManageUser, api.PermGetUserStats)
		w.people(t, 1)
		path := "/v1/users/m1/wallet"
		adjust := func(unit, op string, amount int64) resttest.Reply {
			return resttest.Call(t, w, "POST", path, key, map[string]any{"unit": unit, "op": op, "amount": amount, "reason": "Goodwill"})
		}
		if got := adjust("coins", "add", 50).Want(t, 200); got.At("data.coins") != 50.0 || got.At("data.balance.coins") != 50.0 {
			t.Errorf("got %s", got.Raw)
		}
		adjust("coins", "subtract", 51).Want(t, 409, "insufficient_funds")
		adjust("coins", "subtract", 20).Want(t, 200)
		if got := adjust("xp", "overwrite", 700).Want(t, 200); got.At("data.balance.level") != 4.0 {
			t.Errorf("got %s", got.Raw)
		}
		adjust("xp", "overwrite", 600).Want(t, 200)
		adjust("gold", "add", 1).Want(t, 400)
		adjust("coins", "add", -1).Want(t, 400)
		adjust("coins", "add", 1_000_000_000_001).Want(t, 400)
		resttest.Call(t, w, "POST", path, w.key(t, api.PermGetUserStats), map[string]any{}).Want(t, 403)
		resttest.Call(t, w, "POST", "/v1/users/nobody/wallet", key, map[string]any{"unit": "xp", "op": "add", "amount": 1, "reason": "x"}).Want(t, 404)
		again := map[string]any{"unit": "premium", "op": "add", "amount": 5, "reason": "x"}
		for range 2 {
			got := resttest.Call(t, w, "POST", path, key, again, "Idempotency-Key: k").Want(t, 200)
			if got.At("data.balance.premium") != 5.0 {
				t.Errorf("got %s", got.Raw)
			}
		}
		admin := w.signIn(t, w.member(t, w.home.ID, "boss", api.RoleAdmin))
		audit := readAudit(t, w)
		want := []string{
			`{"xp":0,"coins":30,"premium":0,"reason":"Goodwill"}`,
			`{"xp":0,"coins":50,"premium":0,"reason":"Goodwill"}`,
			`{"xp":600,"coins":30,"premium":0,"reason":"Goodwill"}`,
			`{"xp":600,"coins":30,"premium":5,"reason":"x"}`,
			`{"xp":700,"coins":30,"premium":0,"reason":"Goodwill"}`,
		}
		if !slices.Equal(audit, want) {
			t.Errorf("audit log: got %q, want %q", audit, want)
		}
		progress := resttest.Call(t, w, "GET", "/v1/users/m1/progress", admin, nil).Want(t, 200)
		if progress.At("data.level") != 4.0 || progress.At("data.nextLevelXp") != 1000.0 || progress.Text("data.tier.name") != "Silver" || progress.Text("data.nextTier.name") != "Gold" {
			t.Errorf("got %s", progress.Raw)
		}
		w.balanced(t)
	})
}

func readAudit(t *testing.T, w *world) []string {
	t.Helper()
	rows, err := w.DB().Read().Query(t.Context(), `SELECT after FROM audit_log WHERE action = 'wallet.adjust' ORDER BY after`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var after string
		if err := rows.Scan(&after); err != nil {
			t.Fatal(err)
		}
		out = append(out, after)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAWalletHasLimits(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	who := w.people(t, 1)[0]
	top := api.Adjustment{Unit: api.UnitXP, Op: "overwrite", Amount: rule.MaxPoints - 4, Reason: "x"}
	if _, err := w.s.Adjust(t.Context(), w.home.ID, who, top); err != nil {
		t.Fatal(err)
	}
	if got := w.record(t, w.act(who, "message", 0))[0]; got.XP != 4 || got.Balance.XP != rule.MaxPoints {
		t.Errorf("got %d XP and balance %d, want the reward cut to 4", got.XP, got.Balance.XP)
	}
	_, err := w.s.Adjust(t.Context(), w.home.ID, who, api.Adjustment{Unit: api.UnitXP, Op: "add", Amount: 1, Reason: "x"})
	if !errors.Is(err, &api.Error{Code: "balance_limit"}) {
		t.Errorf("got %v, want balance_limit", err)
	}
	w.balanced(t)
}

// TestFollowersSeeEveryEntryOnceInOrder mixes acts, adjustments and postings
// of other nouns; one committer never says that it has committed.
func TestFollowersSeeEveryEntryOnceInOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		people := w.people(t, 4)
		var mu sync.Mutex
		var seen []int64
		w.s.Follow = func(entries []ledger.Entry) [][]api.RankChange {
			mu.Lock()
			defer mu.Unlock()
			out := make([][]api.RankChange, len(entries))
			for i, e := range entries {
				seen = append(seen, e.Seq)
				out[i] = []api.RankChange{{NewRank: int(e.Seq)}}
			}
			return out
		}
		var all sync.WaitGroup
		for i := range 40 {
			all.Go(func() {
				who := people[i%4]
				if i%2 == 0 {
					award := w.record(t, w.act(who, "refer", 0))[0]
					if len(award.Ranks) != 1 || api.SeqID(int64(award.Ranks[0].NewRank)) != award.ID {
						t.Errorf("award %s got the ranks of another: %+v", award.ID, award.Ranks)
					}
					return
				}
				entries := post(t, w, ledger.Posting{Member: who, Action: "prize", Coins: 3, Source: "system"})
				if i%5 != 0 {
					w.s.Committed(t.Context(), entries)
				}
			})
		}
		all.Wait()
		w.record(t, w.act(people[0], "refer", 0))
		for i, seq := range seen {
			if seq != int64(i+1) {
				t.Fatalf("got %v, want 1 to 41 in order", seen)
			}
		}
		if len(seen) != 41 {
			t.Errorf("got %d entries, want 41", len(seen))
		}
		w.balanced(t)
	})
}

func post(t *testing.T, w *world, p ...ledger.Posting) (entries []ledger.Entry) {
	t.Helper()
	err := w.DB().Write(context.Background(), func(ctx context.Context, tx *db.Tx) (err error) {
		entries, err = w.s.Post(ctx, tx, w.home.ID, p)
		return err
	})
	if err != nil {
		t.Error(err)
	}
	return entries
}

func TestPostingsAreAllOrNone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		who := w.people(t, 1)[0]
		give := ledger.Posting{Member: who, Action: "prize", Coins: 10}
		take := ledger.Posting{Member: who, Action: "purchase", Coins: -25}
		try := func(p ...ledger.Posting) error {
			return w.DB().Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
				_, err := w.s.Post(ctx, tx, w.home.ID, p)
				return err
			})
		}
		if err := try(give, take); !errors.Is(err, &api.Error{Code: "insufficient_funds"}) {
			t.Errorf("got %v, want insufficient_funds", err)
		}
		if last, _ := w.s.Last(t.Context(), w.home.ID); last != 0 {
			t.Errorf("got %d entries, want none", last)
		}
		take.Overdraft = true
		if err := try(give, take); err != nil {
			t.Fatal(err)
		}
		entries, err := w.s.Since(t.Context(), w.home.ID, 1, 10)
		if err != nil || len(entries) != 1 || entries[0].CoinsAfter != -15 || entries[0].Counts {
			t.Errorf("got %+v, %v", entries, err)
		}
		w.balanced(t)
	})
}

func TestFieldValuesAreKeptForBoards(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		who := w.people(t, 1)[0]
		if err := w.s.RecordValue(t.Context(), w.home.ID, who, "field:deposits", -42); err != nil {
			t.Fatal(err)
		}
		entries, err := w.s.Since(t.Context(), w.home.ID, 0, 10)
		if err != nil || len(entries) != 1 || entries[0].Action != "field:deposits" || entries[0].Value != -42 || !entries[0].Counts || entries[0].MemberNo != who.No {
			t.Errorf("got %+v, %v", entries, err)
		}
		logs := resttest.Call(t, w, "POST", "/v1/gamification/logs", w.key(t, api.PermGetUserStats), map[string]any{"identifier": "m1"}).Want(t, 200)
		if got := logs.At("data.entries").([]any); len(got) != 0 {
			t.Errorf("logs show %v", got)
		}
	})
}

func TestHistoryFollowsTheRules(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		people := w.people(t, 20)
		start := resttest.Start().Add(-90 * 24 * time.Hour)
		var acts []ledger.Act
		for i := range 6000 {
			a := ledger.Act{Member: people[i%20], Action: "visit", Source: "demo", OccurredAt: start.Add(time.Duration(5999-i) * 20 * time.Minute)}
			acts = append(acts, a)
		}
		acts[0].Reference = "first"
		if n, err := w.s.Bulk(t.Context(), w.home.ID, acts); err != nil || n != 6000 {
			t.Fatalf("got %d, %v", n, err)
		}
		if n, err := w.s.Bulk(t.Context(), w.home.ID, acts[:1]); err != nil || n != 0 {
			t.Errorf("repeated: got %d, %v; want nothing new", n, err)
		}
		wallets, err := w.s.Wallets(t.Context(), w.home.ID, []string{people[0].ID})
		if got := wallets[people[0].ID]; err != nil || got.Visits != 300 || got.XP != 5*84 {
			t.Errorf("got %+v, %v; want 84 paid days", got, err)
		}
		entries, err := w.s.Since(t.Context(), w.home.ID, 0, 1)
		if err != nil || !entries[0].CreatedAt.Equal(start) {
			t.Errorf("got %+v, %v; want the first act dated as it occurred", entries, err)
		}
		if _, err := w.s.Bulk(t.Context(), w.home.ID, []ledger.Act{{Member: people[0], Action: "dance", OccurredAt: start}}); !errors.Is(err, &api.Error{Code: "unknown_action"}) {
			t.Errorf("got %v, want unknown_action", err)
		}
		w.balanced(t)
	})
}

func TestVerifyNamesWhatIsWrong(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, c := range []struct {
			name, sql string
			want      ledger.Fault
		}{
			{"balance", `UPDATE balances SET coins = coins + 7 WHERE member_no = 2`, ledger.Fault{What: "coins balance", Got: 27, Want: 20}},
			{"counter", `UPDATE balances SET messages = 9 WHERE member_no = 1`, ledger.Fault{What: "message count", Got: 9, Want: 1}},
			{"delta", `UPDATE ledger SET xp = xp + 1 WHERE seq = 2`, ledger.Fault{Seq: 2, What: "xp after the entry", Got: 100, Want: 101}},
			{"gap", `DELETE FROM ledger WHERE seq = 3`, ledger.Fault{Seq: 3, What: "number of entries", Got: 3, Want: 4}},
			{"tail", `DELETE FROM ledger WHERE seq = 4`, ledger.Fault{What: "counter of entries", Got: 4, Want: 3}},
			{"no balance", `DELETE FROM balances WHERE member_no = 2`, ledger.Fault{What: "number of balances", Want: 1}},
		} {
			t.Run(c.name, func(t *testing.T) {
				w := worldOnce(t, d)
				people := []member.Ref{w.member(t, w.home.ID, c.name+"1", api.RoleMember), w.member(t, w.home.ID, c.name+"2", api.RoleMember)}
				w.record(t, w.act(people[0], "message", 0), w.act(people[1], "refer", 0), w.act(people[0], "visit", 0), w.act(people[0], "picture", 0))
				w.balanced(t)
				tamper(t, w, c.sql)
				report, err := w.s.Verify(t.Context())
				if err != nil || report.OK() {
					t.Fatalf("got %+v, %v; want faults", report, err)
				}
				for _, f := range report.Faults {
					f.CommunityID, f.MemberID = "", ""
					if f == c.want {
						return
					}
				}
				t.Errorf("got %v, want %+v among them", report.Faults, c.want)
			})
		}
	})
}

// worldOnce makes a further community in an empty ledger.
func worldOnce(t *testing.T, d *db.DB) *world {
	t.Helper()
	for _, table := range []string{"ledger", "balances", "counters", "communities"} {
		if err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, "DELETE FROM "+table)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	return newWorld(t, d)
}

func tamper(t *testing.T, w *world, sql string) {
	t.Helper()
	if err := w.DB().Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, sql)
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
