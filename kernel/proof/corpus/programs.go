package main

import (
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// program is one file of the corpus.
type program struct {
	name       string // path under GOROOT/test
	path       string
	src        []byte
	args       []string
	imports    []string
	concurrent bool // it has goroutines, channels, or imports sync
}

// find reads the programs of a folder: files of package main that begin with
// "// run" and need neither flags of the compiler nor other files. skipped counts
// those that do.
func find(root string) (programs []program, skipped int, err error) {
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.Contains(path, ".dir/") {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		args, ok := action(string(src))
		if !ok || !built(string(src)) {
			return nil
		}
		if slices.ContainsFunc(args, func(a string) bool { return strings.HasPrefix(a, "-") || strings.HasSuffix(a, ".go") }) {
			skipped++
			return nil
		}
		p := program{path: path, src: src, args: args}
		p.name, _ = filepath.Rel(root, path)
		p.look()
		programs = append(programs, p)
		return nil
	})
	return programs, skipped, err
}

// action returns what follows "// run" on the first line that is not a build
// constraint, and whether that is there.
func action(src string) (args []string, ok bool) {
	for line := range strings.Lines(src) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "//go:build") {
			continue
		}
		fields := strings.Fields(strings.TrimPrefix(line, "//"))
		if !strings.HasPrefix(line, "//") || len(fields) == 0 || fields[0] != "run" {
			return nil, false
		}
		return fields[1:], true
	}
	return nil, false
}

// built evaluates the file's build constraint for this machine.
func built(src string) bool {
	for line := range strings.Lines(src) {
		if strings.HasPrefix(line, "package ") {
			return true
		}
		if !constraint.IsGoBuild(strings.TrimSpace(line)) {
			continue
		}
		expr, err := constraint.Parse(strings.TrimSpace(line))
		return err == nil && expr.Eval(tag)
	}
	return true
}

func tag(name string) bool {
	switch name {
	case runtime.GOOS, runtime.GOARCH, "gc", "unix":
		return true
	}
	return strings.HasPrefix(name, "go1.") || strings.HasPrefix(name, "goexperiment.") && slices.Contains(experiments(), name)
}

// experiments are those that this toolchain was made with.
func experiments() []string {
	_, list, _ := strings.Cut(runtime.Version(), "X:")
	var names []string
	for e := range strings.SplitSeq(list, ",") {
		names = append(names, "goexperiment."+e)
	}
	return names
}

// look finds out what the program imports and whether it is concurrent.
func (p *program) look() {
	f, err := parser.ParseFile(token.NewFileSet(), p.path, p.src, parser.SkipObjectResolution)
	if err != nil {
		return
	}
	for _, spec := range f.Imports {
		if path, err := strconv.Unquote(spec.Path.Value); err == nil {
			p.imports = append(p.imports, path)
			p.concurrent = p.concurrent || path == "sync" || path == "sync/atomic"
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt, *ast.ChanType, *ast.SelectStmt, *ast.SendStmt:
			p.concurrent = true
		case *ast.UnaryExpr:
			p.concurrent = p.concurrent || n.Op == token.ARROW
		}
		return true
	})
}
