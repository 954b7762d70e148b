package referral_test

import (
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
	"laurel/engine/referral"
	"laurel/engine/rest"
	"laurel/engine/rest/resttest"
	"laurel/engine/roster"
)

// world is a community with a ledger and referrals that nobody follows by
// himself: tests say when.
type world struct {
	*rest.Kit
	s       *referral.Service
	members *member.Service
	ledger  *ledger.Service
	clock   *resttest.Clock
	home    api.Community
	key     string
	again   func() *referral.Service // as after a restart
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
	members := roster.New(k, w.members, w.ledger)
	w.members.OnChange = members.Changed
	w.again = func() *referral.Service {
		s := referral.New(k, communities, w.members, w.ledger, "https://club.example.com")
		s.Match = members.WithValue
		return s
	}
	w.s = w.again()
	w.members.FindReferrer = w.s.Find
	w.members.Routes()
	w.s.Routes()
	if w.home, _, err = communities.Create(t.Context(), community.Draft{Name: "Northwind Traders", URI: "northwind"}); err != nil {
		t.Fatal(err)
	}
	key, err := communities.IssueKey(t.Context(), w.home.ID, community.KindCommunity, "", api.NewAPIKey{Name: "all", Permissions: api.CommunityPermissions()})
	if err != nil {
		t.Fatal(err)
	}
	w.key = key.Key
	return w
}

func (w *world) join(t testing.TB, name, by string, fields ...api.FieldValue) member.Ref {
	t.Helper()
	_, err := w.members.Create(t.Context(), w.home.ID, api.NewUser{Username: name, Email: name + "@example.com", Referral: by, CustomFields: fields})
	if err != nil {
		t.Fatal(err)
	}
	ref, err := w.members.Resolve(t.Context(), w.home.ID, name)
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

func (w *world) act(t testing.TB, who member.Ref, action string, n int) {
	t.Helper()
	for range n {
		w.clock.Advance(time.Hour)
		if _, err := w.ledger.RecordOne(t.Context(), w.home.ID, ledger.Act{Member: who, Action: action}); err != nil {
			t.Fatal(err)
		}
	}
}

func (w *world) program(t testing.TB, kind string) api.Program {
	t.Helper()
	stage := func(name string, coins int64, groups ...api.ConditionGroup) api.Stage {
		return api.Stage{Name: name, Rewards: api.Reward{XP: 1, Coins: coins}, Conditions: groups}
	}
	few := api.ConditionGroup{Conditions: []api.Condition{{Fact: "messages", Op: "gte", Value: "2"}}}
	either := api.ConditionGroup{Operator: "OR", Conditions: []api.Condition{{Fact: "replies", Op: "gte", Value: "100"}, {Fact: "field:country", Op: "eq", Value: "PT"}}}
	p, err := w.s.Save(t.Context(), w.home.ID, "", api.ProgramInput{Kind: kind, Name: "Starters", Stages: []api.Stage{
		stage("Hello", 10, few), stage("Settled", 20, few, either),
	}})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (w *world) catchUp(t testing.TB, s *referral.Service) {
	t.Helper()
	if err := s.CatchUp(t.Context(), w.home.ID); err != nil {
		t.Fatal(err)
	}
}

func (w *world) coins(t testing.TB, who member.Ref) int64 {
	t.Helper()
	got, err := w.ledger.Wallets(t.Context(), w.home.ID, []string{who.ID})
	if err != nil {
		t.Fatal(err)
	}
	return got[who.ID].Coins
}

// TestReferrerIsPaidOncePerStage also ends the process between the referee's
// act and the payment: the next one pays.
func TestReferrerIsPaidOncePerStage(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.field(t, "country")
		ann := w.join(t, "ann", "")
		bob := w.join(t, "bob", "ann")
		w.program(t, api.ProgramReferral)
		w.act(t, bob, "message", 1)
		w.catchUp(t, w.s)
		if got := w.coins(t, ann); got != 0 {
			t.Errorf("before the stage: %d coins, want none", got)
		}
		w.act(t, bob, "message", 1)
		restarted := w.again() // nobody followed the act before the end
		for range 3 {
			w.catchUp(t, restarted)
		}
		if got := w.coins(t, ann); got != 10 {
			t.Errorf("after the first stage: %d coins, want 10", got)
		}
		w.set(t, "bob", "country", "PT")
		w.catchUp(t, restarted)
		w.catchUp(t, w.again())
		if got := w.coins(t, ann); got != 30 {
			t.Errorf("after the second stage, by a text field: %d coins, want 30", got)
		}
		report, err := w.ledger.Verify(t.Context())
		if err != nil || len(report.Faults) > 0 {
			t.Errorf("the books: %+v, %v", report, err)
		}
	})
}

