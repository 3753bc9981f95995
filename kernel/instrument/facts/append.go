package facts

import (
	"go/ast"
	"go/types"

	"threading101/kernel/instrument/syntax"
)

// s = append(s, v) is a write of s, and whoever shares s races with it: what it does to
// the elements behind s need not be recorded, unless another variable may have the same
// array. Whether one may is known when the whole program was looked at.

// growth is such a statement: what s is, and what it is an element of, if any.
type growth struct {
	roots   []*types.Var // the variable or field that s is, and those that it is a part of
	of      int          // the kind of slice or map that it is an element of
	element bool         // it is one
	slice   types.Type
	shared  bool // nobody knows who has the variable
}

// appendsToItself notes s = append(s, v).
func (g *gatherer) appendsToItself(s *ast.AssignStmt) {
	if len(s.Lhs) != 1 || len(s.Rhs) != 1 {
		return
	}
	call, ok := ast.Unparen(s.Rhs[0]).(*ast.CallExpr)
	if !ok || len(call.Args) == 0 || syntax.BuiltinName(g.info, call.Fun) != "append" {
		return
	}
	if types.ExprString(call.Args[0]) == types.ExprString(s.Lhs[0]) {
		grown := growth{slice: g.typeOf(s.Lhs[0])}
		g.placeOf(s.Lhs[0], &grown)
		g.grown[call] = grown
	}
}

// placeOf notes what variable x is.
func (g *gatherer) placeOf(x ast.Expr, at *growth) {
	if v, ok := syntax.VariableOf(g.info, x).(*types.Var); ok {
		at.roots = append(at.roots, v)
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
	case *ast.SelectorExpr:
		if s := g.info.Selections[x]; s != nil && !s.Indirect() {
			g.placeOf(x.X, at)
		}
	case *ast.IndexExpr:
		at.of, at.element = g.kinds.of(g.typeOf(x.X)), true
		if _, array := syntax.Core(g.typeOf(x.X)).(*types.Array); array {
			g.placeOf(x.X, at)
		}
	default:
		at.shared = true
	}
}

// settleAppends says which of these calls of append need not be recorded.
func (g *gatherer) settleAppends() {
	for call, grown := range g.grown {
		g.Itself[call] = !g.hasAnothers(grown)
		if !g.Itself[call] {
			g.writeElement(grown.slice)
		}
	}
}

// hasAnothers reports whether the array of a slice may be that of another variable:
// it is a parameter, or a part of one, or was given another one's value.
func (g *gatherer) hasAnothers(x growth) bool {
	for _, v := range x.roots {
		if v.Kind() == types.ParamVar || v.Kind() == types.RecvVar || g.anothers[v] {
			return true
		}
	}
	return x.shared || x.element && g.shares.has(x.of)
}

// gives marks a variable that is given what may have, or may hold, the array of another
// slice.
func (g *gatherer) gives(x, e ast.Expr) {
	if !holdsSlice(g.typeOf(x)) || e != nil && (g.OwnArray(e) || g.keepsArray(x, e)) {
		return
	}
	if v, ok := syntax.VariableOf(g.info, x).(*types.Var); ok {
		g.anothers[v] = true
	}
	if x, ok := ast.Unparen(x).(*ast.IndexExpr); ok {
		g.shares[g.kinds.of(g.typeOf(x.X))] = true
	}
}

// keepsArray reports whether e is made of x itself: x[1:], or append(x[:i], v).
func (g *gatherer) keepsArray(x, e ast.Expr) bool {
	e = syntax.Sliced(e)
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok && syntax.BuiltinName(g.info, call.Fun) == "append" {
		return g.keepsArray(x, call.Args[0])
	}
	return types.ExprString(e) == types.ExprString(x)
}

// initialised is givesAll for a declaration.
func (g *gatherer) initialised(spec *ast.ValueSpec) {
	var names []ast.Expr
	for _, name := range spec.Names {
		names = append(names, name)
	}
	g.givesAll(names, spec.Values)
}

