package instrument

import (
	"go/ast"
	"go/types"
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
type Program struct{ facts *facts }

// NewProgram looks at the packages of a program. They must have been
// type-checked together, so that what one exports is the same object in the
// others.
func NewProgram(packages []Package) *Program {
	p := &Program{newFacts()}
	for i := range packages {
		p.facts.own[packages[i].Pkg] = true
	}
	for i := range packages {
		f := p.facts.of(packages[i].Info, packages[i].Pkg)
		f.look(packages[i].Files)
		p.facts.goroutines, p.facts.waits, p.facts.timers = f.goroutines, f.waits, f.timers
	}
	return p
}

// factsOf are the facts for the rewriting of one of the packages.
func factsOf(info *types.Info, pkg *types.Package, o Options) *facts {
	var f *facts
	if o.Program != nil {
		f = o.Program.facts.of(info, pkg)
	} else {
		f = gather(info, pkg, o.Files)
	}
	f.library, f.everything, f.files = o.Library, o.Everything, o.Files
	return f
}
