package rtsql

import (
	"context"
	"database/sql/driver"
	"errors"
	"sync"
	"sync/atomic"

	"threading101/kernel/rt/control"
)

// session is a connection of the driver, and what the database calls it.
type session struct {
	driver.Conn
	pid  int64                 // of the process that serves it
	told string                // how it was asked to say when a statement waits, "" if it does not
	user *atomic.Pointer[conn] // whose it is now: it may be left to a later run
}

// conn is a connection as package database/sql has it. That is used by one goroutine at a
// time; but the library rolls a transaction back when its context ends, and we close what
// a run has left open: turn has each wait for the other.
type conn struct {
	session
	turn  sync.Mutex
	from  *connector
	work  atomic.Pointer[work] // the call that uses it, or used it last
	owner *control.G           // who made that; belongs to who has the turn
	done  atomic.Bool          // it was closed
}

// use begins to use the connection, and notes which call it serves. It returns what ends
// that, and an error for one that was closed: its session may be another run's.
func (n *conn) use() (end func(), err error) {
	n.serves()
	n.turn.Lock()
	if n.done.Load() {
		n.turn.Unlock()
		return nil, driver.ErrBadConn
	}
	return n.turn.Unlock, nil
}

func (n *conn) serves() {
	w := current()
	if w == nil {
		beyond() // through an interface, or by the library itself
		return
	}
	n.work.Store(w)
	w.conn.Store(n)
}

// Close implements driver.Conn. An open transaction is rolled back before: left to
// itself the database would do so at a moment of its own.
func (n *conn) Close() error {
	n.turn.Lock()
	defer n.turn.Unlock()
	if n.done.Swap(true) {
		return nil
	}
	known.Lock()
	delete(known.conns, n)
	known.Unlock()
	if n.from.engine.waits && n.renew() == nil && n.spares() {
		n.session.user.Store(nil)
		known.Lock()
		defer known.Unlock()
		if known.spare == nil {
			known.spare = map[string][]session{}
		}
		known.spare[n.from.name] = append(known.spare[n.from.name], n.session)
		return nil
	}
	return n.Conn.Close()
}

// cancel ends the call that uses the connection, if there is one.
func (n *conn) cancel() {
	w := n.work.Load()
	if w == nil || w.over() {
		return
	}
	if n.from.engine.waits {
		n.side().cancel(n.pid)
	}
	<-w.done
}

// PrepareContext implements driver.ConnPrepareContext.
func (n *conn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	end, err := n.use()
	if err != nil {
		return nil, err
	}
	defer end()
	s, err := preparing(ctx, n.Conn, query)
	if err != nil {
		return nil, err
	}
	return &stmt{s, n}, nil
}

func preparing(ctx context.Context, n driver.Conn, query string) (driver.Stmt, error) {
	if p, ok := n.(driver.ConnPrepareContext); ok {
		return p.PrepareContext(ctx, query)
	}
	return n.Prepare(query)
}

// BeginTx implements driver.ConnBeginTx.
func (n *conn) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	end, err := n.use()
	if err != nil {
		return nil, err
	}
	defer end()
	b, ok := n.Conn.(driver.ConnBeginTx)
	if !ok {
		return nil, errors.New("the driver begins no transactions")
	}
	t, err := b.BeginTx(ctx, opts)
	if err != nil {
		return nil, err
	}
	return &tx{t, n}, nil
}

// tx is a transaction of a connection.
type tx struct {
	driver.Tx
	conn *conn
}

// Commit implements driver.Tx.
func (t *tx) Commit() error {
	end, err := t.conn.use()
	if err != nil {
		return err
	}
	defer end()
	return t.Tx.Commit()
}

// Rollback implements driver.Tx.
func (t *tx) Rollback() error {
	end, err := t.conn.use()
	if err != nil {
		return err
	}
	defer end()
	return t.Tx.Rollback()
}

// ExecContext implements driver.ExecerContext.
func (n *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	e, ok := n.Conn.(driver.ExecerContext)
	if !ok {
		return nil, driver.ErrSkip
	}
	end, err := n.use()
	if err != nil {
		return nil, err
	}
	defer end()
	return e.ExecContext(ctx, query, args)
}

// QueryContext implements driver.QueryerContext.
func (n *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	q, ok := n.Conn.(driver.QueryerContext)
	if !ok {
		return nil, driver.ErrSkip
	}
	end, err := n.use()
	if err != nil {
		return nil, err
	}
	defer end()
	rows, err := q.QueryContext(ctx, query, args)
	if err != nil {
		return nil, err
	}
	return readAll(rows)
}

// Ping implements driver.Pinger.
func (n *conn) Ping(ctx context.Context) error {
	end, err := n.use()
	if err != nil {
		return err
	}
	defer end()
	if p, ok := n.Conn.(driver.Pinger); ok {
		return p.Ping(ctx)
	}
	return nil
}

// ResetSession implements driver.SessionResetter.
func (n *conn) ResetSession(ctx context.Context) error {
	if r, ok := n.Conn.(driver.SessionResetter); ok {
		return r.ResetSession(ctx)
	}
	return nil
}

// IsValid implements driver.Validator.
func (n *conn) IsValid() bool {
	if v, ok := n.Conn.(driver.Validator); ok {
		return v.IsValid()
	}
	return true
}

// CheckNamedValue implements driver.NamedValueChecker.
func (n *conn) CheckNamedValue(v *driver.NamedValue) error {
	if c, ok := n.Conn.(driver.NamedValueChecker); ok {
		return c.CheckNamedValue(v)
	}
	return driver.ErrSkip
}

// stmt is a prepared statement of a connection.
type stmt struct {
	driver.Stmt
	conn *conn
}

// ExecContext implements driver.StmtExecContext.
func (s *stmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	end, err := s.conn.use()
	if err != nil {
		return nil, err
	}
	defer end()
	if e, ok := s.Stmt.(driver.StmtExecContext); ok {
		return e.ExecContext(ctx, args)
	}
	return nil, errors.New("the driver's statements take no context")
}

// QueryContext implements driver.StmtQueryContext.
func (s *stmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	end, err := s.conn.use()
	if err != nil {
		return nil, err
	}
	defer end()
	q, ok := s.Stmt.(driver.StmtQueryContext)
	if !ok {
		return nil, errors.New("the driver's statements take no context")
	}
	rows, err := q.QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	return readAll(rows)
}

// CheckNamedValue implements driver.NamedValueChecker.
func (s *stmt) CheckNamedValue(v *driver.NamedValue) error {
	if c, ok := s.Stmt.(driver.NamedValueChecker); ok {
		return c.CheckNamedValue(v)
	}
	return s.conn.CheckNamedValue(v)
}
