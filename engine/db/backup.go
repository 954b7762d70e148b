package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Backup writes a consistent copy of a SQLite database to toFile while reads
// and writes go on; a database opened as a Tool can be copied too. toFile must
// not exist (fs.ErrExist) and appears only when it is complete and on disk.
// PostgreSQL is refused: its own pg_dump does that.
func (d *DB) Backup(ctx context.Context, toFile string) error {
	if d.dialect == PostgreSQL {
		return errors.New("the database is PostgreSQL; back it up with pg_dump")
	}
	if _, err := os.Stat(toFile); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("backup to %s: %w", toFile, errors.Join(err, existError(err)))
	}
	part := toFile + ".partial"
	if err := errors.Join(d.copyTo(ctx, part), syncPath(part)); err != nil {
		_ = os.Remove(part) // what matters is the first error
		return fmt.Errorf("backup: %w", err)
	}
	if err := os.Rename(part, toFile); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return syncPath(filepath.Dir(toFile))
}

func existError(err error) error {
	if err == nil {
		return fs.ErrExist
	}
	return nil
}

// copyTo reads one snapshot through a connection of its own, so that it takes
// none from the readers.
func (d *DB) copyTo(ctx context.Context, file string) error {
	if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	pool, err := sql.Open("sqlite", sqliteURL(d.config.Path, "rw", []string{"busy_timeout(10000)"}))
	if err != nil {
		return err
	}
	defer func() { _ = pool.Close() }()
	_, err = pool.ExecContext(ctx, "VACUUM INTO $1", file)
	return err
}

func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
