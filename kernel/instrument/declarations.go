package instrument

import (
	"go/ast"
	"go/token"
)

// declarations rewrites the file's functions. The initialisers of package
// variables run before there is a second goroutine; only the function literals
// in them matter.
func declarations(r *rewriter, outcomes, watched []string) {
	r.push(r.file)
	if len(r.file.Decls) == 0 {
		return
	}
	again := planRenewal(r)
	fill := r.afterAll(r.file.Decls[len(r.file.Decls)-1].End())
	for _, d := range r.file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			declared(r, d, again, outcomes, watched)
		case *ast.GenDecl:
			initialisers(r, d)
		}
	}
	fill(again.anew())
}

func declared(r *rewriter, d *ast.FuncDecl, again *renewal, outcomes, watched []string) {
	if d.Body == nil {
		return
	}
	if name := directive(d.Doc); name != "" {
		r.sites.note(d.Pos(), "function "+d.Name.Name, "it is marked //go:%s", name)
		return
	}
	r.sites.fn = funcName(d)
	defer r.push(d)()
	spans(r, d, watched)
	if d.Recv == nil && d.Name.Name == "main" && r.pkg.Name() == "main" {
		mainFunc(r, d, again)
		outcome(r, d, outcomes)
	}
	if d.Recv == nil && d.Name.Name == "init" && len(again.inits) > 0 {
		r.after(d.Body.Lbrace+1, " %s();", r.rt("Initializing"))
	}
	if r.facts.recursive(r.info.Defs[d.Name]) {
		works(r, d.Body)
	}
	r.stmt(d.Body)
}

func initialisers(r *rewriter, d *ast.GenDecl) {
	defer r.push(d)()
	for _, spec := range d.Specs {
		if v, ok := spec.(*ast.ValueSpec); ok && d.Tok == token.VAR {
			r.sites.fn = v.Names[0].Name
			r.unrecorded(func() { r.exprs(v.Values) })
		}
	}
}

// rewriteFile asks for all changes to a file. outcomes are the expressions whose
// values are noted where main ends, watched the functions whose calls are.
func rewriteFile(r *rewriter, outcomes, watched []string) {
	r.walk = walk{}
	declarations(r, outcomes, watched)
	ledger(r)
}
