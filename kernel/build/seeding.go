package build

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"threading101/kernel/build/modules"
	"threading101/kernel/seed"
	"threading101/kernel/words"
)

// seldom are packages that a learner may come to import as well. The kernel has most of
// them in itself: at setup they are compiled already.
var seldom = []string{
	"cmp", "container/heap", "container/list", "encoding/json", "hash/fnv", "iter", "maps", "math/big", "net/http", "os/exec",
	"path/filepath", "reflect", "regexp", "runtime/debug", "testing", "text/tabwriter", "unicode", "unicode/utf8",
}

// FillCache makes ready for all users what the first cells of a lesson need: the standard
// library's packages that lessons import and the recorder, both also with the race
// detector, where there is a C compiler.
func (b *Builder) FillCache(ctx context.Context, s seed.Seed) error {
	return errors.Join(b.fill(ctx, s, false, slices.Concat(usual, seldom)), b.fill(ctx, s, true, usual))
}

func (b *Builder) fill(ctx context.Context, s seed.Seed, race bool, packages []string) error {
	j := &job{req: Request{Dir: b.cfg.WorkDir, Race: race}, dir: b.cfg.WorkDir, env: b.toolEnv(Filling(os.Environ(), s)), src: new(source)}
	err := b.settle(ctx, j)
	if err = errors.Join(err, j.unknown); err != nil || j.refusal != nil {
		return err
	}
	j.universe = b.newUniverse()
	err = b.learn(ctx, j, append(slices.Clip(packages), j.linked()...), true)
	return errors.Join(err, j.recorderErr)
}

// Filling is the environment of a go command whose work goes into the seed.
func Filling(env []string, s seed.Seed) []string {
	return append(slices.Clip(env), seed.Variable+"="+s.Filling(buildCache(env)))
}

// FillDrivers makes ready the drivers of databases: their modules are fetched into the
// seed, from what this user has fetched before if possible, and compiled. dir is an empty
// folder for a program that imports them all. What the go command says is returned.
func (b *Builder) FillDrivers(ctx context.Context, dir string, s seed.Seed) (output []byte, err error) {
	tc, err := b.toolchain(ctx, b.cfg.WorkDir, b.toolEnv(nil))
	if err != nil {
		return nil, err
	}
	env := append(b.toolEnv(Filling(os.Environ(), s)), "GOMODCACHE="+s.Modules(), "GONOPROXY=none",
		"GOPROXY=file://"+tc.GOMODCACHE+"/cache/download,"+tc.GOPROXY, "GOFLAGS="+strings.TrimSpace(tc.GOFLAGS+" -modcacherw"))
	for name, text := range map[string][]byte{"go.mod": modules.Mod, "go.sum": modules.Sum, "main.go": []byte(everyDriver())} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			return nil, err
		}
	}
	if out, exit, err := b.combined(ctx, dir, env, "mod", "download"); err != nil || exit != 0 {
		return out, errors.Join(err, errUnfetched)
	}
	built, err := b.Build(ctx, Request{Dir: dir, Env: env})
	if err == nil && built.Exit != 0 {
		err = errUncompiled
	}
	if err != nil {
		return built.Output, err
	}
	return nil, os.WriteFile(filepath.Join(s.Dir, marker()), nil, 0o644)
}

var (
	errUnfetched  = errors.New(words.DriversUnfetched)
	errUncompiled = errors.New(words.DriversUncompiled)
)

// marker is the file that says that a seed has the drivers. Its name changes with their
// versions.
func marker() string {
	return "drivers-" + sumOf(append(slices.Clip(modules.Sum), runtime.Version()...))
}

// HasDrivers reports whether a seed has the drivers of databases: a program that imports
// them is linked in a second then. Else SQLite takes a minute of two processors.
func HasDrivers(s seed.Seed) bool { return s.There() && exists(filepath.Join(s.Dir, marker())) }

// everyDriver is a program that has all drivers, and something to record.
func everyDriver() string {
	var imports strings.Builder
	for _, path := range modules.Drivers {
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

// useSeedModules gives a job that imports the drivers the module cache of the seed: there
// they are compiled, and need no network. It does so only where that cache has all that
// the program's own go.mod asks for.
func (b *Builder) useSeedModules(j *job, tc *toolchain) {
	foreign := slices.DeleteFunc(importsOf(j.src.files), tc.std)
	if !modules.Pins(foreign) || !HasDrivers(b.cfg.Seed) || isSet(j.env, "GOMODCACHE") || !tc.inModule() || tc.inWorkspace() || !modules.PinnedAlone(tc.GOMOD, foreign) {
		return
	}
	tc.GOMODCACHE = b.cfg.Seed.Modules()
	j.env = append(j.env, "GOMODCACHE="+tc.GOMODCACHE)
	tc.key = envKey(j.env)
}
