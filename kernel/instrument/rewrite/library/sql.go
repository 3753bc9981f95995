package library

import (
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
)

// Package database/sql: all that talks to a database. Whichever handle it is done by,
// the object is the database.
var sqlFunctions = map[string]Function{
	"database/sql.Open":   {Fn: "Open", Bare: true, from: draft.PathSQL},
	"database/sql.OpenDB": {Fn: "OpenDB", Bare: true, from: draft.PathSQL},
}

var sqlMethods = sqlRows(map[string]string{
	"DB":   "Exec ExecContext Query QueryContext QueryRow QueryRowContext Prepare PrepareContext Begin BeginTx Ping PingContext Conn SetMaxOpenConns SetMaxIdleConns Close",
	"Conn": "ExecContext QueryContext QueryRowContext PrepareContext BeginTx PingContext Raw Close",
	"Tx":   "Exec ExecContext Query QueryContext QueryRow QueryRowContext Prepare PrepareContext Stmt StmtContext Commit Rollback",
	"Stmt": "Exec ExecContext Query QueryContext QueryRow QueryRowContext Close",
})

func sqlRows(names map[string]string) map[string]method {
	rows := map[string]method{}
	for t, all := range names {
		for _, name := range strings.Fields(all) {
			rows["(*database/sql."+t+")."+name] = method{op: event.Statement, Fn: t + name, from: draft.PathSQL, nameless: true}
		}
	}
	return rows
}
