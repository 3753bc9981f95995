package facts

import (
	"go/ast"
	"go/types"

	"threading101/kernel/instrument/syntax"
)

// WorthLoading reports whether the read of a variable is to be recorded: others
// can reach it, and it changes.
func (f *Facts) WorthLoading(e ast.Expr) bool {
	tv := f.info.Types[e]
	return tv.Addressable() && f.Records() && Telling(tv.Type) && f.contended(e, false)
}

// WorthStoring reports whether the write of a variable is to be recorded.
func (f *Facts) WorthStoring(e ast.Expr) bool {
	t := f.info.TypeOf(e)
	variable := f.info.Types[e].Addressable()
	if id, ok := e.(*ast.Ident); ok { // on the left of := it has no entry in Types
		_, variable = f.info.Uses[id].(*types.Var)
	}
	return f.Records() && t != nil && Telling(t) && variable && f.contended(e, true)
}

// WorthMap reports whether reads and writes of the map that e is are to be recorded.
func (f *Facts) WorthMap(e ast.Expr) bool {
	t := f.info.TypeOf(e)
	if t == nil || !f.Records() {
		return false
	}
	_, ok := syntax.Core(t).(*types.Map)
	return ok && (f.Everything || !f.Private(e) && f.elementsChange(t))
}

// WorthElements reports whether reads or writes of the elements of a slice, or of
// what a pointer to an array leads to, are to be recorded.
func (f *Facts) WorthElements(x ast.Expr) bool {
	t := f.info.TypeOf(x)
	if t == nil || !f.Records() {
		return false
	}
	var elem types.Type
	switch u := syntax.Core(t).(type) {
	case *types.Slice:
		elem = u.Elem()
		if !f.Everything && !f.elementsChange(t) && !f.PartChanges(elem) {
			return false
		}
	case *types.Pointer:
		a, ok := syntax.Core(u.Elem()).(*types.Array)
		if !ok {
			return false
		}
		elem = a.Elem()
	default:
		return false
	}
	if _, literal := ast.Unparen(x).(*ast.CompositeLit); literal {
		return f.Everything
	}
	return Telling(elem) && (f.Everything || !f.Private(x))
}

// Telling reports whether a variable of a type holds something that others could
// change: also a lock does, where it is copied or overwritten. The others of package
// sync, and atomics, are objects of their own.
func Telling(t types.Type) bool {
	if syntax.IsLock(t) {
		return true
	}
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
