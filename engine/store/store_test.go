package store_test

import (
	"context"
	"errors"
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
	"laurel/engine/store"
)

// world is a community with a store.
type world struct {
	*rest.Kit
	clock   *resttest.Clock
	home    api.Community
	members *member.Service
	ledger  *ledger.Service
	s       *store.Service
	mu      sync.Mutex
	given   []string // roles and badges
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
	w.s = store.New(k, communities, w.members, w.ledger, mailer)
	communities.OnCreate = func(ctx context.Context, tx *db.Tx, id string) error {
		return errors.Join(w.ledger.Defaults(ctx, tx, id), w.s.Defaults(ctx, tx, id))
	}
	w.s.Person = func(_ context.Context, _ string, who member.Ref) (store.Person, error) {
		return store.Person{ID: who.ID, Username: who.Username}, nil
	}
	w.s.GiveRole = func(_ context.Context, _ *db.Tx, _, _, id string) error { w.give(id); return nil }
	w.s.MayGiveRole = func(context.Context, *db.Tx, string, string) error { return nil }
	w.s.RoleGiven = func(string, string) {}
	if w.home, _, err = communities.Create(t.Context(), community.Draft{Name: "Northwind Traders", URI: "northwind"}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.s.SetConfig(t.Context(), w.home.ID, api.StoreConfig{IsEnabled: true}); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) give(id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.given = append(w.given, id)
}

// join makes a member with coins.
func (w *world) join(t testing.TB, name string, coins int64) member.Ref {
	t.Helper()
	if _, err := w.members.Create(t.Context(), w.home.ID, api.NewUser{Username: name, Email: name + "@example.com"}); err != nil {
		t.Fatal(err)
	}
	ref, err := w.members.Resolve(t.Context(), w.home.ID, name)
	if err != nil {
		t.Fatal(err)
	}
	err = w.DB().Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := w.ledger.Post(ctx, tx, w.home.ID, []ledger.Posting{{Member: ref, Action: "adjustment", Coins: coins, Source: "api"}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

func (w *world) product(t testing.TB, in api.ProductInput) api.Product {
	t.Helper()
	p, err := w.s.SaveProduct(t.Context(), w.home.ID, "", in)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (w *world) coins(t testing.TB, who member.Ref) int64 {
	t.Helper()
	got, err := w.ledger.Wallets(t.Context(), w.home.ID, []string{who.ID})
	if err != nil {
		t.Fatal(err)
	}
	return got[who.ID].Coins
}

func (w *world) verify(t testing.TB) {
	t.Helper()
	if got, err := w.ledger.Verify(t.Context()); err != nil || !got.OK() {
		t.Errorf("books: %v, %v", got.Faults, err)
	}
}

func whole(n int64) *int64 { return &n }

// rush lets everybody buy at the same time, twice, and tells who got it.
func (w *world) rush(t *testing.T, who []member.Ref, in api.PurchaseInput) (got []member.Ref, codes map[string]int) {
	var all sync.WaitGroup
	codes = map[string]int{}
	for _, m := range who {
		for range 2 {
			all.Go(func() {
				b, err := w.s.Buy(t.Context(), w.home.ID, m, in)
				w.mu.Lock()
				defer w.mu.Unlock()
				switch {
				case err == nil:
					got = append(got, m)
					if b.Voucher != nil {
						codes[b.Voucher.Code]++
					}
				case !api.IsKind(err, api.Conflict):
					t.Error(err)
				}
			})
		}
	}
	all.Wait()
	return got, codes
}

func TestARushSellsExactlyWhatIsThere(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		p := w.product(t, api.ProductInput{Name: "Hoodie", Price: whole(40), Type: api.ProductPhysical, Stocks: whole(10), LimitPerMember: whole(1)})
		who := make([]member.Ref, 80)
		for i := range who {
			who[i] = w.join(t, fmt.Sprintf("m%d", i), 50)
		}
		got, _ := w.rush(t, who, api.PurchaseInput{ProductID: p.ID})
		if len(got) != 10 {
			t.Errorf("%d were sold, want 10", len(got))
		}
		bought := map[string]bool{}
		for _, m := range got {
			if bought[m.ID] {
				t.Errorf("%s bought two", m.Username)
			}
			bought[m.ID] = true
		}
		for _, m := range who {
			want := int64(50)
			if bought[m.ID] {
				want = 10
			}
			if c := w.coins(t, m); c != want {
				t.Errorf("%s has %d coins, want %d", m.Username, c, want)
			}
		}
		if p, err := w.s.Product(t.Context(), w.home.ID, p.ID); err != nil || *p.Stocks != 0 || p.TotalOrders != 10 {
			t.Errorf("left %d, orders %d, %v", *p.Stocks, p.TotalOrders, err)
		}
		w.verify(t)
	})
}

func TestCodesAreHandedOutOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		p := w.product(t, api.ProductInput{Name: "Coffee", Price: whole(5), Type: api.ProductVoucher, Vouchers: []string{"A", "B", "C", "D", "E"}, VoucherExpireDate: "2030-01-01"})
		who := make([]member.Ref, 20)
		for i := range who {
			who[i] = w.join(t, fmt.Sprintf("m%d", i), 5)
		}
		got, codes := w.rush(t, who, api.PurchaseInput{ProductID: "coffee"})
		if len(got) != 5 || len(codes) != 5 {
			t.Errorf("%d were sold with the codes %v, want five of each", len(got), codes)
		}
		if _, err := w.s.SaveProduct(t.Context(), w.home.ID, p.ID, api.ProductInput{Vouchers: []string{"F", "A"}, VoucherExpireDate: "2030-01-01"}); !api.IsKind(err, api.Conflict) {
			t.Errorf("a code twice: %v", err)
		}
		after, err := w.s.SaveProduct(t.Context(), w.home.ID, p.ID, api.ProductInput{Vouchers: []string{"F"}, VoucherExpireDate: "2026-11-30"})
		if err != nil || *after.Stocks != 1 {
			t.Errorf("after adding one: %d left, %v", *after.Stocks, err)
		}
		w.clock.Advance(10 * 24 * time.Hour)
		if p, err := w.s.Product(t.Context(), w.home.ID, p.ID); err != nil || *p.Stocks != 0 {
			t.Errorf("after the last day: %d left, %v", *p.Stocks, err)
		}
		if _, err := w.s.Buy(t.Context(), w.home.ID, w.join(t, "late", 5), api.PurchaseInput{ProductID: p.ID}); !api.IsKind(err, api.Conflict) {
			t.Errorf("sold an ended code: %v", err)
		}
		w.verify(t)
	})
}

func TestCancelledOrdersAreRefundedOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ana := w.join(t, "ana", 100)
		p := w.product(t, api.ProductInput{Name: "Mug", Price: whole(30), Type: api.ProductPhysical, Stocks: whole(5)})
		b, err := w.s.Buy(t.Context(), w.home.ID, ana, api.PurchaseInput{ProductID: p.ID, Quantity: 2})
		if err != nil || b.Paid != 60 || b.BalanceAfter != 40 || b.Status != "Pending" {
			t.Fatalf("bought %+v, %v", b, err)
		}
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				_, err := w.s.Move(t.Context(), w.home.ID, api.RedemptionChange{TransactionID: b.OrderID, StatusID: "Cancelled"})
				if err != nil && !api.IsKind(err, api.Conflict) {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if c := w.coins(t, ana); c != 100 {
			t.Errorf("%d coins after the refund, want 100", c)
		}
		if p, err := w.s.Product(t.Context(), w.home.ID, p.ID); err != nil || *p.Stocks != 5 {
			t.Errorf("%d in stock, want 5; %v", *p.Stocks, err)
		}
		steps, err := w.s.Steps(t.Context(), w.home.ID, b.OrderID)
		if err != nil || len(steps) != 2 || steps[1].To != "Cancelled" {
			t.Errorf("history %v, %v", steps, err)
		}
		w.verify(t)
	})
}

