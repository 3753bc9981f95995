package database

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"threading101/kernel/postgres"
	"threading101/kernel/words"
)

// Choice is what the learner wants programs to get.
type Choice string

// The choices. Auto is the learner's own DATABASE_URL, else what the program has a
// driver for, PostgreSQL before SQLite.
const (
	Auto     Choice = "auto"
	Postgres Choice = "postgres"
	SQLite   Choice = "sqlite"
	Off      Choice = "off"
)

// Desk lends databases to the programs of one kernel. Its methods may be called at any
// time.
type Desk struct {
	dir     string // made at first use
	service *postgres.Service

	mu     sync.Mutex
	choice Choice
	probed string // the last address of the learner's own that answered
	files  int    // of SQLite, lent so far
}

// Config says where a desk finds PostgreSQL and keeps its data.
type Config struct {
	Beside  string        // the folder of our own binary: see [postgres.Find]
	Dir     string        // is made at first use, and removed by Close
	Env     []string      // more variables for the server
	Started func(pid int) // is told of each server
}

// New returns a desk. Nothing is started.
func New(c Config) *Desk {
	find := func() (postgres.Installation, error) { return postgres.Find(c.Beside) }
	server := postgres.Config{Dir: filepath.Join(c.Dir, "pg"), Env: c.Env, Started: c.Started}
	return &Desk{dir: c.Dir, choice: Auto, service: postgres.NewService(find, server)}
}

// Loan is what a program is lent. Done is called once the program has ended; it is not
// nil.
type Loan struct {
	Env  []string // to be set
	Note string   // for the learner; "": nothing
	Done func()
}

// Lend lends a database to a program with these imports and this environment, an empty
// one of its own if it is one of many runs.
func (d *Desk) Lend(ctx context.Context, imports, env []string, many bool) (Loan, error) {
	needs, choice := needsOf(imports), d.chosen()
	loan := Loan{Done: func() {}}
	own := variable(env, Variable)
	switch {
	case !Wanted(imports), choice == Off && own == "":
		return loan, nil
	case choice == Off:
		loan.Env = []string{Variable + "="}
		return loan, nil
	case choice == Auto && own != "":
		return loan, d.check(ctx, own, needs)
	case choice == SQLite, choice == Auto && !needs.postgres:
		return d.lendFile(many)
	}
	loan, err := d.lendServer(ctx, many)
	if err != nil && choice == Auto && needs.sqlite {
		why := err.Error()
		if loan, err = d.lendFile(many); err == nil {
			loan.Note = words.DatabaseInstead(why)
		}
	}
	return loan, err
}

// Apart reports whether runs of a program that are lent a database each cannot meet in
// one. A program that has SQLite opens files wherever it likes.
func (d *Desk) Apart(imports, env []string) bool {
	needs, choice := needsOf(imports), d.chosen()
	return needs.postgres && !needs.sqlite && (choice == Postgres || choice == Auto && variable(env, Variable) == "")
}

func (d *Desk) chosen() Choice {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.choice
}

// Choose has programs get something else from now on.
func (d *Desk) Choose(c Choice) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.choice = c
}

// check asks whether the learner's own database answers: once, unless it did not.
func (d *Desk) check(ctx context.Context, address string, needs needed) error {
	if isFile(address) || !needs.postgres {
		return nil
	}
	d.mu.Lock()
	known := d.probed == address
	d.mu.Unlock()
	if known {
		return nil
	}
	place, ok := postgres.Parse(address)
	if !ok {
		return errors.New(words.DatabaseUnread)
	}
	if _, err := place.Probe(ctx); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.probed = address
	return nil
}

// lendServer lends a database of our own server, which it starts if it does not run.
func (d *Desk) lendServer(ctx context.Context, many bool) (Loan, error) {
	loan := Loan{Done: func() {}}
	if err := d.open(); err != nil {
		return loan, err
	}
	server, came, err := d.service.Server(ctx)
	if err != nil {
		return loan, err
	}
	switch came {
	case postgres.Recovered:
		loan.Note = words.DatabaseRecovered
	case postgres.Emptied:
		loan.Note = words.DatabaseEmptied
	}
	url := server.URL()
	if many {
		if url, loan.Done, err = server.Fresh(ctx); err != nil {
			return Loan{Done: func() {}}, err
		}
	}
	loan.Env = []string{Variable + "=" + url}
	return loan, nil
}

// lendFile lends a file for SQLite, which makes it.
func (d *Desk) lendFile(many bool) (Loan, error) {
	loan := Loan{Done: func() {}}
	if err := d.open(); err != nil {
		return loan, err
	}
	path := d.lesson()
	if many {
		d.mu.Lock()
		d.files++
		path = filepath.Join(d.dir, fmt.Sprintf("run%d.sqlite", d.files))
		d.mu.Unlock()
		loan.Done = func() { removeFiles(path) }
	}
	loan.Env = []string{Variable + "=file:" + path}
	return loan, nil
}

// open makes the folder. Everybody may pass through it, because the server may be run by
// somebody else; what is in it is its owner's alone.
func (d *Desk) open() error {
	err := os.MkdirAll(d.dir, 0o711)
	if err != nil {
		return errors.New(words.PostgresNoFolder(d.dir, err))
	}
	return nil
}

func (d *Desk) lesson() string { return filepath.Join(d.dir, "lesson.sqlite") }

// removeFiles removes an SQLite file and those that SQLite makes beside it.
func removeFiles(path string) {
	all, _ := filepath.Glob(path + "*")
	for _, file := range all {
		os.Remove(file)
	}
}

// Reset empties the databases of our own.
func (d *Desk) Reset(ctx context.Context) error {
	removeFiles(d.lesson())
	return d.service.Reset(ctx)
}

// Yours reports whether programs get a database of the learner's own.
func (d *Desk) Yours(env []string) bool { return d.chosen() == Auto && variable(env, Variable) != "" }

// Describe says in two lines at most which database a program with all drivers gets.
// The server is started for it.
func (d *Desk) Describe(ctx context.Context, env []string) (string, error) {
	own, choice := variable(env, Variable), d.chosen()
	switch {
	case choice == Off:
		return words.DatabaseOff, nil
	case choice == Auto && isFile(own):
		return words.DatabaseYourFile, nil
	case choice == Auto && own != "":
		return describePlace(ctx, own)
	case choice == SQLite:
		return words.DatabaseFile("file:" + d.lesson()), nil
	}
	if err := d.open(); err != nil {
		return "", err
	}
	server, _, err := d.service.Server(ctx)
	if err != nil {
		return "", err
	}
	return words.DatabaseOwn(server.Version, server.URL()), nil
}

func describePlace(ctx context.Context, address string) (string, error) {
	place, ok := postgres.Parse(address)
	if !ok {
		return "", errors.New(words.DatabaseUnread)
	}
	version, err := place.Probe(ctx)
	if err != nil {
		return "", err
	}
	return words.DatabaseYours(version, place.String(), place.Database), nil
}

// Close ends the server, and removes the folder.
func (d *Desk) Close() {
	d.service.Close()
	os.RemoveAll(d.dir)
}

// isFile reports whether an address is one for SQLite.
func isFile(address string) bool {
	return strings.HasPrefix(address, "file:") || strings.HasPrefix(address, "sqlite:")
}
