package build

import (
	"context"
	_ "embed"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"
)

// The modules that cells may import without a network: setup has fetched them, in these
// versions, with these hashes. They are no part of the kernel.
//
//go:embed learner.mod
var learnerMod []byte

//go:embed learner.sum
var learnerSum []byte

// Drivers are the packages of these modules that lessons import.
var Drivers = []string{"github.com/jackc/pgx/v5", "github.com/jackc/pgx/v5/stdlib", "modernc.org/sqlite"}

// pinned are the modules that learner.mod requires: those that it names, and those
// that these need in turn.
var pinned = func() (all []*modfile.Require) {
	file, err := modfile.Parse("learner.mod", learnerMod, nil)
	if err != nil {
		panic(err)
	}
	return file.Require
}()

// pins reports whether one of the packages is in a module that learner.mod names.
func pins(packages []string) bool {
	return slices.ContainsFunc(packages, func(path string) bool {
		return slices.ContainsFunc(pinned, func(r *modfile.Require) bool {
			return !r.Indirect && (path == r.Mod.Path || strings.HasPrefix(path, r.Mod.Path+"/"))
		})
	})
}

// pinned reports whether all pinned modules are there with their source.
func (c moduleCache) pinned() bool {
	return !slices.ContainsFunc(pinned, func(r *modfile.Require) bool {
		path, err := module.EscapePath(r.Mod.Path)
		return err != nil || !exists(filepath.Join(string(c), filepath.FromSlash(path), "@v", r.Mod.Version+".zip"))
	})
}

// pin writes the pinned modules into a job's go.mod and go.sum, unless one of those that
// are named is required there already: that version is the learner's choice.
func (j *job) pin() error {
	text, err := os.ReadFile(j.tc.GOMOD)
	if err != nil {
		return err
	}
	file, err := modfile.Parse(j.tc.GOMOD, text, nil)
	if err != nil {
		return err
	}
	has := map[string]string{}
	for _, r := range file.Require {
		has[r.Mod.Path] = r.Mod.Version
	}
	for _, r := range pinned {
		if v, ok := has[r.Mod.Path]; !ok || r.Indirect && semver.Compare(v, r.Mod.Version) < 0 {
			file.DropRequire(r.Mod.Path)
			file.AddNewRequire(r.Mod.Path, r.Mod.Version, r.Indirect)
		}
	}
	file.Cleanup()
	if text, err = file.Format(); err != nil {
		return err
	}
	if err := os.WriteFile(j.tc.GOMOD, text, 0o644); err != nil {
		return err
	}
	return addSums(strings.TrimSuffix(j.tc.GOMOD, ".mod") + ".sum")
}

// addSums adds the pinned hashes to a go.sum file.
func addSums(path string) error {
	text, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	lines := append(strings.Split(strings.TrimSpace(string(text)), "\n"), strings.Split(strings.TrimSpace(string(learnerSum)), "\n")...)
	slices.Sort(lines)
	lines = slices.DeleteFunc(slices.Compact(lines), func(line string) bool { return line == "" })
	return os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o644)
}

// getPinned provides packages from modules that setup has fetched, without a network.
func (b *Builder) getPinned(ctx context.Context, j *job, foreign []string) bool {
	if !j.pinnable(foreign) || !moduleCache(filepath.Join(j.tc.GOMODCACHE, "cache", "download")).pinned() {
		return false
	}
	return j.pin() == nil && b.provided(ctx, j, foreign)
}

// pinnable reports whether packages may be given in their pinned versions: to a cell's
// module, which is ours to write.
func (j *job) pinnable(foreign []string) bool {
	return pins(foreign) && j.tc.inModule() && !j.tc.inWorkspace()
}
