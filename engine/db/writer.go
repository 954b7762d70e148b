package db

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

// Group commit: how many callers share a transaction, how long the first one
// may wait for the others, and how long a group may take on PostgreSQL before
// its connection counts as lost.
const (
	groupLimit    = 512
	groupWait     = 2 * time.Millisecond
	groupDeadline = time.Minute
)

// request is one call of Write.
type request struct {
	ticket
	ctx  context.Context //nolint:containedctx // the caller's, for its values
	fn   func(ctx context.Context, tx *Tx) error
	hook *hook
}

// writer runs write functions in groups, through one connection on SQLite and
// several on PostgreSQL.
type writer struct {
	d     *DB
	queue *intake[*request]
	done  sync.WaitGroup
	// alone is held for reading by groups, and for writing by requests that
	// lost against a concurrent transaction and run again.
	alone sync.RWMutex
	// groups counts transactions for the checkpointer; tidy is its call.
	groups      atomic.Int64
	tidy        chan struct{}
	checkpoints *checkpointer // nil on PostgreSQL
}

func newWriter(d *DB) (*writer, error) {
	w := &writer{d: d, queue: newIntake[*request](2 * groupLimit), tidy: make(chan struct{})}
	lanes := 1
	if d.dialect == SQLite {
		var err error
		if w.checkpoints, err = newCheckpointer(w); err != nil {
			return nil, err
		}
	}
	if d.dialect == PostgreSQL {
		lanes = postgresWriters
	}
	w.done.Add(lanes)
	for range lanes {
		go w.loop(&lane{w: w})
	}
	return w, nil
}

func (w *writer) stop() error {
	var err error
	if w.checkpoints != nil {
		err = w.checkpoints.close()
	}
	w.queue.close()
	w.done.Wait()
	return err
}

// Write runs fn in a transaction that is durable when Write returns nil. On an
// error of fn its changes are undone and the error returned as it is; other
// callers of the same group are not affected. fn may be run again after a
// lost conflict, so it must have no outside effects, and it must not call
// Write or Batcher.Do. A ctx that ends while the call is queued takes it out;
// once fn has begun, Write waits for the outcome.
func (d *DB) Write(ctx context.Context, fn func(ctx context.Context, tx *Tx) error) error {
	if d.writer == nil {
		return errTool()
	}
	if isInside(ctx) {
		return errors.New("a write was begun inside another write")
	}
	r := &request{ctx: ctx, fn: fn, hook: takeHook(ctx), ticket: ticket{done: make(chan struct{})}}
	err := d.writer.queue.put(ctx, r)
	if err == nil {
		err = r.await(ctx)
	}
	r.hook.settle(err)
	return err
}

// call runs the hook and the function; a panic becomes the caller's error.
func (r *request) call(tx *Tx) (err error) {
	defer tx.finish()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("write function panicked: %v\n%s", p, debug.Stack())
		}
	}()
	ctx := inside(r.ctx)
	if err := r.hook.run(ctx, tx); err != nil {
		return err
	}
	return r.fn(ctx, tx)
}

// loop serves the queue until it is closed and empty.
func (w *writer) loop(l *lane) {
	defer w.leave(l)
	for {
		first, ok := l.next()
		if !ok {
			break
		}
		found := w.queue.gather([]*request{first}, groupLimit, l.usual, groupWait)
		l.usual = len(found)
		l.serve(found)
	}
	l.finished = true
}

// leave runs when loop ends: because the queue is closed, or because a write
// function ended this goroutine (runtime.Goexit, as testing's FailNow does).
// Then the callers get an error and another goroutine goes on.
func (w *writer) leave(l *lane) {
	if l.finished {
		l.shut()
		w.done.Done()
		return
	}
	l.drop()
	l.answer(errors.New("a write function ended its goroutine"))
	go w.loop(l)
}
