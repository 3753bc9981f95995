package modules

import (
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
var Mod []byte

//go:embed learner.sum
var Sum []byte

// Drivers are the packages of these modules that lessons import.
var Drivers = []string{"github.com/jackc/pgx/v5", "github.com/jackc/pgx/v5/stdlib", "modernc.org/sqlite"}

// pinned are the modules that learner.mod requires: those that it names, and those
// that these need in turn.
var pinned = func() (all []*modfile.Require) {
	file, err := modfile.Parse("learner.mod", Mod, nil)
	if err != nil {
		panic(err)
	}
	return file.Require
}()

// Pins reports whether one of the packages is in a module that learner.mod names.
func Pins(packages []string) bool {
	return slices.ContainsFunc(packages, func(path string) bool {
		return slices.ContainsFunc(pinned, func(r *modfile.Require) bool {
			return !r.Indirect && (path == r.Mod.Path || strings.HasPrefix(path, r.Mod.Path+"/"))
		})
	})
}

// HasPinned reports whether all pinned modules are there with their source.
func (c Cache) HasPinned() bool {
	return !slices.ContainsFunc(pinned, func(r *modfile.Require) bool {
		path, err := module.EscapePath(r.Mod.Path)
		if err == nil {
			_, err = os.Stat(filepath.Join(string(c), filepath.FromSlash(path), "@v", r.Mod.Version+".zip"))
		}
		return err != nil
	})
}

// Pin writes the pinned modules into a go.mod and its go.sum, unless one of those that
// are named is required there already: that version is the learner's choice.
func Pin(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	file, err := modfile.Parse(path, text, nil)
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
	if err := os.WriteFile(path, text, 0o644); err != nil {
		return err
	}
	return addSums(strings.TrimSuffix(path, ".mod") + ".sum")
}

// addSums adds the pinned hashes to a go.sum file.
func addSums(path string) error {
	text, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	lines := append(strings.Split(strings.TrimSpace(string(text)), "\n"), strings.Split(strings.TrimSpace(string(Sum)), "\n")...)
	slices.Sort(lines)
	lines = slices.DeleteFunc(slices.Compact(lines), func(line string) bool { return line == "" })
	return os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o644)
}

// PinnedAlone reports whether a go.mod file requires pinned modules alone, and whether the
// packages are in these, or in the module itself.
func PinnedAlone(path string, packages []string) bool {
	text, err := os.ReadFile(path)
	if err != nil {
		return false
	}
	file, err := modfile.Parse(path, text, nil)
	if err != nil || file.Module == nil || len(file.Replace) > 0 {
		return false
	}
	own := file.Module.Mod.Path
	return !slices.ContainsFunc(file.Require, func(r *modfile.Require) bool {
		return !slices.ContainsFunc(pinned, func(p *modfile.Require) bool { return p.Mod == r.Mod })
	}) && !slices.ContainsFunc(packages, func(p string) bool {
		return !Pins([]string{p}) && p != own && !strings.HasPrefix(p, own+"/")
	})
}
