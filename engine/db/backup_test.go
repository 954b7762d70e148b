package db_test

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"laurel/engine/db"
	"laurel/engine/db/dbtest"
)

// TestBackupUnderWrites copies the file while pairs of rows are written; a
// consistent copy holds no half pair.
func TestBackupUnderWrites(t *testing.T) {
	dir := t.TempDir()
	c := db.Config{Path: filepath.Join(dir, "laurel.db")}
	d := dbtest.OpenConfig(t, c)
	table(t, d)
	ctx, stop := context.WithCancel(t.Context())
	var writers sync.WaitGroup
	for w := range 4 {
		writers.Go(func() { writePairs(t, ctx, d, w*1_000_000) })
	}
	c.Tool = true
	for i, from := range []*db.DB{d, dbtest.OpenConfig(t, c)} {
		eventually(t, "rows to copy", func() bool { return count(t, d.Read()) > 200*(i+1) })
		file := filepath.Join(dir, "backup", string(rune('a'+i))+".db")
		if err := from.Backup(t.Context(), file); err == nil {
			t.Error("got no error for a missing folder")
		}
		file = filepath.Join(dir, string(rune('a'+i))+".db")
		if err := from.Backup(t.Context(), file); err != nil {
			t.Fatal(err)
		}
		checkPairs(t, file)
		if err := from.Backup(t.Context(), file); !errors.Is(err, fs.ErrExist) {
			t.Errorf("got %v for a file that exists", err)
		}
	}
	stop()
	writers.Wait()
	if left, err := filepath.Glob(filepath.Join(dir, "*.partial")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func writePairs(t *testing.T, ctx context.Context, d *db.DB, from int) {
	for id := from; ctx.Err() == nil; id += 2 {
		err := d.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
			return errors.Join(insert(id)(ctx, tx), insert(id+1)(ctx, tx))
		})
		if err != nil && ctx.Err() == nil {
			t.Error(err)
			return
		}
	}
}

func checkPairs(t *testing.T, file string) {
	t.Helper()
	d := dbtest.OpenConfig(t, db.Config{Path: file})
	var verdict string
	if err := d.Read().QueryRow(t.Context(), `PRAGMA integrity_check`).Scan(&verdict); err != nil || verdict != "ok" {
		t.Errorf("integrity: got %s, %v", verdict, err)
	}
	list := ids(t, d)
	if len(list) == 0 || len(list)%2 != 0 {
		t.Errorf("got %d rows, want whole pairs", len(list))
	}
	if err := d.Write(t.Context(), insert(-1)); err != nil {
		t.Errorf("write into the copy: %v", err)
	}
}

func TestPostgresBackupNamesPgDump(t *testing.T) {
	err := dbtest.OpenPostgres(t).Backup(t.Context(), filepath.Join(t.TempDir(), "x"))
	if err == nil || !strings.Contains(err.Error(), "pg_dump") {
		t.Errorf("got %v, want a hint at pg_dump", err)
	}
}
