package db_test

import (
	"context"
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"testing"

	"laurel/engine/db"
)

// The log of a file that is written all the time begins anew long before the
// writer would have to move it by itself (at 60,000 pages).
func TestLogBeginsAnewUnderLoad(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "laurel.db")
	d, err := db.Open(t.Context(), db.Config{Path: path}.WithLongLog(200))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	write := func(text string) {
		err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	write(`CREATE TABLE blobs (b BLOB)`)
	write(`INSERT INTO blobs VALUES (zeroblob(8192))`)
	first := logNumber(t, path)
	for pages := 0; logNumber(t, path) == first; pages += 2 {
		if pages > 50_000 {
			t.Fatal("the log did not begin anew")
		}
		write(`UPDATE blobs SET b = randomblob(8192)`)
	}
}

// logNumber is the count of beginnings in the head of the write-ahead log.
func logNumber(t *testing.T, path string) uint32 {
	t.Helper()
	f, err := os.Open(path + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	head := make([]byte, 16)
	if _, err := io.ReadFull(f, head); err != nil {
		t.Fatal(err)
	}
	return binary.BigEndian.Uint32(head[12:])
}
