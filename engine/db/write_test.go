package db_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"laurel/engine/db"
	"laurel/engine/db/dbtest"
)

var errOwn = errors.New("own error")

func TestWriteIsVisibleWhenItReturns(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		table(t, d)
		for id := range 20 {
			if err := d.Write(t.Context(), insert(id)); err != nil {
				t.Fatal(err)
			}
			if got := count(t, d.Read()); got != id+1 {
				t.Fatalf("got %d rows after write %d, want %d", got, id, id+1)
			}
		}
	})
}

func TestFailingCallersHurtNobody(t *testing.T) {
	failures := map[int]func(context.Context, *db.Tx) error{
		2: func(ctx context.Context, tx *db.Tx) error { return errors.Join(insert(2)(ctx, tx), errOwn) },
		4: func(ctx context.Context, tx *db.Tx) error { return errors.Join(insert(4)(ctx, tx), insert(4)(ctx, tx)) },
		5: func(ctx context.Context, tx *db.Tx) error { _ = insert(5)(ctx, tx); panic("five") },
		7: func(ctx context.Context, tx *db.Tx) error { // ignores that a statement failed
			_, _ = tx.Exec(ctx, `INSERT INTO nowhere (id) VALUES (1)`)
			_ = insert(7)(ctx, tx)
			return nil
		},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		table(t, d)
		errs := group(t, d, 10, func(id int) func(context.Context, *db.Tx) error {
			if fn := failures[id]; fn != nil {
				return fn
			}
			return insert(id)
		})
		for id, err := range errs {
			if (err != nil) != (failures[id] != nil) {
				t.Errorf("caller %d: got error %v", id, err)
			}
		}
		if !errors.Is(errs[2], errOwn) || !db.IsConflict(errs[4]) || !strings.Contains(errs[5].Error(), "five") {
			t.Errorf("got errors %v", errs)
		}
		if got, want := ids(t, d), []int{0, 1, 3, 6, 8, 9}; !slices.Equal(got, want) {
			t.Errorf("got rows %v, want %v", got, want)
		}
	})
}

// group runs n callers whose writes meet in the queue, and returns their errors.
func group(t *testing.T, d *db.DB, n int, fn func(id int) func(context.Context, *db.Tx) error) []error {
	t.Helper()
	release := hold(t, d)
	errs := make([]error, n)
	var done sync.WaitGroup
	for id := range n {
		done.Go(func() { errs[id] = d.Write(context.Background(), fn(id)) })
	}
	eventually(t, "all callers queued", func() bool { return d.Queued() == n })
	release()
	done.Wait()
	return errs
}

func TestSingleFailureWritesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		table(t, d)
		err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			_ = insert(1)(ctx, tx)
			return errOwn
		})
		if !errors.Is(err, errOwn) {
			t.Errorf("got %v, want the function's error", err)
		}
		err = d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			_ = insert(1)(ctx, tx)
			_ = insert(1)(ctx, tx) // conflict, ignored
			return nil
		})
		if !db.IsConflict(err) {
			t.Errorf("got %v for an ignored conflict, want it reported", err)
		}
		if got := count(t, d.Read()); got != 0 {
			t.Errorf("got %d rows, want none", got)
		}
	})
}

func TestConcurrentReadThenWriteLosesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		mustWrite(t, d, `CREATE TABLE counter (name TEXT PRIMARY KEY, n BIGINT NOT NULL)`)
		mustWrite(t, d, `INSERT INTO counter (name, n) VALUES ('a', 0)`)
		const callers, each = 16, 10
		var done sync.WaitGroup
		for range callers {
			done.Go(func() {
				for range each {
					if err := d.Write(context.Background(), addOne); err != nil {
						t.Error(err)
					}
				}
			})
		}
		done.Wait()
		var n int
		if err := d.Read().QueryRow(t.Context(), `SELECT n FROM counter`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n != callers*each {
			t.Errorf("got %d, want %d", n, callers*each)
		}
	})
}

