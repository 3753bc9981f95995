package instrument

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

func quote(s string) string { return strconv.Quote(s) }

// instance is what has to stand behind the name of a generic function whose
// type arguments the compiler inferred from its arguments, so that it can be a
// value: "[int]". It is "" for other functions; ok is false where one of the
// types has no name here.
func (r *rewriter) instance(fun ast.Expr) (text string, ok bool) {
	fun = ast.Unparen(fun)
	switch f := fun.(type) {
	case *ast.IndexExpr:
		return r.partial(f.X, 1)
	case *ast.IndexListExpr:
		return r.partial(f.X, len(f.Indices))
	}
	id := called(fun)
	if id == nil {
		return "", true
	}
	inst, generic := r.info.Instances[id]
	if !generic {
		return "", true
	}
	if _, isFunc := r.info.Uses[id].(*types.Func); !isFunc {
		return "", true
	}
	var args []string
	for t := range inst.TypeArgs.Types() {
		s, ok := r.typeText(t, fun.Pos())
		if !ok {
			return "", false
		}
		args = append(args, s)
	}
	return "[" + strings.Join(args, ", ") + "]", true
}

// partial: f[int] may leave further type arguments to be inferred.
func (r *rewriter) partial(fun ast.Expr, given int) (string, bool) {
	id := called(fun)
	if id == nil {
		return "", true
	}
	inst, generic := r.info.Instances[id]
	return "", !generic || inst.TypeArgs.Len() == given
}

// called is the identifier by which a function is named.
func called(fun ast.Expr) *ast.Ident {
	switch f := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return f
	case *ast.SelectorExpr:
		return f.Sel
	}
	return nil
}

// typeText writes a type so that it means the same at pos, if it can be.
func (r *rewriter) typeText(t types.Type, pos token.Pos) (string, bool) {
	scope := r.pkg.Scope().Innermost(pos)
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
		if obj.Pkg() == nil || obj.Pkg() == r.pkg {
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
		if p == r.pkg {
			return ""
		}
		return r.importName(p, scope, pos)
	})
	return text, true
}

// importName is the name under which the file imports a package, where that
// name still means it at pos; "" otherwise.
func (r *rewriter) importName(p *types.Package, scope *types.Scope, pos token.Pos) string {
	for _, spec := range r.file.Imports {
		obj := r.info.PkgNameOf(spec)
		if obj == nil || obj.Imported() != p || obj.Name() == "." || obj.Name() == "_" {
			continue
		}
		if _, found := scope.LookupParent(obj.Name(), pos); found == obj {
			return obj.Name()
		}
	}
	return ""
}
