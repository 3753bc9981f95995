package facts

import (
	"go/ast"
	"go/types"

	"threading101/kernel/instrument/syntax"
)

// Copied reports whether, within a declaration, what a method of a lock is called on is part of a copy:
// of a parameter or receiver that is passed by value, of the variable of a range
// clause, or of a variable that was given another one's value.
//
//	func (c Counter) Inc() { c.mu.Lock() … }   // WRONG: locks a copy
//	func (c *Counter) Inc() { c.mu.Lock() … }  // RIGHT
func (f *Facts) Copied(x ast.Expr, within ast.Node) bool {
	id := f.rootOf(x)
	if id == nil {
		return false
	}
	v, ok := f.info.Uses[id].(*types.Var)
	if !ok || v.IsField() || v.Parent() == f.pkg.Scope() {
		return false
	}
	return v.Kind() == types.ParamVar || v.Kind() == types.RecvVar || f.madeOf(v, within)
}

// rootOf is the variable that x is a part of, nil where a pointer, an interface, a
// slice or a map lies between.
func (f *Facts) rootOf(x ast.Expr) *ast.Ident {
	switch f.info.TypeOf(x).Underlying().(type) {
	case *types.Pointer, *types.Interface:
		return nil
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return x
	case *ast.SelectorExpr:
		if s := f.info.Selections[x]; s != nil && !s.Indirect() {
			return f.rootOf(x.X)
		}
	case *ast.IndexExpr:
		if _, array := f.info.TypeOf(x.X).Underlying().(*types.Array); array {
			return f.rootOf(x.X)
		}
	}
	return nil
}

// madeOf reports whether a local variable begins as a copy of another one.
func (f *Facts) madeOf(v *types.Var, within ast.Node) bool {
	found := false
	ast.Inspect(within, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.RangeStmt:
			id, ok := n.Value.(*ast.Ident)
			found = found || ok && f.info.Defs[id] == v
		case *ast.AssignStmt:
			for i, e := range n.Lhs {
				id, ok := e.(*ast.Ident)
				found = found || ok && f.info.Defs[id] == v && len(n.Rhs) == len(n.Lhs) && syntax.IsVariable(n.Rhs[i])
			}
		case *ast.ValueSpec:
			for i, id := range n.Names {
				found = found || f.info.Defs[id] == v && len(n.Values) == len(n.Names) && syntax.IsVariable(n.Values[i])
			}
		}
		return !found
	})
	return found
}
