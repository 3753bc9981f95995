package objects

import (
	"go/ast"
	"go/types"
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/instrument/facts"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/rewrite/memory"
	"threading101/kernel/instrument/syntax"
)

// The recorder has wrappers for functions with at most so many parameters and
// results.
const (
	MaxParams  = 8
	MaxResults = 3
)

// WorthObject says whether what a method does to its receiver is to be recorded.
func WorthObject(r *draft.Rewriting, e *ast.SelectorExpr, s *types.Selection) bool {
	t := facts.ObjectOf(s)
	if t == nil || t.Obj().Name() == "Rand" && r.Facts.OwnSources {
		return false
	}
	return r.Records() && !syntax.IsTypeParam(s.Recv()) &&
		(r.Facts.Everything || r.Facts.ReachesPart(e.X) && !r.Facts.Makes(e.X))
}

// ObjectMethod rewrites such a method, called or as a value, or returns false.
func ObjectMethod(r *draft.Rewriting, e *ast.SelectorExpr, s *types.Selection) bool {
	if !WorthObject(r, e, s) {
		return false
	}
	to, ok := memory.Receiver(r, false, e, s)
	if !ok {
		return false
	}
	sig := s.Type().(*types.Signature)
	name, named := r.TypeText(facts.ObjectOf(s), e.Pos())
	switch {
	case named && !sig.Variadic() && sig.Params().Len() <= maxMethodParams && sig.Results().Len() <= MaxResults:
		fn, n := objectAccess(r, e, s, to, "Reads", "Writes")
		r.Before(e.Pos(), "%s(%d, %s", r.RT(draft.Shape(fn, sig)), n, to.And)
		r.After(e.X.End(), "%s, (*%s)", to.Path, name)
		r.After(e.End(), ")")
	case calledHereOnly(r, e):
		fn, n := objectAccess(r, e, s, to, "Looked", "Written")
		r.Before(e.X.Pos(), "%s(%d, %s", r.RT(fn), n, to.And)
		r.After(e.X.End(), "%s)", to.Path)
	default:
		return false
	}
	memory.Operand(r, e.X)
	return true
}

// objectAccess is the recorder's function for a method, and its site.
func objectAccess(r *draft.Rewriting, e *ast.SelectorExpr, s *types.Selection, to memory.Reached, reads, writes string) (fn string, n uint32) {
	fn, op := writes, event.Store
	if r.Facts.Looks(facts.ObjectOf(s), e.Sel.Name) {
		fn, op = reads, event.Load
	}
	n = r.Sites.Site(op, e.X.Pos(), to.Object)
	r.Sites.Last().Inside = true
	r.Noted.Access(op, e)
	return fn, n
}

// calledHereOnly says whether the method in hand is called at once, with nothing
// between that and the evaluation of its receiver: then it is enough to note it
// there, as is done where its type has no name in the file:
//
//	rec.Body.String()   becomes   rt.Looked(7, rec.Body).String()
func calledHereOnly(r *draft.Rewriting, e *ast.SelectorExpr) bool {
	call, ok := r.Parent(1).(*ast.CallExpr)
	if !ok || call.Fun != e || slices.ContainsFunc(call.Args, func(e ast.Expr) bool { return syntax.Effects(r.Info, e) }) {
		return false
	}
	switch r.Parent(2).(type) {
	case *ast.GoStmt, *ast.DeferStmt:
		return false
	}
	return true
}

// maxMethodParams is the largest number of parameters for which there is a wrapper
// of methods.
const maxMethodParams = 4
