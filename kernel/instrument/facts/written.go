package facts

import (
	"go/ast"
	"go/types"
	"strings"

	"threading101/kernel/instrument/syntax"
)

// overwritePointed marks the fields of structs that are assigned to as a whole and
// that a pointer leads to: they change for everyone who has the pointer.
func (g *gatherer) overwritePointed() {
	for obj := range g.whole {
		if g.pointed[obj] {
			g.overwrite(obj.Type())
		}
	}
}

// assigned marks a variable that is assigned to.
func (g *gatherer) assigned(e ast.Expr) {
	g.write(e)
	if obj := syntax.VariableOf(g.info, e); obj != nil {
		g.whole[obj] = true
	}
}

// write marks the variable that e names as changing.
func (g *gatherer) write(e ast.Expr) {
	obj := syntax.VariableOf(g.info, e)
	if id, ok := ast.Unparen(e).(*ast.Ident); ok && g.info.Defs[id] != nil {
		return // new, in := with others that are not
	}
	if obj != nil {
		g.Written[obj] = true
	} else {
		g.overwrite(g.typeOf(e))
	}
	if x := syntax.Outermost(g.info, e); x != nil {
		g.writeElement(g.typeOf(x.X))
	}
	if obj := syntax.RootVariable(g.info, e); obj != nil {
		g.partly[obj] = true
	}
}

// writeElement marks the slices or maps of a type.
func (g *gatherer) writeElement(t types.Type) {
	switch syntax.Core(t).(type) {
	case *types.Slice, *types.Map:
		g.elements[g.kinds.of(t)] = true
	}
}

// overwrite marks all fields of a struct as changing: one was assigned as a whole
// through a pointer or in a slice.
func (g *gatherer) overwrite(t types.Type) {
	if syntax.IsTypeParam(t) {
		g.anyOverrun = true
		return
	}
	switch t := t.Underlying().(type) {
	case *types.Array:
		g.overwrite(t.Elem())
	case *types.Struct:
		if g.overrun[t] {
			return
		}
		g.overrun[t] = true
		for f := range t.Fields() {
			g.Written[f.Origin()] = true
			g.overwrite(f.Type())
		}
	}
}

// overwriteArguments marks the fields of all structs that a type parameter stands for
// somewhere, if what is of a type parameter's type is assigned as a whole.
func (g *gatherer) overwriteArguments() {
	for _, instance := range g.info.Instances {
		for t := range instance.TypeArgs.Types() {
			g.arguments = append(g.arguments, t)
		}
	}
	for _, t := range g.arguments {
		if g.anyOverrun && !syntax.IsTypeParam(t) {
			g.overwrite(t)
		}
	}
}

// address marks a variable whose address is taken: what happens to it from then on
// cannot be seen.
func (g *gatherer) address(e ast.Expr) {
	if _, ok := ast.Unparen(e).(*ast.CompositeLit); ok {
		return
	}
	g.write(e)
	if obj := syntax.RootVariable(g.info, e); obj != nil {
		g.escapes[obj] = true
	}
	g.pointTo(e)
}

// sliced sees that a slice is made of x: of an array it holds what the array's name, or a
// pointer to it, leads to as well.
func (g *gatherer) sliced(x ast.Expr) {
	t := g.typeOf(x).Underlying()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem().Underlying()
	} else if _, ok := t.(*types.Array); ok {
		g.address(x)
	}
	if array, ok := t.(*types.Array); ok {
		g.writeElement(types.NewSlice(array.Elem()))
	}
}

// converted sees that a pointer is made of something of another type. One to an array leads
// to the elements of the slice that it is made of; a field has two names from then on.
func (g *gatherer) converted(call *ast.CallExpr) {
	if len(call.Args) != 1 || !syntax.IsType(g.info, call.Fun) {
		return
	}
	to, ok := syntax.Core(g.typeOf(call)).(*types.Pointer)
	if !ok {
		return
	}
	from := g.typeOf(call.Args[0])
	g.writeElement(from)
	if p, ok := syntax.Core(from).(*types.Pointer); ok && p.Elem() != to.Elem() {
		g.overwrite(p.Elem())
		g.overwrite(to.Elem())
	}
}

// pointTo marks all variables that e names a part of.
func (g *gatherer) pointTo(e ast.Expr) {
	for {
		e = ast.Unparen(e)
		if obj := syntax.VariableOf(g.info, e); obj != nil {
			g.pointed[obj] = true
		}
		switch x := e.(type) {
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		default:
			return
		}
	}
}

// method sees that a method with a pointer receiver takes the address of a variable.
func (g *gatherer) method(sel *ast.SelectorExpr) {
	s := g.info.Selections[sel]
	if s == nil || s.Kind() != types.MethodVal {
		return
	}
	if _, ok := s.Recv().Underlying().(*types.Pointer); ok {
		return
	}
	recv := s.Obj().(*types.Func).Signature().Recv()
	if _, ok := recv.Type().Underlying().(*types.Pointer); !ok {
		return
	}
	if syntax.StructOf(s.Recv()) == nil {
		g.address(sel.X)
	} else {
		if obj := syntax.RootVariable(g.info, sel.X); obj != nil {
			g.partly[obj] = true
			g.escapes[obj] = g.escapes[obj] || !keepsObject(s)
		}
		g.pointTo(sel.X)
	}
}

// passed marks the slices and maps that a call of another package's function,
// or of a builtin, may write.
func (g *gatherer) passed(id *ast.Ident, call *ast.CallExpr) {
	switch fn := g.info.Uses[id].(type) {
	case *types.Builtin:
		switch fn.Name() {
		case "copy", "delete", "clear":
			g.writeElement(g.typeOf(call.Args[0]))
		case "append":
			if _, grown := g.grown[call]; !grown && !g.OwnArray(call.Args[0]) {
				g.writeElement(g.typeOf(call.Args[0]))
			}
		}
	case *types.Func:
		if fn.Pkg() == nil || g.Own[fn.Pkg()] || onlyReads[fn.Pkg().Path()] && !strings.HasPrefix(fn.Name(), "Append") {
			return
		}
		for _, arg := range call.Args {
			g.writeElement(g.typeOf(arg))
			if p, ok := g.typeOf(arg).Underlying().(*types.Pointer); ok {
				g.fill(p.Elem())
			}
		}
	}
}

// fill marks what a function of another package may write that has a pointer to a
// struct: its fields, and what they lead to. A type that leads to itself has a name.
func (g *gatherer) fill(t types.Type) {
	if n, ok := types.Unalias(t).(*types.Named); ok {
		if g.filled[n] || !g.Own[n.Obj().Pkg()] {
			return
		}
		g.filled[n] = true
	}
	g.overwrite(t)
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for f := range u.Fields() {
			g.fill(f.Type())
		}
	case *types.Pointer:
		g.fill(u.Elem())
	case *types.Array:
		g.fill(u.Elem())
	case *types.Slice:
		g.writeElement(t)
		g.fill(u.Elem())
	case *types.Map:
		g.writeElement(t)
		g.fill(u.Elem())
	}
}

// onlyReads are packages whose functions do not write what slices given to them
// lead to, and do not keep them, but for those that append.
var onlyReads = map[string]bool{"errors": true, "fmt": true, "log": true, "strconv": true, "strings": true}
