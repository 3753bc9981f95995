package instrument

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"threading101/kernel/event"
)

// A result with a name is a variable. Where a goroutine that the function starts
// uses it, too, a return statement writes it, and the end of the function reads
// it:
//
//	return 5     becomes   { rt.Store(7, &n, 5); return n }
//	return       becomes   { _ = rt.Load(7, &n); return }
func returned(r *rewriter, s *ast.ReturnStmt) {
	vars := lentResults(r)
	if len(vars) == 0 || len(s.Results) > 0 && (len(results(r)) != 1 || len(s.Results) != 1) {
		r.exprs(s.Results)
		return
	}
	for _, id := range vars {
		if scope := r.pkg.Scope().Innermost(s.Pos()); scope != nil {
			if _, found := scope.LookupParent(id.Name, s.Pos()); found != r.info.Defs[id] {
				r.exprs(s.Results)
				return
			}
		}
	}
	if len(s.Results) == 0 {
		text := ""
		for _, id := range vars {
			text += fmt.Sprintf("_ = %s(%d, &%s); ", r.rt("Load"), r.access(event.Load, id), id.Name)
		}
		r.noted.returns[s] = true
		r.wrap(&ast.BadExpr{From: s.Pos(), To: s.End()}, "{ "+text, " }")
		return
	}
	id, e := vars[0], s.Results[0]
	n := r.access(event.Store, id)
	r.noted.returns[s] = true
	lo, hi := s.Pos(), e.Pos()
	open := fmt.Sprintf("{ %s(%d, &%s, ", r.rt("Store"), n, id.Name)
	if tv := r.info.Types[e]; !tv.IsNil() && tv.Value == nil && (!types.Identical(tv.Type, r.info.TypeOf(id)) || shift(e)) {
		open = fmt.Sprintf("{ %s(&%s).Store(%d, ", r.rt("At"), id.Name, n)
	}
	if r.between(lo, hi) != "" {
		hi = lo + 6
	}
	r.swap(lo, hi, "%s", open)
	r.after(s.End(), "); return %s }", id.Name)
	r.expr(e)
}

// results are the names of the results of the function in hand.
func results(r *rewriter) (list []*ast.Ident) {
	for _, n := range slices.Backward(r.path) {
		var results *ast.FieldList
		switch n := n.(type) {
		case *ast.FuncLit:
			results = n.Type.Results
		case *ast.FuncDecl:
			results = n.Type.Results
		default:
			continue
		}
		if results != nil {
			for _, field := range results.List {
				list = append(list, field.Names...)
			}
		}
		return list
	}
	return nil
}

// lentResults are those that a goroutine uses and somebody writes.
func lentResults(r *rewriter) (list []*ast.Ident) {
	for _, id := range results(r) {
		if r.facts.lentResult(r.info.Defs[id]) && r.records() {
			list = append(list, id)
		}
	}
	return list
}

// lentResult reports whether a result is a variable that a goroutine uses.
func (f *facts) lentResult(v types.Object) bool {
	return v != nil && f.lent[v] && f.written[v] && telling(v.Type())
}
