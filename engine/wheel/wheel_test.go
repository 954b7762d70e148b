package wheel_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"sync"
	"testing"
	"time"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/event"
	"laurel/engine/ledger"
	"laurel/engine/member"
	"laurel/engine/rest"
	"laurel/engine/rest/resttest"
	"laurel/engine/wheel"
)

// world is a community with a wheel.
type world struct {
	*rest.Kit
	clock    *resttest.Clock
	home     api.Community
	members  *member.Service
	ledger   *ledger.Service
	s        *wheel.Service
	mu       sync.Mutex
	products int // that were won
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	clock := resttest.NewClock()
	k := resttest.Kit(t, d, clock)
	box, err := auth.NewKeyring(auth.MasterKey{1})
	if err != nil {
		t.Fatal(err)
	}
	communities := community.New(k, box)
	mailer := event.NewMailer(d, clock.Now, k.Log(), event.MailConfig{Seal: box.Seal, Open: box.Open})
	w := &world{Kit: k, clock: clock, members: member.New(k, communities, mailer, member.Config{Hasher: auth.NewHasher(auth.CheapParams(), 2)})}
	w.ledger = ledger.New(k, communities, w.members)
	communities.OnCreate = w.ledger.Defaults
	w.s = wheel.New(k, communities, w.members, w.ledger, box)
	w.s.GiveProduct = func(context.Context, *db.Tx, string, string, member.Ref) error {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.products++
		return nil
	}
	w.s.HasBadge = func(context.Context, string, string) error { return nil }
	if w.home, _, err = communities.Create(t.Context(), community.Draft{Name: "Northwind Traders", URI: "northwind"}); err != nil {
		t.Fatal(err)
	}
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

func (w *world) set(t testing.TB, in api.WheelInput) api.Wheel {
	t.Helper()
	in.IsEnabled = true
	got, err := w.s.Set(t.Context(), w.home.ID, in)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func (w *world) grant(t testing.TB, who member.Ref, n int64) {
	t.Helper()
	if _, err := w.s.Edit(t.Context(), w.home.ID, who.ID, api.WheelMemberEdit{Spins: &api.SpinEdit{Op: "overwrite", Value: n}}); err != nil {
		t.Fatal(err)
	}
}

func (w *world) spin(t testing.TB, who member.Ref) api.Spin {
	t.Helper()
	s, err := w.s.Spin(t.Context(), w.home.ID, who, api.SpinInput{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func coins(weight int64) api.WheelSegment {
	return api.WheelSegment{Label: "10 coins", Type: api.PrizeCoins, Amount: 10, Weight: weight}
}

func blank(weight int64) api.WheelSegment {
	return api.WheelSegment{Label: "Nothing", Type: api.PrizeNothing, Weight: weight}
}

// TestARushSellsTheStockOnce lets many members spin for ten mugs at the same
// time: ten are won, and everybody else gets the other segment.
func TestARushSellsTheStockOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ten := newWorld(t, d), int64(10)
		w.set(t, api.WheelInput{Segments: []api.WheelSegment{{Label: "Mug", Type: api.PrizeProduct, Weight: 1_000_000, Stock: &ten}, coins(1)}})
		const n = 60
		who := make([]member.Ref, n)
		for i := range who {
			who[i] = w.join(t, fmt.Sprintf("m%d", i))
			w.grant(t, who[i], 1)
		}
		var won, other int
		var mu sync.Mutex
		var all sync.WaitGroup
		for _, m := range who {
			for range 2 { // the second time there is no spin left
				all.Go(func() {
					s, err := w.s.Spin(t.Context(), w.home.ID, m, api.SpinInput{})
					mu.Lock()
					defer mu.Unlock()
					switch {
					case err == nil && s.Prize.Type == api.PrizeProduct:
						won++
					case err == nil:
						other++
					case !api.IsKind(err, api.Conflict):
						t.Error(err)
					}
				})
			}
		}
		all.Wait()
		if won != 10 || other != n-10 || w.products < won { // a transaction that ran again gave in vain
			t.Errorf("got %d mugs (%d given) and %d others, want 10 and %d", won, w.products, other, n-10)
		}
		left, err := w.s.Wheel(t.Context(), w.home.ID)
		if err != nil || *left.Segments[0].Stock != 0 || left.Segments[0].Odds != 0 || left.Segments[1].Odds != 1_000_000 {
			t.Errorf("the wheel afterwards: %+v, %v", left.Segments, err)
		}
		wallets, err := w.ledger.Wallets(t.Context(), w.home.ID, []string{who[0].ID, who[n-1].ID})
		if err != nil || len(wallets) != 2 {
			t.Fatal(err)
		}
	})
}

// TestARevealedSeedProvesTheDraws computes each draw anew, by the formula of
// the documents and not by the code.
func TestARevealedSeedProvesTheDraws(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	w.set(t, api.WheelInput{ShowOdds: true, Segments: []api.WheelSegment{coins(3), blank(5), {Label: "XP", Type: api.PrizeXP, Amount: 5, Weight: 2}}})
	ann := w.join(t, "ann")
	w.grant(t, ann, 20)
	if _, err := w.s.Reseed(t.Context(), w.home.ID, ann, "my words"); err != nil {
		t.Fatal(err)
	}
	own, err := w.s.Own(t.Context(), w.home.ID, ann)
	if err != nil {
		t.Fatal(err)
	}
	spins := make([]api.Spin, 20)
	for i := range spins {
		spins[i] = w.spin(t, ann)
	}
	change, err := w.s.Reseed(t.Context(), w.home.ID, ann, "")
	if err != nil {
		t.Fatal(err)
	}
	seed, err := hex.DecodeString(change.Revealed.ServerSeed)
	if sum := sha256.Sum256(seed); err != nil || hex.EncodeToString(sum[:]) != own.Fairness.ServerSeedHash {
		t.Fatalf("the seed is not what was committed to: %v", err)
	}
	for i, s := range spins {
		mac := hmac.New(sha256.New, seed)
		fmt.Fprintf(mac, "my words:%d:0", i)
		at, want := int64(binary.BigEndian.Uint64(mac.Sum(nil))%10), ""
		for _, o := range s.Odds {
			if at < o.Weight {
				want = o.SegmentID
				break
			}
			at -= o.Weight
		}
		if s.SegmentID != want || s.Fairness.Nonce != int64(i) {
			t.Errorf("spin %d: got %s, want %s", i, s.Prize.Label, want)
		}
	}
	if change.Fairness.ServerSeedHash == own.Fairness.ServerSeedHash || change.Fairness.Nonce != 0 {
		t.Errorf("the next seed: %+v", change.Fairness)
	}
}

func TestSpinsArePaidForInOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.set(t, api.WheelInput{Cost: 4, FreeEvery: 24, Segments: []api.WheelSegment{coins(1), blank(0)}})
		ann := w.join(t, "ann")
		w.grant(t, ann, 1)
		for i, want := range []string{"free", "granted"} {
			if got := w.spin(t, ann); got.Source != want || got.BalanceAfter != int64(10*(i+1)) {
				t.Errorf("got %s with %d coins, want %s", got.Source, got.BalanceAfter, want)
			}
		}
		if _, err := w.s.Spin(t.Context(), w.home.ID, ann, api.SpinInput{}); !api.IsKind(err, api.Conflict) {
			t.Errorf("nothing left: got %v", err)
		}
		bought, err := w.s.Spin(t.Context(), w.home.ID, ann, api.SpinInput{UseCoins: true})
		if err != nil || bought.Source != "coins" || bought.BalanceAfter != 26 {
			t.Errorf("bought: %+v, %v", bought, err)
		}
		w.clock.Advance(24 * time.Hour)
		if got := w.spin(t, ann); got.Source != "free" {
			t.Errorf("a day later: got %s, want free", got.Source)
		}
		off := false
		if _, err := w.s.Edit(t.Context(), w.home.ID, "ann", api.WheelMemberEdit{Enabled: &off}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.s.Spin(t.Context(), w.home.ID, ann, api.SpinInput{UseCoins: true}); !api.IsKind(err, api.Forbidden) {
			t.Errorf("closed for ann: got %v", err)
		}
		books, err := w.ledger.Verify(t.Context())
		if err != nil || len(books.Faults) != 0 {
			t.Errorf("the books: %v, %v", books.Faults, err)
		}
	})
}

func TestAPrizeIsDueAfterBlanks(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	w.set(t, api.WheelInput{GuaranteeAfter: 3, Segments: []api.WheelSegment{coins(1), blank(1_000_000)}})
	ann := w.join(t, "ann")
	w.grant(t, ann, 40)
	dry := 0
	for range 40 {
		if s := w.spin(t, ann); s.Prize.Type != api.PrizeNothing {
			dry = 0
			continue
		}
		if dry++; dry > 3 {
			t.Fatal("the fourth blank in a row")
		}
	}
}
