package rtsql

import (
	"context"
	"database/sql/driver"
	"errors"
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

// conn is a connection as package database/sql has it.
type conn struct {
	session
	from  *connector
	work  atomic.Pointer[work] // the call that uses it, or used it last
	owner *control.G           // who made that; belongs to who has the turn
	done  atomic.Bool          // it was closed
}

// use notes which call the connection serves.
func (n *conn) use() {
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
	n.use()
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
	n.use()
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
	t.conn.use()
	return t.Tx.Commit()
}

// Rollback implements driver.Tx.
func (t *tx) Rollback() error {
	t.conn.use()
	return t.Tx.Rollback()
}

// ExecContext implements driver.ExecerContext.
func (n *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	e, ok := n.Conn.(driver.ExecerContext)
	if !ok {
		return nil, driver.ErrSkip
	}
	n.use()
	return e.ExecContext(ctx, query, args)
}

// QueryContext implements driver.QueryerContext.
func (n *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	q, ok := n.Conn.(driver.QueryerContext)
	if !ok {
		return nil, driver.ErrSkip
	}
	n.use()
	rows, err := q.QueryContext(ctx, query, args)
	if err != nil {
		return nil, err
	}
	return readAll(rows)
}

// Ping implements driver.Pinger.
func (n *conn) Ping(ctx context.Context) error {
	n.use()
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
	s.conn.use()
	if e, ok := s.Stmt.(driver.StmtExecContext); ok {
		return e.ExecContext(ctx, args)
	}
	return nil, errors.New("the driver's statements take no context")
}

// QueryContext implements driver.StmtQueryContext.
func (s *stmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	s.conn.use()
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
