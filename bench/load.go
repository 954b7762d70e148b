package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// plan says how much load: connections that each send their next request when
// the reply to the last one has come.
type plan struct {
	host        string
	connections int
	warmup      time.Duration // not counted
	duration    time.Duration
	shots       []shot
}

// tally is what was counted: by kind of request, in the order of the plan.
type tally struct {
	took     []histogram
	unpaid   int
	failures int
	examples []string // of the first failures
	duration time.Duration
}

// maxExamples is how many failures are told in words.
const maxExamples = 5

// hammer runs the plan and returns when it is over.
func hammer(ctx context.Context, p plan) tally {
	start := time.Now().Add(p.warmup)
	end := start.Add(p.duration)
	run := strconv.FormatInt(time.Now().UnixNano(), 36)
	parts := make([]tally, p.connections)
	var done sync.WaitGroup
	for i := range parts {
		done.Go(func() {
			w := &worker{p: p, conn: newConn(p.host), start: start, end: end, tally: &parts[i]}
			w.tally.took = make([]histogram, len(p.shots))
			w.turn = turn{r: rand.New(rand.NewPCG(uint64(i), uint64(start.UnixNano()))), name: run + "-" + strconv.Itoa(i)} //nolint:gosec // load, not a secret
			w.run(ctx)
		})
	}
	done.Wait()
	total := tally{took: make([]histogram, len(p.shots)), duration: p.duration}
	for i := range parts {
		total.merge(&parts[i])
	}
	return total
}

func (t *tally) merge(part *tally) {
	for i := range part.took {
		t.took[i].merge(&part.took[i])
	}
	t.unpaid += part.unpaid
	t.failures += part.failures
	for _, e := range part.examples {
		if len(t.examples) < maxExamples {
			t.examples = append(t.examples, e)
		}
	}
}

// worker is one connection.
type worker struct {
	p          plan
	conn       *conn
	start, end time.Time
	turn       turn
	tally      *tally
}

func (w *worker) run(ctx context.Context) {
	defer w.conn.close()
	var request []byte
	for ctx.Err() == nil {
		kind := w.pick()
		request = w.p.shots[kind].build(request[:0], &w.turn)
		sent := time.Now()
		if sent.After(w.end) {
			return
		}
		status, body, err := w.conn.do(request)
		now := time.Now()
		if err == nil && status != http.StatusOK {
			err = fmt.Errorf("status %d: %.200s", status, body)
		}
		if err == nil {
			err = w.p.shots[kind].check(body)
		}
		if isCounted := sent.After(w.start) && !now.After(w.end); isCounted || (err != nil && !errors.Is(err, errUnpaid)) {
			w.note(kind, now.Sub(sent), err)
		}
	}
}

// pick chooses a kind of request by weight.
func (w *worker) pick() int {
	if len(w.p.shots) == 1 {
		return 0
	}
	total := 0
	for _, s := range w.p.shots {
		total += s.weight
	}
	n := w.turn.r.IntN(total)
	for i, s := range w.p.shots {
		if n -= s.weight; n < 0 {
			return i
		}
	}
	return 0
}

func (w *worker) note(kind int, took time.Duration, err error) {
	if errors.Is(err, errUnpaid) {
		w.tally.unpaid++
	} else if err != nil {
		w.tally.failures++
		if len(w.tally.examples) < maxExamples {
			w.tally.examples = append(w.tally.examples, w.p.shots[kind].name+": "+err.Error())
		}
		return
	}
	w.tally.took[kind].add(took)
}
