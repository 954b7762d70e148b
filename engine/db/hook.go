package db

import (
	"context"
	"sync/atomic"
)

type hookKey struct{}

type insideKey struct{}

// hook is a function that travels in a context until a write takes it along.
type hook struct {
	fn    func(ctx context.Context, tx *Tx) error
	taken atomic.Bool
}

// WithTxHook returns a context whose first Write (or Batcher.Do) runs fn in
// the same transaction: Write before its own function, a Batcher after its
// set-wise work and only for an item that succeeded. When fn fails, that write
// fails with its error. A write that fails gives the hook back, so that the
// next one runs it. Like the function of Write, fn may run more than once and
// must have no outside effects.
func WithTxHook(ctx context.Context, fn func(ctx context.Context, tx *Tx) error) context.Context {
	return context.WithValue(ctx, hookKey{}, &hook{fn: fn})
}

// takeHook returns the hook of ctx when it has one that nobody took; else nil.
func takeHook(ctx context.Context) *hook {
	h, _ := ctx.Value(hookKey{}).(*hook)
	if h == nil || !h.taken.CompareAndSwap(false, true) {
		return nil
	}
	return h
}

// settle gives the hook back after a failed write.
func (h *hook) settle(err error) {
	if h != nil && err != nil {
		h.taken.Store(false)
	}
}

func (h *hook) run(ctx context.Context, tx *Tx) error {
	if h == nil {
		return nil
	}
	return h.fn(ctx, tx)
}

// inside marks ctx as belonging to a running transaction and frees it from the
// caller's cancellation: an interrupted statement would undo the whole group.
func inside(ctx context.Context) context.Context {
	return context.WithValue(context.WithoutCancel(ctx), insideKey{}, true)
}

func isInside(ctx context.Context) bool { return ctx.Value(insideKey{}) != nil }
