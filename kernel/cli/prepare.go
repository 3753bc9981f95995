package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"threading101/kernel/build"
	"threading101/kernel/postgres"
	"threading101/kernel/words"
)

// prepare makes ready, at setup, what the first program with a database would otherwise
// wait for.
func prepare(env Env, args []string) int {
	var err error
	switch {
	case len(args) == 1 && args[0] == "postgres":
		err = preparePostgres()
	case len(args) == 1 && args[0] == "drivers":
		return prepareDrivers(env)
	default:
		fmt.Fprintln(env.Stderr, words.PrepareWhat)
		return 2
	}
	if err != nil {
		fmt.Fprintln(env.Stderr, "threading101:", err)
		return 1
	}
	return 0
}

func preparePostgres() error {
	found, err := findTools()
	if err != nil {
		return err
	}
	i, err := postgres.Find(filepath.Dir(found.Self))
	if err != nil {
		return err
	}
	ctx, stop := untilEnded()
	defer stop()
	return i.MakeTemplate(ctx)
}

// everyDriver is a program that has all drivers, and something to record.
func everyDriver() string {
	var imports strings.Builder
	for _, path := range build.Drivers {
		fmt.Fprintf(&imports, "\t_ %q\n", path)
	}
	return "package main\n\nimport (\n\t\"context\"\n\t\"database/sql\"\n\t\"errors\"\n\t\"fmt\"\n\t\"os\"\n\t\"strings\"\n\t\"sync\"\n" + imports.String() + `)

var (
	_ context.Context
	_ *sql.DB
	_ = errors.New
	_ = os.Getenv
	_ = strings.HasPrefix
)

func main() {
	var wg sync.WaitGroup
	wg.Go(func() { fmt.Println() })
	wg.Wait()
}
`
}

// prepareDrivers fetches the drivers' modules and compiles them, as a cell would.
func prepareDrivers(env Env) int {
	dir, err := os.MkdirTemp("", "threading101-drivers-")
	if err != nil {
		fmt.Fprintln(env.Stderr, "threading101:", err)
		return 1
	}
	defer os.RemoveAll(dir)
	for name, text := range map[string]string{"go.mod": "module drivers\n\ngo 1.26.0\n", "main.go": everyDriver()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			fmt.Fprintln(env.Stderr, "threading101:", err)
			return 1
		}
	}
	return withBuilder(env, func(ctx context.Context, b *build.Builder) int {
		if output, exit := b.Get(ctx, dir, nil); exit != 0 {
			report(env.Stderr, output, nil)
			return exit
		}
		built, err := b.Build(ctx, build.Request{Dir: dir})
		if err == nil && built.Exit == 0 {
			err = build.MarkCompiled()
		}
		if err != nil || built.Exit != 0 {
			report(env.Stderr, built.Output, err)
			return 1
		}
		return 0
	})
}
