package db

import (
	"context"
	"errors"
	"fmt"
)

// attempt runs group in one transaction. With nil every request has its own
// outcome in err, durably; otherwise nothing was written, or nobody knows
// after a connection lost during the commit.
func (l *lane) attempt(group []*request) error {
	ctx, cancel := l.context()
	defer cancel()
	err := l.transact(ctx, group)
	if err == nil {
		l.dirty = true
		l.w.groups.Add(1)
		return nil
	}
	if ctx.Err() != nil {
		err = &unavailableError{msg: "the database did not answer in time", cause: err}
	}
	l.abandon(err)
	return err
}

// context limits a group on PostgreSQL, whose network may swallow an answer.
func (l *lane) context() (context.Context, context.CancelFunc) {
	if l.w.d.dialect == SQLite {
		return context.Background(), func() {}
	}
	return context.WithTimeout(context.Background(), groupDeadline)
}

func (l *lane) transact(ctx context.Context, group []*request) error {
	shared := len(group) > 1
	if err := l.begin(ctx, shared); err != nil {
		return err
	}
	for i, r := range group {
		if err := l.step(ctx, r, shared, i == len(group)-1); err != nil {
			return l.stale(err)
		}
	}
	if !shared && group[0].err != nil {
		return l.session.rollback(ctx)
	}
	if err := l.session.commit(ctx); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// begin connects when there is no connection.
func (l *lane) begin(ctx context.Context, shared bool) (err error) {
	if l.session == nil {
		if l.session, err = newSession(ctx, l.w.d.writes, l.w.d.dialect); err != nil {
			return &unavailableError{msg: "no connection to the database", cause: err}
		}
	}
	if err := l.session.begin(ctx, shared); err != nil {
		return l.stale(fmt.Errorf("begin: %w", err))
	}
	return nil
}

// step runs one request. Its own failure goes into r.err and undoes only its
// own changes; the result is an error that ends the whole transaction.
func (l *lane) step(ctx context.Context, r *request, shared, last bool) error {
	tx := &Tx{session: l.session, ctx: ctx}
	r.err = r.call(tx)
	if r.err == nil && tx.failed != nil {
		r.err = fmt.Errorf("a statement failed and its error was ignored: %w", tx.failed)
	}
	if err := tx.broken(r.err); err != nil {
		return err
	}
	if r.err != nil && l.session.isClosed() {
		return r.err
	}
	switch {
	case !shared:
		return nil
	case r.err != nil:
		return l.session.control(ctx, "ROLLBACK TO SAVEPOINT g")
	case last:
		return nil
	}
	return l.session.control(ctx, "RELEASE SAVEPOINT g", "SAVEPOINT g")
}

// abandon undoes what a failed transaction left, and the connection with it
// when that may be broken.
func (l *lane) abandon(err error) {
	if l.session == nil {
		return
	}
	if mayRunAgain(err) && !isStale(err) {
		ctx, cancel := l.context()
		defer cancel()
		if e := l.session.rollback(ctx); e == nil || l.w.d.dialect == SQLite {
			return
		}
	}
	l.w.d.log.Warn("writer connection given up", "error", err)
	l.drop()
}

func (l *lane) drop() {
	if l.session != nil {
		l.session.discard()
		l.session = nil
	}
}

func (l *lane) shut() {
	if l.w.d.dialect == SQLite && l.session != nil {
		l.checkpoint("TRUNCATE")
	}
	l.drop()
}

// stale marks err when it comes from a lost connection; it is for errors
// before the commit.
func (l *lane) stale(err error) error {
	if isLost(err) || l.session.isClosed() {
		return &staleError{cause: err}
	}
	return err
}

func isStale(err error) bool {
	_, ok := errors.AsType[*staleError](err)
	return ok
}
