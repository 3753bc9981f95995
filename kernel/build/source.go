package build

import (
	"bytes"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"threading101/kernel/instrument/syntax"
)

// source is the text of a package main as it lies in its folder.
type source struct {
	files      []*file
	named      bool // the files were named by the request
	broken     bool // something does not parse
	concurrent bool // some file starts goroutines, or uses what only goroutines need
	embeds     bool // has go:embed
	buildInfo  bool // asks how it was built, which only the go command notes down
	cgo        bool // imports "C"
}

// file is one file of it.
type file struct {
	path   string // absolute
	text   []byte
	ast    *ast.File
	header string // what decides how the file is compiled: constraints and go:debug lines
}

// readSource reads and parses the files, in the order of their names.
func (b *Builder) readSource(dir string, names []string) (*source, error) {
	s := &source{named: names != nil}
	if names == nil {
		all, err := goFiles(dir)
		if err != nil {
			return nil, err
		}
		names = all
	}
	for _, name := range names {
		if !filepath.IsAbs(name) {
			name = filepath.Join(dir, name)
		}
		if err := s.add(b.fset, name); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// goFiles lists the files go build would consider, before build constraints.
func goFiles(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		name := e.Name()
		if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") &&
			!strings.HasPrefix(name, "_") && !strings.HasPrefix(name, ".") && !e.IsDir() {
			names = append(names, name)
		}
	}
	return names, nil
}

func (s *source) add(fset *token.FileSet, path string) error {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		s.broken = true // let the go command say so
		return nil
	}
	if err != nil {
		return err
	}
	f := &file{path: path, text: text}
	f.ast, err = parser.ParseFile(fset, path, text, parser.ParseComments|parser.SkipObjectResolution)
	s.files = append(s.files, f)
	if err != nil {
		s.broken = true
		return nil
	}
	f.header = header(f)
	s.concurrent = s.concurrent || concurrent(f)
	s.embeds = s.embeds || bytes.Contains(text, []byte("\n//go:embed"))
	s.buildInfo = s.buildInfo || asksForBuild(f)
	s.cgo = s.cgo || slices.Contains(f.imports(), "C")
	return nil
}

// asksForBuild reports whether a file asks how the program was built, which only
// the go command notes down.
func asksForBuild(f *file) bool { return bytes.Contains(f.text, []byte("ReadBuildInfo")) }

// forget releases what the builder's file set holds of the source.
func (s *source) forget(fset *token.FileSet) {
	for _, f := range s.files {
		if f.ast != nil {
			if tf := fset.File(f.ast.FileStart); tf != nil {
				fset.RemoveFile(tf)
			}
		}
	}
}

// header collects the comments above the package clause that the go command obeys.
func header(f *file) string {
	var lines []string
	for _, group := range f.ast.Comments {
		if group.Pos() > f.ast.Package {
			break
		}
		for _, c := range group.List {
			if strings.HasPrefix(c.Text, "//go:") || strings.HasPrefix(c.Text, "// +build") {
				lines = append(lines, c.Text)
			}
		}
	}
	return strings.Join(lines, "\n")
}

// importsOf lists what the files import, sorted, each once.
func importsOf(files []*file) []string {
	var paths []string
	for _, f := range files {
		paths = append(paths, f.imports()...)
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

func (f *file) imports() []string { return syntax.Paths(f.ast) }

// concurrentPackages are those whose use means that there is, or may be, more
// than one goroutine, or that a single one can wait for ever: for a transaction or a
// connection of its own.
var concurrentPackages = []string{
	"context", "database/sql", "net", "net/http", "net/rpc", "os/signal", "sync", "sync/atomic", "testing/synctest",
	"golang.org/x/sync/errgroup", "golang.org/x/sync/semaphore", "golang.org/x/sync/singleflight",
}

// concurrent reports whether the file has anything to do with goroutines:
// without doubt one that does not, cannot show an interleaving.
func concurrent(f *file) bool {
	if bytes.Contains(f.text, []byte(syntax.PromptName)) {
		return true // cells continue it: a later one may start goroutines
	}
	found := slices.ContainsFunc(f.imports(), func(path string) bool {
		return slices.Contains(concurrentPackages, path)
	})
	ast.Inspect(f.ast, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt, *ast.SelectStmt, *ast.SendStmt, *ast.ChanType:
			found = true
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		case *ast.SelectorExpr:
			found = found || isTimer(n)
		}
		return !found
	})
	return found
}

// isTimer: time.AfterFunc and its like bring channels or goroutines along
// without any being written.
func isTimer(sel *ast.SelectorExpr) bool {
	x, ok := sel.X.(*ast.Ident)
	if !ok || x.Name != "time" {
		return false
	}
	switch sel.Sel.Name {
	case "After", "AfterFunc", "NewTicker", "NewTimer", "Tick":
		return true
	}
	return false
}
