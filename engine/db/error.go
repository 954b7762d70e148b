package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// unavailableError is a failure of the database rather than of the request.
type unavailableError struct {
	msg   string
	cause error
}

func (e *unavailableError) Error() string {
	if e.cause == nil {
		return e.msg
	}
	return e.msg + ": " + e.cause.Error()
}

func (e *unavailableError) Unwrap() error { return e.cause }

func errClosed() error { return &unavailableError{msg: "the database is closed"} }

func errTool() error {
	return &unavailableError{msg: "the database is open for looking only; writing needs the server"}
}

// IsConflict reports whether err comes from a unique index or primary key that
// already holds the row.
func IsConflict(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code == "23505"
	}
	switch sqliteCode(err) {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID:
		return true
	}
	return false
}

// IsUnavailable reports whether err says that the database cannot serve now,
// through no fault of the request: it is read-only, its disk is full, the
// connection is lost, it is closed. The caller may try again later (503).
// After a connection that was lost in the middle of a commit nobody knows
// whether the write took place; idempotency keys settle that.
func IsUnavailable(err error) bool {
	if err == nil {
		return false
	}
	if _, ok := errors.AsType[*unavailableError](err); ok {
		return true
	}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return isUnavailableState(pg.Code)
	}
	if code := sqliteCode(err); code != 0 {
		return isUnavailableCode(code)
	}
	return isLost(err)
}

// isUnavailableState knows PostgreSQL's SQLSTATE classes: 08 connection, 53
// resources, 57P0x shutdown, 25006 read-only, 58030 I/O.
func isUnavailableState(code string) bool {
	return strings.HasPrefix(code, "08") || strings.HasPrefix(code, "53") ||
		strings.HasPrefix(code, "57P0") || code == "25006" || code == "58030"
}

func isUnavailableCode(code int) bool {
	switch code & 0xff {
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN,
		sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PROTOCOL:
		return true
	}
	return false
}

// isLost reports whether the connection to the server is gone or was never
// made. The end of a caller's own context is not that.
func isLost(err error) bool {
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return strings.HasPrefix(pg.Code, "08") || strings.HasPrefix(pg.Code, "57P0")
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	if _, ok := errors.AsType[*net.OpError](err); ok {
		return true
	}
	for _, gone := range []error{driver.ErrBadConn, sql.ErrConnDone, io.EOF, io.ErrUnexpectedEOF, net.ErrClosed} {
		if errors.Is(err, gone) {
			return true
		}
	}
	return false
}

// isRetryable reports whether the same transaction may succeed when it runs
// again: it lost against a concurrent one.
func isRetryable(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (pg.Code == "40001" || pg.Code == "40P01")
}

// breaksGroup reports whether err ended the transaction it happened in, so
// that rolling back to a savepoint is not enough.
func breaksGroup(err error) bool {
	if isRetryable(err) || IsUnavailable(err) {
		return true
	}
	return sqliteCode(err)&0xff == sqlite3.SQLITE_INTERRUPT
}

func sqliteCode(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code()
	}
	return 0
}
