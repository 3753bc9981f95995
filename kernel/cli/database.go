package cli

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"

	"threading101/kernel/database"
	"threading101/kernel/program"
)

// lent is a program whose runs are lent a database, if it imports a driver. A server that
// is started for it ends with the command.
func lent(env Env, p *program.Program) *program.Program {
	if !database.Wanted(p.Built.Imports) {
		return p
	}
	beside := ""
	if found, err := findTools(); err == nil {
		beside = filepath.Dir(found.Self)
	}
	desk := database.New(database.Config{Beside: beside, Dir: databaseDir()})
	p.Lend = func(ctx context.Context, many bool) ([]string, func(), error) {
		loan, err := desk.Lend(ctx, p.Built.Imports, os.Environ(), many)
		if err == nil && loan.Note != "" {
			fmt.Fprintln(env.Stderr, "threading101:", loan.Note)
		}
		return loan.Env, loan.Done, err
	}
	p.Apart = desk.Apart(p.Built.Imports, os.Environ())
	*env.ends = append(*env.ends, desk.Close)
	return p
}

// databaseDir is a name for the folder of a command's databases. It is short, because
// the name of a socket must be.
func databaseDir() string {
	base := os.TempDir()
	if len(base) > 40 {
		base = "/tmp"
	}
	return filepath.Join(base, fmt.Sprintf("t101-%010d-db", rand.Uint32()))
}
