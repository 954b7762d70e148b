package auth

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestHashesQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := NewHasher(CheapParams(), 2)
		h.slots <- struct{}{}
		h.slots <- struct{}{} // both slots are taken
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := h.Hash(ctx, "correct horse"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("no slot free: got %v, want context.DeadlineExceeded", err)
		}
		<-h.slots
		if _, err := h.Hash(t.Context(), "correct horse"); err != nil {
			t.Errorf("a slot free: got %v, want nil", err)
		}
	})
}
