package ledger_test

import (
	"strings"
	"testing"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/ledger"
	"laurel/engine/ledger/rule"
	"laurel/engine/rest/resttest"
)

func TestConversionGoesOnWhereItStopped(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		key := w.admin(t)
		people := w.people(t, 7)
		for i, who := range people {
			w.xp(t, who, int64(i*10+5)) // 5, 15, … 65
		}
		in := api.ConversionInput{From: "xp", To: "coins", Take: 10, Give: 3}
		const path = "/v1/gamification/conversions"
		preview := resttest.Call(t, w, "POST", path+"/preview", key, in).Want(t, 200)
		if preview.At("data.members") != 6.0 || preview.At("data.taken") != 210.0 || preview.At("data.given") != 63.0 {
			t.Errorf("got %s", preview.Raw)
		}
		resttest.Call(t, w, "POST", path, key, in).Want(t, 400)
		in.Confirm = preview.Text("data.confirm")
		id := resttest.Call(t, w, "POST", path, key, in, "Idempotency-Key: once").Want(t, 202).Text("data._id")
		if got := resttest.Call(t, w, "POST", path, key, in, "Idempotency-Key: once").Want(t, 202); got.Text("data._id") != id {
			t.Errorf("the repeated request began another conversion: %s", got.Raw)
		}
		resttest.Call(t, w, "POST", path, key, in).Want(t, 409, "conversion_running")
		some := func(s *ledger.Service, limit int, more bool) {
			t.Helper()
			got, err := s.ConvertSome(t.Context(), w.home.ID, id, limit)
			if err != nil || got != more {
				t.Fatalf("got %v, %v, want %v", got, err, more)
			}
		}
		some(w.s, 2, true)
		if got := resttest.Call(t, w, "GET", path+"/"+id, key, nil).Want(t, 200); got.At("data.done") != 2.0 || got.Text("data.state") != "running" {
			t.Errorf("got %s", got.Raw)
		}
		w.xp(t, people[0], 100) // may be passed over already; must not be converted twice
		again := ledger.New(w.Kit, w.communities, w.members)
		if err := again.Convert(t.Context()); err != nil {
			t.Fatal(err)
		}
		some(w.s, 2, false)
		if err := again.Convert(t.Context()); err != nil {
			t.Fatal(err)
		}
		for i, who := range people[1:] {
			if got := w.progress(t, who).Wallet; got.XP != 5 || got.Coins != int64(i+1)*3 {
				t.Errorf("%s: got %d XP and %d coins", who.Username, got.XP, got.Coins)
			}
		}
		list := resttest.Call(t, w, "GET", path, key, nil).Want(t, 200)
		if !strings.Contains(list.Raw, `"state":"done"`) || strings.Contains(list.Raw, `"finishedAt":null`) {
			t.Errorf("got %s", list.Raw)
		}
		w.balanced(t)
	})
}

func TestConversionIsRefused(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	key := w.admin(t)
	const path = "/v1/gamification/conversions"
	for name, in := range map[string]map[string]any{
		"to":   {"from": "xp", "to": "xp", "take": 1, "give": 1},
		"take": {"from": "xp", "to": "coins", "take": 0, "give": 1},
		"give": {"from": "xp", "to": "coins", "take": 1, "give": -1},
		"from": {"from": "gold", "to": "coins", "take": 1, "give": 1},
	} {
		if got := resttest.Call(t, w, "POST", path, key, in).Want(t, 400); !strings.Contains(got.Raw, `"field":"`+name+`"`) {
			t.Errorf("got %s, want field %s", got.Raw, name)
		}
	}
	resttest.Call(t, w, "GET", path+"/"+api.NewID(), key, nil).Want(t, 404, "conversion_not_found")
	resttest.Call(t, w, "GET", path, w.key(t, api.PermGetUserData), nil).Want(t, 403)
}

func TestLotsLeaveRoomInTheWallet(t *testing.T) {
	for _, c := range []struct{ from, to, take, give, want int64 }{
		{99, 0, 10, 1, 9}, {9, 0, 10, 1, 0}, {-5, 0, 1, 1, 0}, {100, rule.MaxPoints - 7, 1, 3, 2}, {100, rule.MaxPoints, 1, 1, 0},
	} {
		if got := rule.Lots(c.from, c.to, c.take, c.give); got != c.want {
			t.Errorf("%+v: got %d", c, got)
		}
	}
}
