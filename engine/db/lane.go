package db

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	sqlite3 "modernc.org/sqlite/lib"
)

// A request that lost against concurrent transactions runs again at most this
// often, with growing pauses; this matters only with several nodes.
const (
	maxTries = 10
	pause    = 2 * time.Millisecond
)

// idleAfter is how long SQLite's writer is idle before it moves the write-ahead
// log into the file.
const idleAfter = time.Second

// muchWritten is after how many pages moved, 4 kB each, an idle writer gives
// its page cache back.
const muchWritten = 1000

// lane is one goroutine of the writer and its connection.
type lane struct {
	w        *writer
	session  *session // nil until needed and after a lost connection
	group    []*request
	usual    int
	dirty    bool
	finished bool
}

// next waits for a request, and uses an idle second for a checkpoint, or a
// moment when little is left to move.
func (l *lane) next() (*request, bool) {
	if !l.dirty || l.w.d.dialect != SQLite {
		r, ok := <-l.w.queue.ch
		return r, ok
	}
	timer := time.NewTimer(idleAfter)
	defer timer.Stop()
	select {
	case r, ok := <-l.w.queue.ch:
		return r, ok
	case <-timer.C:
		l.rest()
	case <-l.w.tidy:
		l.checkpoint("PASSIVE")
	}
	r, ok := <-l.w.queue.ch
	return r, ok
}

// rest moves the log, and gives the page cache back when much was written.
func (l *lane) rest() {
	if l.checkpoint("PASSIVE") > muchWritten {
		_, _ = l.session.exec(context.Background(), "PRAGMA shrink_memory", nil) // only memory is at stake
	}
}

// checkpoint moves the log into the file and returns how many of its pages
// are there.
func (l *lane) checkpoint(mode string) (moved int) {
	if l.session == nil {
		return 0
	}
	l.dirty = false
	_, moved, err := checkpoint(l.session.queryRow(context.Background(), "PRAGMA wal_checkpoint("+mode+")", nil))
	if err != nil {
		l.w.d.log.Warn("checkpoint failed", "error", err)
	}
	return moved
}

// serve runs the requests whose callers still wait, and answers them.
func (l *lane) serve(found []*request) {
	l.group = l.group[:0]
	for _, r := range found {
		if r.claim() {
			l.group = append(l.group, r)
		}
	}
	if len(l.group) > 0 {
		l.run()
	}
	l.answer(nil)
}

// answer releases the callers of the group; err, if any, is for all of them.
func (l *lane) answer(err error) {
	for _, r := range l.group {
		if err != nil {
			r.err = err
		}
		close(r.done)
	}
	clear(l.group)
	l.group = l.group[:0]
}

// run commits the group as a whole. When that fails for a reason that may lie
// in a concurrent transaction, it runs again while nobody else writes; when
// the reason may lie in one of the requests, they run one by one.
func (l *lane) run() {
	err := l.together()
	switch {
	case err == nil:
	case mayRunAgain(err):
		l.w.d.log.Debug("write group runs again", "size", len(l.group), "error", err)
		l.again(err)
	default:
		l.refuse(l.group, err)
	}
}

func (l *lane) again(err error) {
	l.w.alone.Lock()
	defer l.w.alone.Unlock()
	if isRetryable(err) {
		err = l.attempt(l.group)
	}
	switch {
	case err == nil:
	case mayRunAgain(err):
		l.apart()
	default:
		l.refuse(l.group, err)
	}
}

func (l *lane) together() error {
	l.w.alone.RLock()
	defer l.w.alone.RUnlock()
	return l.attempt(l.group)
}

func (l *lane) apart() {
	for i, r := range l.group {
		err := l.insist(r)
		if _, away := errors.AsType[*pgconn.ConnectError](err); away { // do not knock 512 times
			l.refuse(l.group[i:], err)
			return
		}
		if err != nil {
			l.refuse(l.group[i:i+1], err)
		}
	}
}

func (l *lane) refuse(group []*request, err error) {
	for _, r := range group {
		r.err = err
	}
}

// insist runs one request until it neither loses against a concurrent
// transaction nor finds its connection gone.
func (l *lane) insist(r *request) error {
	for try := 1; ; try++ {
		err := l.attempt([]*request{r})
		switch {
		case err == nil, !isRetryable(err) && (try > 1 || !isStale(err)):
			return err
		case try == maxTries:
			return &unavailableError{msg: "too many concurrent changes", cause: err}
		}
		time.Sleep(time.Duration(try) * (pause/2 + rand.N(pause))) //nolint:gosec // spreads retries
	}
}

// mayRunAgain reports whether a group that failed with err is worth a second
// try. Not after a commit with unknown outcome, nor on a database that cannot
// write; but a full disk may be one caller's doing.
func mayRunAgain(err error) bool {
	if isStale(err) || isRetryable(err) || sqliteCode(err)&0xff == sqlite3.SQLITE_FULL {
		return true
	}
	return !IsUnavailable(err)
}

// staleError is a connection lost before the commit was sent.
type staleError struct{ cause error }

func (e *staleError) Error() string { return fmt.Sprintf("connection lost: %v", e.cause) }

func (e *staleError) Unwrap() error { return e.cause }
