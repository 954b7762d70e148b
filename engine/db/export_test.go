package db

import (
	"context"
	"io/fs"
)

// OpenWith is Open with other migrations.
func OpenWith(ctx context.Context, c Config, migrations fs.FS) (*DB, error) {
	return open(ctx, c, migrations)
}

// Queued is the number of writes that no transaction has picked up yet.
func (d *DB) Queued() int { return len(d.writer.queue.ch) }

// Lanes is the number of writes that can run at once.
func (d *DB) Lanes() int {
	if d.dialect == PostgreSQL {
		return postgresWriters
	}
	return 1
}

// Queued is the number of items that wait for the next group.
func (b *Batcher[In, Out]) Queued() int { return len(b.queue.ch) }

// WithLongLog makes the log begin anew from so many pages on.
func (c Config) WithLongLog(pages int) Config {
	c.longLog = pages
	return c
}

// KeyByKey is what Select asks PostgreSQL.
var KeyByKey = keyByKey
