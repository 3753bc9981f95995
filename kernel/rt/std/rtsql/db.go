package rtsql

import (
	"context"
	"database/sql"

	"threading101/kernel/rt/control"
)

// The methods of *sql.DB.

func DBExec(s uint32, db *sql.DB, text string, args ...any) (sql.Result, error) {
	return exec(s, db, context.Background(), text, args)
}

func DBExecContext(s uint32, db *sql.DB, ctx context.Context, text string, args ...any) (sql.Result, error) {
	return exec(s, db, ctx, text, args)
}

func DBQuery(s uint32, db *sql.DB, text string, args ...any) (*sql.Rows, error) {
	return query(s, db, context.Background(), text, args)
}

func DBQueryContext(s uint32, db *sql.DB, ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	return query(s, db, ctx, text, args)
}

func DBQueryRow(s uint32, db *sql.DB, text string, args ...any) *sql.Row {
	return queryRow(s, db, context.Background(), text, args)
}

func DBQueryRowContext(s uint32, db *sql.DB, ctx context.Context, text string, args ...any) *sql.Row {
	return queryRow(s, db, ctx, text, args)
}

func DBPrepare(s uint32, db *sql.DB, text string) (*sql.Stmt, error) {
	return prepare(s, db, context.Background(), text)
}

func DBPrepareContext(s uint32, db *sql.DB, ctx context.Context, text string) (*sql.Stmt, error) {
	return prepare(s, db, ctx, text)
}

func DBBegin(s uint32, db *sql.DB) (*sql.Tx, error) {
	return beginTx(s, db, context.Background(), nil)
}

func DBBeginTx(s uint32, db *sql.DB, ctx context.Context, opts *sql.TxOptions) (*sql.Tx, error) {
	return beginTx(s, db, ctx, opts)
}

func DBPing(s uint32, db *sql.DB) error { return quietly(s, db, "ping", db.Ping) }

func DBPingContext(s uint32, db *sql.DB, ctx context.Context) error {
	return quietly(s, db, "ping", func() error { return db.PingContext(ctx) })
}

func DBConn(s uint32, db *sql.DB, ctx context.Context) (c *sql.Conn, err error) {
	if limited() {
		beyond() // whose connection it becomes depends on the order
	}
	quietly(s, db, "a connection", func() error {
		c, err = db.Conn(ctx)
		return err
	})
	from(behind(db), c, err)
	return c, err
}

// DBSetMaxOpenConns is db.SetMaxOpenConns. It may let others go on that wait for a
// connection, so where there are others it is no step that a search can follow.
func DBSetMaxOpenConns(s uint32, db *sql.DB, n int) {
	if c := control.Active; c != nil && c.Others() {
		beyond()
	}
	limitTo(db, n)
	db.SetMaxOpenConns(n)
}

// DBSetMaxIdleConns is db.SetMaxIdleConns, which only makes connections be opened again.
func DBSetMaxIdleConns(s uint32, db *sql.DB, n int) { db.SetMaxIdleConns(n) }

func DBClose(s uint32, db *sql.DB) error {
	defer closed(db)
	return quietly(s, db, "close", db.Close)
}
