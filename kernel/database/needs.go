package database

import "strings"

// Variable is the environment variable that has the address.
const Variable = "DATABASE_URL"

// needed says which databases a program can use.
type needed struct{ postgres, sqlite bool }

// needsOf finds out what a program can use, by the drivers that it imports.
func needsOf(imports []string) (n needed) {
	for _, path := range imports {
		n.postgres = n.postgres || under(path, "github.com/jackc/pgx") || under(path, "github.com/lib/pq")
		n.sqlite = n.sqlite || under(path, "modernc.org/sqlite") || under(path, "github.com/ncruces/go-sqlite3") || under(path, "github.com/mattn/go-sqlite3")
	}
	return n
}

// Wanted reports whether a program with these imports can use a database.
func Wanted(imports []string) bool { return needsOf(imports) != needed{} }

func under(path, module string) bool { return path == module || strings.HasPrefix(path, module+"/") }

// variable is the value of a variable in an environment, the first as in [os.Getenv].
func variable(env []string, name string) string {
	for _, entry := range env {
		if value, ok := strings.CutPrefix(entry, name+"="); ok {
			return value
		}
	}
	return ""
}
