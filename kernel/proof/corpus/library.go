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
	"strings"
	"time"

	"threading101/kernel/instrument"
	"threading101/kernel/proof/corpus/try"
)

// library rewrites each package of the standard library as if it were a package
// main, recording everything, and type-checks what comes out. Nothing is run.
func library(ctx context.Context, _ options, w io.Writer) (bool, error) {
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
	list, err := exec.CommandContext(ctx, "go", "list", "-f", `{{if and .GoFiles (not .CgoFiles)}}{{.ImportPath}} {{.Dir}} {{join .GoFiles " "}}{{end}}`, "std").Output()
	if err != nil {
		return false, err
	}
	packages, files, sites, skipped, ok := 0, 0, 0, 0, true
	for line := range strings.Lines(string(list)) {
		part := strings.Fields(line)
		p := stdPackage{kit: kit, path: part[0], dir: part[1], names: part[2:], fset: token.NewFileSet()}
		n, err := p.rewrite()
		if errors.Is(err, errOwnRules) {
			skipped++
			continue
		}
		if err != nil {
			fmt.Fprintf(w, "DIFFERS: %s: %v\n", p.path, err)
			ok = false
		}
		packages, files, sites = packages+1, files+len(p.names), sites+n
		if ctx.Err() != nil {
			return false, errors.New("interrupted")
		}
	}
	fmt.Fprintf(w, "%d packages of the standard library, %d files, rewritten at %d sites, %d left out; %.0f s\n", packages, files, sites, skipped, time.Since(began).Seconds())
	return ok, nil
}

// stdPackage is one package.
type stdPackage struct {
	kit   *try.Kit
	path  string
	dir   string
	names []string
	fset  *token.FileSet
}

// errOwnRules: a package that does not type-check like others to begin with, or
// that declares what is rewritten.
var errOwnRules = errors.New("a package with rules of its own")

// declaring are the packages whose own types the recorder's functions take: as a
// package main each of them has types of the same names that are others.
var declaring = map[string]bool{
	"context": true, "io": true, "log": true, "log/slog": true, "os": true, "reflect": true, "sync": true, "time": true,
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
	next := uint32(1)
	var rewritten []*ast.File
	for i, f := range files {
		out, sites, _, err := instrument.File(p.fset, f, srcs[i], pkg, info, next, instrument.Options{Files: files, Everything: true})
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
		Importer: importer.ForCompiler(p.fset, "gc", p.kit.Open),
		Sizes:    types.SizesFor("gc", runtime.GOARCH),
	}
	return config.Check(p.path, p.fset, files, info)
}
