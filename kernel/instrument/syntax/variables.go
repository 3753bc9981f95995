package syntax

import (
	"go/ast"
	"go/types"
)

// IsIdent reports whether an expression is a name.
func IsIdent(e ast.Expr) bool {
	_, ok := ast.Unparen(e).(*ast.Ident)
	return ok
}

// TwoValued reports whether e is assigned as v, ok.
func TwoValued(info *types.Info, e ast.Expr) bool {
	_, ok := info.TypeOf(e).(*types.Tuple)
	return ok
}

// IsBlank reports whether an expression is the blank name.
func IsBlank(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "_"
}

// IsVariable reports whether an expression is one, so that to assign it copies it.
func IsVariable(e ast.Expr) bool {
	switch ast.Unparen(e).(type) {
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr, *ast.StarExpr:
		return true
	}
	return false
}

// Sliced is what an expression is a part of: s for s[i:][:j].
func Sliced(x ast.Expr) ast.Expr {
	for {
		s, ok := ast.Unparen(x).(*ast.SliceExpr)
		if !ok {
			return x
		}
		x = s.X
	}
}

// Outermost is the element that e names, as a whole or an element of an array in
// it.
func Outermost(info *types.Info, e ast.Expr) *ast.IndexExpr {
	x, ok := ast.Unparen(e).(*ast.IndexExpr)
	if !ok {
		return nil
	}
	if t := info.TypeOf(x.X); t != nil {
		if _, array := Core(t).(*types.Array); array {
			return Outermost(info, x.X)
		}
	}
	return x
}

// VariableOf is the variable or field that an expression names; nil for elements
// and what pointers point to.
func VariableOf(info *types.Info, e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if obj := info.Defs[e]; obj != nil {
			return obj
		}
		if v, ok := info.Uses[e].(*types.Var); ok {
			return v.Origin()
		}
	case *ast.SelectorExpr:
		if v, ok := info.Uses[e.Sel].(*types.Var); ok {
			return v.Origin()
		}
	case *ast.IndexExpr:
		if t := info.TypeOf(e.X); t != nil {
			if _, ok := Core(t).(*types.Array); ok {
				return VariableOf(info, e.X)
			}
		}
	}
	return nil
}

// RootVariable is the variable that an expression names, or names a part of; nil
// where a pointer, a slice or a map lies between.
func RootVariable(info *types.Info, e ast.Expr) *types.Var {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		v, _ := info.Uses[e].(*types.Var)
		return v
	case *ast.SelectorExpr:
		s := info.Selections[e]
		if s == nil {
			v, _ := info.Uses[e.Sel].(*types.Var)
			return v
		}
		if s.Indirect() {
			return nil
		}
		return RootVariable(info, e.X)
	case *ast.IndexExpr:
		if t := info.TypeOf(e.X); t != nil {
			if _, ok := Core(t).(*types.Array); ok {
				return RootVariable(info, e.X)
			}
		}
	}
	return nil
}

// MapIndex returns e as an element of a map.
func MapIndex(info *types.Info, e ast.Expr) (*ast.IndexExpr, bool) {
	x, ok := ast.Unparen(e).(*ast.IndexExpr)
	if !ok {
		return nil, false
	}
	t := info.TypeOf(x.X)
	if t == nil {
		return nil, false
	}
	_, ok = Core(t).(*types.Map)
	return x, ok
}

// RangeVariables are what a range clause sets.
func RangeVariables(info *types.Info, s *ast.RangeStmt) (lhs []ast.Expr) {
	for _, x := range []ast.Expr{s.Key, s.Value} {
		if x != nil {
			lhs = append(lhs, x)
		}
	}
	return lhs
}

// Wanted reports whether a range clause has something to set.
func Wanted(e ast.Expr) bool { return e != nil && !IsBlank(e) }

// IsVar reports whether an object is a variable.
func IsVar(obj types.Object) bool {
	_, ok := obj.(*types.Var)
	return ok
}
