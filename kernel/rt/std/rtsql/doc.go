// Package rtsql has what a program calls in place of package database/sql: Open, and
// the methods by which a *sql.DB, a Conn, a Tx or a Stmt talks to the database. The
// types are the library's own, and the library does the work.
//
// In a controlled run each statement is a step: it is announced, the scheduler decides
// whose is next, it is sent, and it returns or waits for what another transaction has
// locked. A goroutine whose statement waits is blocked as at a mutex: the others go on.
// After each statement that is over, those that wait are asked whether they still do,
// before anything is decided. So the same schedule gives the same results.
//
//	open.go       sql.Open and sql.OpenDB: a connector of ours around the driver's
//	conn.go       a connection, which tells which statement uses it
//	rows.go       the rows of a query, read at once: a query is one step
//	statement.go  a statement as a step
//	work.go       a call under way, in a goroutine of its own, and whether it waits
//	postgres.go   how PostgreSQL says that a statement waits, and for whom
//	facts.go      what the database says of transactions, for who looks at the run
//	rowlocks.go   what PostgreSQL says is locked
//	madeup.go     values that a database makes up, which no schedule decides
//	limits.go     time limits by which the database ends statements
//	filelock.go   whether SQLite has its file locked
//	run.go        what is left of one run when the next begins
//	db.go, single.go, tx.go, stmt.go   the methods of DB, Conn, Tx and Stmt
//
// Drivers that are known are pgx's for database/sql, and modernc.org/sqlite, which
// never waits for another transaction: it fails with SQLITE_BUSY. With any other the
// calls are the library's own, and the run says that it is not controlled.
package rtsql
