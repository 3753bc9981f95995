// Package postgrestest is help for tests that start a PostgreSQL server.
package postgrestest

import (
	"os"
	"path/filepath"
	"testing"
)

// Missing ends a test for which no PostgreSQL was found, with the reason. It is left
// out; where no test may be, it has failed.
func Missing(t testing.TB, why error) {
	t.Helper()
	if os.Getenv("T101_NO_SKIPS") != "" {
		t.Fatal(why)
	}
	t.Skip(why)
}

// Folder is the name of a folder that a server can make. It is short, because a socket
// will lie in it, and below one that everybody may enter, because the server may be
// another user's.
func Folder(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "t101-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "pg")
}
