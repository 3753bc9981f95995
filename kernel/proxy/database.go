package proxy

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"threading101/kernel/database"
	"threading101/kernel/report"
	"threading101/kernel/words"
)

// databaseMark is the environment variable that the processes of our PostgreSQL bear.
// It is not that of what a cell starts: an interrupt of a cell must not end the server.
const databaseMark = "THREADING101_DATABASE"

// newDesk prepares the databases of this kernel. They lie beside its folder, since the
// server may have to be run by somebody who cannot enter that.
func (s *stage) newDesk(c Config) *database.Desk {
	dir := s.dir + "-db"
	mark := databaseMark + "=" + filepath.Base(s.dir)
	s.guard.Mark(mark)
	s.guard.Dir(dir)
	return database.New(database.Config{
		Beside: filepath.Dir(c.Binary), Dir: dir, Env: []string{mark}, Started: func(pid int) { s.guard.Server(mark, pid) },
	})
}

// lender lends databases to the runs of a program with these imports and environment.
type lender func(ctx context.Context, many bool) (env []string, back func(), err error)

// lends makes the lender of a program. What there is to say of a loan goes to tell.
func (p *proxy) lends(imports, env []string, tell func(string)) lender {
	if !database.Wanted(imports) {
		return nil
	}
	return func(ctx context.Context, many bool) ([]string, func(), error) {
		loan, err := p.stage.desk.Lend(ctx, imports, env, many)
		if err == nil && loan.Note != "" {
			tell(loan.Note)
		}
		return loan.Env, loan.Done, err
	}
}

// lends makes the lender of the cell's program. One that other cells continue runs from
// its beginning each time, so it finds its database empty each time.
func (e *execution) lends(m made) lender {
	lend := e.p.lends(m.built.Imports, m.call.Env, e.cell.Tell)
	if lend == nil || e.part == nil {
		return lend
	}
	return func(ctx context.Context, _ bool) ([]string, func(), error) { return lend(ctx, true) }
}

// database does what %db asks.
func (e *execution) database(ctx context.Context) *report.Report {
	if _, err := e.p.awaitChild(ctx); err != nil {
		return report.Stopped()
	}
	desk, env := e.p.stage.desk, e.p.settings.environment()
	said := ""
	var err error
	switch e.cell.Database {
	case "reset":
		if desk.Yours(env) {
			return e.cell.Misused("db", words.DatabaseNotYours, "")
		}
		said, err = words.DatabaseEmpty, desk.Reset(ctx)
	default:
		if e.cell.Database != "show" {
			desk.Choose(database.Choice(e.cell.Database))
		}
		said, err = desk.Describe(ctx, env)
	}
	if err != nil {
		message, hint, _ := strings.Cut(err.Error(), "\nhint: ")
		return e.cell.Misused("db", message, hint)
	}
	e.cell.Tell(said)
	return nil
}

// environment is that of programs as far as it concerns databases: ours, with what
// cells have set.
func (s *settings) environment() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	value := os.Getenv(database.Variable)
	for _, line := range s.lines {
		set, ok := strings.CutPrefix(strings.Join(strings.Fields(line), " "), "%env "+database.Variable)
		if ok && set != "" && strings.ContainsAny(set[:1], " =") {
			value = strings.Trim(set[1:], `"`)
		}
	}
	return []string{database.Variable + "=" + value}
}
