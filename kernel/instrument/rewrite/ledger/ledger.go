package ledger

import (
	"cmp"
	"go/ast"
	"slices"

	"threading101/kernel/instrument/facts"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// Audit enters what has no site.
func Audit(r *draft.Rewriting) {
	if !r.Sites.Gaps || r.Facts.Everything {
		return
	}
	a := &auditor{r: r, due: map[ast.Expr]draft.Noting{}}
	for _, d := range r.File.Decls {
		if d, ok := d.(*ast.FuncDecl); ok && d.Body != nil && syntax.Directive(d.Doc) == "" {
			a.results = d.Type.Results
			a.stmt(d.Body)
		}
		if d, ok := d.(*ast.GenDecl); ok {
			a.initialisers(d)
		}
	}
	a.enter()
}

// auditor lists the accesses of a file.
type auditor struct {
	r       *draft.Rewriting
	order   []ast.Expr
	due     map[ast.Expr]draft.Noting
	results *ast.FieldList // of the function in hand
}

func (a *auditor) add(e ast.Expr, reads, writes int) {
	n, known := a.due[e]
	if !known {
		a.order = append(a.order, e)
	}
	a.due[e] = draft.Noting{Reads: n.Reads + reads, Writes: n.Writes + writes}
}

// enter enters what has fewer sites than accesses.
func (a *auditor) enter() {
	slices.SortStableFunc(a.order, func(x, y ast.Expr) int { return cmp.Compare(x.Pos(), y.Pos()) })
	for _, e := range a.order {
		due, has := a.due[e], a.r.Noted.Accesses[e]
		if has.Reads < due.Reads {
			a.r.Sites.Note(e.Pos(), "the read of "+a.name(e), draft.Unrecorded)
		}
		if has.Writes < due.Writes {
			a.r.Sites.Note(e.Pos(), "the write of "+a.name(e), draft.Unrecorded)
		}
	}
}

// name is what an access is called: of a method of an object, what it is called on.
func (a *auditor) name(e ast.Expr) string {
	if sel, ok := e.(*ast.SelectorExpr); ok {
		if s := a.r.Info.Selections[sel]; s != nil && facts.ObjectOf(s) != nil {
			return a.r.Sites.Text(sel.X)
		}
	}
	return a.r.Sites.Text(e)
}