func addOne(ctx context.Context, tx *db.Tx) error {
	var n int
	if err := tx.QueryRow(ctx, `SELECT n FROM counter WHERE name = $1`, "a").Scan(&n); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE counter SET n = $2 WHERE name = $1`, "a", n+1)
	return err
}

func TestCancelledCaller(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		table(t, d)
		release := hold(t, d)
		ctx, cancel := context.WithCancel(t.Context())
		queued := make(chan error, 1)
		go func() { queued <- d.Write(ctx, insert(1)) }()
		other := make(chan error, 1)
		go func() { other <- d.Write(context.Background(), insert(2)) }()
		eventually(t, "both queued", func() bool { return d.Queued() == 2 })
		cancel()
		if err := <-queued; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v from the queue, want cancelled", err)
		}
		release()
		if err := <-other; err != nil {
			t.Errorf("other caller: %v", err)
		}
		if got := ids(t, d); !slices.Equal(got, []int{2}) {
			t.Errorf("got rows %v, want only the other caller's", got)
		}
	})
}

func TestCancellingARunningWriteDoesNotBreakIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		table(t, d)
		ctx, cancel := context.WithCancel(t.Context())
		err := d.Write(ctx, func(inner context.Context, tx *db.Tx) error {
			cancel()
			return errors.Join(insert(1)(inner, tx), insert(2)(ctx, tx), inner.Err())
		})
		if err != nil {
			t.Errorf("got %v, want the write finished", err)
		}
		if err := d.Write(ctx, insert(3)); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want a cancelled caller refused", err)
		}
		if got := ids(t, d); !slices.Equal(got, []int{1, 2}) {
			t.Errorf("got rows %v, want 1 and 2", got)
		}
	})
}

func TestMisuseIsContained(t *testing.T) {
	misuse := map[string]func(d *db.DB) func(context.Context, *db.Tx) error{
		"nested write": func(d *db.DB) func(context.Context, *db.Tx) error {
			return func(ctx context.Context, _ *db.Tx) error { return d.Write(ctx, insert(9)) }
		},
		"goroutine ended": func(*db.DB) func(context.Context, *db.Tx) error {
			return func(context.Context, *db.Tx) error { (&testing.T{}).FailNow(); return nil }
		},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		table(t, d)
		for name, fn := range misuse {
			if err := d.Write(t.Context(), fn(d)); err == nil {
				t.Errorf("%s: got no error", name)
			}
		}
		if err := d.Write(t.Context(), insert(1)); err != nil {
			t.Errorf("next write: %v", err)
		}
	})
}

func TestRowsLeftOpenAreClosed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		table(t, d)
		mustWrite(t, d, `INSERT INTO note (id, text) VALUES (1, 'a'), (2, 'b')`)
		for range 2 * d.Lanes() {
			err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
				rows, err := tx.Query(ctx, `SELECT id FROM note`) //nolint:rowserrcheck,sqlclosecheck // left open on purpose
				_ = rows.Next()
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			_ = d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
				tx.QueryRow(ctx, `SELECT id FROM note`)
				return nil
			})
		}
		if err := d.Write(t.Context(), insert(3)); err != nil {
			t.Errorf("next write: %v", err)
		}
	})
}

func TestReadersCannotWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		table(t, d)
		if _, err := d.Read().Exec(t.Context(), `INSERT INTO note (id, text) VALUES (1, 'a')`); err == nil {
			t.Error("got no error for a write through Read")
		}
		if err := d.Read().QueryRow(t.Context(), `SELECT broken`).Scan(new(int)); err == nil {
			t.Error("got no error for a broken query")
		}
	})
}

func TestForeignKeysHold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		table(t, d)
		mustWrite(t, d, `CREATE TABLE reply (note_id BIGINT REFERENCES note (id))`)
		err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO reply (note_id) VALUES (1)`)
			return err
		})
		if err == nil || db.IsConflict(err) || db.IsUnavailable(err) {
			t.Errorf("got %v, want a foreign key error of its own kind", err)
		}
	})
}

func TestCloseDrains(t *testing.T) {
	for name, open := range map[string]func(testing.TB) *db.DB{"sqlite": dbtest.Open, "postgres": dbtest.OpenPostgres} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			table(t, d)
			release := hold(t, d)
			var done sync.WaitGroup
			for id := range 50 {
				done.Go(func() {
					if err := d.Write(context.Background(), insert(id)); err != nil {
						t.Errorf("accepted write: %v", err)
					}
				})
			}
			eventually(t, "writes queued", func() bool { return d.Queued() == 50 })
			done.Go(func() { _ = d.Close() })
			release()
			done.Wait()
			if err := d.Write(context.Background(), insert(99)); !db.IsUnavailable(err) {
				t.Errorf("got %v after Close, want unavailable", err)
			}
		})
	}
}
