package database

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"threading101/kernel/postgres"
	"threading101/kernel/postgres/postgrestest"
	"threading101/kernel/words"
)

var (
	pgx    = []string{"fmt", "github.com/jackc/pgx/v5/stdlib"}
	sqlite = []string{"modernc.org/sqlite"}
	both   = append(pgx, sqlite...)
)

func newDesk(t *testing.T) *Desk {
	t.Helper()
	beside, err := filepath.Abs("../../bin")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := postgres.Find(beside); err != nil {
		postgrestest.Missing(t, err)
	}
	d := New(Config{Beside: beside, Dir: postgrestest.Folder(t)})
	t.Cleanup(d.Close)
	return d
}

func (d *Desk) lend(t *testing.T, imports []string, own string, many bool) (url, note string) {
	t.Helper()
	loan, err := d.Lend(context.Background(), imports, []string{"DATABASE_URL=" + own}, many)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(loan.Done)
	if len(loan.Env) == 0 {
		return "", loan.Note
	}
	return strings.TrimPrefix(loan.Env[0], "DATABASE_URL="), loan.Note
}

// What a program gets depends on its drivers, on what the learner has set, and on what
// the learner has chosen last.
func TestLend(t *testing.T) {
	d := newDesk(t)
	if url, _ := d.lend(t, []string{"fmt", "database/sql"}, "", false); url != "" {
		t.Errorf("without a driver: %s", url)
	}
	if url, _ := d.lend(t, sqlite, "", false); url != "file:"+d.dir+"/lesson.sqlite" {
		t.Errorf("SQLite: %s", url)
	}
	if _, err := os.Stat(filepath.Join(d.dir, "pg")); err == nil {
		t.Error("a server was started though nobody needs it")
	}
	lesson, _ := d.lend(t, pgx, "", false)
	if lesson != "postgres://learner@/lesson?host="+d.dir+"/pg&sslmode=disable" {
		t.Errorf("PostgreSQL: %s", lesson)
	}
	if again, _ := d.lend(t, both, "", false); again != lesson {
		t.Errorf("the next program: %s", again)
	}
	one, _ := d.lend(t, pgx, "", true)
	if two, _ := d.lend(t, pgx, "", true); one == two || one == lesson {
		t.Errorf("runs that must not meet: %s and %s", one, two)
	}
	if url, _ := d.lend(t, pgx, lesson, false); url != "" {
		t.Errorf("the learner's own address is replaced by %s", url)
	}
	for choice, want := range map[Choice]string{Postgres: lesson, SQLite: "file:" + d.dir + "/lesson.sqlite", Off: ""} {
		d.Choose(choice)
		if url, _ := d.lend(t, both, "postgres://127.0.0.1:1/x", false); url != want {
			t.Errorf("%s: %q, want %q", choice, url, want)
		}
	}
}

// Runs that each have a database of their own may be made at the same time: not those
// that share the learner's, or may open the same file.
func TestApart(t *testing.T) {
	d := New(Config{Dir: t.TempDir()})
	for _, c := range []struct {
		choice  Choice
		imports []string
		own     string
		want    bool
	}{
		{Auto, pgx, "", true}, {Auto, pgx, "postgres://127.0.0.1:1/x", false}, {Postgres, pgx, "postgres://127.0.0.1:1/x", true},
		{Auto, both, "", false}, {Auto, sqlite, "", false}, {SQLite, pgx, "", false}, {Off, pgx, "", false},
	} {
		d.Choose(c.choice)
		if got := d.Apart(c.imports, []string{"DATABASE_URL=" + c.own}); got != c.want {
			t.Errorf("%s, %q, DATABASE_URL=%q: %v", c.choice, c.imports, c.own, got)
		}
	}
}

// Where there is no PostgreSQL, SQLite goes on.
func TestNoPostgres(t *testing.T) {
	d := newDesk(t)
	d.service = postgres.NewService(func() (postgres.Installation, error) { return postgres.Installation{}, postgres.ErrNone }, postgres.Config{})
	url, note := d.lend(t, both, "", false)
	if !strings.HasPrefix(url, "file:") || !strings.Contains(note, "make setup") || !strings.HasSuffix(note, "This program gets SQLite instead.") {
		t.Errorf("got %s, %q", url, note)
	}
	if _, err := d.Lend(context.Background(), pgx, nil, false); err != postgres.ErrNone {
		t.Errorf("a program that has only pgx: %v", err)
	}
	if _, err := d.Describe(context.Background(), nil); err != postgres.ErrNone {
		t.Errorf("%%db: %v", err)
	}
}

// listener answers whoever connects with a text; "" is silence.
func listener(t *testing.T, says string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { c.Close() })
			c.Write([]byte(says))
		}
	}()
	return l.Addr().String()
}

// An address of the learner's own that does not work is an error that names the place,
// what to try, and no password.
func TestOwnAddress(t *testing.T) {
	d := newDesk(t)
	lesson, _ := d.lend(t, pgx, "", false)
	silent, foreign := listener(t, ""), listener(t, "HTTP/1.1 400 Bad Request\r\n")
	for address, want := range map[string]string{
		"postgres://joe:secret@127.0.0.1:1/x":                   words.DatabaseNobody("127.0.0.1:1"),
		"host=127.0.0.1 port=1 user=joe password=secret":        words.DatabaseNobody("127.0.0.1:1"),
		"postgres://joe:secret@nosuch.invalid/x":                words.DatabaseNoHost("nosuch.invalid"),
		"postgres://joe:secret@" + silent + "/x":                words.DatabaseSilent(silent),
		"postgres://joe:secret@" + foreign + "/x":               words.DatabaseForeign(foreign),
		"postgres://joe:secret@/x?host=/nosuch":                 words.DatabaseNobody("/nosuch"),
		"mysql secret":                                          words.DatabaseUnread,
		strings.Replace(lesson, "/lesson", "/nosuch", 1):        words.DatabaseRefuses(d.dir+"/pg", `database "nosuch" does not exist`),
		"postgres://joe:secret@%zz/x":                           words.DatabaseUnread,
		lesson:                                                  "",
		"file:/home/joe/own.sqlite":                             "",
		"host=" + d.dir + "/pg user=learner dbname=lesson":      "",
		"postgres://joe:secret@one.invalid,two.invalid/several": "",
	} {
		_, err := d.Lend(context.Background(), pgx, []string{"DATABASE_URL=" + address}, false)
		switch {
		case want == "" && err != nil, want != "" && (err == nil || err.Error() != want):
			t.Errorf("%s: %v\nwant %s", address, err, want)
		case err != nil && (strings.Contains(err.Error(), "secret") || !strings.Contains(err.Error(), "%db postgres")):
			t.Errorf("%s: %v", address, err)
		}
	}
	said, err := d.Describe(context.Background(), []string{"DATABASE_URL=" + strings.Replace(lesson, "learner@", "learner:secret@", 1)})
	if err != nil || !strings.Contains(said, "Your own PostgreSQL 1") || !strings.Contains(said, "database lesson") || strings.Contains(said, "secret") {
		t.Errorf("%%db: %q, %v", said, err)
	}
}

// Close leaves nothing behind.
func TestClose(t *testing.T) {
	d := newDesk(t)
	if _, err := d.Describe(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	d.Close()
	if _, err := os.Stat(d.dir); !os.IsNotExist(err) {
		t.Errorf("the folder is left: %v", err)
	}
}
