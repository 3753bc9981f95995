package memory

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// Returned rewrites a return statement. A result with a name is a variable. Where a goroutine that the function starts
// uses it, too, a return statement writes it, and the end of the function reads
// it:
//
//	return 5     becomes   { rt.Store(7, &n, 5); return n }
//	return       becomes   { _ = rt.Load(7, &n); return }
func Returned(r *draft.Rewriting, s *ast.ReturnStmt) {
	vars := lentResults(r)
	if len(vars) == 0 || len(s.Results) > 0 && (len(results(r)) != 1 || len(s.Results) != 1) {
		r.Exprs(s.Results)
		return
	}
	for _, id := range vars {
		if scope := r.Pkg.Scope().Innermost(s.Pos()); scope != nil {
			if _, found := scope.LookupParent(id.Name, s.Pos()); found != r.Info.Defs[id] {
				r.Exprs(s.Results)
				return
			}
		}
	}
	if len(s.Results) == 0 {
		text := ""
		for _, id := range vars {
			text += fmt.Sprintf("_ = %s(%d, &%s); ", r.RT("Load"), r.Access(event.Load, id), id.Name)
		}
		r.Noted.Returns[s] = true
		r.Wrap(&ast.BadExpr{From: s.Pos(), To: s.End()}, "{ "+text, " }")
		return
	}
	id, e := vars[0], s.Results[0]
	n := r.Access(event.Store, id)
	r.Noted.Returns[s] = true
	lo, hi := s.Pos(), e.Pos()
	open := fmt.Sprintf("{ %s(%d, &%s, ", r.RT("Store"), n, id.Name)
	if tv := r.Info.Types[e]; !tv.IsNil() && tv.Value == nil && (!types.Identical(tv.Type, r.Info.TypeOf(id)) || syntax.HasShift(e)) {
		open = fmt.Sprintf("{ %s(&%s).Store(%d, ", r.RT("At"), id.Name, n)
	}
	if r.Between(lo, hi) != "" {
		hi = lo + 6
	}
	r.Swap(lo, hi, "%s", open)
	r.After(s.End(), "); return %s }", id.Name)
	r.Expr(e)
}

// results are the names of the results of the function in hand.
func results(r *draft.Rewriting) (list []*ast.Ident) {
	for _, n := range slices.Backward(r.Path) {
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

// lentResults are those that a goroutine uses and that are written.
func lentResults(r *draft.Rewriting) (list []*ast.Ident) {
	for _, id := range results(r) {
		if r.Facts.LentResult(r.Info.Defs[id]) && r.Records() {
			list = append(list, id)
		}
	}
	return list
}
