package db_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"laurel/engine/db"
	"laurel/engine/db/dbtest"
)

// pages limits the size of the file as a full disk does.
func pages(limit string) func(context.Context, *db.Tx) error {
	return func(ctx context.Context, tx *db.Tx) error {
		var n int
		return tx.QueryRow(ctx, `PRAGMA max_page_count = `+limit).Scan(&n)
	}
}

func big(ctx context.Context, tx *db.Tx) error {
	for id := 1000; id < 1010; id++ {
		_, err := tx.Exec(ctx, `INSERT INTO note (id, text) VALUES ($1, $2)`, id, strings.Repeat("x", 1<<20))
		if err != nil {
			return err
		}
	}
	return nil
}

func TestFullDisk(t *testing.T) {
	d := dbtest.Open(t)
	table(t, d)
	if err := d.Write(t.Context(), pages("1000")); err != nil { // 4 MB
		t.Fatal(err)
	}
	errs := group(t, d, 6, func(id int) func(context.Context, *db.Tx) error {
		if id == 3 {
			return big
		}
		return insert(id)
	})
	for id, err := range errs {
		if db.IsUnavailable(err) != (id == 3) || (err != nil) != (id == 3) {
			t.Errorf("caller %d: got %v", id, err)
		}
	}
	if got, want := ids(t, d), []int{0, 1, 2, 4, 5}; !slices.Equal(got, want) {
		t.Errorf("got rows %v, want %v", got, want)
	}
	if err := d.Write(t.Context(), pages("1000000")); err != nil {
		t.Fatal(err)
	}
	if err := d.Write(t.Context(), big); err != nil {
		t.Errorf("after space was made: %v", err)
	}
}

func TestFullDiskFailsABatch(t *testing.T) {
	d := dbtest.Open(t)
	table(t, d)
	if err := d.Write(t.Context(), pages("1000")); err != nil {
		t.Fatal(err)
	}
	tries := 0
	b := db.NewBatcher(d, 8, func(ctx context.Context, tx *db.Tx, in []int) ([]int, []error, error) {
		tries++
		return in, nil, big(ctx, tx)
	}, func([]int, []int) { t.Error("after was called") })
	if _, err := b.Do(t.Context(), 1); !db.IsUnavailable(err) {
		t.Errorf("got %v, want unavailable", err)
	}
	if got := count(t, d.Read()); got != 0 || tries > 2 {
		t.Errorf("got %d rows after %d tries, want none", got, tries)
	}
}

func TestReadOnlyDatabase(t *testing.T) {
	d := dbtest.Open(t)
	table(t, d)
	err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `PRAGMA query_only = 1`)
		return errors.Join(err, insert(1)(ctx, tx))
	})
	if !db.IsUnavailable(err) {
		t.Errorf("got %v, want unavailable", err)
	}
	if err := d.Write(t.Context(), insert(2)); err != nil {
		t.Errorf("after it ended: %v", err)
	}
	if got := ids(t, d); !slices.Equal(got, []int{2}) {
		t.Errorf("got rows %v, want only 2", got)
	}
}

func TestReadOnlyPostgres(t *testing.T) {
	address := dbtest.PostgresURL(t)
	d := dbtest.OpenConfig(t, db.Config{URL: address})
	table(t, d)
	admin := func(sql string) {
		t.Helper()
		if err := dbtest.Execute(address, "SET default_transaction_read_only = off", sql); err != nil {
			t.Fatal(err)
		}
	}
	admin(`DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$`)
	admin(endOthers)
	if err := d.Write(t.Context(), insert(1)); !db.IsUnavailable(err) {
		t.Errorf("got %v, want unavailable", err)
	}
	admin(`DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = off', current_database()); END $$`)
	if err := d.Write(t.Context(), insert(2)); err != nil {
		t.Errorf("after it ended: %v", err)
	}
}

const endOthers = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
	WHERE datname = current_database() AND pid <> pg_backend_pid()`

func TestIdleConnectionsLost(t *testing.T) {
	address := dbtest.PostgresURL(t)
	d := dbtest.OpenConfig(t, db.Config{URL: address})
	table(t, d)
	for id := range 10 {
		if err := dbtest.Execute(address, endOthers); err != nil {
			t.Fatal(err)
		}
		if err := d.Write(t.Context(), insert(id)); err != nil {
			t.Errorf("write %d after the connections were lost: %v", id, err)
		}
	}
	if got := count(t, d.Read()); got != 10 {
		t.Errorf("got %d rows, want 10", got)
	}
}

// TestForeignFailureHurtsNobody lets one write function bring along an error
// that looks like this database's own trouble.
func TestForeignFailureHurtsNobody(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		table(t, d)
		errs := group(t, d, 6, func(id int) func(context.Context, *db.Tx) error {
			if id == 3 {
				return func(context.Context, *db.Tx) error { return io.ErrUnexpectedEOF }
			}
			return insert(id)
		})
		for id, err := range errs {
			if (err != nil) != (id == 3) {
				t.Errorf("caller %d: got %v", id, err)
			}
		}
		if got, want := ids(t, d), []int{0, 1, 2, 4, 5}; !slices.Equal(got, want) {
			t.Errorf("got rows %v, want %v", got, want)
		}
	})
}

func TestConnectionLostInTheMiddle(t *testing.T) {
	d := dbtest.OpenPostgres(t)
	table(t, d)
	errs := group(t, d, 6, func(id int) func(context.Context, *db.Tx) error {
		if id != 3 {
			return insert(id)
		}
		return func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `SELECT pg_terminate_backend(pg_backend_pid())`)
			return errors.Join(insert(id)(ctx, tx), err)
		}
	})
	for id, err := range errs {
		if db.IsUnavailable(err) != (id == 3) || (err != nil) != (id == 3) {
			t.Errorf("caller %d: got %v", id, err)
		}
	}
	if got, want := ids(t, d), []int{0, 1, 2, 4, 5}; !slices.Equal(got, want) {
		t.Errorf("got rows %v, want %v", got, want)
	}
}
