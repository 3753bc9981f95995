package draft

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"threading101/kernel/instrument/syntax"
)

// Instance completes the name of a generic function whose type arguments, all
// or some, the compiler inferred from its arguments, so that it can be a value:
// text, "[int]", belongs at pos. It is "" for other functions; ok is false where
// one of the types has no name here.
func (r *Rewriting) Instance(fun ast.Expr) (pos token.Pos, text string, ok bool) {
	fun = ast.Unparen(fun)
	given := []ast.Expr(nil)
	name := fun
	switch f := fun.(type) {
	case *ast.IndexExpr:
		name, given = f.X, []ast.Expr{f.Index}
	case *ast.IndexListExpr:
		name, given = f.X, f.Indices
	}
	id := syntax.CalleeIdent(name)
	if id == nil {
		return 0, "", true
	}
	inst, generic := r.Info.Instances[id]
	if _, isFunc := r.Info.Uses[id].(*types.Func); !generic || !isFunc {
		return 0, "", true
	}
	var args []string
	for i := len(given); i < inst.TypeArgs.Len(); i++ {
		s, ok := r.TypeText(inst.TypeArgs.At(i), fun.Pos())
		if !ok {
			return 0, "", false
		}
		args = append(args, s)
	}
	switch {
	case len(args) == 0:
		return 0, "", true
	case given == nil:
		return fun.End(), "[" + strings.Join(args, ", ") + "]", true
	}
	return given[len(given)-1].End(), ", " + strings.Join(args, ", "), true
}

// TypeText writes a type so that it means the same at pos, if it can be.
func (r *Rewriting) TypeText(t types.Type, pos token.Pos) (string, bool) {
	scope := r.Pkg.Scope().Innermost(pos)
	if scope == nil {
		return "", false
	}
	ok := true
	visible := func(obj types.Object) bool {
		_, found := scope.LookupParent(obj.Name(), pos)
		return found == obj
	}
	seen := map[types.Type]bool{}
	var check func(types.Type)
	checkObj := func(obj *types.TypeName) {
		if obj.Pkg() == nil || obj.Pkg() == r.Pkg {
			ok = ok && visible(obj)
		} else {
			ok = ok && obj.Exported() && r.importName(obj.Pkg(), scope, pos) != ""
		}
	}
	check = func(t types.Type) {
		if seen[t] || !ok {
			return
		}
		seen[t] = true
		switch t := t.(type) {
		case *types.Basic:
			if t.Kind() == types.UnsafePointer {
				ok = false
				return
			}
			_, found := scope.LookupParent(t.Name(), pos)
			ok = ok && found == types.Universe.Lookup(t.Name())
		case *types.Named:
			checkObj(t.Obj())
			for a := range t.TypeArgs().Types() {
				check(a)
			}
		case *types.Alias:
			checkObj(t.Obj())
			for a := range t.TypeArgs().Types() {
				check(a)
			}
		case *types.TypeParam:
			ok = ok && visible(t.Obj())
		case *types.Pointer:
			check(t.Elem())
		case *types.Slice:
			check(t.Elem())
		case *types.Array:
			check(t.Elem())
		case *types.Chan:
			check(t.Elem())
		case *types.Map:
			check(t.Key())
			check(t.Elem())
		case *types.Signature:
			for v := range t.Params().Variables() {
				check(v.Type())
			}
			for v := range t.Results().Variables() {
				check(v.Type())
			}
		case *types.Interface:
			ok = ok && t.Empty()
		case *types.Struct:
			ok = ok && t.NumFields() == 0
		default:
			ok = false
		}
	}
	check(t)
	if !ok {
		return "", false
	}
	text := types.TypeString(t, func(p *types.Package) string {
		if p == r.Pkg {
			return ""
		}
		return r.importName(p, scope, pos)
	})
	return text, true
}

// Predeclared reports whether a predeclared name has its own meaning at pos.
func (r *Rewriting) Predeclared(name string, pos token.Pos) bool {
	scope := r.Pkg.Scope().Innermost(pos)
	if scope == nil {
		return false
	}
	_, obj := scope.LookupParent(name, pos)
	return obj == types.Universe.Lookup(name)
}

// importName is the name under which the file imports a package, where that
// name still means it at pos; "" otherwise.
func (r *Rewriting) importName(p *types.Package, scope *types.Scope, pos token.Pos) string {
	for _, spec := range r.File.Imports {
		obj := r.Info.PkgNameOf(spec)
		if obj == nil || obj.Imported() != p || obj.Name() == "." || obj.Name() == "_" {
			continue
		}
		if _, found := scope.LookupParent(obj.Name(), pos); found == obj {
			return obj.Name()
		}
	}
	return ""
}
