package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/stdlib"
)

// session is one writer connection. It belongs to one goroutine.
type session struct {
	conn    *sql.Conn
	dialect Dialect
	cache   *stmtCache // SQLite only; pgx has its own
}

func newSession(ctx context.Context, pool *sql.DB, dialect Dialect) (*session, error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	s := &session{conn: conn, dialect: dialect}
	if dialect == SQLite {
		s.cache = newStmtCache(conn, writerStatements)
	}
	return s, nil
}

func (s *session) exec(ctx context.Context, query string, args []any) (sql.Result, error) {
	if s.cache == nil {
		return s.conn.ExecContext(ctx, query, args...)
	}
	c, err := s.cache.acquire(ctx, query)
	if err != nil {
		return nil, err
	}
	defer s.cache.release(c)
	return c.stmt.ExecContext(ctx, args...)
}

func (s *session) query(ctx context.Context, query string, args []any) (*sql.Rows, error) {
	if s.cache == nil {
		return s.conn.QueryContext(ctx, query, args...)
	}
	c, err := s.cache.acquire(ctx, query)
	if err != nil {
		return nil, err
	}
	defer s.cache.release(c)
	return c.stmt.QueryContext(ctx, args...)
}

func (s *session) queryRow(ctx context.Context, query string, args []any) *sql.Row {
	if s.cache == nil {
		return s.conn.QueryRowContext(ctx, query, args...)
	}
	c, err := s.cache.acquire(ctx, query)
	if err != nil {
		return s.conn.QueryRowContext(ctx, query, args...) // carries the error to Scan
	}
	defer s.cache.release(c)
	return c.stmt.QueryRowContext(ctx, args...)
}

// control runs statements that steer the transaction, on PostgreSQL in one
// round trip.
func (s *session) control(ctx context.Context, statements ...string) error {
	if s.dialect == PostgreSQL {
		_, err := s.conn.ExecContext(ctx, strings.Join(statements, "; "))
		return err
	}
	for _, text := range statements {
		if _, err := s.exec(ctx, text, nil); err != nil {
			return err
		}
	}
	return nil
}

// begin opens a transaction, with a first savepoint when several callers will
// share it. Write functions read before they write, so PostgreSQL must run
// them as if one after the other, as SQLite does.
func (s *session) begin(ctx context.Context, shared bool) error {
	statements := []string{"BEGIN IMMEDIATE"}
	if s.dialect == PostgreSQL {
		statements[0] = "BEGIN ISOLATION LEVEL SERIALIZABLE"
	}
	if shared {
		statements = append(statements, "SAVEPOINT g")
	}
	return s.control(ctx, statements...)
}

// commit ends the transaction durably. PostgreSQL answers COMMIT of a failed
// transaction with a quiet rollback; that is an error here.
func (s *session) commit(ctx context.Context) error {
	if s.dialect == SQLite {
		return s.control(ctx, "COMMIT")
	}
	err := s.conn.Raw(func(c any) error {
		tag, err := c.(*stdlib.Conn).Conn().Exec(ctx, "COMMIT")
		if err == nil && tag.String() != "COMMIT" {
			return errors.New("a statement failed and its error was ignored; nothing was written")
		}
		return err
	})
	if err != nil && s.isClosed() {
		return &unavailableError{msg: "the connection was lost during the commit", cause: err}
	}
	return err
}

// isClosed reports whether the connection to a PostgreSQL server is gone.
func (s *session) isClosed() bool {
	if s.dialect == SQLite {
		return false
	}
	closed := true
	_ = s.conn.Raw(func(c any) error { // fails when the connection is gone
		closed = c.(*stdlib.Conn).Conn().IsClosed()
		return nil
	})
	return closed
}

// rollback undoes the transaction; without one it reports an error that may be
// ignored on SQLite, which sometimes rolls back by itself.
func (s *session) rollback(ctx context.Context) error { return s.control(ctx, "ROLLBACK") }

// discard closes the connection instead of giving it back to the pool.
func (s *session) discard() {
	if s.cache != nil {
		s.cache.close()
	}
	_ = s.conn.Raw(func(any) error { return driver.ErrBadConn })
	_ = s.conn.Close() // it is closed already
}
