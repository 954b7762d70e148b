package message_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/member"
	"laurel/engine/message"
	"laurel/engine/rest"
)

func benchEach(b *testing.B, fn func(b *testing.B, d *db.DB)) {
	b.Run("sqlite", func(b *testing.B) { fn(b, dbtest.Open(b)) })
	b.Run("postgres", func(b *testing.B) { fn(b, dbtest.OpenPostgres(b)) })
}

// BenchmarkSend measures durable messages of 32 callers and 1,000 members,
// with reward, unread counter and search words, without and with HTTP's part.
func BenchmarkSend(b *testing.B) { benchEach(b, benchSend) }

func benchSend(b *testing.B, d *db.DB) {
	w := newWorld(b, d)
	people := make([]member.Ref, 1000)
	for i := range people {
		people[i] = w.member(b, fmt.Sprintf("m%d", i+1), api.RoleMember)
	}
	took := times{}
	b.ResetTimer()
	took.run(b, 32, func(n int64) error {
		who := people[int(n*7919)%len(people)]
		ctx := rest.WithCaller(context.Background(), rest.Caller{Kind: rest.UserToken, CommunityID: w.home.ID, MemberID: who.ID, Role: api.RoleMember})
		_, err := w.s.Send(ctx, api.SendMessage{ChannelID: general, Message: fmt.Sprintf("Message %d: the daily candle closed above 1.0842, watching the retest", n)})
		return err
	})
	took.report(b, "messages/s")
}

// BenchmarkPage measures a page of 50 out of 100,000 messages of one channel,
// by the whole operation: credential, permission, query, JSON.
func BenchmarkPage(b *testing.B) { benchEach(b, benchPage) }

func benchPage(b *testing.B, d *db.DB) {
	w := newWorld(b, d)
	people := make([]member.Ref, 200)
	for i := range people {
		people[i] = w.member(b, fmt.Sprintf("m%d", i+1), api.RoleMember)
	}
	past := make([]message.Past, 100_000)
	for i := range past {
		past[i] = message.Past{Channel: general, Author: people[i%len(people)], Body: fmt.Sprintf("Message %d: watching the retest", i), At: w.Now().Add(time.Duration(i-len(past)) * time.Second)}
	}
	if _, err := w.s.Import(b.Context(), w.home.ID, past); err != nil {
		b.Fatal(err)
	}
	token := w.signIn(b, people[0])
	took := times{}
	b.ResetTimer()
	took.run(b, 1, func(n int64) error {
		r := httptest.NewRequestWithContext(b.Context(), "GET", fmt.Sprintf("/v1/messages?channel_id=%s&count=50&cursor=%d", general, 60+(n*7919)%99_900), nil)
		r.Header.Set("Authorization", "Bearer "+token)
		rec := httptest.NewRecorder()
		w.ServeHTTP(rec, r)
		if rec.Code != 200 {
			return fmt.Errorf("status %d: %s", rec.Code, rec.Body)
		}
		return nil
	})
	took.report(b, "pages/s")
}

// times collects how long each call took.
type times struct {
	mu  sync.Mutex
	all []time.Duration
}

func (t *times) run(b *testing.B, callers int, fn func(n int64) error) {
	var next atomic.Int64
	var done sync.WaitGroup
	for range callers {
		done.Go(func() {
			var own []time.Duration
			for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
				began := time.Now()
				if err := fn(n); err != nil {
					b.Error(err)
					return
				}
				own = append(own, time.Since(began))
			}
			t.mu.Lock()
			t.all = append(t.all, own...)
			t.mu.Unlock()
		})
	}
	done.Wait()
	b.StopTimer()
}

func (t *times) report(b *testing.B, unit string) {
	slices.Sort(t.all)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), unit)
	if len(t.all) > 0 {
		b.ReportMetric(float64(t.all[len(t.all)*99/100].Microseconds())/1000, "p99-ms")
	}
}
