package db_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"laurel/engine/db"
	"laurel/engine/db/dbtest"
)

// notes is a batcher that inserts its items and returns their doubles.
// Negative items fail by themselves, item 666 fails the whole group.
type notes struct {
	*db.Batcher[int, int]
	largest atomic.Int64
}

func newNotes(d *db.DB, after func(in, out []int)) *notes {
	n := &notes{}
	n.Batcher = db.NewBatcher(d, 512, n.insertAll, after)
	return n
}

func (n *notes) insertAll(ctx context.Context, tx *db.Tx, in []int) ([]int, []error, error) {
	n.largest.Store(max(n.largest.Load(), int64(len(in))))
	out, errs := make([]int, len(in)), make([]error, len(in))
	for i, id := range in {
		if id < 0 {
			errs[i] = errOwn
			continue
		}
		if id == 666 {
			return nil, nil, errors.New("poison")
		}
		if err := insert(id)(ctx, tx); err != nil {
			return nil, nil, err
		}
		out[i] = 2 * id
	}
	return out, errs, nil
}

// together sends items that meet in one group, in the order given, and returns
// their errors.
func (n *notes) together(t *testing.T, d *db.DB, items []int, ctx func(id int) context.Context) []error {
	t.Helper()
	release := hold(t, d)
	errs := make([]error, len(items)+1)
	var done sync.WaitGroup
	done.Go(func() { _, errs[len(items)] = n.Do(context.Background(), 5000) })
	eventually(t, "first item taken by the batcher", func() bool { return n.Queued() == 0 && d.Queued() == 1 })
	for i, id := range items {
		done.Go(func() {
			out, err := n.Do(ctx(id), id)
			if err == nil && out != 2*id {
				t.Errorf("got %d for item %d", out, id)
			}
			errs[i] = err
		})
		eventually(t, "item queued", func() bool { return n.Queued() == i+1 })
	}
	release()
	done.Wait()
	if errs[len(items)] != nil {
		t.Errorf("first item: %v", errs[len(items)])
	}
	mustWrite(t, d, `DELETE FROM note WHERE id = 5000`)
	return errs[:len(items)]
}

func plain(int) context.Context { return context.Background() }

func TestBatchAnswersEachItem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		table(t, d)
		b := newNotes(d, nil)
		errs := b.together(t, d, []int{1, -2, 3}, plain)
		if errs[0] != nil || !errors.Is(errs[1], errOwn) || errs[2] != nil {
			t.Errorf("got errors %v, want only the second", errs)
		}
		if got := ids(t, d); !slices.Equal(got, []int{1, 3}) {
			t.Errorf("got rows %v, want 1 and 3", got)
		}
		if got := b.largest.Load(); got != 3 {
			t.Errorf("got groups of at most %d, want 3", got)
		}
	})
}

func TestPoisonousItemFailsAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		table(t, d)
		var seen []int
		b := newNotes(d, func(in, _ []int) { seen = append(seen, in...) })
		errs := b.together(t, d, []int{1, 2, 3, 666, 5, 2, 7}, plain)
		for i, err := range errs {
			if (err != nil) != (i == 3 || i == 5) {
				t.Errorf("item %d: got error %v", i, err)
			}
		}
		if !db.IsConflict(errs[5]) {
			t.Errorf("got %v for the item twice, want a conflict", errs[5])
		}
		if want := []int{5000, 1, 2, 3, 5, 7}; !slices.Equal(seen, want) {
			t.Errorf("after saw %v, want %v", seen, want)
		}
	})
}

func TestAfterRunsInCommitOrderBeforeDoReturns(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		mustWrite(t, d, `CREATE TABLE counter (name TEXT PRIMARY KEY, n BIGINT NOT NULL)`)
		mustWrite(t, d, `INSERT INTO counter (name, n) VALUES ('a', 0)`)
		var last atomic.Int64
		b := db.NewBatcher(d, 8, number, func(_ []int, out []int64) {
			for _, n := range out {
				if !last.CompareAndSwap(n-1, n) {
					t.Errorf("after got number %d behind %d", n, last.Load())
				}
			}
		})
		var done sync.WaitGroup
		for range 16 {
			done.Go(func() {
				for range 20 {
					n, err := b.Do(context.Background(), 0)
					if err != nil || last.Load() < n {
						t.Errorf("Do returned %d, %v before after(), which is at %d", n, err, last.Load())
					}
				}
			})
		}
		done.Wait()
		if last.Load() != 320 {
			t.Errorf("got %d numbers, want 320", last.Load())
		}
	})
}

// number gives every item the next number of a row, without gaps.
func number(ctx context.Context, tx *db.Tx, in []int) ([]int64, []error, error) {
	var end int64
	const query = `UPDATE counter SET n = n + $1 WHERE name = 'a' RETURNING n`
	if err := tx.QueryRow(ctx, query, len(in)).Scan(&end); err != nil {
		return nil, nil, err
	}
	out := make([]int64, len(in))
	for i := range in {
		out[i] = end - int64(len(in)) + int64(i) + 1
	}
	return out, nil, nil
}

func TestCancelledItemLeavesTheGroup(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		table(t, d)
		b := newNotes(d, nil)
		cancelled, cancel := context.WithCancel(t.Context())
		errs := b.together(t, d, []int{1, 2, 3}, func(id int) context.Context {
			if id == 3 {
				cancel()
			}
			if id == 2 {
				return cancelled
			}
			return context.Background()
		})
		if errs[0] != nil || !errors.Is(errs[1], context.Canceled) || errs[2] != nil {
			t.Errorf("got errors %v, want only the second, cancelled", errs)
		}
		if got := ids(t, d); !slices.Equal(got, []int{1, 3}) {
			t.Errorf("got rows %v, want 1 and 3", got)
		}
	})
}

func TestBatcherEndsWithItsDatabase(t *testing.T) {
	d := dbtest.Open(t)
	table(t, d)
	b := newNotes(d, nil)
	if _, err := b.Do(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Do(t.Context(), 2); !db.IsUnavailable(err) {
		t.Errorf("got %v after Close, want unavailable", err)
	}
}

func TestWrongNumberOfResultsIsAnError(t *testing.T) {
	d := dbtest.Open(t)
	short := func(context.Context, *db.Tx, []int) ([]int, []error, error) { return nil, nil, nil }
	if _, err := db.NewBatcher(d, 8, short, nil).Do(t.Context(), 1); err == nil {
		t.Error("got no error")
	}
}
