package stream

import (
	"fmt"
	"go/ast"
	"go/types"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// OtherPackage says whether an object belongs to code that is not rewritten.
func OtherPackage(r *draft.Rewriting, obj types.Object) bool {
	return obj != nil && obj.Pkg() != nil && obj.Pkg() != r.Pkg && obj.Pkg().Path() != "os/exec"
}

// WrapField is Wrap for the i-th element of a literal of a library's struct.
func WrapField(r *draft.Rewriting, lit *ast.CompositeLit, i int, elt ast.Expr) {
	t := r.Info.TypeOf(lit)
	named, ok := types.Unalias(syntax.Deref(t)).(*types.Named)
	s := syntax.StructOf(t)
	if !ok || s == nil || !OtherPackage(r, named.Obj()) {
		return
	}
	kv, keyed := elt.(*ast.KeyValueExpr)
	if !keyed {
		Wrap(r, elt, s.Field(i).Type())
		return
	}
	if key, ok := kv.Key.(*ast.Ident); ok {
		if v, ok := r.Info.Uses[key].(*types.Var); ok {
			Wrap(r, kv.Value, v.Type())
		}
	}
}

// WrapAssigned is Wrap for what is assigned to a library's variable or field.
func WrapAssigned(r *draft.Rewriting, x, e ast.Expr) {
	v, ok := syntax.VariableOf(r.Info, x).(*types.Var)
	if ok && OtherPackage(r, v) {
		Wrap(r, e, v.Type())
	}
}

// Wrap wraps e, which becomes a t, where both are something to write to, or e is a file.
func Wrap(r *draft.Rewriting, e ast.Expr, t types.Type) {
	if s, ok := t.Underlying().(*types.Slice); ok && takesWrites(r.Info, s.Elem()) {
		watch(r, e, "Writers")
		return
	}
	if readsFile(r, e, t) {
		watch(r, e, "File")
		return
	}
	if _, single := r.Info.TypeOf(e).(*types.Tuple); single || !takesWrites(r.Info, t) || !mayBeStream(r.Info, e) {
		return
	}
	switch _, open := r.Info.TypeOf(e).Underlying().(*types.Interface); {
	case t.Underlying().(*types.Interface).NumMethods() == 1:
		watch(r, e, "Writer")
	case open:
		watch(r, e, "Same")
	case syntax.IsFile(r.Info.TypeOf(e)):
		watch(r, e, "File")
	}
}

func watch(r *draft.Rewriting, e ast.Expr, fn string) {
	r.Wrap(e, fmt.Sprintf("%s(%d, ", r.From(draft.PathOS, fn), r.Sites.Site(event.Print, e.Pos(), "")), ")")
}

// readsFile says whether e is a file that becomes something to read from, or to ask. The
// standard input is left as it is.
func readsFile(r *draft.Rewriting, e ast.Expr, t types.Type) bool {
	if !syntax.IsFile(r.Info.TypeOf(e)) || !types.IsInterface(t) || syntax.IsTypeParam(t) || syntax.HasWrite(t) || r.Info.Types[e].IsNil() {
		return false
	}
	v := syntax.VariableOf(r.Info, e)
	input := v != nil && v.Pkg() != nil && v.Pkg().Path() == "os" && v.Name() == "Stdin"
	return !input && types.NewMethodSet(t).Len() > 0 && types.Implements(r.Info.TypeOf(e), t.Underlying().(*types.Interface))
}

// takesWrites says whether t is an interface of something to write to.
func takesWrites(info *types.Info, t types.Type) bool {
	_, ok := t.Underlying().(*types.Interface)
	return ok && !syntax.IsTypeParam(t) && syntax.HasWrite(t)
}

// mayBeStream says whether the value of e can be a standard stream.
func mayBeStream(info *types.Info, e ast.Expr) bool {
	if info.Types[e].IsNil() {
		return false
	}
	t := info.TypeOf(e)
	return syntax.IsFile(t) || syntax.IsTypeParam(t) || types.IsInterface(t) && syntax.HasWrite(t)
}
