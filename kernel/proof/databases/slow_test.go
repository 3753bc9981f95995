package databases

import (
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"threading101/kernel/postgres/postgrestest"
)

// slow: a server that takes long to answer whoever connects is no program that waits for
// what no schedule brings. The connection by which we ask who waits is late as well.
func (p *program) slow(t *testing.T) {
	t.Setenv("DATABASE_URL", late(t, os.Getenv("DATABASE_URL"), 2500*time.Millisecond))
	t.Setenv("CASE", "update pgx rc")
	if got := p.explore(t, enough); !got.Complete || len(got.Uncontrolled) > 0 {
		t.Errorf("complete: %v, %q", got.Complete, got.Uncontrolled)
	}
}

// late is the name of the same database, where each connection is served so much later,
// but for the first: by that the command line looks whether anybody answers.
func late(t *testing.T, name string, by time.Duration) string {
	t.Helper()
	_, query, _ := strings.Cut(name, "host=")
	folder, _, _ := strings.Cut(query, "&")
	front := postgrestest.Folder(t)
	if err := os.Mkdir(front, 0o755); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("unix", filepath.Join(front, socket))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for wait := time.Duration(0); ; wait = by {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go relay(c, filepath.Join(folder, socket), wait)
		}
	}()
	return strings.Replace(name, folder, front, 1)
}

const socket = ".s.PGSQL.5432"

// relay joins a connection with another one, somewhat later.
func relay(c net.Conn, to string, by time.Duration) {
	defer c.Close()
	time.Sleep(by)
	s, err := net.Dial("unix", to)
	if err != nil {
		return
	}
	defer s.Close()
	go func() {
		defer s.Close()
		io.Copy(s, c)
	}()
	io.Copy(c, s)
}
