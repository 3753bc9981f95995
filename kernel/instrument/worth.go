package instrument

import (
	"go/ast"
	"go/types"
)

// worthLoading reports whether the read of a variable is to be recorded: others
// can reach it, and it changes.
func (f *facts) worthLoading(e ast.Expr) bool {
	tv := f.info.Types[e]
	return tv.Addressable() && f.records() && telling(tv.Type) && f.contended(e, false)
}

// worthStoring reports whether the write of a variable is to be recorded.
func (f *facts) worthStoring(e ast.Expr) bool {
	t := f.info.TypeOf(e)
	variable := f.info.Types[e].Addressable()
	if id, ok := e.(*ast.Ident); ok { // on the left of := it has no entry in Types
		_, variable = f.info.Uses[id].(*types.Var)
	}
	return f.records() && t != nil && telling(t) && variable && f.contended(e, true)
}

func (f *facts) worthMap(e ast.Expr) bool {
	t := f.info.TypeOf(e)
	if t == nil || isTypeParam(t) || !f.records() {
		return false
	}
	m, ok := t.Underlying().(*types.Map)
	return ok && (f.everything || !f.private(e) && f.elements[typeKey(m)])
}

// worthElements reports whether reads or writes of the elements of a slice, or of
// what a pointer to an array leads to, are to be recorded.
func (f *facts) worthElements(x ast.Expr) bool {
	t := f.info.TypeOf(x)
	if !f.records() || isTypeParam(t) {
		return false
	}
	var elem types.Type
	switch u := t.Underlying().(type) {
	case *types.Slice:
		elem = u.Elem()
		if !f.everything && !f.elements[typeKey(t)] && !f.elements[""] && !f.partChanges(elem) {
			return false
		}
	case *types.Pointer:
		a, ok := u.Elem().Underlying().(*types.Array)
		if !ok {
			return false
		}
		elem = a.Elem()
	default:
		return false
	}
	if _, literal := ast.Unparen(x).(*ast.CompositeLit); literal {
		return f.everything
	}
	return telling(elem) && (f.everything || !f.private(x))
}

// telling reports whether a variable of a type holds something that others could
// change. Locks and their like are objects of their own.
func telling(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Tuple:
		return false
	case *types.Basic:
		return u.Kind() != types.Invalid && u.Kind() != types.UntypedNil
	case *types.Struct:
		if u.NumFields() == 0 {
			return false
		}
	}
	if n, ok := types.Unalias(t).(*types.Named); ok && n.Obj().Pkg() != nil {
		switch n.Obj().Pkg().Path() {
		case "sync", "sync/atomic":
			return false
		}
	}
	return true
}
