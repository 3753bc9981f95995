package build

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// stdlib knows the packages of the standard library by name, and what they
// export, from their source.
type stdlib struct {
	root string // GOROOT/src

	mu      sync.Mutex
	paths   map[string][]string       // last element of the path → import paths; nil until asked
	exports map[string]map[string]int // path → name → how many results a call has; noCall for what is not called
}

// noCall is in the place of a number of results for variables and constants. The call of
// a type is a conversion, which has one.
const noCall = -1

func (b *Builder) stdlib(goroot string) *stdlib {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.std[goroot]
	if s == nil {
		s = &stdlib{root: filepath.Join(goroot, "src"), exports: map[string]map[string]int{}}
		b.std[goroot] = s
	}
	return s
}

// find returns the import path of the only package of that name which exports
// all symbols. Where none does, and others than those of the standard library cannot be
// meant, it is the package of that name, of several the one that exports most of the
// symbols: the others are misspelt. "" if there is none, or more than one.
func (s *stdlib) find(name string, symbols []string, alone bool) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	paths, first := s.named(name), false
	if name == "rand" { // the order of preference of goimports
		paths, first = []string{"crypto/rand", "math/rand/v2", "math/rand"}, true
	}
	found, most, several := "", -1, false
	for _, path := range paths {
		n := s.exported(path, symbols)
		switch {
		case n > most:
			found, most, several = path, n, false
		case n == most && !first:
			several = true
		}
	}
	switch {
	case several || most < len(symbols) && !alone:
		return ""
	case name == "rand" && most < len(symbols):
		return "math/rand" // which a beginner means
	}
	return found
}

// Results is how many results the call of a name of a package of the standard library has,
// with the Go of the folder: 1 for conversions, too; -1 if it is not known, or is not called.
func (b *Builder) Results(ctx context.Context, dir, pkg, name string) int {
	tc, err := b.toolchain(ctx, dir, b.toolEnv(nil))
	if err != nil {
		return noCall
	}
	std := b.stdlib(tc.GOROOT)
	path := std.find(pkg, []string{name}, false)
	if path == "" {
		return noCall
	}
	std.mu.Lock()
	defer std.mu.Unlock()
	return std.exportsOf(path)[name]
}

// names are what a package exports.
func (s *stdlib) names(path string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.exportsOf(path)))
}

func (s *stdlib) named(name string) []string {
	if s.paths == nil {
		s.paths = map[string][]string{}
		filepath.WalkDir(s.root, s.visit)
	}
	return s.paths[name]
}

// visit notes a folder by its name. Whether it holds a package is seen when it
// is read.
func (s *stdlib) visit(path string, d fs.DirEntry, err error) error {
	if err != nil || !d.IsDir() || path == s.root {
		return nil
	}
	switch d.Name() {
	case "internal", "vendor", "testdata", "cmd", "builtin":
		return filepath.SkipDir
	}
	if rel, err := filepath.Rel(s.root, path); err == nil {
		s.paths[d.Name()] = append(s.paths[d.Name()], filepath.ToSlash(rel))
	}
	return nil
}

// exported counts the symbols that a package exports, -1 if it is none.
func (s *stdlib) exported(path string, symbols []string) (n int) {
	exports := s.exportsOf(path)
	if len(exports) == 0 {
		return -1
	}
	for _, symbol := range symbols {
		if _, ok := exports[symbol]; ok {
			n++
		}
	}
	return n
}

func (s *stdlib) exportsOf(path string) map[string]int {
	exports := s.exports[path]
	if exports == nil {
		exports = readExports(filepath.Join(s.root, filepath.FromSlash(path)))
		s.exports[path] = exports
	}
	return exports
}

// readExports lists what the package exports on any system.
func readExports(dir string) map[string]int {
	exports := map[string]int{}
	names, err := goFiles(dir)
	if err != nil {
		return exports
	}
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			continue
		}
		f, _ := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
		if f != nil && f.Name.Name != "main" {
			exported(f, exports)
		}
	}
	return exports
}

func exported(f *ast.File, into map[string]int) {
	add := func(name *ast.Ident, results int) {
		if name.IsExported() {
			into[name.Name] = results
		}
	}
	for _, decl := range f.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				add(d.Name, d.Type.Results.NumFields())
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch s := spec.(type) {
				case *ast.TypeSpec:
					add(s.Name, 1)
				case *ast.ValueSpec:
					for _, name := range s.Names {
						add(name, noCall)
					}
				}
			}
		}
	}
}
