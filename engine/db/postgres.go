package db

import (
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Connections to PostgreSQL: every writer has its own, one more is for
// migrations.
const (
	postgresWriters = 4
	postgresReaders = 16
)

func (d *DB) openPostgres() error {
	config, err := pgx.ParseConfig(d.config.URL)
	if err != nil {
		return fmt.Errorf("database URL: %w", err)
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 5 * time.Second
	}
	config.RuntimeParams["application_name"] = "laurel"
	if !d.config.Tool {
		d.writes = stdlib.OpenDB(*config)
		d.writes.SetMaxOpenConns(postgresWriters + 1)
		d.writes.SetMaxIdleConns(postgresWriters + 1)
	}
	readers := config.Copy()
	readers.RuntimeParams["default_transaction_read_only"] = "on"
	d.pool = stdlib.OpenDB(*readers)
	d.pool.SetMaxOpenConns(postgresReaders)
	d.pool.SetMaxIdleConns(postgresReaders)
	d.reader = plainReader{d.pool}
	return nil
}
