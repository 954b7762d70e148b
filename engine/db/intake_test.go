package db

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestGather(t *testing.T) {
	tests := []struct {
		name               string
		queued, late       int // late ones come 1 ms apart
		limit, usual       int
		wantSize, wantMill int
	}{
		{"a single caller does not wait", 0, 3, 512, 1, 1, 0},
		{"all that is queued", 9, 0, 512, 1, 10, 0},
		{"up to the limit", 20, 0, 16, 1, 16, 0},
		{"waits for those who are likely to come", 1, 2, 512, 4, 4, 2},
		{"but not for long", 1, 1, 512, 64, 3, 4},
		{"and not beyond the limit", 3, 5, 4, 64, 4, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q := newIntake[int](64)
				for range tt.queued {
					_ = q.put(t.Context(), 0)
				}
				var others sync.WaitGroup
				defer others.Wait()
				others.Go(func() {
					for range tt.late {
						time.Sleep(time.Millisecond)
						_ = q.put(context.Background(), 0)
					}
				})
				start := time.Now()
				got := len(q.gather([]int{0}, tt.limit, tt.usual, 4*time.Millisecond))
				if took := int(time.Since(start).Milliseconds()); got != tt.wantSize || took != tt.wantMill {
					t.Errorf("got %d after %d ms, want %d after %d ms", got, took, tt.wantSize, tt.wantMill)
				}
			})
		})
	}
}

func TestIntakeDeliversWhatItAccepted(t *testing.T) {
	q := newIntake[int](2)
	ctx, cancel := context.WithCancel(t.Context())
	_, _ = q.put(ctx, 1), q.put(ctx, 2)
	cancel()
	if err := q.put(ctx, 3); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v for a full queue, want cancelled", err)
	}
	q.close()
	q.close()
	if err := q.put(t.Context(), 4); !IsUnavailable(err) {
		t.Errorf("got %v for a closed queue, want unavailable", err)
	}
	if got := q.gather(nil, 8, 8, time.Hour); len(got) != 2 {
		t.Errorf("got %v, want the two that were accepted", got)
	}
}
