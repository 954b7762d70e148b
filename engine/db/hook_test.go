package db_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"laurel/engine/db"
	"laurel/engine/db/dbtest"
)

func TestHookRunsInTheFirstWriteOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		table(t, d)
		ctx := db.WithTxHook(t.Context(), insert(100))
		err := d.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
			if got := count(t, tx); got != 1 {
				t.Errorf("got %d rows before the function, want the hook's", got)
			}
			return insert(1)(ctx, tx)
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Write(ctx, insert(2)); err != nil {
			t.Fatal(err)
		}
		if got, want := ids(t, d), []int{1, 2, 100}; !slices.Equal(got, want) {
			t.Errorf("got rows %v, want %v", got, want)
		}
	})
}

func TestFailedWriteGivesTheHookBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		table(t, d)
		ctx := db.WithTxHook(t.Context(), insert(100))
		if err := d.Write(ctx, func(context.Context, *db.Tx) error { return errOwn }); !errors.Is(err, errOwn) {
			t.Fatal(err)
		}
		if err := d.Write(ctx, insert(1)); err != nil {
			t.Fatal(err)
		}
		if got, want := ids(t, d), []int{1, 100}; !slices.Equal(got, want) {
			t.Errorf("got rows %v, want %v", got, want)
		}
	})
}

func TestFailingHookFailsItsWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		table(t, d)
		mustWrite(t, d, `INSERT INTO note (id, text) VALUES (100, 'taken')`)
		if err := d.Write(db.WithTxHook(t.Context(), insert(100)), insert(1)); !db.IsConflict(err) {
			t.Errorf("got %v, want the hook's conflict", err)
		}
		if got := ids(t, d); !slices.Equal(got, []int{100}) {
			t.Errorf("got rows %v, want only the old one", got)
		}
	})
}

func TestBatchRunsHooksOfItemsThatSucceed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		table(t, d)
		mustWrite(t, d, `INSERT INTO note (id, text) VALUES (102, 'taken')`)
		b := newNotes(d, nil)
		errs := b.together(t, d, []int{1, 2, -3, 4}, func(id int) context.Context {
			return db.WithTxHook(context.Background(), insert(100+max(id, -id)))
		})
		if errs[0] != nil || !db.IsConflict(errs[1]) || !errors.Is(errs[2], errOwn) || errs[3] != nil {
			t.Errorf("got errors %v", errs)
		}
		if got, want := ids(t, d), []int{1, 4, 101, 102, 104}; !slices.Equal(got, want) {
			t.Errorf("got rows %v, want %v", got, want)
		}
	})
}
