package roster

import (
	"cmp"
	"container/heap"
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"laurel/api"
	"laurel/engine/member"
)

// List gives a window of the members' list: by an offset, or by a place that
// an earlier window gave. Errors: Invalid with filter.NAME, sort or cursor,
// Forbidden field_private.
func (s *Service) List(ctx context.Context, communityID string, w member.Window) (member.Listed, error) {
	t, fields, err := s.table(ctx, communityID)
	if err != nil {
		return member.Listed{}, err
	}
	q, err := s.parse(ctx, communityID, fields, w.Filter)
	if err != nil {
		return member.Listed{}, err
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	o, err := t.order(w.Sort)
	if err != nil {
		return member.Listed{}, err
	}
	if w.Cursor == "" {
		return t.fromOffset(q, o, w.Offset, w.Limit), nil
	}
	at, err := spotOf(w.Cursor, o.name)
	if err != nil {
		return member.Listed{}, err
	}
	return t.fromSpot(q, o, at, w.Limit), nil
}

// spot is a place between two members of an ordered list: what a cursor says.
// It holds the values by which the list is ordered, so that it stays a place
// when the member beside it has moved or is gone.
type spot struct {
	Sort   string `json:"s,omitempty"`
	Number int64  `json:"v,omitempty"`
	Text   string `json:"t,omitempty"`
	No     int64  `json:"n"`
	Back   bool   `json:"b,omitempty"` // the window ends here, rather than begins
}

func (at spot) cursor() string {
	raw, _ := json.Marshal(at) // texts and numbers only: cannot fail
	return base64.RawURLEncoding.EncodeToString(raw)
}

func spotOf(cursor, sort string) (at spot, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		err = json.Unmarshal(raw, &at)
	}
	if err != nil || at.No < 1 || at.Sort != sort {
		return at, api.InvalidField("cursor", "must be one that this list gave for the same sort")
	}
	return at, nil
}

// order puts members into an order; equal ones follow their numbers.
type order struct {
	name    string
	desc    bool
	numbers []int64
	text    func(no int64) string
}

// order reads a sort such as "xp:desc"; newest first without one.
func (t *table) order(sort string) (order, error) {
	if sort == "" {
		sort = "createdAt:desc"
	}
	column, direction, _ := strings.Cut(sort, ":")
	o := order{name: sort, desc: direction == "desc"}
	switch column {
	case "createdAt": // members are numbered as they join
	case "displayName":
		o.text = func(no int64) string { return t.names[no] }
	case "username":
		o.text = func(no int64) string { return usernameIn(t.names[no]) }
	default:
		o.numbers = t.ints(column)
		if o.numbers == nil {
			direction = ""
		}
	}
	if direction != "asc" && direction != "desc" {
		return o, api.InvalidField("sort", "must be a sortable field followed by :asc or :desc")
	}
	return o, nil
}

// spot is the place of a member.
func (o order) spot(no int64, back bool) spot {
	at := spot{Sort: o.name, No: no, Back: back}
	switch {
	case o.text != nil:
		at.Text = o.text(no)
	case o.numbers != nil:
		at.Number = o.numbers[no]
	}
	return at
}

// compare is below zero when the member stands before the place.
func (o order) compare(no int64, at spot) int {
	var by int
	switch {
	case o.text != nil:
		by = cmp.Compare(o.text(no), at.Text)
	case o.numbers != nil:
		by = cmp.Compare(o.numbers[no], at.Number)
	}
	if by == 0 {
		by = cmp.Compare(no, at.No)
	}
	if o.desc {
		return -by
	}
	return by
}

func (o order) before(a, b int64) bool { return o.compare(a, o.spot(b, false)) < 0 }

// fromOffset is the window after the first offset members.
func (t *table) fromOffset(q query, o order, offset, limit int) member.Listed {
	pick := picker{order: o, size: offset + limit}
	t.each(q, pick.add)
	nos := pick.sorted()
	return window(o, nos[min(offset, len(nos)):], pick.seen, offset+1)
}

// fromSpot is the window that begins or ends at a place.
func (t *table) fromSpot(q query, o order, at spot, limit int) member.Listed {
	pick, total := picker{order: o, size: limit, last: at.Back}, 0
	t.each(q, func(no int64) {
		total++
		if by := o.compare(no, at); (by > 0) != at.Back && by != 0 {
			pick.add(no)
		}
	})
	nos := pick.sorted()
	start := total - pick.seen + 1
	if at.Back {
		start = pick.seen - len(nos) + 1
	}
	return window(o, nos, total, start)
}

func window(o order, nos []int64, total, start int) member.Listed {
	out := member.Listed{Nos: nos, Total: total, Start: start}
	if len(nos) == 0 {
		return out
	}
	if start > 1 {
		out.Prev = o.spot(nos[0], true).cursor()
	}
	if start+len(nos)-1 < total {
		out.Next = o.spot(nos[len(nos)-1], false).cursor()
	}
	return out
}

// picker keeps the first members of an order, or the last, of those that it is
// given; the one that gives way next is on top of the heap.
type picker struct {
	order order
	size  int
	last  bool
	nos   []int64
	top   spot // of the heap's top, once it is full
	seen  int
}

func (p *picker) add(no int64) {
	p.seen++
	switch {
	case p.size <= 0:
		return
	case len(p.nos) < p.size:
		heap.Push(p, no)
	case (p.order.compare(no, p.top) < 0) == p.last:
		return
	default:
		p.nos[0] = no
		heap.Fix(p, 0)
	}
	p.top = p.order.spot(p.nos[0], false)
}

func (p *picker) sorted() []int64 {
	slices.SortFunc(p.nos, func(a, b int64) int { return p.order.compare(a, p.order.spot(b, false)) })
	return p.nos
}

// Len, Less, Swap, Push and Pop are the heap's.
func (p *picker) Len() int           { return len(p.nos) }
func (p *picker) Less(i, j int) bool { return p.order.before(p.nos[j], p.nos[i]) != p.last }
func (p *picker) Swap(i, j int)      { p.nos[i], p.nos[j] = p.nos[j], p.nos[i] }
func (p *picker) Push(x any)         { no, _ := x.(int64); p.nos = append(p.nos, no) }
func (p *picker) Pop() any           { last := p.nos[len(p.nos)-1]; p.nos = p.nos[:len(p.nos)-1]; return last }
