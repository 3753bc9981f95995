// Package try checks, compiles and runs single files of package main, for tests
// of the instrumenter. It calls the compiler and the linker directly: a fifth of
// a second a program where go build takes one.
package try

import (
	"bytes"
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
	"slices"
	"strings"
	"sync"
)

// Recorder are the packages that a rewritten program may import.
var Recorder = []string{
	"threading101/kernel/rt", "threading101/kernel/rt/std/rtfile", "threading101/kernel/rt/std/rtfmt", "threading101/kernel/rt/std/rtlog", "threading101/kernel/rt/std/rtmap",
	"threading101/kernel/rt/std/rtos", "threading101/kernel/rt/std/rtslog", "threading101/kernel/rt/std/rtcontext", "threading101/kernel/rt/std/rtrand", "threading101/kernel/rt/std/rtrand2", "threading101/kernel/rt/std/rtsql",
}

// Kit holds the compiled packages that programs import.
type Kit struct {
	exports map[string]string // import path → file of export data
	imports map[string][]string
	tools   string // folder of compile and link
	config  string // an importcfg file with all of exports

	mu      sync.Mutex
	readers []*reader // that serve nobody
}

// reader knows the types of the packages it has read: to read them takes longer than
// to check a program. It serves one check at a time.
type reader struct {
	fset    *token.FileSet
	imports types.Importer
}

// New compiles the packages named, what they import, and the recorder, in the
// module of the working directory. dir is for the kit's own files.
func New(dir string, packages ...string) (*Kit, error) {
	k := &Kit{exports: map[string]string{}, imports: map[string][]string{}, config: filepath.Join(dir, "importcfg")}
	args := append([]string{"list", "-export", "-deps", noDebug, "-f", "{{if .Export}}{{.ImportPath}}={{.Export}}={{join .Imports \" \"}}{{end}}"}, packages...)
	list, err := output("go", append(args, append(slices.Clone(Recorder), "runtime")...)...)
	if err != nil {
		return nil, err
	}
	var config strings.Builder
	for line := range strings.Lines(list) {
		path, rest, _ := strings.Cut(strings.TrimSpace(line), "=")
		file, imports, _ := strings.Cut(rest, "=")
		k.exports[path], k.imports[path] = file, strings.Fields(imports)
		fmt.Fprintf(&config, "packagefile %s=%s\n", path, file)
	}
	tools, err := output("go", "env", "GOTOOLDIR")
	if err != nil {
		return nil, err
	}
	k.tools = strings.TrimSpace(tools)
	return k, os.WriteFile(k.config, []byte(config.String()), 0o600)
}

// Key is another one when anything is that the kit's packages are compiled from.
func (k *Kit) Key() string {
	var all []string
	for path, file := range k.exports { // whose name in the build cache is a hash of what it holds
		all = append(all, path+" "+filepath.Base(file)+"\n")
	}
	slices.Sort(all)
	return strings.Join(all, "")
}

// noDebug has packages compiled without what only a debugger reads, which the linker
// would read first, too.
const noDebug = "-gcflags=all=-dwarf=false"

// GoFlags is a variable for programs that call the go command: without it the standard
// library is compiled once more for them.
func GoFlags() string { return "GOFLAGS=" + strings.TrimSpace(os.Getenv("GOFLAGS")+" "+noDebug) }

func output(name string, args ...string) (string, error) {
	out, err := exec.Command(name, args...).Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return "", fmt.Errorf("%s %s: %w\n%s", name, args[0], err, exit.Stderr)
	}
	return string(out), err
}

// Program is a file that was parsed and type-checked.
type Program struct {
	Fset *token.FileSet
	File *ast.File
	Src  []byte
	Pkg  *types.Package
	Info *types.Info
}

// Check parses and type-checks a file. lang is the language version, "" the
// latest.
func (k *Kit) Check(name string, src []byte, lang string) (*Program, error) {
	r := k.take()
	defer k.give(r)
	p := &Program{Fset: r.fset, Src: src}
	var err error
	p.File, err = parser.ParseFile(p.Fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	p.Info = NewInfo()
	config := types.Config{GoVersion: lang, Importer: r.imports}
	p.Pkg, err = config.Check("main", p.Fset, []*ast.File{p.File}, p.Info)
	return p, err
}

func (k *Kit) take() *reader {
	k.mu.Lock()
	defer k.mu.Unlock()
	last := len(k.readers) - 1
	if last < 0 {
		fset := token.NewFileSet()
		return &reader{fset, importer.ForCompiler(fset, "gc", k.Open)}
	}
	r := k.readers[last]
	k.readers = k.readers[:last]
	return r
}

func (k *Kit) give(r *reader) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.readers = append(k.readers, r)
}

// NewInfo returns what the instrumenter wants to know from the type checker.
func NewInfo() *types.Info {
	return &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{},
		Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		FileVersions: map[*ast.File]string{},
	}
}

// Open opens the export data of a package.
func (k *Kit) Open(path string) (io.ReadCloser, error) {
	file := k.exports[path]
	if file == "" { // as the standard library imports it
		file = k.exports["vendor/"+path]
	}
	if file == "" {
		return nil, fmt.Errorf("no package %q in the kit", path)
	}
	return os.Open(file)
}

// Build compiles and links one file of source to the executable out. Its
// positions are those of the name given, unless it says otherwise itself.
func (k *Kit) Build(ctx context.Context, name string, src []byte, out, lang string) error {
	dir, err := os.MkdirTemp(filepath.Dir(out), "build")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	main := unit{path: "main", config: k.config, object: filepath.Join(dir, "main.a"), lang: lang}
	if err := k.compile(ctx, File{name, src}, main); err != nil {
		return err
	}
	return k.link(ctx, main, out)
}

// unit is what a file is compiled to.
type unit struct {
	path   string // as it is imported
	config string // the importcfg file
	object string // the compiled package, in a folder of its own or of units with other paths
	lang   string // the version of Go it is written in, "" the latest
}

func (k *Kit) compile(ctx context.Context, f File, to unit) error {
	dir := filepath.Dir(to.object)
	file := filepath.Join(dir, filepath.Base(f.Name))
	if err := os.WriteFile(file, f.Src, 0o600); err != nil {
		return err
	}
	args := []string{"-p", to.path, "-complete", "-dwarf=false", "-importcfg", to.config, "-trimpath", dir + "=>" + filepath.Dir(f.Name), "-o", to.object}
	if to.lang != "" {
		args = append(args, "-lang", to.lang)
	}
	return k.tool(ctx, "compile", append(args, file)...)
}

func (k *Kit) link(ctx context.Context, main unit, out string) error {
	return k.tool(ctx, "link", "-importcfg", main.config, "-s", "-w", "-buildmode", "exe", "-o", out, main.object)
}

func (k *Kit) tool(ctx context.Context, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, filepath.Join(k.tools, name), args...)
	cmd.Env = append(os.Environ(), "GOGC=off", "GOMEMLIMIT=1GiB") // both end before it pays to collect garbage
	text, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w\n%s", name, err, bytes.TrimSpace(text))
	}
	return nil
}
