package words

import (
	"fmt"
	"time"
)

// PostgresNone says that there is no PostgreSQL, and how to get one.
const PostgresNone = "PostgreSQL is not on this machine. Run make setup again with a network, or install it: apt-get install postgresql"

// DoctorPostgres says which server there is, and how long it took to start.
func DoctorPostgres(version string, took time.Duration, bin string) string {
	return fmt.Sprintf("%s, starts in %.2f s  (%s)", version, took.Seconds(), bin)
}

// What the doctor says of the drivers, of which SQLite's is the large one.
const (
	CacheNot        = "not there"
	CacheHint       = "Each user's first cell compiles Go's standard library, which takes half a minute. To do that once for all: threading101 prepare cache"
	DriversCompiled = "compiled, as is pgx"
	DriversNot      = "not compiled yet"
	DriversHint     = "The first program that uses it takes a minute. To have it compiled now: threading101 prepare drivers"
)

// PostgresNotOurs says that setup has nothing to prepare for the machine's own PostgreSQL.
const PostgresNotOurs = "setup has not brought PostgreSQL: there is nothing to prepare for the one on this machine"

// PostgresFolderTooLong says that no socket can lie in a folder.
func PostgresFolderTooLong(dir string, most int) string {
	return fmt.Sprintf("PostgreSQL cannot put its socket into %s: the name is %d bytes long, and the system allows %d. Start Jupyter with a shorter TMPDIR, for example TMPDIR=/tmp", dir, len(dir), most)
}

// PostgresNoFolder says that the server's folder cannot be made or filled.
func PostgresNoFolder(dir string, err error) string {
	return fmt.Sprintf("PostgreSQL's folder %s cannot be made: %v", dir, err)
}

// PostgresFolderTaken says that another server has the folder.
func PostgresFolderTaken(dir string) string {
	return fmt.Sprintf("another PostgreSQL server runs in %s. Restart the kernel to get a folder of its own", dir)
}

// PostgresCannotRun says that the programs do not run on this machine.
func PostgresCannotRun(bin string, err error) string {
	return fmt.Sprintf("PostgreSQL in %s cannot be run here: %v", bin, err)
}

// PostgresEnded says that the server ended at its start. reason is in its own words.
func PostgresEnded(reason string) string {
	if reason == "" {
		return "PostgreSQL ended as soon as it was started, and did not say why"
	}
	return "PostgreSQL ended as soon as it was started: " + reason
}

// PostgresTooSlow says that the server did not get ready in time.
func PostgresTooSlow(patience time.Duration) string {
	return fmt.Sprintf("PostgreSQL was started, but was not ready after %.0f seconds. Perhaps the machine is very busy: run the cell again", patience.Seconds())
}
