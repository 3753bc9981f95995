package ledger

import (
	"go/ast"
	"go/token"
	"go/types"

	"threading101/kernel/instrument/facts"
	"threading101/kernel/instrument/rewrite/memory"
	"threading101/kernel/instrument/rewrite/objects"
	"threading101/kernel/instrument/syntax"
)

func (a *auditor) values(list []ast.Expr) {
	for _, e := range list {
		a.value(e)
	}
}

// value lists what is read where the value of e is wanted.
func (a *auditor) value(e ast.Expr) {
	if tv := a.r.Info.Types[e]; e == nil || tv.IsType() || tv.Value != nil {
		return
	}
	switch e := e.(type) {
	case *ast.BinaryExpr:
		a.value(e.X)
		a.value(e.Y)
	case *ast.CallExpr:
		a.call(e)
	case *ast.CompositeLit:
		_, isStruct := a.r.Info.TypeOf(e).Underlying().(*types.Struct)
		for _, x := range e.Elts {
			if kv, ok := x.(*ast.KeyValueExpr); ok {
				if x = kv.Value; !isStruct {
					a.value(kv.Key)
				}
			}
			a.value(x)
		}
	case *ast.FuncLit:
		a.literal(e)
	case *ast.Ident, *ast.IndexExpr, *ast.StarExpr:
		a.read(e)
	case *ast.ParenExpr:
		a.value(e.X)
	case *ast.SelectorExpr:
		a.selector(e)
	case *ast.SliceExpr:
		if _, array := syntax.Core(a.r.Info.TypeOf(e.X)).(*types.Array); array {
			a.lead(e.X)
		} else {
			a.value(e.X)
		}
		a.values([]ast.Expr{e.Low, e.High, e.Max})
	case *ast.TypeAssertExpr:
		a.value(e.X)
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			a.lead(e.X)
		} else {
			a.value(e.X)
		}
	}
}

func (a *auditor) read(e ast.Expr) {
	if x, ok := e.(*ast.IndexExpr); ok && syntax.IsType(a.r.Info, x.Index) {
		return // an instance of a generic function
	}
	a.access(e, a.r.WorthLoading, 1, 0)
}

func (a *auditor) selector(e *ast.SelectorExpr) {
	s := a.r.Info.Selections[e]
	switch {
	case s == nil:
		a.read(e)
	case s.Kind() == types.FieldVal:
		a.read(e)
	case s.Kind() == types.MethodVal:
		switch t := facts.ObjectOf(s); {
		case memory.ReadsReceiver(a.r, e, s):
			a.add(e, 1, 0)
		case objects.WorthObject(a.r, e, s) && a.r.Facts.Looks(t, e.Sel.Name):
			a.add(e, 1, 0)
		case objects.WorthObject(a.r, e, s):
			a.add(e, 0, 1)
		}
		a.operand(e)
	}
}

// lead lists what is read to find the variable that e names.
func (a *auditor) lead(e ast.Expr) {
	switch e := ast.Unparen(e).(type) {
	case *ast.SelectorExpr:
		if a.r.Info.Selections[e] != nil {
			a.operand(e)
		}
	case *ast.IndexExpr:
		if syntax.IsType(a.r.Info, e.Index) {
			return
		}
		if _, ok := syntax.MapIndex(a.r.Info, e); ok {
			a.value(e) // what is in a map is no variable
			return
		}
		if _, array := syntax.Core(a.r.Info.TypeOf(e.X)).(*types.Array); array {
			a.lead(e.X)
		} else {
			a.value(e.X)
		}
		a.value(e.Index)
	case *ast.StarExpr:
		a.value(e.X)
	case *ast.Ident:
	default:
		a.value(e)
	}
}

// operand lists what is read to get at a field or a method.
func (a *auditor) operand(e *ast.SelectorExpr) {
	if memory.ThroughPointer(a.r, e) != nil {
		a.add(e, 1, 0)
	}
	switch a.r.Info.TypeOf(e.X).Underlying().(type) {
	case *types.Pointer, *types.Interface:
		a.value(e.X)
	default:
		a.lead(e.X)
	}
}

func (a *auditor) call(e *ast.CallExpr) {
	switch name := syntax.BuiltinName(a.r.Info, e.Fun); name {
	case "unsafe.Sizeof", "unsafe.Alignof", "unsafe.Offsetof":
		return
	case "len", "cap":
		switch syntax.Core(a.r.Info.TypeOf(e.Args[0])).(type) {
		case *types.Array, *types.Pointer:
			if !syntax.Effects(a.r.Info, e.Args[0]) {
				return
			}
			a.lead(e.Args[0])
			return
		case *types.Map:
			if a.r.WorthMap(e.Args[0]) {
				a.add(e.Args[0], 1, 0)
			}
		}
	case "delete", "clear":
		if a.r.WorthMap(e.Args[0]) {
			a.add(e.Args[0], 0, 1)
		}
		if a.r.WorthElements(e.Args[0]) {
			a.add(e.Args[0], 0, 1)
		}
	case "copy":
		if a.r.WorthElements(e.Args[0]) {
			a.add(e.Args[0], 0, 1)
		}
		if a.r.WorthElements(e.Args[1]) {
			a.add(e.Args[1], 1, 0)
		}
	case "append":
		if memory.WorthAppending(a.r, e) {
			a.add(e.Args[0], 0, 1)
		}
		if e.Ellipsis.IsValid() && a.r.WorthElements(e.Args[1]) {
			a.add(e.Args[1], 1, 0)
		}
	}
	if memory.CopiesElements(a.r, e) {
		a.add(e.Args[0], 1, 0)
	}
	a.value(e.Fun)
	a.values(e.Args)
}
