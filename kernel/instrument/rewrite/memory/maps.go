package memory

import (
	"fmt"
	"go/ast"
	"go/types"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// LoadMap notes a read of the map that e is, or returns false. key is that of the
// element that is read, nil if it is not one.
func LoadMap(r *draft.Rewriting, e, key ast.Expr) bool {
	if !r.WorthMap(e) {
		return false
	}
	later, ok := r.LaterThan(e)
	switch {
	case ok && later == nil:
		n := r.Access(event.Load, e)
		wrapMap(r, "MapR", n, e, key)
		r.Expr(e)
		return true
	case ok && r.Repeatable(e):
		n := r.Access(event.Load, e)
		r.Wrap(later, r.RT("MapRAfter")+"(", fmt.Sprintf(", %d, %s)", n, r.Source(e)))
		leave(r, e)
		return true
	}
	return false
}

// MapCall rewrites a call of delete or clear, which write a map, or returns false.
func MapCall(r *draft.Rewriting, call *ast.CallExpr) bool {
	m := call.Args[0]
	if !r.WorthMap(m) || len(call.Args) > 1 && syntax.Effects(r.Info, call.Args[1]) {
		return false
	}
	var key ast.Expr
	if len(call.Args) > 1 {
		key = call.Args[1]
	}
	wrapMap(r, "MapW", BlindAccess(r, m), m, key)
	r.Exprs(call.Args)
	return true
}

// wrapMap lets a function of the recorder note an access to the map that e is, at
// site n: to the element of key, if that can be evaluated twice.
func wrapMap(r *draft.Rewriting, fn string, n uint32, e, key ast.Expr) {
	if text := keyText(r, e, key); text != "" {
		r.Wrap(e, fmt.Sprintf("%s(%d, ", r.RT(fn+"Key"), n), fmt.Sprintf(", %s)", text))
		return
	}
	r.Wrap(e, fmt.Sprintf("%s(%d, ", r.RT(fn), n), ")")
}

// keyText is the key of an element of the map that m is, to be written a second
// time; "" where evaluating it is a matter of its own, or its type another than
// that of the map's keys.
func keyText(r *draft.Rewriting, m, key ast.Expr) string {
	t, ok := r.Info.TypeOf(m).Underlying().(*types.Map)
	if !ok || key == nil || syntax.IsTypeParam(r.Info.TypeOf(m)) || !r.OneLine(key) {
		return ""
	}
	tv := r.Info.Types[key]
	if tv.Value == nil && !plainKey(r, key) || !types.Identical(tv.Type, t.Key()) {
		return "" // else the recorder's function would not have the type that m has
	}
	return string(r.Source(key))
}

// plainKey reports whether a key is a variable that no other goroutine changes, or a
// field of one.
func plainKey(r *draft.Rewriting, e ast.Expr) bool {
	switch x := ast.Unparen(e).(type) {
	case *ast.Ident:
		return !r.WorthLoading(x)
	case *ast.SelectorExpr:
		s := r.Info.Selections[x]
		return s != nil && s.Kind() == types.FieldVal && !s.Indirect() && !r.WorthLoading(x) && plainKey(r, x.X)
	}
	return false
}
