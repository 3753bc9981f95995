package rtsql

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
)

// What the methods of DB, Conn, Tx and Stmt have in common.

// mayEnd notes that a statement's context may end: then the library and the driver break
// it off at a moment of their own.
func mayEnd(ctx context.Context) {
	if ctx != nil && ctx.Done() != nil {
		mayBreakOff()
	}
}

// executor is a DB, a Conn or a Tx.
type executor interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	QueryRowContext(context.Context, string, ...any) *sql.Row
	PrepareContext(context.Context, string) (*sql.Stmt, error)
}

func exec(s uint32, x executor, ctx context.Context, query string, args []any) (r sql.Result, err error) {
	mayEnd(ctx)
	(&statement{site: s, engine: behind(x), text: query, args: args, call: func() (string, error) {
		r, err = x.ExecContext(ctx, query, args...)
		return affected(r, err), err
	}}).do()
	return r, err
}

func query(s uint32, x executor, ctx context.Context, query string, args []any) (r *sql.Rows, err error) {
	mayEnd(ctx)
	(&statement{site: s, engine: behind(x), text: query, args: args, call: func() (string, error) {
		r, err = x.QueryContext(ctx, query, args...)
		return "", err
	}}).do()
	return r, err
}

func queryRow(s uint32, x executor, ctx context.Context, query string, args []any) (r *sql.Row) {
	mayEnd(ctx)
	(&statement{site: s, engine: behind(x), text: query, args: args, call: func() (string, error) {
		r = x.QueryRowContext(ctx, query, args...)
		return "", r.Err()
	}}).do()
	return r
}

func prepare(s uint32, x executor, ctx context.Context, query string) (st *sql.Stmt, err error) {
	e := behind(x)
	(&statement{site: s, engine: e, text: "PREPARE " + query, call: func() (string, error) {
		st, err = x.PrepareContext(ctx, query)
		return "", err
	}}).do()
	from(e, st, err)
	prepared(st, query)
	return st, err
}

// beginner is a DB or a Conn.
type beginner interface {
	BeginTx(context.Context, *sql.TxOptions) (*sql.Tx, error)
}

func beginTx(s uint32, x beginner, ctx context.Context, opts *sql.TxOptions) (tx *sql.Tx, err error) {
	mayEnd(ctx)
	e := behind(x)
	(&statement{site: s, engine: e, text: begins(opts), call: func() (string, error) {
		tx, err = x.BeginTx(ctx, opts)
		return "", err
	}}).do()
	from(e, tx, err)
	return tx, err
}

// begins says whether a statement only begins a transaction, which nobody notices: both
// databases look at the world when the first statement in it does. What SQLite calls
// IMMEDIATE or EXCLUSIVE does more.
func (e *engine) begins(text string) bool {
	words := strings.Fields(strings.ToUpper(text))
	switch {
	case len(words) == 0 || strings.Contains(text, ";"):
		return false
	case e == sqlite:
		return len(words) < 3 && words[0] == "BEGIN" && (len(words) == 1 || words[1] == "TRANSACTION" || words[1] == "DEFERRED") && !e.eager
	}
	return words[0] == "BEGIN" || words[0] == "START" && len(words) > 1 && words[1] == "TRANSACTION"
}

// begins is the statement that begins a transaction.
func begins(opts *sql.TxOptions) string {
	text := "BEGIN"
	if opts != nil && opts.Isolation != sql.LevelDefault {
		text += " ISOLATION LEVEL " + opts.Isolation.String()
	}
	if opts != nil && opts.ReadOnly {
		text += " READ ONLY"
	}
	return text
}

// ends is a statement without a result.
func ends(s uint32, x any, text string, call func() error) (err error) {
	(&statement{site: s, engine: behind(x), text: text, call: func() (string, error) {
		err = call()
		return "", err
	}}).do()
	return err
}

// quietly is a call that others do not notice, though it may wait for them.
func quietly(s uint32, x any, text string, call func() error) (err error) {
	(&statement{site: s, engine: behind(x), text: text, quiet: true, call: func() (string, error) {
		err = call()
		return "", err
	}}).do()
	return err
}

// affected is how many rows a statement changed.
func affected(r sql.Result, err error) string {
	if err != nil || r == nil {
		return ""
	}
	n, err := r.RowsAffected()
	switch {
	case err != nil:
		return ""
	case n == 1:
		return "1 row"
	}
	return strconv.FormatInt(n, 10) + " rows"
}
