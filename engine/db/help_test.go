package db_test

import (
	"context"
	"os"
	"runtime"
	"sync"
	"testing"
	"time"

	"laurel/engine/db"
)

// TestMain lets tests run this binary again as a second process.
func TestMain(m *testing.M) {
	if role := os.Getenv("LAUREL_TEST_ROLE"); role != "" {
		os.Exit(play(role))
	}
	os.Exit(m.Run())
}

// eventually waits until ok holds.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !ok(); runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for: %s", what)
		}
	}
}

// hold occupies all writer connections until the result is called.
func hold(t *testing.T, d *db.DB) (release func()) {
	t.Helper()
	gate := make(chan struct{})
	var done sync.WaitGroup
	for range d.Lanes() {
		running := make(chan struct{})
		done.Go(func() {
			err := d.Write(context.Background(), func(context.Context, *db.Tx) error {
				close(running)
				<-gate
				return nil
			})
			if err != nil {
				t.Errorf("holding write: %v", err)
			}
		})
		<-running
	}
	return func() {
		close(gate)
		done.Wait()
	}
}

// table makes the table the tests write to.
func table(t testing.TB, d *db.DB) {
	t.Helper()
	mustWrite(t, d, `CREATE TABLE note (id BIGINT PRIMARY KEY, text TEXT NOT NULL)`)
}

func mustWrite(t testing.TB, d *db.DB, query string, args ...any) {
	t.Helper()
	err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, query, args...)
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// insert is a write function that adds one row.
func insert(id int) func(context.Context, *db.Tx) error {
	return func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO note (id, text) VALUES ($1, $2)`, id, "note")
		return err
	}
}

func count(t testing.TB, q db.Querier) (n int) {
	t.Helper()
	if err := q.QueryRow(context.Background(), `SELECT count(*) FROM note`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func ids(t testing.TB, d *db.DB) (list []int) {
	t.Helper()
	rows, err := d.Read().Query(t.Context(), `SELECT id FROM note ORDER BY id`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		list = append(list, id)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}
