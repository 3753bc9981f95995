package rewrite

import (
	"go/ast"
	"go/token"

	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/rewrite/flow"
	"threading101/kernel/instrument/rewrite/frame"
	"threading101/kernel/instrument/rewrite/ledger"
	"threading101/kernel/instrument/syntax"
)

// declarations rewrites the file's functions. The initialisers of package
// variables run before there is a second goroutine; only the function literals
// in them matter.
func declarations(r *draft.Rewriting, outcomes, watched []string) {
	r.Push(r.File)
	if len(r.File.Decls) == 0 {
		return
	}
	again := frame.PlanRenewal(r)
	fill := r.AfterAll(r.File.Decls[len(r.File.Decls)-1].End())
	for _, d := range r.File.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			declared(r, d, again, outcomes, watched)
		case *ast.GenDecl:
			initialisers(r, d)
		}
	}
	fill(again.Anew())
}

func declared(r *draft.Rewriting, d *ast.FuncDecl, again *frame.Renewal, outcomes, watched []string) {
	if d.Body == nil {
		return
	}
	if name := syntax.Directive(d.Doc); name != "" {
		r.Sites.Note(d.Pos(), "function "+d.Name.Name, "it is marked //go:%s", name)
		return
	}
	r.Sites.Func = syntax.DeclaredName(d)
	defer r.Push(d)()
	frame.Spans(r, d, watched)
	if d.Recv == nil && d.Name.Name == "main" && r.Pkg.Name() == "main" {
		frame.MainFunc(r, d, again)
		frame.Outcome(r, d, outcomes)
	}
	if d.Recv == nil && d.Name.Name == "init" && len(again.Inits) > 0 {
		r.After(d.Body.Lbrace+1, " %s();", r.RT("Initializing"))
	}
	if r.Facts.Recursive(r.Info.Defs[d.Name]) {
		flow.Works(r, d.Body)
	}
	r.Stmt(d.Body)
}

func initialisers(r *draft.Rewriting, d *ast.GenDecl) {
	defer r.Push(d)()
	for _, spec := range d.Specs {
		if v, ok := spec.(*ast.ValueSpec); ok && d.Tok == token.VAR {
			r.Sites.Func = v.Names[0].Name
			r.Unrecorded(func() { r.Exprs(v.Values) })
		}
	}
}

// File asks for all changes to a file. outcomes are the expressions whose
// values are noted where main ends, watched the functions whose calls are.
func File(r *draft.Rewriting, outcomes, watched []string) {
	r.Walk = walk{}
	declarations(r, outcomes, watched)
	ledger.Audit(r)
}
