package build

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
	"go/version"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/instrument"
)

// Some packages of others only put together what the scheduler knows: a group of
// goroutines, a weighted lock. Where package main imports one of
// controlledModules, it is rewritten like main itself, compiled from there, and
// takes the place of what the go command compiled, in this program alone.

// library is such a package, rewritten.
type library struct {
	path   string
	sites  []event.Site // numbered from first on
	first  uint32
	object string // the compiled package
}

// libraries returns those that package main imports, with the sites of all of
// them, by number. One that cannot be had is left as it is, and noted in the job.
func (b *Builder) libraries(ctx context.Context, j *job) ([]*library, []event.Site) {
	sites := []event.Site{{}}
	var all []*library
	imported := importsOf(j.chosen())
	for _, path := range controlledModules {
		if !slices.Contains(imported, path) {
			continue
		}
		l, err := b.library(ctx, j, path, uint32(len(sites)))
		if err != nil {
			b.log(fmt.Errorf("%s stays as it is: %w", path, err))
			j.loose = append(j.loose, path)
			continue
		}
		sites = append(sites, l.sites...)
		all = append(all, l)
	}
	return all, sites
}

// library rewrites and compiles a package, or remembers it. Packages of the
// module cache never change.
func (b *Builder) library(ctx context.Context, j *job, path string, first uint32) (*library, error) {
	u := j.universe
	p, ok := u.foreign[path]
	switch {
	case !ok || !inside(j.tc.GOMODCACHE, p.Dir) || p.Module == nil:
		return nil, errors.New("it is not in the module cache")
	case !u.recorder:
		return nil, j.recorderErr
	case len(p.CgoFiles) > 0 || len(p.SFiles) > 0:
		return nil, errors.New("it is not all Go")
	}
	if other := u.alsoImportedBy(path, importsOf(j.chosen())); other != "" {
		return nil, fmt.Errorf("%s, which is compiled already, imports it as well", other)
	}
	key := fmt.Sprintf("%s %s %v %d", p.Export, b.runtimeDir, j.race, first)
	if l := b.rewrittenLibraries[key]; l != nil && exists(l.object) {
		return l, nil
	}
	l := &library{path: path, first: first}
	if err := b.makeLibrary(ctx, j, p, l); err != nil {
		return nil, err
	}
	b.rewrittenLibraries[key] = l
	return l, nil
}

// alsoImportedBy is a package other than main, of those that the program consists
// of, that imports path; "" if there is none. The linker would refuse a package
// other than the one it was compiled with.
func (u *universe) alsoImportedBy(path string, program []string) string {
	seen := map[string]bool{}
	for todo := slices.Clone(program); len(todo) > 0; {
		name := todo[0]
		todo = todo[1:]
		p, ok := u.foreign[name]
		if !ok || seen[name] {
			continue
		}
		seen[name] = true
		if slices.Contains(p.Imports, path) {
			return name
		}
		todo = append(todo, p.Imports...)
	}
	return ""
}

func (b *Builder) makeLibrary(ctx context.Context, j *job, p listed, l *library) error {
	files, err := b.parseLibrary(p)
	if err != nil {
		return err
	}
	defer (&source{files: files}).forget(b.fset)
	c, err := b.typeCheckLibrary(j, p, files)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp(b.cfg.WorkDir, "library-")
	if err != nil {
		return err
	}
	var names, rules []string
	for _, f := range files {
		out, sites, _, err := instrument.File(b.fset, f.ast, f.text, c.pkg, c.info, l.first+uint32(len(l.sites)),
			instrument.Options{Files: c.asts, Library: true})
		if err != nil {
			return err
		}
		l.sites = append(l.sites, sites...)
		written := filepath.Join(dir, filepath.Base(f.path))
		if err := os.WriteFile(written, out, 0o600); err != nil {
			return err
		}
		names, rules = append(names, written), append(rules, written+"=>"+p.place(f.path))
	}
	for i := range l.sites {
		l.sites[i].File = p.place(l.sites[i].File)
	}
	l.object = filepath.Join(dir, "library.a")
	return b.compileLibrary(ctx, j, p, l, names, strings.Join(append(rules, dir+"=>"), ";"))
}

// place is the name of a file as the go command writes it into programs:
// "golang.org/x/sync@v0.24.0/errgroup/errgroup.go".
func (p *listed) place(file string) string {
	folder := p.Module.Path + "@" + p.Module.Version + strings.TrimPrefix(p.ImportPath, p.Module.Path)
	return folder + "/" + filepath.Base(file)
}

func (b *Builder) parseLibrary(p listed) (files []*file, err error) {
	for _, name := range p.GoFiles {
		f := &file{path: filepath.Join(p.Dir, name)}
		if f.text, err = os.ReadFile(f.path); err != nil {
			return nil, err
		}
		f.ast, err = parser.ParseFile(b.fset, f.path, f.text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

func (b *Builder) typeCheckLibrary(j *job, p listed, files []*file) (*checked, error) {
	c := &checked{files: files, info: newInfo()}
	for _, f := range files {
		c.asts = append(c.asts, f.ast)
	}
	config := types.Config{GoVersion: p.lang(), Importer: j.universe.importer, Sizes: types.SizesFor("gc", j.tc.GOARCH)}
	var err error
	c.pkg, err = config.Check(p.ImportPath, b.fset, c.asts, c.info)
	return c, err
}

func (p *listed) lang() string {
	if p.Module.GoVersion == "" {
		return "go1.16"
	}
	return version.Lang("go" + p.Module.GoVersion)
}

func (b *Builder) compileLibrary(ctx context.Context, j *job, p listed, l *library, names []string, trim string) error {
	config, err := b.importcfg(j.universe)
	if err != nil {
		return err
	}
	args := []string{
		"-o", l.object, "-trimpath", trim, "-p", p.ImportPath, "-lang=" + p.lang(), "-complete",
		"-goversion", j.tc.GOVERSION, "-c=2", "-nolocalimports", "-importcfg", config, "-pack",
	}
	if j.race {
		args = append(args, "-race", "-installsuffix", "race")
	}
	return tool(ctx, j, "compile", append(args, names...)...)
}

// withLibraries is the importcfg file in which the rewritten packages have the
// places of the others: what is said last holds.
func withLibraries(config, tmp string, libraries []*library) (string, error) {
	if len(libraries) == 0 {
		return config, nil
	}
	text, err := os.ReadFile(config)
	if err != nil {
		return "", err
	}
	for _, l := range libraries {
		text = fmt.Appendf(text, "packagefile %s=%s\n", l.path, l.object)
	}
	name := filepath.Join(tmp, "importcfg")
	return name, os.WriteFile(name, text, 0o600)
}

func newInfo() *types.Info {
	return &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{},
		Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes: map[ast.Node]*types.Scope{}, FileVersions: map[*ast.File]string{},
	}
}
