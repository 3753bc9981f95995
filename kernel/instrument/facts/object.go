package facts

import (
	"go/ast"
	"go/types"
	"strings"

	"threading101/kernel/instrument/syntax"
	"threading101/kernel/rt/unguarded"
)

// ObjectType is the type of such an object, nil if t is none, nor a pointer to one.
func ObjectType(t types.Type) *types.Named {
	n, ok := types.Unalias(syntax.Deref(types.Unalias(t))).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || !unguarded.Type(n.Obj().Pkg().Path(), n.Obj().Name()) {
		return nil
	}
	return n
}

// settings notes what an object's type does not tell. A source of random numbers of
// the program's own may have a lock, and is rewritten itself; an encoder of JSON
// that indents has a buffer.
func (g *gatherer) settings(id *ast.Ident, call *ast.CallExpr) {
	fn, ok := g.info.Uses[id].(*types.Func)
	if !ok {
		return
	}
	switch fn.FullName() {
	case "math/rand.New", "math/rand/v2.New":
		n, ok := types.Unalias(syntax.Deref(types.Unalias(g.typeOf(call.Args[0])))).(*types.Named)
		g.OwnSources = g.OwnSources || ok && g.Own[n.Obj().Pkg()]
	case "(*encoding/json.Encoder).SetIndent":
		g.indents = true
	}
}

// Looks says whether a method of such a type only reads.
func (f *Facts) Looks(t *types.Named, method string) bool {
	if f.indents && t.Obj().Pkg().Path() == "encoding/json" && method == "Encode" {
		return false
	}
	return unguarded.Looks(t.Obj().Pkg().Path(), t.Obj().Name(), method)
}

// ObjectOf is the type of the object on which a selected method is called; nil if
// it is none, or of a value that is copied.
func ObjectOf(s *types.Selection) *types.Named {
	if s.Kind() == types.FieldVal {
		return nil
	}
	recv := s.Obj().(*types.Func).Signature().Recv()
	if _, pointer := recv.Type().(*types.Pointer); !pointer {
		return nil
	}
	return ObjectType(recv.Type())
}

// keepsObject says whether a selected method belongs to such an object and returns
// nothing that leads to it: to call it gives the object to nobody.
func keepsObject(s *types.Selection) bool {
	t := ObjectOf(s)
	if t == nil || s.Kind() != types.MethodVal {
		return false
	}
	for v := range s.Obj().(*types.Func).Signature().Results().Variables() {
		if p, ok := v.Type().(*types.Pointer); ok && types.Identical(p.Elem(), t) {
			return false
		}
	}
	return true
}

// lentObject says whether &x is such an object, given to a function that does not
// keep it, and marks x as changing.
func (g *gatherer) lentObject(e *ast.UnaryExpr, stack []ast.Node) bool {
	if len(stack) < 2 || ObjectType(g.typeOf(e.X)) == nil {
		return false
	}
	call, ok := stack[len(stack)-1].(*ast.CallExpr)
	if _, goes := stack[len(stack)-2].(*ast.GoStmt); !ok || goes {
		return false
	}
	fn := g.Function(call)
	if fn == nil || !keepsNothing[fn.Pkg().Path()] || fn.Signature().Recv() != nil || !tellsOnly(fn) {
		return false
	}
	g.write(e.X)
	g.pointTo(e.X)
	return true
}

// Function is the function or method of a package that a call names, nil if it
// names none.
func (f *Facts) Function(call *ast.CallExpr) *types.Func {
	fn := syntax.CalledFunc(f.info, call.Fun)
	if fn == nil || fn.Pkg() == nil {
		return nil
	}
	return fn
}

// Makes says whether an expression makes what it is: nobody else knows it yet.
func (f *Facts) Makes(x ast.Expr) bool { return (&gatherer{Facts: f}).fresh(nil, x) }

// makesObject says whether a call returns such an object, and a new one.
func (g *gatherer) makesObject(call *ast.CallExpr) bool {
	fn := g.Function(call)
	if fn == nil || fn.Signature().Recv() != nil || !strings.HasPrefix(fn.Name(), "New") || fn.Signature().Results().Len() == 0 {
		return false
	}
	t := ObjectType(fn.Signature().Results().At(0).Type())
	return t != nil && t.Obj().Pkg() == fn.Pkg()
}
