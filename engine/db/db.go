// Package db opens Laurel's database, SQLite or PostgreSQL, and gives the rest
// of the engine three ways to it: Read for queries, Write for a short
// transaction of its own, and Batcher for a hot path that works on many items
// in one transaction.
//
// One SQL text with $1…$N serves both engines. Writes of concurrent callers
// are grouped into one durable commit; a caller gets its answer only after
// that commit.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// Config says which database to open.
type Config struct {
	// URL is a postgres:// or postgresql:// address. Empty means SQLite.
	URL string
	// Path is the SQLite file. It and its folder are made when they are
	// missing, readable by this user only. Unused with URL.
	Path string
	// Log receives what happens behind the callers' backs (retries, lost
	// connections). Nil means no logging.
	Log *slog.Logger
	// Tool opens a database for looking only, beside a running server: no
	// lock, no migration, and Write fails.
	Tool bool

	longLog int // pages of a log that begins anew; 0 means the usual
}

// Dialect names a database engine, for the few places where its SQL differs.
type Dialect string

// The two engines.
const (
	SQLite     Dialect = "sqlite"
	PostgreSQL Dialect = "postgres"
)

// DB is an open database. It is safe for concurrent use.
type DB struct {
	config  Config
	dialect Dialect
	log     *slog.Logger

	pool    *sql.DB // readers
	reader  Querier
	writes  *sql.DB // nil for a tool
	writer  *writer // nil for a tool
	lock    *fileLock
	closing sync.Once
	closed  error

	mu       sync.Mutex
	batchers []interface{ stop() }
}

// Open opens the database, takes the single-process lock of a SQLite file and
// applies the migrations that are missing. It fails when another server holds
// the file, when the server cannot be reached (see IsUnavailable) and when the
// database is newer than this program. The caller closes the result.
func Open(ctx context.Context, c Config) (*DB, error) {
	return open(ctx, c, Migrations())
}

func open(ctx context.Context, c Config, migrations fs.FS) (*DB, error) {
	d := &DB{config: c, dialect: SQLite, log: c.Log}
	if d.log == nil {
		d.log = slog.New(slog.DiscardHandler)
	}
	if isPostgresURL(c.URL) {
		d.dialect = PostgreSQL
	} else if c.URL != "" {
		return nil, errors.New("database URL must start with postgres:// or postgresql://; leave it empty for SQLite")
	}
	if err := d.start(ctx, migrations); err != nil {
		_ = d.Close() // nothing was written; the first error is the telling one
		return nil, err
	}
	return d, nil
}

func isPostgresURL(url string) bool {
	return strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://")
}

func (d *DB) start(ctx context.Context, migrations fs.FS) error {
	if err := d.takeLock(); err != nil {
		return err
	}
	if err := d.openPools(); err != nil {
		return err
	}
	if d.config.Tool {
		return d.ping(ctx, d.pool)
	}
	if err := d.ping(ctx, d.writes); err != nil {
		return err
	}
	if err := migrate(ctx, d.writes, d.dialect, migrations); err != nil {
		return err
	}
	var err error
	if d.writer, err = newWriter(d); err != nil {
		return err
	}
	return d.ping(ctx, d.pool)
}

func (d *DB) takeLock() (err error) {
	if d.dialect != SQLite || d.config.Tool {
		return nil
	}
	if d.config.Path == "" {
		return errors.New("no database: neither a URL nor the path of a file is given")
	}
	if err := os.MkdirAll(filepath.Dir(d.config.Path), 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	d.lock, err = lockFile(d.config.Path + ".lock")
	return err
}

func (d *DB) openPools() error {
	if d.dialect == PostgreSQL {
		return d.openPostgres()
	}
	return d.openSQLite()
}

func (d *DB) ping(ctx context.Context, pool *sql.DB) error {
	if err := pool.PingContext(ctx); err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	return nil
}

// Dialect tells which engine is open.
func (d *DB) Dialect() Dialect { return d.dialect }

// Read returns the readers' pool. Its statements are prepared once and kept;
// a statement that would write fails. It never waits for writers.
func (d *DB) Read() Querier { return d.reader }

// Close lets the writes that were accepted finish, moves the write-ahead log
// into the file and closes everything. Later calls return the same result;
// writes after Close fail with an error for which IsUnavailable is true.
func (d *DB) Close() error {
	d.closing.Do(func() { d.closed = d.shut() })
	return d.closed
}

func (d *DB) shut() error {
	for _, b := range d.takeBatchers() {
		b.stop()
	}
	var errs []error
	if d.writer != nil {
		errs = append(errs, d.writer.stop())
	}
	if d.reader != nil {
		if r, ok := d.reader.(*reader); ok {
			r.close()
		}
	}
	for _, pool := range []*sql.DB{d.pool, d.writes} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	if d.lock != nil {
		errs = append(errs, d.lock.release())
	}
	return errors.Join(errs...)
}

func (d *DB) addBatcher(b interface{ stop() }) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.batchers = append(d.batchers, b)
}

func (d *DB) takeBatchers() []interface{ stop() } {
	d.mu.Lock()
	defer d.mu.Unlock()
	list := d.batchers
	d.batchers = nil
	return list
}
