package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"threading101/kernel/build"
	"threading101/kernel/postgres"
	"threading101/kernel/seed"
	"threading101/kernel/words"
)

// prepare makes ready, at setup, what the first programs would otherwise wait for.
func prepare(env Env, args []string) int {
	var err error
	switch {
	case len(args) == 1 && args[0] == "postgres":
		err = preparePostgres()
	case len(args) == 1 && args[0] == "cache":
		return prepareCache(env)
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

// prepareCache compiles for all users of the machine what their first cells need.
func prepareCache(env Env) int {
	return filling(env, func(ctx context.Context, b *build.Builder, s seed.Seed, _ string) ([]byte, error) {
		os.RemoveAll(s.Recorder()) // of an older version
		return nil, b.FillCache(ctx, s)
	})
}

// prepareDrivers fetches the drivers' modules and compiles them, as a cell would.
func prepareDrivers(env Env) int {
	return filling(env, func(ctx context.Context, b *build.Builder, s seed.Seed, dir string) ([]byte, error) {
		return b.FillDrivers(ctx, dir, s)
	})
}

// filling hands on the seed of this installation, and an empty folder, and lets every user
// read what was put into the seed.
func filling(env Env, fill func(ctx context.Context, b *build.Builder, s seed.Seed, dir string) ([]byte, error)) int {
	found, err := findTools()
	if err != nil {
		fmt.Fprintln(env.Stderr, "threading101:", err)
		return 1
	}
	s := found.seed()
	if path := s.Missing(); path != "" {
		fmt.Fprintln(env.Stderr, "threading101:", words.SeedUnserved(path))
		return 1
	}
	return withBuilderOf(env, build.Config{CacheDir: s.Recorder()}, func(ctx context.Context, b *build.Builder) int {
		output, err := inFolder(func(dir string) ([]byte, error) { return fill(ctx, b, s, dir) })
		if err == nil {
			os.RemoveAll(filepath.Join(s.Recorder(), "answers")) // which are for this user
			err = s.Publish()
		}
		if err != nil {
			report(env.Stderr, output, err)
			return 1
		}
		return 0
	})
}

// inFolder hands on an empty folder.
func inFolder(use func(dir string) ([]byte, error)) ([]byte, error) {
	dir, err := os.MkdirTemp("", "threading101-prepare-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	return use(dir)
}
