package portaltest_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"laurel/api"
	"laurel/apiclient"
	"laurel/portaltest"
)

// behaviour is what a caller of apiclient may rely on, whatever carries it.
type behaviour struct {
	name string
	call func(context.Context, *apiclient.Client) error
	kind api.Kind // of the error; success when it is zero
	code string
	at   string // the field that the error names
}

func behaviours(p *portaltest.Portal) []behaviour {
	cid := p.Community.ID
	return []behaviour{
		{name: "a list comes with its size", call: func(ctx context.Context, c *apiclient.Client) error {
			page, err := c.WithKey(p.Key).Users().List(ctx, cid, apiclient.UserQuery{Paging: apiclient.Paging{Page: 1, Limit: 2}})
			if err == nil && (len(page.Items) != 2 || page.Total != 3 || page.Limit != 2) {
				err = errors.New("wrong page")
			}
			return err
		}},
		{name: "no credential", kind: api.Unauthenticated, code: "credential_missing", call: func(ctx context.Context, c *apiclient.Client) error {
			_, err := c.Anonymous().Me().Get(ctx)
			return err
		}},
		{name: "a credential that nobody has", kind: api.Unauthenticated, code: "credential_invalid", call: func(ctx context.Context, c *apiclient.Client) error {
			_, err := c.WithToken("lrl_c_nonsense").Me().Get(ctx)
			return err
		}},
		{name: "no permission", kind: api.Forbidden, call: func(ctx context.Context, c *apiclient.Client) error {
			_, err := c.WithToken(p.Member.Token).Keys(cid).List(ctx)
			return err
		}},
		{name: "not there", kind: api.NotFound, code: "leaderboard_not_found", call: func(ctx context.Context, c *apiclient.Client) error {
			_, err := c.WithKey(p.Key).Leaderboards().Get(ctx, api.NewID())
			return err
		}},
		{name: "a field that is wrong", kind: api.Invalid, at: "email", call: func(ctx context.Context, c *apiclient.Client) error {
			_, err := c.WithKey(p.Key).Users().Create(ctx, api.NewUser{Username: "x1", Email: "nowhere"})
			return err
		}},
		{name: "taken", kind: api.Conflict, code: "username_taken", at: "username", call: func(ctx context.Context, c *apiclient.Client) error {
			_, err := c.WithKey(p.Key).Users().Create(ctx, api.NewUser{Username: "mia", Email: "other@example.com"})
			return err
		}},
		{name: "the same key pays once", call: func(ctx context.Context, c *apiclient.Client) error {
			ctx = apiclient.WithIdempotencyKey(ctx, "thanks")
			a, err := c.WithKey(p.Key).Users().Adjust(ctx, "mia", api.Adjustment{Unit: api.UnitCoins, Op: "add", Amount: 5, Reason: "thanks"})
			if err != nil {
				return err
			}
			b, err := c.WithKey(p.Key).Users().Adjust(ctx, "mia", api.Adjustment{Unit: api.UnitCoins, Op: "add", Amount: 5, Reason: "thanks"})
			if err == nil && a.Balance.Coins != b.Balance.Coins {
				err = errors.New("paid twice")
			}
			return err
		}},
	}
}

// TestBothTransportsBehaveAlike runs the table over a socket and in process.
func TestBothTransportsBehaveAlike(t *testing.T) {
	p := portaltest.New(t)
	for transport, client := range map[string]*apiclient.Client{"HTTP": apiclient.New(p.URL), "in process": p.Client} {
		for _, b := range behaviours(p) {
			t.Run(transport+"/"+b.name, func(t *testing.T) { b.check(t, b.call(t.Context(), client)) })
		}
		t.Run(transport+"/a caller who has left", func(t *testing.T) {
			ctx, leave := context.WithCancel(t.Context())
			leave()
			if _, err := client.WithKey(p.Key).Leaderboards().List(ctx, apiclient.BoardQuery{}); err == nil {
				t.Error("answered all the same")
			}
		})
	}
	if _, err := apiclient.New("http://127.0.0.1:1").WithTimeout(time.Second).Me().Get(t.Context()); !api.IsKind(err, api.Upstream) {
		t.Errorf("nobody listens: got %v", err)
	}
}

func (b behaviour) check(t *testing.T, err error) {
	if b.kind == 0 {
		if err != nil {
			t.Error(err)
		}
		return
	}
	var e *api.Error
	if !errors.As(err, &e) || e.Kind != b.kind || e.RequestID == "" || b.code != "" && e.Code != b.code {
		t.Fatalf("got %+v, want kind %d %s with a request id", err, b.kind, b.code)
	}
	if b.at != "" && (len(e.Fields) == 0 || e.Fields[0].Field != b.at) {
		t.Errorf("got fields %+v, want %s", e.Fields, b.at)
	}
}
