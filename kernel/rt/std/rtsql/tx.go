package rtsql

import (
	"context"
	"database/sql"
)

// The methods of *sql.Tx.

func TxExec(s uint32, tx *sql.Tx, text string, args ...any) (sql.Result, error) {
	return exec(s, tx, context.Background(), text, args)
}

func TxExecContext(s uint32, tx *sql.Tx, ctx context.Context, text string, args ...any) (sql.Result, error) {
	return exec(s, tx, ctx, text, args)
}

func TxQuery(s uint32, tx *sql.Tx, text string, args ...any) (*sql.Rows, error) {
	return query(s, tx, context.Background(), text, args)
}

func TxQueryContext(s uint32, tx *sql.Tx, ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	return query(s, tx, ctx, text, args)
}

func TxQueryRow(s uint32, tx *sql.Tx, text string, args ...any) *sql.Row {
	return queryRow(s, tx, context.Background(), text, args)
}

func TxQueryRowContext(s uint32, tx *sql.Tx, ctx context.Context, text string, args ...any) *sql.Row {
	return queryRow(s, tx, ctx, text, args)
}

func TxPrepare(s uint32, tx *sql.Tx, text string) (*sql.Stmt, error) {
	return prepare(s, tx, context.Background(), text)
}

func TxPrepareContext(s uint32, tx *sql.Tx, ctx context.Context, text string) (*sql.Stmt, error) {
	return prepare(s, tx, ctx, text)
}

func TxStmt(s uint32, tx *sql.Tx, st *sql.Stmt) *sql.Stmt {
	return TxStmtContext(s, tx, context.Background(), st)
}

func TxStmtContext(s uint32, tx *sql.Tx, ctx context.Context, st *sql.Stmt) (of *sql.Stmt) {
	quietly(s, tx, "prepare", func() error {
		of = tx.StmtContext(ctx, st)
		return nil
	})
	from(behind(tx), of, nil)
	prepared(of, textOf(st))
	return of
}

func TxCommit(s uint32, tx *sql.Tx) error {
	defer end(tx)
	return ends(s, tx, "COMMIT", tx.Commit)
}

// TxRollback is tx.Rollback. After the end of the transaction, where it is often
// deferred, nothing is sent.
func TxRollback(s uint32, tx *sql.Tx) error {
	if ended(tx) {
		return tx.Rollback()
	}
	defer end(tx)
	return ends(s, tx, "ROLLBACK", tx.Rollback)
}