func TestMilestonePaysTheMember(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ann := w.join(t, "ann", "")
		w.act(t, ann, "message", 2)
		w.catchUp(t, w.s)
		before := w.coins(t, ann)
		w.program(t, api.ProgramMilestone) // one who meets it already is paid
		w.catchUp(t, w.s)
		w.catchUp(t, w.s)
		if got := w.coins(t, ann) - before; got != 10 {
			t.Errorf("got %d coins, want 10", got)
		}
		got := resttest.Call(t, w, "POST", "/v1/users/milestones", w.key, api.MilestoneQuery{Identifier: api.Identifier{Type: "username", Value: "ann"}}).Want(t, 200)
		stages := got.At("data.progressByProgram").([]any)[0].(map[string]any)["stages"].([]any)
		if stages[0].(map[string]any)["status"] != "completed" || stages[1].(map[string]any)["status"] != "in-progress" {
			t.Errorf("stages: %s", got.Raw)
		}
	})
}

// TestACountdownMultipliesWhatComesInTime passes one stage in time and the
// next too late.
func TestACountdownMultipliesWhatComesInTime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ann := w.join(t, "ann", "")
		stage := func(name, messages string) api.Stage {
			return api.Stage{Name: name, Rewards: api.Reward{Coins: 10}, Bonus: &api.StageBonus{Hours: 24, Factor: 3},
				Conditions: []api.ConditionGroup{{Conditions: []api.Condition{{Fact: "messages", Op: "gte", Value: messages}}}}}
		}
		if _, err := w.s.Save(t.Context(), w.home.ID, "", api.ProgramInput{Kind: api.ProgramMilestone, Name: "Quick", Stages: []api.Stage{stage("One", "1"), stage("Two", "2")}}); err != nil {
			t.Fatal(err)
		}
		before := w.coins(t, ann)
		w.clock.Advance(20 * time.Hour)
		w.act(t, ann, "message", 1)
		w.catchUp(t, w.s)
		if got := w.coins(t, ann) - before; got != 30 {
			t.Errorf("in time: %d coins, want 30", got)
		}
		got := resttest.Call(t, w, "POST", "/v1/users/milestones", w.key, api.MilestoneQuery{Identifier: api.Identifier{Type: "username", Value: "ann"}}).Want(t, 200)
		two := got.At("data.progressByProgram").([]any)[0].(map[string]any)["stages"].([]any)[1].(map[string]any)
		if two["bonusFactor"] != 3.0 || two["bonusEndsAt"] == nil {
			t.Errorf("the second stage: %v", two)
		}
		w.clock.Advance(25 * time.Hour)
		w.act(t, ann, "message", 1)
		w.catchUp(t, w.s)
		if got := w.coins(t, ann) - before; got != 40 {
			t.Errorf("too late: %d coins, want 40", got)
		}
	})
}

