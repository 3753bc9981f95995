package memory

import (
	"fmt"
	"go/ast"
	"go/types"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// A method with a value receiver that is called through an interface gets a copy of
// what the interface's pointer leads to:
//
//	s.Area()      becomes   rt.Held[Square](7, s).Area()
//	s.Grow(f())   becomes   s.Grow(rt.HeldAfter[Square](f(), 7, s))
//
// for each type of the package whose pointers s may hold. The copy is made once the
// arguments are there.

// held wraps the operand of such a call.
func held(r *draft.Rewriting, e *ast.SelectorExpr, s *types.Selection) {
	iface, ok := r.Info.TypeOf(e.X).Underlying().(*types.Interface)
	if !ok || syntax.IsTypeParam(r.Info.TypeOf(e.X)) || !r.Records() {
		return
	}
	call, called := r.Parent(1).(*ast.CallExpr)
	called = called && call.Fun == ast.Expr(e)
	var later ast.Expr
	if called {
		later, called = syntax.LastCalled(r.Info, call)
	}
	for _, t := range copiedBy(r, s.Obj().Name(), iface) {
		text, named := r.TypeText(t, e.Pos())
		switch {
		case !named || !called || later != nil && !r.Repeatable(e.X):
			r.Sites.Note(e.Pos(), "the read of what "+r.Sites.Text(e.X)+" holds", draft.Unrecorded)
		case later != nil:
			r.Wrap(later, r.RT("HeldAfter")+"["+text+"](", fmt.Sprintf(", %d, %s)", heldSite(r, e), r.Source(e.X)))
		default:
			r.Wrap(e.X, fmt.Sprintf("%s[%s](%d, ", r.RT("Held"), text, heldSite(r, e)), ")")
		}
	}
}

// MethodExpression enters (*Square).Area, which is called with a pointer and gets a copy of
// what that leads to, in the ledger.
func MethodExpression(r *draft.Rewriting, e *ast.SelectorExpr, s *types.Selection) {
	p, pointer := s.Recv().Underlying().(*types.Pointer)
	recv := s.Obj().(*types.Func).Signature().Recv().Type()
	if _, same := recv.Underlying().(*types.Pointer); !pointer || same || !r.Facts.Records() {
		return
	}
	if r.Facts.PartChanges(p.Elem()) {
		r.Sites.Note(e.Pos(), "what is read by "+r.Sites.Text(e), draft.Unrecorded)
	}
}

func heldSite(r *draft.Rewriting, e *ast.SelectorExpr) uint32 {
	return r.Sites.Site(event.Load, e.X.Pos(), r.Sites.Text(e.X))
}

// copiedBy are the structs of the package that others may change, whose pointers an
// interface may hold, and which the method gets a copy of.
func copiedBy(r *draft.Rewriting, method string, iface *types.Interface) (all []types.Type) {
	scope := r.Pkg.Scope()
	for _, name := range scope.Names() {
		t, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || t.IsAlias() {
			continue
		}
		named, ok := t.Type().(*types.Named)
		if !ok || named.TypeParams().Len() > 0 || syntax.StructOf(named) == nil || !r.Facts.PartChanges(named) {
			continue
		}
		byValue := types.NewMethodSet(named).Lookup(r.Pkg, method) != nil
		if byValue && types.Implements(types.NewPointer(named), iface) {
			all = append(all, named)
		}
	}
	return all
}
