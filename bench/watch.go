package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"time"

	"laurel/api"
)

// Every beat the watch asks for the ranks of some random members.
const (
	beat       = 50 * time.Millisecond
	perBeat    = 100
	watchConns = 10
	watchLimit = 2 * time.Minute
)

// watch asks a server that has just started for ranks, and compares each with
// the exact one.
type watch struct {
	t    target
	addr string
	want map[int64]int

	mu sync.Mutex
	v  *verdict
}

// answer is what a server said of one rank.
type answer int

const (
	isExact answer = iota
	isWrong
	isRefused // 503: not yet
	isFailed
)

// run asks beat by beat until everything was exact for so long, and returns
// how long after the opening the first wholly exact beat was complete.
func (w *watch) run(ctx context.Context, opened time.Time, quiet time.Duration) (time.Duration, error) {
	conns := make([]*conn, watchConns)
	for i := range conns {
		conns[i] = newConn(w.addr)
		defer conns[i].close()
	}
	tick := time.NewTicker(beat)
	defer tick.Stop()
	var since time.Time
	for time.Since(opened) < watchLimit && ctx.Err() == nil {
		if w.ask(conns) {
			if since.IsZero() {
				since = time.Now()
			}
			if time.Since(since) >= quiet {
				return since.Sub(opened), nil
			}
		} else {
			since = time.Time{}
		}
		<-tick.C
	}
	return 0, fmt.Errorf("ranks are not exact after %v", watchLimit)
}

// ask asks for one beat's ranks at once and reports whether all were exact.
func (w *watch) ask(conns []*conn) bool {
	var done sync.WaitGroup
	all := make([]bool, len(conns))
	for i, c := range conns {
		done.Go(func() {
			all[i] = true
			for range perBeat / watchConns {
				all[i] = w.askOne(c) && all[i]
			}
		})
	}
	done.Wait()
	for _, ok := range all {
		if !ok {
			return false
		}
	}
	return true
}

func (w *watch) askOne(c *conn) bool {
	no := w.t.First + rand.Int64N(int64(w.t.Members)) //nolint:gosec // a sample, not a secret
	path := "/v1/leaderboards/" + w.t.BoardID + "/entries/" + strconv.FormatInt(no, 10) + "?around=1"
	status, body, err := c.do(mold{w.addr, w.t.CommunityKey}.get(path))
	got, note := judge(no, w.want[no], status, body, err)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.v.asked++
	switch got {
	case isWrong:
		w.v.wrong++
	case isRefused:
		w.v.refused++
	case isFailed:
		w.v.failed++
	}
	if note != "" {
		w.v.example = note
	}
	return got == isExact
}

// judge compares one reply with the exact rank; the note says what is wrong.
func judge(no int64, want, status int, body []byte, err error) (got answer, note string) {
	switch {
	case err != nil:
		return isFailed, fmt.Sprintf("member %d: %v", no, err)
	case status == http.StatusServiceUnavailable:
		return isRefused, ""
	case status != http.StatusOK:
		return isFailed, fmt.Sprintf("member %d: status %d: %.200s", no, status, body)
	}
	var reply struct {
		Data api.Standings `json:"data"`
	}
	if err := json.Unmarshal(body, &reply); err != nil {
		return isFailed, fmt.Sprintf("member %d: %v: %.200s", no, err, body)
	}
	for _, e := range reply.Data.Entries {
		if e.User.Number == no && e.Rank == want {
			return isExact, ""
		}
		if e.User.Number == no {
			return isWrong, fmt.Sprintf("member %d has rank %d and was shown %d", no, want, e.Rank)
		}
	}
	return isWrong, fmt.Sprintf("member %d has rank %d and was not shown: %.200s", no, want, body)
}
