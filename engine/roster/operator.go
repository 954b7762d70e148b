package roster

import (
	"context"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"laurel/engine/db"
	"laurel/engine/member"
)

// finder finds a member's number by an id.
func (s *Service) finder(ctx context.Context, communityID string) func(ref string) (int64, bool) {
	return func(ref string) (int64, bool) {
		found, err := s.members.Resolve(ctx, communityID, ref)
		return found.No, err == nil
	}
}

// holders finds who has a role; what goes wrong is left in failed.
func (s *Service) holders(ctx context.Context, communityID string, failed *error) func(role string) ([]int64, bool) {
	return func(role string) ([]int64, bool) {
		if s.Holders == nil {
			return nil, false
		}
		nos, known, err := s.Holders(ctx, communityID, role)
		if err != nil {
			*failed = err
			return nil, true
		}
		return nos, known
	}
}

// searched understands what is typed into a search: an id, a number or a whole
// address mean one member, all else is a part of a name.
func (p parser) searched(v any) (condition, string) {
	text, ok := v.(string)
	typed := strings.TrimSpace(text)
	switch kind, key := member.Named(strings.TrimPrefix(typed, "#")); {
	case !ok:
		return nil, "must be text"
	case kind == member.ByID:
		no, found := p.find(key)
		if !found {
			return nobody{}, ""
		}
		return numbered{no, no}, ""
	case kind == member.ByNumber:
		n, _ := number(key)
		return numbered{int64(n), int64(n)}, ""
	case kind == member.ByEmail:
		return isOne{"email", []uint64{hashOf(key)}}, ""
	}
	return named{fold(typed)}, ""
}

// holding understands a role by its id or title.
func (p parser) holding(v any) (condition, string) {
	role, ok := v.(string)
	nos, known := p.held(role)
	return marked(nos), problem(ok && known, "is no role of this community that members are given")
}

// every takes over filters that hold together with the others: for two
// conditions on the same column.
func (p parser) every(q *query, value any) error {
	list, ok := value.([]any)
	if !ok || len(list) > 50 {
		return bad("and", "must be a list of at most 50 filters")
	}
	for _, one := range list {
		entries, ok := one.(map[string]any)
		if !ok {
			return bad("and", "must be a list of filters")
		}
		for _, name := range slices.Sorted(maps.Keys(entries)) {
			if name == "and" {
				return bad("and", "cannot stand in itself")
			}
			if err := p.add(q, name, entries[name]); err != nil {
				return err
			}
		}
	}
	return nil
}

// namesLast puts the conditions on names behind the others: they cost most.
func (q *query) namesLast() {
	slices.SortStableFunc(q.conditions, func(a, b condition) int { return costOf(a) - costOf(b) })
}

func costOf(c condition) int {
	if n, ok := c.(not); ok {
		c = n.condition
	}
	if _, ok := c.(named); ok {
		return 1
	}
	return 0
}

// each is a list of which every value holds, or none.
func (p parser) each(c column, op string, value any) ([]condition, error) {
	list, ok := value.([]any)
	if !ok || len(list) == 0 || len(list) > 200 {
		return nil, bad(c.name+"."+op, "must name 1 to 200 values")
	}
	var out []condition
	for _, v := range list {
		one, wrong := c.exact(v)
		if wrong != "" {
			return nil, bad(c.name+"."+op, wrong)
		}
		if op == "none" {
			one = not{one}
		}
		out = append(out, one)
	}
	return out, nil
}

// maxDays bounds how far back a filter may look.
const maxDays = 36_600

// ago is a time in the last days, or one before them.
func (p parser) ago(c column, op string, value any) ([]condition, error) {
	days, ok := number(value)
	switch {
	case c.since == nil:
		return nil, bad(c.name+"."+op, "is for times and dates")
	case !ok || days < 0 || days > maxDays || days != math.Trunc(days):
		return nil, bad(c.name+"."+op, "must be a number of days, 0 to 36,600")
	}
	return []condition{c.since(p.now.In(p.zone).AddDate(0, 0, -int(days)), op == "older")}, nil
}

// momentColumn compares moments; a day is one of the community's zone. A
// moment of 0 is none.
func (p parser) momentColumn(name string, get func(t *table) []int64) column {
	edge := func(v any, op string) (condition, string) {
		from, to, ok := span(v, p.zone)
		lo, hi := edges(op, db.Micros(from), db.Micros(to), 1, math.MaxInt64,
			func(n int64) int64 { return n + 1 }, func(n int64) int64 { return n - 1 })
		return within{get, lo, hi}, problem(ok, notTime)
	}
	return column{
		name: name, edge: edge, exact: func(v any) (condition, string) { return edge(v, "eq") },
		since: func(at time.Time, before bool) condition {
			if before {
				return within{get, 1, db.Micros(at) - 1}
			}
			return within{get, db.Micros(at), math.MaxInt64}
		},
	}
}

// wasSeen lets members through that were ever seen.
type wasSeen struct{}

func (wasSeen) keep(t *table, nos []int32) []int32 {
	return slices.DeleteFunc(nos, func(no int32) bool { return t.seen[no] == 0 })
}
