package db

import (
	"container/list"
	"context"
	"database/sql"
	"sync"
)

// How many statements stay prepared. The engine has a few hundred texts; the
// bound keeps texts that were put together at run time from piling up.
const (
	readerStatements = 1000
	writerStatements = 500
)

type preparer interface {
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}

// stmtCache keeps the statements used last, by their text. A statement that
// falls out is closed once nobody is about to run it.
type stmtCache struct {
	on  preparer
	max int

	mu     sync.Mutex
	byText map[string]*list.Element
	order  *list.List // of *cachedStmt, the one used last in front
}

type cachedStmt struct {
	stmt    *sql.Stmt
	text    string
	users   int
	dropped bool
}

func newStmtCache(on preparer, limit int) *stmtCache {
	return &stmtCache{on: on, max: limit, byText: map[string]*list.Element{}, order: list.New()}
}

// acquire returns the statement for text; the caller releases it when its call
// has returned (open rows keep the statement alive by themselves).
func (c *stmtCache) acquire(ctx context.Context, text string) (*cachedStmt, error) {
	if s := c.lookup(text); s != nil {
		return s, nil
	}
	stmt, err := c.on.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	return c.keep(&cachedStmt{stmt: stmt, text: text, users: 1}), nil
}

func (c *stmtCache) lookup(text string) *cachedStmt {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.byText[text]
	if e == nil {
		return nil
	}
	c.order.MoveToFront(e)
	s := e.Value.(*cachedStmt)
	s.users++
	return s
}

func (c *stmtCache) keep(s *cachedStmt) *cachedStmt {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byText[s.text] != nil { // somebody else was quicker
		s.dropped = true
		return s
	}
	c.byText[s.text] = c.order.PushFront(s)
	for len(c.byText) > c.max {
		c.drop(c.order.Back())
	}
	return s
}

// drop takes e out; the caller holds mu.
func (c *stmtCache) drop(e *list.Element) {
	s := c.order.Remove(e).(*cachedStmt)
	delete(c.byText, s.text)
	s.dropped = true
	if s.users == 0 {
		_ = s.stmt.Close() // a failed close only costs memory
	}
}

func (c *stmtCache) release(s *cachedStmt) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s.users--
	if s.dropped && s.users == 0 {
		_ = s.stmt.Close()
	}
}

func (c *stmtCache) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.order.Len() > 0 {
		c.drop(c.order.Back())
	}
}

func (c *stmtCache) size() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.byText)
}
