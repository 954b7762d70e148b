package main

import (
	"iter"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
)

// record is what a round has sent, by idempotency key: what was acknowledged
// with what, and what was open when the server died. Open entries have no XP.
type record struct {
	mu    sync.Mutex
	acked map[string]entry
	open  map[string]entry
}

// sample gives every open entry and at most n acknowledged ones.
func (r *record) sample(n int) iter.Seq2[string, entry] {
	return func(yield func(string, entry) bool) {
		for key, e := range r.open {
			if !yield(key, e) {
				return
			}
		}
		for key, e := range r.acked {
			if n--; n < 0 || !yield(key, e) {
				return
			}
		}
	}
}

// awardAction has no cooldown, so that each repetition is paid.
const awardAction = "refer"

func awardBody(b []byte, member int64, key string) []byte {
	b = append(b, `{"user":"`...)
	b = strconv.AppendInt(b, member, 10)
	b = append(b, `","action":"`+awardAction+`","idempotencyKey":"`...)
	b = append(b, key...)
	return append(b, `"}`...)
}

// award sends activities on every connection until the server is gone, and
// returns what became of them.
func award(addr string, t target, prefix string, connections int) *record {
	r := &record{acked: map[string]entry{}, open: map[string]entry{}}
	var done sync.WaitGroup
	for i := range connections {
		done.Go(func() { r.send(addr, t, prefix+strconv.Itoa(i)+"-") })
	}
	done.Wait()
	return r
}

func (r *record) send(addr string, t target, prefix string) {
	c, m, chance := newConn(addr), mold{addr, t.CommunityKey}, rand.New(rand.NewPCG(rand.Uint64(), 0)) //nolint:gosec // load, not a secret
	defer c.close()
	var body, request []byte
	for n := 0; ; n++ {
		key, member := prefix+strconv.Itoa(n), t.someone(chance)
		body = awardBody(body[:0], member, key)
		request = m.post(request[:0], "/v1/activities", body)
		status, reply, err := c.do(request)
		isAcked := err == nil && status == http.StatusOK
		r.note(key, entry{member: member, xp: int64(number(reply, `"xp":`))}, isAcked)
		if !isAcked {
			return
		}
	}
}

func (r *record) note(key string, e entry, isAcked bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if isAcked {
		r.acked[key] = e
		return
	}
	r.open[key] = entry{member: e.member}
}
