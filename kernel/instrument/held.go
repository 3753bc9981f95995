package instrument

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"threading101/kernel/event"
)

// A method with a value receiver that is called through an interface gets a copy of
// what the interface's pointer leads to:
//
//	s.Area()      becomes   rt.Held[Square](7, s).Area()
//	s.Grow(f())   becomes   s.Grow(rt.HeldAfter[Square](f(), 7, s))
//
// for each type of the package of which s may hold a pointer. The copy is made once
// the arguments are there.

// held wraps the operand of such a call.
func held(r *rewriter, e *ast.SelectorExpr, s *types.Selection) {
	iface, ok := r.info.TypeOf(e.X).Underlying().(*types.Interface)
	if !ok || isTypeParam(r.info.TypeOf(e.X)) || !r.records() {
		return
	}
	call, called := r.parent(1).(*ast.CallExpr)
	called = called && call.Fun == ast.Expr(e)
	var later ast.Expr
	if called {
		later, called = lastCalled(r.info, call)
	}
	for _, t := range copiedBy(r, s.Obj().Name(), iface) {
		text, named := r.typeText(t, e.Pos())
		switch {
		case !named || !called || later != nil && !r.repeatable(e.X):
			r.sites.note(e.Pos(), "the read of what "+r.sites.text(e.X)+" holds", unrecorded)
		case later != nil:
			r.wrap(later, r.rt("HeldAfter")+"["+text+"](", fmt.Sprintf(", %d, %s)", heldSite(r, e), r.source(e.X)))
		default:
			r.wrap(e.X, fmt.Sprintf("%s[%s](%d, ", r.rt("Held"), text, heldSite(r, e)), ")")
		}
	}
}

// expression enters (*Square).Area, which is called with a pointer and gets a copy of
// what that leads to, in the ledger.
func expression(r *rewriter, e *ast.SelectorExpr, s *types.Selection) {
	p, pointer := s.Recv().Underlying().(*types.Pointer)
	recv := s.Obj().(*types.Func).Signature().Recv().Type()
	if _, same := recv.Underlying().(*types.Pointer); !pointer || same || !r.facts.records() {
		return
	}
	if r.facts.partChanges(p.Elem()) {
		r.sites.note(e.Pos(), "what is read by "+r.sites.text(e), unrecorded)
	}
}

func heldSite(r *rewriter, e *ast.SelectorExpr) uint32 {
	return r.sites.site(event.Load, e.X.Pos(), r.sites.text(e.X))
}

// lastCalled is the last argument that has calls in it, nil if none has; ok is false
// if it cannot be wrapped.
func lastCalled(info *types.Info, call *ast.CallExpr) (e ast.Expr, ok bool) {
	for _, x := range slices.Backward(call.Args) {
		if effects(info, x) {
			e = wrapPoint(info, call, x)
			return e, e != nil
		}
	}
	return nil, true
}

// copiedBy are the structs of the package that others may change, whose pointers an
// interface may hold, and of which the method gets a copy.
func copiedBy(r *rewriter, method string, iface *types.Interface) (all []types.Type) {
	scope := r.pkg.Scope()
	for _, name := range scope.Names() {
		t, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || t.IsAlias() {
			continue
		}
		named, ok := t.Type().(*types.Named)
		if !ok || named.TypeParams().Len() > 0 || structOf(named) == nil || !r.facts.partChanges(named) {
			continue
		}
		byValue := types.NewMethodSet(named).Lookup(r.pkg, method) != nil
		if byValue && types.Implements(types.NewPointer(named), iface) {
			all = append(all, named)
		}
	}
	return all
}