// givesAll is gives for all variables on the left of an assignment.
func (g *gatherer) givesAll(left, right []ast.Expr) {
	for i, x := range left {
		if len(left) == len(right) {
			g.gives(x, right[i])
		} else if len(right) > 0 {
			g.gives(x, nil)
		}
	}
}

// holds marks the fields, or elements, that a composite literal gives another one's array.
func (g *gatherer) holds(lit *ast.CompositeLit) {
	t := syntax.Deref(g.typeOf(lit))
	of := syntax.StructOf(t)
	for i, e := range lit.Elts {
		key, value := ast.Expr(nil), e
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			key, value = kv.Key, kv.Value
		}
		switch {
		case !holdsSlice(g.typeOf(value)) || g.OwnArray(value):
		case of == nil:
			g.shares[g.kinds.of(t)] = true
		case key != nil:
			g.gives(key, value)
		case i < of.NumFields():
			g.anothers[of.Field(i).Origin()] = true
		}
	}
}

// copies marks the fields of a struct that is copied: both have the same arrays.
func (g *gatherer) copies(list ...ast.Expr) {
	for _, e := range list {
		if e != nil && syntax.IsVariable(e) {
			g.copiesFields(g.typeOf(e))
		}
	}
}

func (g *gatherer) copiesFields(t types.Type) {
	switch t := t.Underlying().(type) {
	case *types.Struct:
		for f := range t.Fields() {
			if holdsSlice(f.Type()) && !g.anothers[f.Origin()] {
				g.anothers[f.Origin()] = true
				g.copiesFields(f.Type())
			}
		}
	case *types.Array:
		g.copiesFields(t.Elem())
	}
}

// holdsSlice reports whether to copy a value of a type copies a slice.
func holdsSlice(t types.Type) bool {
	if syntax.IsTypeParam(t) {
		return true
	}
	switch t := t.Underlying().(type) {
	case *types.Slice:
		return true
	case *types.Array:
		return holdsSlice(t.Elem())
	case *types.Struct:
		for f := range t.Fields() {
			if holdsSlice(f.Type()) {
				return true
			}
		}
	}
	return false
}

// OwnArray reports whether no variable has the array of a slice, or those of what holds
// slices.
func (f *Facts) OwnArray(e ast.Expr) bool {
	switch e := syntax.Sliced(ast.Unparen(e)).(type) {
	case *ast.CompositeLit, *ast.BasicLit, *ast.FuncLit:
		return true
	case *ast.Ident:
		return f.info.Types[e].IsNil()
	case *ast.CallExpr:
		return f.makesArray(e)
	}
	return false
}

// makesArray reports whether a call returns what nobody else has. A function of the
// library does, unless what it is given comes back.
func (f *Facts) makesArray(call *ast.CallExpr) bool {
	if f.info.Types[call.Fun].IsType() {
		from, ok := f.info.TypeOf(call.Args[0]).Underlying().(*types.Basic)
		return ok && from.Info()&types.IsString != 0 || f.OwnArray(call.Args[0])
	}
	switch syntax.BuiltinName(f.info, call.Fun) {
	case "append":
		return f.OwnArray(call.Args[0])
	case "":
	default:
		return true
	}
	fn := f.Function(call)
	if fn == nil || f.Own[fn.Pkg()] {
		return false
	}
	for _, arg := range call.Args {
		if t := f.info.TypeOf(arg); t != nil && holdsSlice(t) && !f.OwnArray(arg) {
			return makesNew[fn.FullName()]
		}
	}
	return fn.Signature().Recv() == nil || fn.Pkg().Path() != "bytes" && fn.Pkg().Path() != "sync" && fn.Pkg().Path() != "sync/atomic"
}

// makesNew are functions that are given slices and return others.
var makesNew = map[string]bool{
	"bytes.Clone": true, "bytes.Repeat": true, "bytes.ToLower": true, "bytes.ToUpper": true, "encoding/json.Marshal": true, "encoding/json.MarshalIndent": true,
	"slices.Clone": true, "slices.Collect": true, "slices.Concat": true, "slices.Repeat": true, "slices.Sorted": true, "slices.SortedFunc": true,
}
