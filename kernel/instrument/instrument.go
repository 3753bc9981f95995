package instrument

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/site"
	"threading101/kernel/instrument/syntax"
)

// Options change how a file is rewritten. The zero value is right for a program
// of one file.
type Options struct {
	// Name is the file's name in the //line directive put on top; "" means its
	// name in the file set.
	Name string

	// Files are all files of the package, among them the one to rewrite; nil
	// means that it is the only one. They are read to learn which variables
	// change and which are shared.
	Files []*ast.File

	// Program is what is known of all packages of the program, this one among
	// them; nil means that it is the only one that is rewritten.
	Program *Program

	// Library says that the package is not the learner's but one that goroutines
	// of theirs work with: what it reads and writes is not recorded, only what
	// happens between goroutines.
	Library bool

	// Outcome are expressions whose values are noted where main ends, and Spans
	// functions whose calls are noted, each as it begins and as it is over. A run
	// is the same with and without. Package asked checks them.
	Outcome []string
	Spans   []string

	// Always are expressions that are to be true whenever no lock is held, Eventually
	// those that are to be true when the run ends. As with Outcome, a run is the same
	// with and without; but in a program with one goroutine, where nothing else would
	// be, its accesses to variables are recorded.
	Always, Eventually []string

	// Everything records also what cannot matter: variables that never change,
	// programs without goroutines. For tests of exactness.
	Everything bool
}

// File rewrites one file of a package that was parsed, with comments, and
// type-checked, with all of info but Scopes and FileVersions filled in. It returns
// the new source, the sites numbered from next on, and what was left as it is. A
// file without anything to rewrite comes back unchanged.
func File(fset *token.FileSet, f *ast.File, src []byte, pkg *types.Package, info *types.Info, next uint32, o Options) (out []byte, sites []event.Site, notes []site.Note, err error) {
	defer func() {
		if v := recover(); v != nil {
			out, sites, notes, err = nil, nil, nil, fmt.Errorf("rewriting %s: %v", fset.Position(f.Package).Filename, v)
		}
	}()
	if o.Files == nil {
		o.Files = []*ast.File{f}
	}
	r := draft.New(fset, f, src, pkg, info, next, factsOf(info, pkg, o), o.Files)
	if syntax.ImportsC(f) {
		r.Sites.Note(f.Package, "file", `it imports "C"`)
		return src, nil, r.Sites.Notes, nil
	}
	rewrite.File(r, rewrite.Asked{
		Outcome: o.Outcome, Spans: o.Spans, Always: o.Always, Eventually: o.Eventually,
	})
	if r.Edits.None() {
		return src, nil, r.Sites.Notes, nil
	}
	return r.Result(o.Name), r.Sites.Sites, r.Sites.Notes, nil
}
