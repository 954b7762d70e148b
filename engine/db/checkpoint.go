package db

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Under load the write-ahead log moves into the file beside the writer, which
// then only moves what came meanwhile, so that the log begins anew.
const (
	watchEvery = time.Second
	busyGroups = 20     // transactions since the last look; fewer are left to the writer
	longLog    = 20_000 // pages of 4 kB from which on the log begins anew, which waits for the disk
	smallRest  = 500    // pages that the writer may move by itself
	moveRounds = 4
)

// checkpointer moves the log of one SQLite file on a connection of its own.
type checkpointer struct {
	w    *writer
	long int
	pool *sql.DB
	stop context.CancelFunc
	done chan struct{}
}

func newCheckpointer(w *writer) (*checkpointer, error) {
	pool, err := sql.Open("sqlite", sqliteURL(w.d.config.Path, "rw", readerPragmas()))
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	pool.SetMaxOpenConns(1)
	ctx, stop := context.WithCancel(context.Background())
	c := &checkpointer{w: w, long: cmp.Or(w.d.config.longLog, longLog), pool: pool, stop: stop, done: make(chan struct{})}
	go c.watch(ctx)
	return c, nil
}

func (c *checkpointer) close() error {
	c.stop()
	<-c.done
	return c.pool.Close()
}

func (c *checkpointer) watch(ctx context.Context) {
	defer close(c.done)
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if c.w.groups.Swap(0) >= busyGroups {
				c.move(ctx)
			}
		}
	}
}

// move copies pages until few are left, and lets the writer move those.
func (c *checkpointer) move(ctx context.Context) {
	for range moveRounds {
		logged, moved, err := checkpoint(c.pool.QueryRowContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)"))
		if err != nil || logged < c.long {
			return // the writer tells when it cannot either
		}
		if logged-moved <= smallRest {
			break
		}
	}
	select {
	case <-ctx.Done():
	case c.w.tidy <- struct{}{}:
	}
}

// checkpoint reads how many pages the log has and how many of them are in the
// file now.
func checkpoint(row *sql.Row) (logged, moved int, err error) {
	var busy int
	err = row.Scan(&busy, &logged, &moved)
	return logged, moved, err
}
