package db

import (
	"context"
	"database/sql"
)

// Querier runs SQL. The readers' pool and *Tx are both one, so that a store's
// unexported helpers can take either.
type Querier interface {
	// Exec runs a statement that returns no rows.
	Exec(ctx context.Context, query string, args ...any) (sql.Result, error)
	// Query runs a statement that returns rows, which the caller closes.
	Query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	// QueryRow runs a statement that returns at most one row; Scan reports
	// sql.ErrNoRows when there is none.
	QueryRow(ctx context.Context, query string, args ...any) *sql.Row
}

// reader is SQLite's readers' pool with its prepared statements.
type reader struct {
	pool  *sql.DB
	cache *stmtCache
}

func newReader(pool *sql.DB) *reader {
	return &reader{pool: pool, cache: newStmtCache(pool, readerStatements)}
}

func (r *reader) Exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	s, err := r.cache.acquire(ctx, query)
	if err != nil {
		return nil, err
	}
	defer r.cache.release(s)
	return s.stmt.ExecContext(ctx, args...)
}

func (r *reader) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := r.cache.acquire(ctx, query)
	if err != nil {
		return nil, err
	}
	defer r.cache.release(s)
	return s.stmt.QueryContext(ctx, args...)
}

func (r *reader) QueryRow(ctx context.Context, query string, args ...any) *sql.Row {
	s, err := r.cache.acquire(ctx, query)
	if err != nil {
		return r.pool.QueryRowContext(ctx, query, args...) // carries the error to Scan
	}
	defer r.cache.release(s)
	return s.stmt.QueryRowContext(ctx, args...)
}

func (r *reader) close() { r.cache.close() }

// plainReader is PostgreSQL's readers' pool: pgx keeps prepared statements
// for each connection by itself.
type plainReader struct{ pool *sql.DB }

func (r plainReader) Exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return r.pool.ExecContext(ctx, query, args...)
}

func (r plainReader) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return r.pool.QueryContext(ctx, query, args...)
}

func (r plainReader) QueryRow(ctx context.Context, query string, args ...any) *sql.Row {
	return r.pool.QueryRowContext(ctx, query, args...)
}
