package build

import (
	"context"
	"errors"
	"go/ast"
	"go/types"
	"path/filepath"

	"threading101/kernel/event"
)

// checked is package main with its types.
type checked struct {
	pkg   *types.Package
	info  *types.Info
	files []*file
}

// check type-checks package main. It returns nil and perhaps an error if the
// package is not to be had that way.
func (b *Builder) check(ctx context.Context, j *job) (*checked, error) {
	if j.tc.GOROOT == "" || j.src.broken {
		return nil, nil
	}
	if j.flags.clash != "" {
		return nil, errors.New("the flag " + j.flags.clash + " is in the way")
	}
	var err error
	if j.target, err = b.target(ctx, j); err != nil {
		return nil, err
	}
	if len(j.target.CgoFiles) > 0 {
		return nil, errors.New("it uses cgo")
	}
	j.universe = b.universeFor(j)
	if err := b.learn(ctx, j, j.universe, append(j.src.imports(), j.linked()...)); err != nil {
		return nil, err
	}
	c, err := b.typeCheck(j)
	if err != nil {
		return nil, b.staleOr(j, err)
	}
	return c, nil
}

// linked are the packages that go build adds to every program.
func (j *job) linked() []string {
	if j.race {
		return []string{"runtime", "runtime/race"}
	}
	return []string{"runtime"}
}

func (b *Builder) typeCheck(j *job) (*checked, error) {
	c := &checked{files: j.chosen(), info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{},
		Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes: map[ast.Node]*types.Scope{}, FileVersions: map[*ast.File]string{},
	}}
	files := make([]*ast.File, len(c.files))
	for i, f := range c.files {
		files[i] = f.ast
	}
	config := types.Config{
		GoVersion: j.target.lang(&j.tc),
		Importer:  j.universe.importer,
		Sizes:     types.SizesFor("gc", j.tc.GOARCH),
	}
	var err error
	c.pkg, err = config.Check("main", b.fset, files, c.info)
	return c, err
}

// rewriter is package instrument, for one file.
type rewriter func(b *Builder, f *file, c *checked, next uint32) (out []byte, sites []event.Site, err error)

func instrumenter(b *Builder, f *file, c *checked, next uint32) ([]byte, []event.Site, error) {
	return nil, nil, errors.New("the instrumenter is not there yet")
}

// rewriteAll returns the rewritten texts by path, and all sites by number.
func (b *Builder) rewriteAll(j *job, c *checked) (map[string][]byte, []event.Site, error) {
	texts := map[string][]byte{}
	sites := []event.Site{{}}
	for _, f := range c.files {
		out, more, err := b.rewrite(b, f, c, uint32(len(sites)))
		if err != nil {
			return nil, nil, errors.New(filepath.Base(f.path) + ": " + err.Error())
		}
		texts[f.path] = out
		sites = append(sites, more...)
	}
	return texts, sites, nil
}
