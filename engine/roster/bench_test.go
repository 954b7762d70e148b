package roster_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/member"
)

// BenchmarkFilter asks for pages of 200 by two random conditions each, through
// the whole operation: credential, filter, members with wallets, JSON. Members
// by LAUREL_BENCH_MEMBERS, 1,000,000 for the figure in BENCHMARKS.md.
func BenchmarkFilter(b *testing.B) {
	n, _ := strconv.Atoi(os.Getenv("LAUREL_BENCH_MEMBERS"))
	if n == 0 {
		n = 20_000
	}
	w := newWorld(b, dbtest.Open(b))
	key := w.key(b, api.CommunityPermissions()...)
	w.fields(b, key)
	r := rand.New(rand.NewPCG(3, 5))
	populate(b, w, r, n)
	start := time.Now()
	w.call(b, "POST", "/v1/users/filter", key, `{"filter":{"vip":true}}`).Want(b, 200)
	b.ReportMetric(float64(time.Since(start).Milliseconds()), "ms-to-load")
	for _, mode := range []string{"cursor", "page"} {
		b.Run(mode, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				body := map[string]any{"filter": twoConditions(r, n)}
				if mode == "page" {
					body["page"] = 1 + r.IntN(3)
				}
				raw, _ := json.Marshal(body)
				req, rec := httptest.NewRequestWithContext(b.Context(), "POST", "/v1/users/filter", bytes.NewReader(raw)), httptest.NewRecorder()
				req.Header.Set("Authorization", "Bearer "+key)
				req.Header.Set("Content-Type", "application/json")
				at := time.Now()
				w.ServeHTTP(rec, req)
				took = append(took, time.Since(at))
				if rec.Code != 200 {
					b.Fatal(rec.Body)
				}
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}

// twoConditions are of every kind and every selectivity, the worst included:
// two that let many through alone and hardly anybody together.
func twoConditions(r *rand.Rand, n int) map[string]any {
	all := []func() (string, any){
		func() (string, any) { return "country", pick(r, "PT", "ES", "DE", "JP") },
		func() (string, any) {
			lo := r.IntN(100_000)
			return "deposits", map[string]any{"gte": lo, "lte": lo + []int{10, 1000, 50_000}[r.IntN(3)]}
		},
		func() (string, any) { return "birthday", map[string]any{"gte": "1999-12-31", "lte": "2001-01-01"} },
		func() (string, any) { return "vip", true },
		func() (string, any) { return "xp", map[string]any{"gte": r.IntN(1_000_000)} },
		func() (string, any) {
			return "join_date", map[string]any{"gte": "2026-01-01", "lte": "2026-0" + strconv.Itoa(1+r.IntN(9)) + "-28"}
		},
		func() (string, any) { return "email", "M" + pad(r.IntN(n)) + "@example.com" },
		func() (string, any) { return "phone", "+351" + pad(r.IntN(n)) },
	}
	out := map[string]any{}
	for len(out) < 2 {
		name, value := all[r.IntN(len(all))]()
		out[name] = value
	}
	return out
}

func populate(b *testing.B, w *world, r *rand.Rand, n int) {
	b.Helper()
	made := 0
	for made < n {
		part := seeds(r, min(50_000, n-made), w.clock.Now())
		for i := range part {
			part[i].Username, part[i].Email = "m"+pad(made+i), "M"+pad(made+i)+"@example.com"
			part[i].Fields["phone"] = "+351" + pad(made+i)
			part[i].Fields["deposits"] = strconv.Itoa(r.IntN(100_000))
			if made == 0 && i == 0 {
				continue
			}
			part[i].CreatedAt = part[i].CreatedAt.Add(-time.Hour)
		}
		values := make([]map[string]string, len(part))
		for i := range part {
			values[i], part[i].Fields = part[i].Fields, nil // without a history of five million lines
		}
		refs, err := w.members.CreateMany(b.Context(), w.home.ID, part)
		if err != nil {
			b.Fatal(err)
		}
		fill(b, w, r, refs, values)
		made += len(part)
	}
	b.Logf("%d members", made)
}

// fill writes values and wallets as they are stored.
func fill(b *testing.B, w *world, r *rand.Rand, refs []member.Ref, values []map[string]string) {
	b.Helper()
	err := w.DB().Write(b.Context(), func(ctx context.Context, tx *db.Tx) error {
		for i, ref := range refs {
			raw, _ := json.Marshal(values[i])
			if _, err := tx.Exec(ctx, `UPDATE members SET custom = $3 WHERE community_id = $1 AND no = $2`, w.home.ID, ref.No, string(raw)); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `INSERT INTO balances (community_id, member_id, member_no, xp, coins) VALUES ($1,$2,$3,$4,$5)`,
				w.home.ID, ref.ID, ref.No, r.IntN(1_000_000), r.IntN(5000)); err != nil {
				return fmt.Errorf("wallet: %w", err)
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}
