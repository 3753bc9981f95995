package build

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"threading101/kernel/nearest"
)

// Misspelt is an import of which there is no package.
type Misspelt struct{ Path, Meant string } // Meant is "" if nothing is like it

// Misspelt finds, among imports of a program that was built in dir all the same, those that
// no package can belong to: goimports takes them out without a word, as nothing uses them.
// Only names in the form of the standard library's are looked at. Those that are like none
// of its packages may be of another module, where the program requires any.
func (b *Builder) Misspelt(ctx context.Context, dir string, paths []string) (all []Misspelt) {
	if !slices.ContainsFunc(paths, looksStandard) {
		return nil
	}
	tc, err := b.toolchain(ctx, dir, b.toolEnv(nil))
	if err != nil {
		return nil
	}
	std := b.stdlib(tc.GOROOT)
	for _, path := range paths {
		if !looksStandard(path) || std.has(path) {
			continue
		}
		meant := nearest.Of(path, std.all())
		if meant != "" || requiresNothing(dir) {
			all = append(all, Misspelt{path, meant})
		}
	}
	return all
}

// looksStandard reports whether a path has no host in front: "net/http", not "example.com/x".
func looksStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return first != "" && first != "C" && !strings.Contains(first, ".")
}

func (s *stdlib) has(path string) bool {
	info, err := os.Stat(filepath.Join(s.root, filepath.FromSlash(path)))
	return err == nil && info.IsDir()
}

// all are the paths of all packages, in order.
func (s *stdlib) all() (paths []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.named("")
	for _, same := range s.paths {
		paths = append(paths, same...)
	}
	slices.Sort(paths)
	return paths
}
