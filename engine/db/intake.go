package db

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// intake is a queue that many callers fill and that can be closed while they
// do so: what was accepted is still delivered.
type intake[T any] struct {
	mu     sync.RWMutex
	closed bool
	ch     chan T
}

func newIntake[T any](size int) *intake[T] { return &intake[T]{ch: make(chan T, size)} }

// put waits while the queue is full; it fails when the queue is closed or ctx
// ends first.
func (q *intake[T]) put(ctx context.Context, v T) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	q.mu.RLock()
	defer q.mu.RUnlock()
	if q.closed {
		return errClosed()
	}
	select {
	case q.ch <- v:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (q *intake[T]) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.closed {
		q.closed = true
		close(q.ch)
	}
}

// gather adds to group what is queued, up to limit. Callers that were in the
// group before (usual) are likely to be back in a moment, so it waits for
// about as many, but never longer than wait; a single caller never waits.
func (q *intake[T]) gather(group []T, limit, usual int, wait time.Duration) []T {
	group = q.drain(group, limit)
	if len(group) >= min(usual, limit) || wait <= 0 {
		return group
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	for len(group) < min(usual, limit) {
		select {
		case v, ok := <-q.ch:
			if !ok {
				return group
			}
			group = q.drain(append(group, v), limit)
		case <-timer.C:
			return group
		}
	}
	return group
}

func (q *intake[T]) drain(group []T, limit int) []T {
	for len(group) < limit {
		select {
		case v, ok := <-q.ch:
			if !ok {
				return group
			}
			group = append(group, v)
		default:
			return group
		}
	}
	return group
}

// ticket is a caller's place in a queue. A caller may leave it while nobody
// works on it; afterwards it must wait, since the work uses its variables.
type ticket struct {
	state atomic.Int32
	done  chan struct{}
	err   error // set before done is closed
}

const (
	queued int32 = iota
	claimed
	left
)

func (t *ticket) claim() bool { return t.state.CompareAndSwap(queued, claimed) }

func (t *ticket) await(ctx context.Context) error {
	select {
	case <-t.done:
		return t.err
	case <-ctx.Done():
	}
	if t.state.CompareAndSwap(queued, left) {
		return ctx.Err()
	}
	<-t.done
	return t.err
}