func TestWhyAMemberCannotBuy(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	ana := w.join(t, "ana", 20)
	soon, gone, no := "2026-12-01", "2026-11-01", false
	w.product(t, api.ProductInput{Name: "Dear", Price: whole(50)})
	w.product(t, api.ProductInput{Name: "Gone", Price: whole(5), Stocks: whole(0)})
	w.product(t, api.ProductInput{Name: "Soon", Price: whole(5), StartsAt: &soon})
	w.product(t, api.ProductInput{Name: "Over", Price: whole(5), EndsAt: &gone})
	w.product(t, api.ProductInput{Name: "Once", Price: whole(5), LimitPerMember: whole(1)})
	w.product(t, api.ProductInput{Name: "Theirs", Price: whole(5), Permission: &api.ProductPermission{IsEnabled: true, Entries: []api.PermissionEntry{{Users: []string{"ben"}}}}})
	w.product(t, api.ProductInput{Name: "Fine", Price: whole(5), IsDiscountEnabled: &no})
	if _, err := w.s.Buy(t.Context(), w.home.ID, ana, api.PurchaseInput{ProductID: "once"}); err != nil {
		t.Fatal(err)
	}
	last, err := w.ledger.Last(t.Context(), w.home.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.ledger.Reverse(t.Context(), w.home.ID, ana, api.SeqID(last), api.Reversal{Reason: "x"}); !api.IsKind(err, api.Conflict) {
		t.Errorf("the payment of an order was taken back beside it: %v", err)
	}
	shelf, err := w.s.Shelf(t.Context(), w.home.ID, ana, "")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, i := range shelf.Products {
		got[i.Name] = i.WhyNot
		if i.CanBuy != (i.WhyNot == "") {
			t.Errorf("%s: can buy %t, why not %q", i.Name, i.CanBuy, i.WhyNot)
		}
	}
	want := map[string]string{"Dear": api.NoFunds, "Gone": api.OutOfStock, "Soon": api.NotYet, "Once": api.OverLimit, "Fine": ""}
	for name, why := range want {
		if got[name] != why {
			t.Errorf("%s: %q, want %q", name, got[name], why)
		}
	}
	if len(got) != len(want) {
		t.Errorf("sees %v", got)
	}
	for name, code := range map[string]string{"Dear": api.NoFunds, "Gone": api.OutOfStock, "Soon": api.NotYet, "Once": api.OverLimit, "Over": api.NoLonger, "Theirs": "product_not_found"} {
		_, err := w.s.Buy(t.Context(), w.home.ID, ana, api.PurchaseInput{ProductID: name})
		var e *api.Error
		if !errors.As(err, &e) || e.Code != code {
			t.Errorf("buying %s: %v, want %s", name, err, code)
		}
	}
	if c := w.coins(t, ana); c != 15 {
		t.Errorf("%d coins after refusals, want 15", c)
	}
}

func TestARoleIsGivenWithTheOrder(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	ana, role := w.join(t, "ana", 20), "vip"
	w.product(t, api.ProductInput{Name: "VIP", Price: whole(15), Type: api.ProductRole, RoleID: &role})
	b, err := w.s.Buy(t.Context(), w.home.ID, ana, api.PurchaseInput{ProductID: "VIP"})
	if err != nil || b.Status != "Completed" || len(w.given) == 0 || w.given[0] != role {
		t.Errorf("bought %+v, given %v, %v", b, w.given, err)
	}
}

func TestBadProductsAreRefusedByField(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	yes, bad, none := true, "javascript:alert(1)", "nowhere"
	w.product(t, api.ProductInput{Name: "Taken", Price: whole(1)})
	for field, in := range map[string]api.ProductInput{
		"name":                       {Price: whole(1)},
		"price":                      {Name: "x"},
		"stocks":                     {Name: "x", Price: whole(1), Stocks: whole(-7)},
		"type":                       {Name: "x", Price: whole(1), Type: "car"},
		"currency":                   {Name: "x", Price: whole(1), Currency: "gold"},
		"image":                      {Name: "x", Price: whole(1), Image: &bad},
		"discountPrice":              {Name: "x", Price: whole(1), IsDiscountEnabled: &yes, DiscountPrice: whole(2)},
		"discountEndDate":            {Name: "x", Price: whole(1), DiscountEnd: &none},
		"categoryID":                 {Name: "x", Price: whole(1), CategoryID: &none},
		"purchaseStatusOverrideName": {Name: "x", Price: whole(1), StatusName: &none},
		"spins":                      {Name: "x", Price: whole(1), Type: api.ProductSpins},
		"vouchers":                   {Name: "x", Price: whole(1), Vouchers: []string{"A"}, VoucherExpireDate: "2030-01-01"},
		"voucherExpireDate":          {Name: "x", Price: whole(1), Type: api.ProductVoucher, Vouchers: []string{"A"}},
		"productPermission.entries":  {Name: "x", Price: whole(1), Permission: &api.ProductPermission{IsEnabled: true}},
	} {
		_, err := w.s.SaveProduct(t.Context(), w.home.ID, "", in)
		var e *api.Error
		if !errors.As(err, &e) || len(e.Fields) == 0 || e.Fields[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, err := w.s.SaveProduct(t.Context(), w.home.ID, "", api.ProductInput{Name: " TAKEN ", Price: whole(1)}); !api.IsKind(err, api.Conflict) {
		t.Errorf("a name twice: %v", err)
	}
}
