package main

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"threading101/kernel/instrument"
	"threading101/kernel/proof/corpus/try"
)

// library rewrites each package of the standard library as if it were a package
// main, recording everything, and type-checks what comes out. Nothing is run.
func library(ctx context.Context, o options, w io.Writer) (bool, error) {
	began := time.Now()
	dir, err := os.MkdirTemp("", "corpus")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(dir)
	kit, err := try.New(dir, "std")
	if err != nil {
		return false, err
	}
	note, err := o.passed.note(o, kit, nil)
	if err != nil {
		return false, err
	}
	if note.same() {
		fmt.Fprint(w, asBefore)
		return true, nil
	}
	packages, err := standard(ctx)
	if err != nil {
		return false, err
	}
	packages = slices.DeleteFunc(packages, func(p stdPackage) bool { return !o.names(p.path) })
	sum := shelves(ctx, kit, packages, o.parallel)
	if ctx.Err() != nil {
		return false, errors.New("interrupted")
	}
	for _, text := range sum.surprises {
		fmt.Fprintf(w, "DIFFERS: %s\n", text)
	}
	fmt.Fprintf(w, "%d packages of the standard library, %d files, rewritten at %d sites, %d left out; %.0f s\n", sum.packages, sum.files, sum.sites, sum.skipped, time.Since(began).Seconds())
	ok := len(sum.surprises) == 0
	return ok, note.keep(ok)
}

// standard lists the packages of the standard library that have no cgo.
func standard(ctx context.Context) (all []stdPackage, err error) {
	list, err := exec.CommandContext(ctx, "go", "list", "-f", `{{if and .GoFiles (not .CgoFiles)}}{{.ImportPath}} {{.Dir}} {{join .GoFiles " "}}{{end}}`, "std").Output()
	for line := range strings.Lines(string(list)) {
		part := strings.Fields(line)
		all = append(all, stdPackage{path: part[0], dir: part[1], names: part[2:]})
	}
	return all, err
}

// shelf counts what was rewritten.
type shelf struct {
	packages, files, sites, skipped int

	surprises []string
}

// shelves rewrites packages, a few at a time. What imports packages reads the
// export data of each of them once, and serves one goroutine alone.
func shelves(ctx context.Context, kit *try.Kit, packages []stdPackage, parallel int) (sum shelf) {
	next := make(chan stdPackage)
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range parallel {
		wg.Go(func() {
			fset := token.NewFileSet()
			imports := importer.ForCompiler(fset, "gc", kit.Open)
			for p := range next {
				p.fset, p.imports = fset, imports
				sites, err := p.rewrite()
				mu.Lock()
				sum.add(p, sites, err)
				mu.Unlock()
			}
		})
	}
	for _, p := range packages {
		if ctx.Err() != nil {
			break
		}
		next <- p
	}
	close(next)
	wg.Wait()
	slices.Sort(sum.surprises)
	return sum
}

func (s *shelf) add(p stdPackage, sites int, err error) {
	if errors.Is(err, errOwnRules) {
		s.skipped++
		return
	}
	if err != nil {
		s.surprises = append(s.surprises, fmt.Sprintf("%s: %v", p.path, err))
	}
	s.packages, s.files, s.sites = s.packages+1, s.files+len(p.names), s.sites+sites
}

// stdPackage is one package.
type stdPackage struct {
	path    string
	dir     string
	names   []string
	fset    *token.FileSet
	imports types.Importer
}

// errOwnRules: a package that does not type-check like others to begin with, or
// that declares what is rewritten.
var errOwnRules = errors.New("a package with rules of its own")

// declaring are the packages whose own types the recorder's functions take: as a
// package main each of them has types of the same names that are others.
var declaring = map[string]bool{
	"context": true, "database/sql": true, "io": true, "log": true, "log/slog": true, "os": true, "reflect": true, "sync": true, "time": true,
}

var packageClause = regexp.MustCompile(`(?m)^(package )\w+`)

// rewrite returns the number of sites.
func (p *stdPackage) rewrite() (int, error) {
	if declaring[p.path] {
		return 0, errOwnRules
	}
	var files []*ast.File
	var srcs [][]byte
	for _, name := range p.names {
		src, err := os.ReadFile(filepath.Join(p.dir, name))
		if err != nil {
			return 0, err
		}
		src = packageClause.ReplaceAll(src, []byte("${1}main"))
		f, err := parser.ParseFile(p.fset, filepath.Join(p.dir, name), src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return 0, err
		}
		files, srcs = append(files, f), append(srcs, src)
	}
	info := try.NewInfo()
	pkg, err := p.check(files, info)
	if err != nil {
		return 0, errOwnRules
	}
	program := instrument.NewProgram([]instrument.Package{{Pkg: pkg, Info: info, Files: files}})
	next := uint32(1)
	var rewritten []*ast.File
	for i, f := range files {
		out, sites, _, err := instrument.File(p.fset, f, srcs[i], pkg, info, next, instrument.Options{Files: files, Program: program, Everything: true})
		if err != nil {
			return 0, err
		}
		next += uint32(len(sites))
		g, err := parser.ParseFile(p.fset, p.names[i], out, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return 0, err
		}
		rewritten = append(rewritten, g)
	}
	_, err = p.check(rewritten, try.NewInfo())
	return int(next) - 1, err
}

func (p *stdPackage) check(files []*ast.File, info *types.Info) (*types.Package, error) {
	config := types.Config{
		Importer: p.imports,
		Sizes:    types.SizesFor("gc", runtime.GOARCH),
	}
	return config.Check(p.path, p.fset, files, info)
}
