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

// Asked is what somebody asked for beside the program itself: expressions whose values
// are noted where main ends, functions whose calls are, and conditions.
type Asked struct {
	Outcome, Spans     []string
	Always, Eventually []string
}

// File asks for all changes to a file.
func File(r *draft.Rewriting, asked Asked) {
	r.Walk = walk{}
	f := &file{r, frame.PlanRenewal(r), asked}
	f.declarations()
	ledger.Audit(r)
}

// file is the rewriting of a file's declarations.
type file struct {
	*draft.Rewriting
	again *frame.Renewal
	asked Asked
}

// declarations rewrites the file's functions. The initialisers of package variables
// run before there is a second goroutine; only the function literals in them matter.
func (f *file) declarations() {
	f.Push(f.File)
	if len(f.File.Decls) == 0 {
		return
	}
	fill := f.AfterAll(f.File.Decls[len(f.File.Decls)-1].End())
	for _, d := range f.File.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			f.function(d)
		case *ast.GenDecl:
			f.initialisers(d)
		}
	}
	fill(f.again.Anew())
}

func (f *file) function(d *ast.FuncDecl) {
	if d.Body == nil {
		return
	}
	if name := syntax.Directive(d.Doc); name != "" {
		f.Sites.Note(d.Pos(), "function "+d.Name.Name, "it is marked //go:%s", name)
		return
	}
	f.Sites.Func = syntax.DeclaredName(d)
	defer f.Push(d)()
	f.begins(d)
	f.Stmt(d.Body)
}

// begins asks for what is added where a function begins, and where main ends.
func (f *file) begins(d *ast.FuncDecl) {
	frame.Spans(f.Rewriting, d, f.asked.Spans)
	if d.Recv == nil && d.Name.Name == "main" && f.Pkg.Name() == "main" {
		frame.Watch(f.Rewriting, d, f.asked.Always, f.asked.Eventually) // behind what main begins with
		frame.MainFunc(f.Rewriting, d, f.again)
		frame.Prompts(f.Rewriting, d)
		frame.Outcome(f.Rewriting, d, f.asked.Outcome)
	}
	if d.Recv == nil && d.Name.Name == "init" && len(f.again.Inits) > 0 {
		f.After(d.Body.Lbrace+1, " %s();", f.RT("Initializing"))
	}
	if f.Facts.Recursive(f.Info.Defs[d.Name]) {
		flow.Works(f.Rewriting, d.Body)
	}
}

func (f *file) initialisers(d *ast.GenDecl) {
	defer f.Push(d)()
	for _, spec := range d.Specs {
		if v, ok := spec.(*ast.ValueSpec); ok && d.Tok == token.VAR {
			f.Sites.Func = v.Names[0].Name
			f.Unrecorded(func() { f.Exprs(v.Values) })
		}
	}
}