func TestSummaryErrors(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.field(t, "customerid")
		w.join(t, "ann", "", api.FieldValue{Field: "customerid", Value: "77"})
		w.join(t, "eve", "", api.FieldValue{Field: "customerid", Value: "88"})
		w.join(t, "eva", "", api.FieldValue{Field: "customerid", Value: "88"})
		w.join(t, "bob", "ann")
		w.program(t, api.ProgramReferral)
		id := func(kind, value, field string) map[string]any {
			return map[string]any{"type": kind, "value": value, "fieldName": field}
		}
		for _, c := range []struct {
			name   string
			body   map[string]any
			status int
			code   string
		}{
			{"by field", map[string]any{"identifier": id("custom-field", "77", "customerid")}, 200, ""},
			{"no identifier", map[string]any{}, 400, "validation_failed"},
			{"unknown type", map[string]any{"identifier": id("shoe-size", "1", "")}, 400, "validation_failed"},
			{"no field name", map[string]any{"identifier": id("custom-field", "77", "")}, 400, "invalid_field"},
			{"cursor", map[string]any{"identifier": id("username", "ann", ""), "pagination": map[string]any{"cursor": "%"}}, 400, "invalid_field"},
			{"limit", map[string]any{"identifier": id("username", "ann", ""), "pagination": map[string]any{"limit": 101}}, 400, "validation_failed"},
			{"program's form", map[string]any{"identifier": id("username", "ann", ""), "programId": "x"}, 400, "invalid_field"},
			{"unknown program", map[string]any{"identifier": id("username", "ann", ""), "programId": api.NewID()}, 404, "program_not_found"},
			{"unknown user", map[string]any{"identifier": id("custom-field", "99", "customerid")}, 404, "user_not_found"},
			{"two users", map[string]any{"identifier": id("custom-field", "88", "customerid")}, 409, "identifier_ambiguous"},
		} {
			got := resttest.Call(t, w, "POST", "/apis/referral/summary", w.key, c.body)
			if got.Status != c.status || (c.code != "" && c.code != "invalid_field" && got.Text("code") != c.code) {
				t.Errorf("%s: got %d %s, want %d %s: %s", c.name, got.Status, got.Text("code"), c.status, c.code, got.Raw)
			}
		}
		got := resttest.Call(t, w, "POST", "/apis/v1/referrals/summary", w.key, map[string]any{"identifier": id("username", "ann", "")}).Want(t, 200)
		if n := got.At("data.activity.totalReferrals"); n != 1.0 {
			t.Errorf("got %v referrals, want 1: %s", n, got.Raw)
		}
		resttest.Call(t, w, "POST", "/v1/referrals/summary", "", map[string]any{}).Want(t, 401)
	})
}

func TestLinksAndLoops(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.field(t, "customerid")
		ann := w.join(t, "ann", "", api.FieldValue{Field: "customerid", Value: "77"})
		if err := w.s.SetCode(t.Context(), w.home.ID, ann.ID, "ann-rocks"); err != nil {
			t.Fatal(err)
		}
		bob := w.join(t, "bob", "Ann-Rocks")
		if err := w.s.SetCode(t.Context(), w.home.ID, bob.ID, "ANN-rocks"); !api.IsKind(err, api.Conflict) {
			t.Errorf("a code twice: %v, want a conflict", err)
		}
		cleo := w.join(t, "cleo", "bob")
		for name, by := range map[string]member.Ref{"himself": ann, "one she brought": bob, "one further down": cleo} {
			if err := w.s.SetReferrer(t.Context(), w.home.ID, ann, by); !api.IsKind(err, api.Conflict) {
				t.Errorf("brought by %s: %v, want a conflict", name, err)
			}
		}
		if err := w.s.SetReferrer(t.Context(), w.home.ID, cleo, ann); err != nil {
			t.Error(err)
		}
		if id, err := w.s.Find(t.Context(), w.home.ID, "77"); id != "" || err != nil {
			t.Errorf("without a mapping the value finds %q, %v", id, err)
		}
	})
}

func (w *world) field(t testing.TB, key string) {
	t.Helper()
	resttest.Call(t, w, "POST", "/v1/communities/"+w.home.ID+"/user-fields", w.key, api.NewUserField{Field: key, Name: key, Type: "text"}).Want(t, 201)
}

func (w *world) set(t testing.TB, user, key, value string) {
	t.Helper()
	w.clock.Advance(time.Second)
	resttest.Call(t, w, "PATCH", "/v1/users/"+user, w.key, map[string]any{"customFields": []map[string]any{{"fieldIdorName": key, "value": value}}}).Want(t, 200)
}
