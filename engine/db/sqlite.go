package db

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"runtime"
	"time"

	_ "modernc.org/sqlite" // registers the driver "sqlite"
)

// readerIdle is how long an unused reader keeps its page cache.
const readerIdle = 20 * time.Second

// openSQLite opens the writer connection and the readers' pool of one file.
// A tool only gets readers, and does not make a file that is missing.
func (d *DB) openSQLite() (err error) {
	if !d.config.Tool {
		if err := makePrivate(d.config.Path); err != nil {
			return err
		}
		if d.writes, err = sql.Open("sqlite", sqliteURL(d.config.Path, "rwc", writerPragmas())); err != nil {
			return fmt.Errorf("open database: %w", err)
		}
		d.writes.SetMaxOpenConns(1)
	}
	if d.pool, err = sql.Open("sqlite", sqliteURL(d.config.Path, "rw", readerPragmas())); err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	readers := max(16, 4*runtime.GOMAXPROCS(0))
	d.pool.SetMaxOpenConns(readers)
	d.pool.SetMaxIdleConns(readers)
	d.pool.SetConnMaxIdleTime(readerIdle)
	d.reader = newReader(d.pool)
	return nil
}

// makePrivate makes a missing file with the rights that SQLite then also gives
// to its companions.
func makePrivate(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	return f.Close()
}

// writerPragmas make an acknowledged write survive a power cut (FULL). The
// checkpointer moves the write-ahead log; the writer does so itself only when
// the log is three times as long as usual.
func writerPragmas() []string {
	return []string{
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
		"wal_autocheckpoint(60000)", "journal_size_limit(134217728)", "cache_size(-131072)", "temp_store(MEMORY)",
	}
}

func readerPragmas() []string {
	return []string{"busy_timeout(10000)", "query_only(1)", "cache_size(-16384)", "temp_store(MEMORY)"}
}

func sqliteURL(path, mode string, pragmas []string) string {
	query := url.Values{"mode": {mode}, "_pragma": pragmas}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + query.Encode()
}
