package rtsql

import (
	"context"
	"database/sql"
)

// The methods of *sql.Conn.

func ConnExecContext(s uint32, c *sql.Conn, ctx context.Context, text string, args ...any) (sql.Result, error) {
	return exec(s, c, ctx, text, args)
}

func ConnQueryContext(s uint32, c *sql.Conn, ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	return query(s, c, ctx, text, args)
}

func ConnQueryRowContext(s uint32, c *sql.Conn, ctx context.Context, text string, args ...any) *sql.Row {
	return queryRow(s, c, ctx, text, args)
}

func ConnPrepareContext(s uint32, c *sql.Conn, ctx context.Context, text string) (*sql.Stmt, error) {
	return prepare(s, c, ctx, text)
}

func ConnBeginTx(s uint32, c *sql.Conn, ctx context.Context, opts *sql.TxOptions) (*sql.Tx, error) {
	return beginTx(s, c, ctx, opts)
}

func ConnPingContext(s uint32, c *sql.Conn, ctx context.Context) error {
	return quietly(s, c, "ping", func() error { return c.PingContext(ctx) })
}

func ConnClose(s uint32, c *sql.Conn) error { return quietly(s, c, "close", c.Close) }

// ConnRaw is c.Raw: what is done to the driver's own connection is not controlled.
func ConnRaw(s uint32, c *sql.Conn, f func(any) error) error {
	beyond()
	return c.Raw(func(under any) error {
		if n, ok := under.(*conn); ok {
			under = n.Conn
		}
		return f(under)
	})
}
