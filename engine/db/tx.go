package db

import (
	"context"
	"database/sql"
	"fmt"
)

// Tx is the transaction a write function works in. It belongs to one caller
// and one goroutine and must not be kept. After a statement has failed, every
// further one fails too and nothing is committed, on both engines alike; use
// ON CONFLICT rather than trying and catching.
//
// The context given to its methods is not used: a statement that a caller's
// cancellation interrupted would undo the work of the whole group.
type Tx struct {
	session *session
	ctx     context.Context //nolint:containedctx // the group's own, see above
	failed  error
	rows    []*sql.Rows
	row     []*sql.Row
}

// Dialect tells which engine the transaction runs on.
func (t *Tx) Dialect() Dialect { return t.session.dialect }

// Exec runs a statement that returns no rows.
func (t *Tx) Exec(_ context.Context, query string, args ...any) (sql.Result, error) {
	if t.failed != nil {
		return nil, t.again()
	}
	result, err := t.session.exec(t.ctx, query, args)
	t.failed = err
	return result, err
}

// Query runs a statement that returns rows. They must be read or closed before
// the next statement: PostgreSQL has one conversation per connection.
func (t *Tx) Query(_ context.Context, query string, args ...any) (*sql.Rows, error) {
	if t.failed != nil {
		return nil, t.again()
	}
	rows, err := t.session.query(t.ctx, query, args)
	if err != nil {
		t.failed = err
		return nil, err
	}
	t.rows = append(t.rows, rows)
	return rows, nil
}

// QueryRow runs a statement that returns at most one row; Scan reports
// sql.ErrNoRows when there is none.
func (t *Tx) QueryRow(_ context.Context, query string, args ...any) *sql.Row {
	row := t.session.queryRow(t.ctx, query, args)
	if err := row.Err(); err != nil {
		if t.failed == nil {
			t.failed = err
		}
		return row
	}
	t.row = append(t.row, row)
	return row
}

func (t *Tx) again() error {
	return fmt.Errorf("an earlier statement of this transaction failed: %w", t.failed)
}

// broken returns the error that ended the transaction, given what the write
// function returned; nil when a rollback to a savepoint is enough. An error
// that the function brings from elsewhere does not count.
func (t *Tx) broken(returned error) error {
	if t.failed != nil && breaksGroup(t.failed) {
		return t.failed
	}
	if isRetryable(returned) {
		return returned
	}
	return nil
}

// finish closes what the write function left open, which would block the
// connection.
func (t *Tx) finish() {
	for _, rows := range t.rows {
		_ = rows.Close() // their errors were the function's to read
	}
	for _, row := range t.row {
		_ = row.Scan()
	}
}
