package db

import (
	"context"
	"errors"
	"fmt"
)

// Batcher collects the items of concurrent callers and works on them set-wise,
// a whole group in one transaction. One goroutine writes, so groups commit in
// a single order. It is safe for concurrent use and ends with its DB.
type Batcher[In, Out any] struct {
	d     *DB
	queue *intake[*item[In, Out]]
	max   int
	run   func(ctx context.Context, tx *Tx, in []In) ([]Out, []error, error)
	after func(in []In, out []Out)
	// durable are committed groups on their way back to their callers, while
	// the next group is already written.
	durable chan *batch[In, Out]
	done    chan struct{}
}

type item[In, Out any] struct {
	ticket
	ctx  context.Context //nolint:containedctx // the caller's, for its hook
	in   In
	out  Out
	hook *hook
}

// NewBatcher returns a batcher for groups of 1 to max items: those that came
// while the group before was written.
//
// run works on a group in one transaction and returns one result per item, and
// either nil or one error per item; an item with an error must have left no
// trace. Its third result fails the transaction: then the group is halved
// until the item that causes it fails alone, unless the database is
// unavailable. run may be called again and must have no outside effects.
//
// after, which may be nil, gets the items that succeeded, once they are
// durable, in commit order, before their Do returns.
func NewBatcher[In, Out any](
	d *DB, max int,
	run func(ctx context.Context, tx *Tx, in []In) ([]Out, []error, error),
	after func(in []In, out []Out),
) *Batcher[In, Out] {
	b := &Batcher[In, Out]{d: d, max: max, run: run, after: after, done: make(chan struct{})}
	b.durable = make(chan *batch[In, Out], 1)
	b.queue = newIntake[*item[In, Out]](2 * max)
	d.addBatcher(b)
	go b.loop()
	go b.answer()
	return b
}

// Do hands in to the next group and returns its result once it is durable. The
// error is the item's own, or the transaction's. A ctx that ends while in is
// queued takes it out; once the group runs, Do waits for the outcome. Like
// Write it honours WithTxHook and must not be called inside a write.
func (b *Batcher[In, Out]) Do(ctx context.Context, in In) (Out, error) {
	it := &item[In, Out]{ctx: ctx, in: in, ticket: ticket{done: make(chan struct{})}}
	if isInside(ctx) {
		return it.out, errors.New("a write was begun inside another write")
	}
	it.hook = takeHook(ctx)
	err := b.queue.put(ctx, it)
	if err == nil {
		err = it.await(ctx)
	}
	it.hook.settle(err)
	if err != nil {
		var none Out
		return none, err
	}
	return it.out, nil
}

func (b *Batcher[In, Out]) stop() {
	b.queue.close()
	<-b.done
}

// answer publishes what is durable, in commit order.
func (b *Batcher[In, Out]) answer() {
	defer close(b.done)
	for work := range b.durable {
		b.publish(work)
	}
}

func (b *Batcher[In, Out]) loop() {
	defer close(b.durable)
	for first := range b.queue.ch {
		found := b.queue.drain([]*item[In, Out]{first}, b.max)
		group := make([]*item[In, Out], 0, len(found))
		for _, it := range found {
			if it.claim() {
				group = append(group, it)
			}
		}
		b.settle(group)
	}
}

// settle commits group and has its callers answered. A group that fails as a whole
// is halved, so that in the end only the items at fault fail.
func (b *Batcher[In, Out]) settle(group []*item[In, Out]) {
	for len(group) > 0 {
		work := &batch[In, Out]{b: b, items: group}
		err := b.d.Write(context.Background(), work.write)
		switch {
		case err == nil:
			b.durable <- work
			return
		case errors.Is(err, errHook):
			group = work.withoutRefused()
			continue
		case len(group) > 1 && !IsUnavailable(err):
			b.settle(group[:len(group)/2])
			group = group[len(group)/2:]
			continue
		}
		for _, it := range group {
			it.err = err
			close(it.done)
		}
		return
	}
}

// publish tells after what was committed, then answers the callers.
func (b *Batcher[In, Out]) publish(work *batch[In, Out]) {
	var in []In
	var out []Out
	for i, it := range work.items {
		it.err = work.failure(i)
		if it.err == nil {
			it.out = work.out[i]
			in, out = append(in, it.in), append(out, it.out)
		}
	}
	if b.after != nil && len(in) > 0 {
		b.after(in, out)
	}
	for _, it := range work.items {
		close(it.done)
	}
}

// errHook says that some items' hooks failed: the group runs again without.
var errHook = errors.New("hook failed")

// batch is one try to commit a group.
type batch[In, Out any] struct {
	b       *Batcher[In, Out]
	items   []*item[In, Out]
	out     []Out
	errs    []error
	refused map[int]error
}

func (w *batch[In, Out]) failure(i int) error {
	if w.errs == nil {
		return nil
	}
	return w.errs[i]
}

func (w *batch[In, Out]) write(ctx context.Context, tx *Tx) (err error) {
	in := make([]In, len(w.items))
	for i, it := range w.items {
		in[i] = it.in
	}
	w.refused = nil
	if w.out, w.errs, err = w.b.run(ctx, tx, in); err != nil {
		return err
	}
	if len(w.out) != len(in) || (w.errs != nil && len(w.errs) != len(in)) {
		return fmt.Errorf("a batch of %d items has %d results and %d errors", len(in), len(w.out), len(w.errs))
	}
	return w.hooks(tx)
}

// hooks runs the hooks of the items that succeeded, up to the first that fails.
func (w *batch[In, Out]) hooks(tx *Tx) error {
	for i, it := range w.items {
		if it.hook == nil || w.failure(i) != nil {
			continue
		}
		if err := it.hook.run(inside(it.ctx), tx); err != nil {
			if broken := tx.broken(err); broken != nil {
				return broken
			}
			w.refused = map[int]error{i: err}
			return errHook
		}
	}
	return nil
}

// withoutRefused answers the items whose hooks failed and returns the others.
func (w *batch[In, Out]) withoutRefused() []*item[In, Out] {
	rest := make([]*item[In, Out], 0, len(w.items))
	for i, it := range w.items {
		if err := w.refused[i]; err != nil {
			it.err = err
			close(it.done)
			continue
		}
		rest = append(rest, it)
	}
	return rest
}
