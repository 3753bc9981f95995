package rtsql

import (
	"context"
	"database/sql"
)

// The methods of *sql.Stmt.

func StmtExec(s uint32, st *sql.Stmt, args ...any) (sql.Result, error) {
	return StmtExecContext(s, st, context.Background(), args...)
}

func StmtExecContext(s uint32, st *sql.Stmt, ctx context.Context, args ...any) (r sql.Result, err error) {
	mayEnd(ctx)
	(&statement{site: s, engine: behind(st), text: textOf(st), args: args, call: func() (string, error) {
		r, err = st.ExecContext(ctx, args...)
		return affected(r, err), err
	}}).do()
	return r, err
}

func StmtQuery(s uint32, st *sql.Stmt, args ...any) (*sql.Rows, error) {
	return StmtQueryContext(s, st, context.Background(), args...)
}

func StmtQueryContext(s uint32, st *sql.Stmt, ctx context.Context, args ...any) (r *sql.Rows, err error) {
	mayEnd(ctx)
	(&statement{site: s, engine: behind(st), text: textOf(st), args: args, call: func() (string, error) {
		r, err = st.QueryContext(ctx, args...)
		return "", err
	}}).do()
	return r, err
}

func StmtQueryRow(s uint32, st *sql.Stmt, args ...any) *sql.Row {
	return StmtQueryRowContext(s, st, context.Background(), args...)
}

func StmtQueryRowContext(s uint32, st *sql.Stmt, ctx context.Context, args ...any) (r *sql.Row) {
	mayEnd(ctx)
	(&statement{site: s, engine: behind(st), text: textOf(st), args: args, call: func() (string, error) {
		r = st.QueryRowContext(ctx, args...)
		return "", r.Err()
	}}).do()
	return r
}

func StmtClose(s uint32, st *sql.Stmt) error { return quietly(s, st, "close", st.Close) }
