package roster

import (
	"context"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"laurel/api"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// parser turns a filter of the wire into conditions.
type parser struct {
	fields []member.Field
	ladder api.TierInfo
	zone   *time.Location
	caller rest.Caller
	now    time.Time
	find   func(ref string) (no int64, ok bool)
	held   func(role string) (nos []int64, ok bool)
}

// parse understands a filter. Errors: Invalid with filter.NAME, Forbidden
// field_private.
func (s *Service) parse(ctx context.Context, communityID string, fields []member.Field, filter map[string]any) (query, error) {
	var err error
	p := parser{fields: fields, zone: s.members.Zone(ctx, communityID), caller: rest.CallerOf(ctx), now: s.k.Now()}
	p.find, p.held = s.finder(ctx, communityID), s.holders(ctx, communityID, &err)
	q := query{want: isThere, mask: isThere | isDeleted}
	for _, name := range slices.Sorted(maps.Keys(filter)) {
		if name == "tier" || name == "and" {
			if p.ladder, err = s.ledger.TierInfo(ctx, communityID); err != nil {
				return q, err
			}
		}
		if wrong := p.add(&q, name, filter[name]); wrong != nil {
			return q, wrong
		}
	}
	q.namesLast()
	return q, err
}

func bad(name, problem string) error { return api.InvalidField("filter."+name, problem) }

// add takes one entry of the filter over.
func (p parser) add(q *query, name string, value any) error {
	if name == "and" {
		return p.every(q, value)
	}
	if flag := map[string]uint8{"is_deleted": isDeleted, "is_dummy": isDummy}[name]; flag != 0 {
		is, ok := value.(bool)
		if !ok {
			return bad(name, "must be true or false")
		}
		q.mask |= flag
		q.want &^= flag
		if is {
			q.want |= flag
		}
		return nil
	}
	c, err := p.column(name)
	if err != nil {
		return err
	}
	made, err := p.conditions(c, value)
	q.conditions = append(q.conditions, made...)
	return err
}

// column is what a filter's entry compares.
type column struct {
	name  string
	exact func(value any) (condition, string)
	edge  func(value any, op string) (condition, string) // nil when the column has no order
	since func(at time.Time, before bool) condition      // nil when the column holds no times
	has   condition                                      // nil when every member has a value
}

// column finds a column of the member or a user field by id, key or label.
func (p parser) column(name string) (column, error) {
	switch name {
	case "xp", "coins", "premium":
		return wholeColumn(name, func(t *table) []int64 { return t.ints(name) }), nil
	case "id", "user_id", "userId":
		c := wholeColumn(name, nil)
		return c, nil
	case "join_date", "created_at", "createdAt":
		return p.momentColumn(name, func(t *table) []int64 { return t.joined }), nil
	case "last_seen":
		c := p.momentColumn(name, func(t *table) []int64 { return t.seen })
		c.has = wasSeen{}
		return c, nil
	case "search":
		return column{name: name, exact: p.searched}, nil
	case "roles":
		return column{name: name, exact: p.holding}, nil
	case "username", "email", "first_name", "last_name", "role", "language":
		return textColumn(name), nil
	case "tags":
		return column{name: name, has: hasTags{}, exact: func(v any) (condition, string) {
			tag, ok := v.(string)
			return tagged{tag}, problem(ok, "must be the name of a tag")
		}}, nil
	case "tier":
		return p.tierColumn(), nil
	}
	for _, same := range []func(member.Field) bool{
		func(f member.Field) bool { return f.ID == name }, func(f member.Field) bool { return f.Field == name },
		func(f member.Field) bool { return strings.EqualFold(f.Name, name) },
	} {
		if i := slices.IndexFunc(p.fields, same); i >= 0 {
			return p.fieldColumn(name, p.fields[i])
		}
	}
	return column{}, bad(name, "is no column and no user field of this community")
}

func problem(ok bool, text string) string {
	if ok {
		return ""
	}
	return text
}

// wholeColumn compares whole numbers; without a column the member's own.
func wholeColumn(name string, get func(t *table) []int64) column {
	between := func(lo, hi int64) condition {
		if get == nil {
			return numbered{lo, hi}
		}
		return within{get, lo, hi}
	}
	return column{
		name: name,
		exact: func(v any) (condition, string) {
			n, ok := number(v)
			if ok && n != math.Trunc(n) {
				return between(1, 0), ""
			}
			return between(int64(n), int64(n)), problem(ok, "must be a number")
		},
		edge: func(v any, op string) (condition, string) {
			n, ok := number(v)
			lo, hi := int64(math.MinInt64), int64(math.MaxInt64)
			switch op {
			case "gte":
				lo = int64(math.Ceil(n))
			case "gt":
				lo = int64(math.Floor(n)) + 1
			case "lte":
				hi = int64(math.Floor(n))
			case "lt":
				hi = int64(math.Ceil(n)) - 1
			}
			return between(lo, hi), problem(ok, "must be a number")
		},
	}
}

// number reads a JSON number, or one in a text; bounded so that it fits.
func number(v any) (float64, bool) {
	n, ok := v.(float64)
	switch v := v.(type) {
	case string:
		got, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
		n, ok = got, err == nil
	case json.Number:
		got, err := v.Float64()
		n, ok = got, err == nil
	}
	return n, ok && !math.IsNaN(n) && math.Abs(n) <= 9e15
}

// span is the time that a text means: one moment, or a whole day.
func span(v any, zone *time.Location) (from, to time.Time, ok bool) {
	text, _ := v.(string)
	if day, err := time.ParseInLocation(time.DateOnly, text, zone); err == nil {
		return day, time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, zone).Add(-time.Microsecond), true
	}
	at, err := api.ParseTime(text)
	return at, at, err == nil
}

