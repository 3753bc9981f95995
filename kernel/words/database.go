package words

import "fmt"

// MagicDatabase explains %db.
const MagicDatabase = "say which database your programs get as DATABASE_URL; postgres, sqlite: use this one; auto: decide by the program's driver; off: none; reset: empty it"

// databaseHint says what to try where an address of the learner's own does not work.
const databaseHint = "\nhint: mend DATABASE_URL, or use the kernel's own PostgreSQL: %db postgres"

// DatabaseNobody and its like say what is wrong at the place that DATABASE_URL names.
func DatabaseNobody(place string) string {
	return fmt.Sprintf("DATABASE_URL names %s, and no server listens there", place) + databaseHint
}

// DatabaseNoHost is said of a name without an address.
func DatabaseNoHost(host string) string {
	return fmt.Sprintf("DATABASE_URL names the host %s, which nobody knows", host) + databaseHint
}

// DatabaseSilent is said of a server that does not answer in time.
func DatabaseSilent(place string) string {
	return fmt.Sprintf("DATABASE_URL names %s, which does not answer", place) + databaseHint
}

// DatabaseForeign is said of a server that speaks something else.
func DatabaseForeign(place string) string {
	return fmt.Sprintf("DATABASE_URL names %s, and what answers there is not PostgreSQL", place) + databaseHint
}

// DatabaseRefuses is said of a server that says no. message is in its own words.
func DatabaseRefuses(place, message string) string {
	return fmt.Sprintf("the PostgreSQL server at %s, which DATABASE_URL names, answers: %s", place, message) + databaseHint
}

// DatabaseUnreachable is said of all else.
func DatabaseUnreachable(place string, err error) string {
	return fmt.Sprintf("DATABASE_URL names %s, which cannot be reached: %v", place, err) + databaseHint
}

// DatabaseUnread is said of an address that cannot be read; it is not repeated, since
// there may be a password in it.
const DatabaseUnread = "DATABASE_URL is neither a postgres:// address nor the name of an SQLite file (file:…)" + databaseHint

// DatabaseRecovered and DatabaseEmptied say that the server had ended.
const (
	DatabaseRecovered = "The PostgreSQL server had ended, so it was started again. What was committed is still there."
	DatabaseEmptied   = "The PostgreSQL server had ended, and its data are lost: a new one was started. Its database is empty."
)

// DatabaseInstead says that a program gets SQLite because there is no PostgreSQL.
func DatabaseInstead(why string) string { return why + ". This program gets SQLite instead." }

// DatabaseOwn says which database programs get, if it is the kernel's server.
func DatabaseOwn(version, url string) string {
	return fmt.Sprintf("PostgreSQL %s, started by this kernel. It ends with the kernel.\nDATABASE_URL=%s", version, url)
}

// DatabaseYours says the same of a server that the learner has named.
func DatabaseYours(version, place, database string) string {
	if version != "" {
		version = " " + version
	}
	return fmt.Sprintf("Your own PostgreSQL%s at %s, database %s: your DATABASE_URL names it.", version, place, database)
}

// DatabaseYourFile says the same of a file.
const DatabaseYourFile = "Your own SQLite file: your DATABASE_URL names it."

// DatabaseFile says the same of the kernel's SQLite file.
func DatabaseFile(url string) string {
	return fmt.Sprintf("SQLite, in a file of this kernel. It goes with the kernel.\nDATABASE_URL=%s", url)
}

// DatabaseOff says the same where there is none.
const DatabaseOff = "Programs get no DATABASE_URL. %db auto gives them one again."

// DatabaseEmpty says that a database was emptied.
const DatabaseEmpty = "The kernel's databases are empty."

// DatabaseNotYours says that a database of the learner's own is not emptied.
const DatabaseNotYours = "DATABASE_URL names a database of your own, which %db reset does not touch"

// DatabaseWhat answers an argument of %db that is none.
func DatabaseWhat(arg string) string {
	return fmt.Sprintf("%%db takes postgres, sqlite, auto, off or reset, not %q", arg)
}
