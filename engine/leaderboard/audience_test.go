package leaderboard_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/member"
	"laurel/engine/rest"
	"laurel/engine/rest/resttest"
)

// crowd is a community whose members change under its boards.
type crowd struct {
	*world
	boss   string // the owner's token
	people []member.Ref
	tags   map[int64][]string
	roles  map[int64]api.Role
	gone   map[int64]bool
	dummy  map[int64]bool
	boards map[string]crowded
}

// crowded is a board with the plain reading of whom it ranks.
type crowded struct {
	id string
	in func(member.Ref) bool
}

func newCrowd(t *testing.T, d *db.DB) *crowd {
	t.Helper()
	w := newWorldIn(t, d, "Europe/Lisbon", moment("2026-11-27T08:00:00Z"))
	c := &crowd{world: w, tags: map[int64][]string{}, roles: map[int64]api.Role{}, gone: map[int64]bool{}, dummy: map[int64]bool{}, boards: map[string]crowded{}}
	owner := w.seed(t, member.Seed{Username: "boss", Role: api.RoleOwner})[0]
	c.boss = w.signIn(t, owner)
	c.arrive(t, 12)
	tagged := func(tag string) func(member.Ref) bool {
		return func(who member.Ref) bool { return slices.Contains(c.tags[who.No], tag) }
	}
	named := c.people[2]
	for name, b := range map[string]struct {
		changes map[string]any
		in      func(member.Ref) bool
	}{
		"everybody": {nil, everybody},
		"tag":       {map[string]any{"allowedTagsToRank": []string{"vip"}}, tagged("vip")},
		"role":      {map[string]any{"allowedRolesToRank": []string{"admin"}}, func(who member.Ref) bool { return c.roles[who.No] == api.RoleAdmin }},
		"named":     {map[string]any{"allowedUsersToRank": []string{named.Username}}, func(who member.Ref) bool { return who.No == named.No }},
		"any of the three": {
			map[string]any{"allowedTagsToRank": []string{"vip", "new"}, "allowedRolesToRank": []string{"admin"}, "allowedUsersToRank": []string{named.ID}},
			func(who member.Ref) bool {
				return tagged("vip")(who) || tagged("new")(who) || c.roles[who.No] == api.RoleAdmin || who.No == named.No
			},
		},
	} {
		for _, dummies := range []bool{false, true} {
			changes := map[string]any{"name": fmt.Sprint(name, dummies), "allowedTimeFilters": api.Periods(), "includeDummyUsers": dummies}
			for k, v := range b.changes {
				changes[k] = v
			}
			c.boards[fmt.Sprint(name, ", dummies ", dummies)] = crowded{w.board(t, changes), func(who member.Ref) bool {
				return b.in(who) && !c.gone[who.No] && (dummies || !c.dummy[who.No])
			}}
		}
	}
	return c
}

// arrive adds n members, every fourth of them a dummy.
func (c *crowd) arrive(t *testing.T, n int) {
	t.Helper()
	seeds := make([]member.Seed, n)
	for i := range seeds {
		seeds[i] = member.Seed{Username: fmt.Sprintf("m%d", len(c.people)+i+1), IsDummy: i%4 == 3}
	}
	for i, who := range c.seed(t, seeds...) {
		c.people = append(c.people, who)
		c.roles[who.No], c.dummy[who.No] = api.RoleMember, seeds[i].IsDummy
	}
}

// change does one thing to a member, as the team would.
func (c *crowd) change(t *testing.T, r *rand.Rand) {
	t.Helper()
	who := c.people[r.IntN(len(c.people))]
	switch r.IntN(5) {
	case 0:
		c.arrive(t, 1)
	case 1:
		action := "delete"
		if c.gone[who.No] {
			action = "restore"
		}
		resttest.Call(t, c, "POST", "/v1/users/manage", c.boss, map[string]any{"action": action, "user": who.ID}).Want(t, 200)
		c.gone[who.No] = !c.gone[who.No]
	case 2:
		if !c.gone[who.No] {
			role := []api.Role{api.RoleMember, api.RoleAdmin}[r.IntN(2)]
			resttest.Call(t, c, "PATCH", "/v1/users/"+who.ID, c.boss, map[string]any{"role": role}).Want(t, 200)
			c.roles[who.No] = role
		}
	default:
		add, remove := []string{"vip", "new", "quiet"}[r.IntN(3)], []string{"vip", "new", "quiet"}[r.IntN(3)]
		if add == remove {
			return
		}
		ctx := rest.WithCaller(context.Background(), rest.Caller{CommunityID: c.home, Role: api.RoleOwner, Kind: rest.UserToken})
		if _, err := c.members.Tag(ctx, c.home, []int64{who.No}, []string{add}, []string{remove}); err != nil {
			t.Fatal(err)
		}
		c.tags[who.No] = slices.DeleteFunc(append(slices.Clone(c.tags[who.No]), add), func(tag string) bool { return tag == remove })
	}
}

// TestBoardsRankTheirAudience changes tags, roles, deletions and arrivals
// between acts, across ends of days and restarts; each board ranks exactly
// those who belong on it now, with all that they ever earned.
func TestBoardsRankTheirAudience(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c, r := newCrowd(t, d), rand.New(rand.NewPCG(3, 9))
		n := &naive{zone: time.UTC}
		check := func(what string) {
			t.Helper()
			for name, b := range c.boards {
				c.agree(t, what+": "+name, b.id, n, []api.Period{api.PeriodAllTime, api.PeriodDaily}, c.people, b.in)
			}
		}
		for step := range 120 {
			c.clock.Advance(time.Duration(10+r.IntN(60)) * time.Minute)
			act := c.gain(c.people[r.IntN(len(c.people))], int64(1+r.IntN(5)), 0)
			c.post(t, act)
			n.acts = append(n.acts, act)
			c.change(t, r)
			switch {
			case step%40 == 39:
				if err := c.s.Flush(t.Context()); err != nil {
					t.Fatal(err)
				}
				c.world = c.again(t)
			case step%30 == 29:
				c.world = c.again(t)
			}
			if step%15 == 14 {
				check(fmt.Sprint("step ", step))
			}
		}
		check("at the end")
		c.forgetProjection(t)
		c.world = c.again(t)
		check("from the ledger")
	})
}

// TestAudienceOfABoardChanges gives a board another audience, which then
// stands at once with all that they have earned before.
func TestAudienceOfABoardChanges(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCrowd(t, d)
		n := &naive{zone: time.UTC}
		for i, who := range c.people {
			act := c.gain(who, int64(i+1), 0)
			c.post(t, act)
			n.acts = append(n.acts, act)
		}
		id := c.boards["everybody, dummies true"].id
		for _, users := range [][]string{{c.people[0].ID, c.people[5].ID}, {c.people[7].ID}, {}} {
			resttest.Call(t, c, "PATCH", boards+"/"+id, c.key, map[string]any{"allowedUsersToRank": users}).Want(t, 200)
			c.agree(t, fmt.Sprint(len(users), " named"), id, n, []api.Period{api.PeriodAllTime, api.PeriodWeekly}, c.people, func(who member.Ref) bool {
				return len(users) == 0 || slices.Contains(users, who.ID)
			})
		}
	})
}