// edges are the bounds that an operator sets to a span.
func edges[T any](op string, from, to, least, most T, next, previous func(T) T) (lo, hi T) {
	switch op {
	case "gte":
		return from, most
	case "gt":
		return next(to), most
	case "lte":
		return least, to
	case "lt":
		return least, previous(from)
	}
	return from, to
}

const notTime = "must be a day such as 2026-05-31, or RFC 3339"

// textColumn compares texts of the member itself; addresses and usernames
// whatever their case.
func textColumn(name string) column {
	key := func(v string) string { return strings.TrimSpace(v) }
	switch name {
	case "username":
		key = member.UsernameKey
	case "email":
		key = member.EmailKey
	}
	return column{name: name, has: filled{name}, exact: func(v any) (condition, string) {
		text, ok := v.(string)
		return isOne{name, []uint64{hashOf(key(text))}}, problem(ok, "must be text")
	}}
}

// tierColumn compares tiers by name or id: a range of the XP by
// which they are judged.
func (p parser) tierColumn() column {
	return column{name: "tier", exact: func(v any) (condition, string) {
		name, _ := v.(string)
		for i, t := range p.ladder.Tiers {
			if !strings.EqualFold(t.Name, name) && t.ID != name {
				continue
			}
			hi := int64(math.MaxInt64)
			if i+1 < len(p.ladder.Tiers) {
				hi = p.ladder.Tiers[i+1].MinXP - 1
			}
			return standing{p.ladder.Demotion.Rule, t.MinXP, hi}, ""
		}
		return nil, "is no tier of this community"
	}}
}

var errPrivate = api.NewError(api.Forbidden, "field_private", "That user field is private; filtering by it needs the permission userFields.")

// fieldColumn compares the values of a user field as its type says.
func (p parser) fieldColumn(name string, f member.Field) (column, error) {
	if f.Private && p.caller.Kind != rest.Anonymous && !p.caller.Can(api.PermUserFields) {
		return column{}, errPrivate
	}
	key := fieldColumn(f.Field)
	c := column{name: name, has: filled{key}}
	if !isMeasured(f) {
		c.exact = func(v any) (condition, string) {
			text, problem := f.Canonical(v)
			return isOne{key, []uint64{hashOf(text)}}, problem
		}
		return c, nil
	}
	c.edge = func(v any, op string) (condition, string) {
		from, to, problem := bounds(f, v)
		lo, hi := edges(op, from, to, math.Inf(-1), math.Inf(1),
			func(n float64) float64 { return math.Nextafter(n, math.Inf(1)) }, func(n float64) float64 { return math.Nextafter(n, math.Inf(-1)) })
		return measured{key, lo, hi}, problem
	}
	c.exact = func(v any) (condition, string) { return c.edge(v, "eq") }
	if f.Type == "date" {
		c.since = func(at time.Time, before bool) condition {
			edge := float64(at.Unix())
			if before {
				return measured{key, math.Inf(-1), edge - 1}
			}
			return measured{key, edge, math.Inf(1)}
		}
	}
	return c, nil
}

