package instrument

import (
	"go/ast"
	"go/types"

	"threading101/kernel/instrument/facts"
)

// Package is a package as it was parsed and type-checked.
type Package struct {
	Pkg   *types.Package
	Info  *types.Info
	Files []*ast.File
}

// Program is a program of several packages that are all rewritten. What one of
// them shares, and what it writes, may be a variable or a field of another: it
// matters who does so anywhere.
type Program struct{ facts *facts.Facts }

// NewProgram looks at the packages of a program. They must have been
// type-checked together, so that what one exports is the same object in the
// others.
func NewProgram(packages []Package) *Program {
	var own []*types.Package
	for i := range packages {
		own = append(own, packages[i].Pkg)
	}
	p := &Program{facts.New(own...)}
	for i := range packages {
		p.facts.Of(packages[i].Info, packages[i].Pkg, packages[i].Files).Look()
	}
	return p
}

// Watch says that variables of the program are looked at at any moment.
func (p *Program) Watch() { p.facts.Watched = true }

// factsOf are the facts for the rewriting of one of the packages.
func factsOf(info *types.Info, pkg *types.Package, o Options) *facts.Facts {
	if o.Program == nil {
		o.Program = NewProgram([]Package{{pkg, info, o.Files}})
	}
	if len(o.Always)+len(o.Eventually) > 0 {
		o.Program.Watch()
	}
	f := o.Program.facts.Of(info, pkg, o.Files)
	f.Library, f.Everything = o.Library, o.Everything
	return f
}
