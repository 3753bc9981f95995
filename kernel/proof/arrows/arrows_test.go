package arrows

import (
	"errors"
	"flag"
	"fmt"
	"go/build"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "draw the arrows anew, as they are")

const (
	drawing = "arrows.txt"
	kernel  = "../.."
	module  = "threading101/"
)

// room is a package and what it imports, by their folders: "kernel/trace".
type room struct {
	name    string
	imports []string
}

// The packages import what the drawing says, no more and no less.
func TestArrows(t *testing.T) {
	are := packages(t)
	comment, drawn := read(t)
	if *update {
		write(t, comment, topDown(drawn, are))
		_, drawn = read(t)
	}
	for name, imports := range are {
		i := slices.IndexFunc(drawn, func(r room) bool { return r.name == name })
		if i < 0 {
			t.Errorf("%s has no line in %s", name, drawing)
			continue
		}
		for _, to := range without(imports, drawn[i].imports) {
			t.Errorf("%s imports %s, which its line in %s does not allow", name, to, drawing)
		}
		for _, to := range without(drawn[i].imports, imports) {
			t.Errorf("%s no longer imports %s: take it out of %s", name, to, drawing)
		}
	}
}

// Every arrow of the drawing leads down, and none from the product into what is
// there for tests.
func TestArrowsLeadDown(t *testing.T) {
	_, drawn := read(t)
	at := map[string]int{}
	for i, r := range drawn {
		if _, twice := at[r.name]; twice {
			t.Errorf("%s has two lines", r.name)
		}
		at[r.name] = i
	}
	for i, r := range drawn {
		if !slices.IsSorted(r.imports) {
			t.Errorf("%s: what it imports is not in alphabetical order", r.name)
		}
		for _, to := range r.imports {
			switch j, ok := at[to]; {
			case !ok:
				t.Errorf("%s: there is no line for %s", r.name, to)
			case j <= i:
				t.Errorf("%s: the arrow to %s leads up", r.name, to)
			case forTests(to) && !forTests(r.name):
				t.Errorf("%s is part of the product and imports %s, which is there for tests", r.name, to)
			}
		}
	}
	are := packages(t)
	for name := range at {
		if _, ok := are[name]; !ok {
			t.Errorf("%s has a line, and is no package", name)
		}
	}
}

// mostFiles is how many files a folder of the product may have, tests apart: as many as
// can be overlooked. Where there are more, some of them are a room of their own.
const mostFiles = 35

// Each folder of the product can be overlooked.
func TestRooms(t *testing.T) {
	for name := range packages(t) {
		if forTests(name) {
			continue
		}
		p, err := build.ImportDir(filepath.Join(kernel, "..", filepath.FromSlash(name)), 0)
		if err != nil {
			t.Fatal(err)
		}
		elsewhere := slices.DeleteFunc(p.IgnoredGoFiles, func(file string) bool { return strings.HasSuffix(file, "_test.go") })
		if n := len(p.GoFiles) + len(elsewhere); n > mostFiles {
			t.Errorf("%s has %d files, more than %d: which of them are a package with a short name?", name, n, mostFiles)
		}
	}
}

// forTests says whether a package is there for tests only.
func forTests(name string) bool {
	return strings.HasPrefix(name, "kernel/proof/") || strings.HasSuffix(name, "test")
}

// packages are the packages of the kernel, and what each imports of them where it
// is no test.
func packages(t *testing.T) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	err := filepath.WalkDir(kernel, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !d.IsDir():
			return nil
		case d.Name() == "testdata" || strings.HasPrefix(d.Name(), "zscratch"):
			return fs.SkipDir
		}
		p, err := build.ImportDir(path, 0)
		if none := (*build.NoGoError)(nil); errors.As(err, &none) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading %s: %w", path, err)
		}
		if len(p.GoFiles) > 0 {
			all[folder(path)] = ours(p.Imports)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// folder is the folder at a path in the module.
func folder(path string) string {
	below, _ := filepath.Rel(kernel, path)
	return filepath.ToSlash(filepath.Join("kernel", below))
}

// ours are those of some imports that are of this module.
func ours(imports []string) (all []string) {
	for _, path := range imports {
		if name, ok := strings.CutPrefix(path, module); ok {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

// without are those of all that are not among some.
func without(all, some []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(name string) bool { return slices.Contains(some, name) })
}

// read reads the drawing: a line for each package, after its name and a colon what
// it imports. Lines that begin with # are a comment, and stand at the top.
func read(t *testing.T) (comment string, all []room) {
	t.Helper()
	data, err := os.ReadFile(drawing)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		name, imports, ok := strings.Cut(strings.TrimSpace(line), ":")
		switch {
		case strings.HasPrefix(name, "#"):
			comment += line
		case ok:
			all = append(all, room{full(name), strings.Fields(imports)})
			for i, to := range all[len(all)-1].imports {
				all[len(all)-1].imports[i] = full(to)
			}
		case name != "":
			t.Fatalf("%s: there is no colon in %q", drawing, line)
		}
	}
	return comment, all
}

// In the drawing "kernel" is main, and all others are named by their folder in it.
func full(name string) string {
	if name == "main" {
		return "kernel"
	}
	return "kernel/" + name
}

func short(name string) string {
	if name == "kernel" {
		return "main"
	}
	return strings.TrimPrefix(name, "kernel/")
}

func write(t *testing.T, comment string, all []room) {
	t.Helper()
	text := comment
	for _, r := range all {
		text += short(r.name) + ":"
		for _, to := range r.imports {
			text += " " + short(to)
		}
		text += "\n"
	}
	if err := os.WriteFile(drawing, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// topDown puts the packages in an order in which all arrows lead down: that of the
// drawing, but for those that come too early, which go behind the last that imports
// them. A package without a line comes as late as it can.
func topDown(drawn []room, are map[string][]string) (all []room) {
	var left []string
	for _, r := range drawn {
		if _, ok := are[r.name]; ok && !slices.Contains(left, r.name) {
			left = append(left, r.name)
		}
	}
	left = append(left, without(slices.Sorted(maps.Keys(are)), left)...)
	slices.SortStableFunc(left, func(a, b string) int { return rank(a) - rank(b) })
	for len(left) > 0 {
		next := slices.IndexFunc(left, func(name string) bool { return !imported(name, left, are) })
		all = append(all, room{left[next], are[left[next]]})
		left = slices.Delete(left, next, next+1)
	}
	return all
}

// imported says whether one of some packages imports another.
func imported(name string, by []string, are map[string][]string) bool {
	return slices.ContainsFunc(by, func(other string) bool { return slices.Contains(are[other], name) })
}

// rank puts main first, then what is there for tests.
func rank(name string) int {
	switch {
	case name == "kernel":
		return 0
	case forTests(name):
		return 1
	}
	return 2
}