// bounds are what a value of a number or date field means; a day is a day in
// UTC.
func bounds(f member.Field, v any) (from, to float64, wrong string) {
	if f.IsNumber() {
		n, ok := number(v)
		return n, n, problem(ok, "must be a number")
	}
	start, end, ok := span(v, time.UTC)
	return float64(start.Unix()), float64(end.Unix()), problem(ok, notTime)
}

// conditions are those of one entry: a value, a list of which one holds, null
// for none, or operators that hold together.
func (p parser) conditions(c column, value any) ([]condition, error) {
	switch v := value.(type) {
	case nil:
		return p.exists(c, false)
	case []any:
		one, err := p.oneOf(c, v)
		return []condition{one}, err
	case map[string]any:
		return p.operators(c, v)
	}
	one, wrong := c.exact(value)
	if wrong != "" {
		return nil, bad(c.name, wrong)
	}
	return []condition{one}, nil
}

func (p parser) exists(c column, wanted any) ([]condition, error) {
	is, ok := wanted.(bool)
	switch {
	case !ok:
		return nil, bad(c.name+".exists", "must be true or false")
	case c.has == nil && is:
		return nil, nil
	case c.has == nil:
		return []condition{numbered{1, 0}}, nil
	case is:
		return []condition{c.has}, nil
	}
	return []condition{not{c.has}}, nil
}

func (p parser) oneOf(c column, list []any) (condition, error) {
	if len(list) == 0 || len(list) > 200 {
		return nil, bad(c.name, "must name 1 to 200 values")
	}
	var any either
	for _, v := range list {
		one, wrong := c.exact(v)
		if wrong != "" {
			return nil, bad(c.name, wrong)
		}
		any = append(any, one)
	}
	return any.joined(), nil
}

// joined makes one condition of texts of the same column.
func (c either) joined() condition {
	var all isOne
	for _, one := range c {
		text, ok := one.(isOne)
		if !ok {
			return c
		}
		all.column, all.hashes = text.column, append(all.hashes, text.hashes...)
	}
	return all
}

func (p parser) operators(c column, ops map[string]any) ([]condition, error) {
	if len(ops) == 0 {
		return nil, bad(c.name, "must name a value or an operator")
	}
	var out []condition
	for _, op := range slices.Sorted(maps.Keys(ops)) {
		made, err := p.operator(c, op, ops[op])
		if err != nil {
			return nil, err
		}
		out = append(out, made...)
	}
	return out, nil
}

func (p parser) operator(c column, op string, value any) ([]condition, error) {
	switch op {
	case "eq":
		return p.conditions(c, value)
	case "exists":
		return p.exists(c, value)
	case "in":
		list, ok := value.([]any)
		if !ok {
			return nil, bad(c.name+".in", "must be a list")
		}
		one, err := p.oneOf(c, list)
		return []condition{one}, err
	case "ne":
		one, wrong := c.exact(value)
		if wrong != "" {
			return nil, bad(c.name+".ne", wrong)
		}
		return []condition{not{one}}, nil
	case "all", "none":
		return p.each(c, op, value)
	case "last", "older":
		return p.ago(c, op, value)
	case "gte", "gt", "lte", "lt":
		if c.edge == nil {
			return nil, bad(c.name+"."+op, "is for numbers and dates")
		}
		one, wrong := c.edge(value, op)
		if wrong != "" {
			return nil, bad(c.name+"."+op, wrong)
		}
		return []condition{one}, nil
	}
	return nil, bad(c.name+"."+op, "is no operator: use gte, lte, gt, lt, ne, in, all, none, exists, last or older")
}
