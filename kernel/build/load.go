package build

import (
	"go/ast"
	"go/parser"
	"go/types"
	"go/version"
	"os"
	"path/filepath"
)

// load parses a package and type-checks it against those loaded before it.
func (b *Builder) load(j *job, m *member) error {
	for _, name := range m.GoFiles {
		f, err := b.parse(filepath.Join(m.Dir, name))
		if f != nil {
			m.files, m.asts = append(m.files, f), append(m.asts, f.ast)
		}
		if err != nil {
			(&source{files: m.files}).forget(b.fset)
			return err
		}
	}
	m.info = newInfo()
	config := types.Config{
		GoVersion: m.lang(), Importer: j.importer(), Sizes: types.SizesFor("gc", j.tc.GOARCH), IgnoreFuncBodies: m.role == between,
	}
	var err error
	if m.pkg, err = config.Check(m.ImportPath, b.fset, m.asts, m.info); err != nil {
		(&source{files: m.files}).forget(b.fset)
	}
	return err
}

func (b *Builder) parse(path string) (*file, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	f := &file{path: path, text: text}
	f.ast, err = parser.ParseFile(b.fset, path, text, parser.ParseComments|parser.SkipObjectResolution)
	return f, err
}

// importer has the packages that were loaded from their source, and all others
// as they were compiled.
func (j *job) importer() types.Importer {
	if len(j.members) == 0 {
		return j.universe.importer
	}
	return importing(func(path string) (*types.Package, error) {
		if m := j.member(path); m != nil {
			return m.pkg, nil
		}
		return j.universe.importer.Import(path)
	})
}

type importing func(path string) (*types.Package, error)

func (f importing) Import(path string) (*types.Package, error) { return f(path) }

// lang is the version of Go that a package is written in.
func (p *listed) lang() string {
	if p.Module == nil || p.Module.GoVersion == "" {
		return "go1.16" // what a go.mod that does not say means
	}
	return version.Lang("go" + p.Module.GoVersion)
}

func newInfo() *types.Info {
	return &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{},
		Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes: map[ast.Node]*types.Scope{}, FileVersions: map[*ast.File]string{},
	}
}
