package instrument

import (
	"go/ast"
	"go/token"
	"go/types"
)

// nameFields are the fields whose value says who a goroutine is, the best first.
var nameFields = []string{"name", "Name", "string", "title", "label", "id", "ID", "Id", "number", "num"}

// goNamed names the goroutine about to be started after its receiver, where
// that has a field that says who it is:
//
//	go w.Run()   becomes   if w != nil { rt.GoNamed(w.name) }; go …
//
// The field is one that is never written once the value is made: reading it can
// neither race nor come too early. An operand with calls in it is not evaluated
// twice.
func (r *rewriter) goNamed(at token.Pos, fun ast.Expr) {
	sel, ok := ast.Unparen(fun).(*ast.SelectorExpr)
	if !ok {
		return
	}
	s := r.info.Selections[sel]
	if s == nil || s.Kind() != types.MethodVal || !r.oneLine(sel.X) || !pure(sel.X) || !r.predeclared("nil", at) || r.facts.shared(sel.X) {
		return
	}
	name, number := r.nameField(s.Recv())
	if name == "" {
		return
	}
	x := string(r.source(sel.X))
	call := r.rt("GoNamed") + "(" + x + "." + name + ")"
	if number {
		call = r.rt("GoNumbered") + "(" + quote(r.typeName(s.Recv())) + ", " + x + "." + name + ")"
	}
	if _, ok := s.Recv().Underlying().(*types.Pointer); ok {
		call = "if " + x + " != nil { " + call + " }"
	}
	r.before(at, "%s; ", call)
}

// nameField finds the field of a type that names its values, and whether it is
// a number. A field reached through an embedded pointer might not be there.
func (r *rewriter) nameField(t types.Type) (name string, number bool) {
	for _, name := range nameFields {
		obj, index, indirect := types.LookupFieldOrMethod(t, true, r.pkg, name)
		v, ok := obj.(*types.Var)
		_, pointer := t.Underlying().(*types.Pointer)
		if !ok || r.facts.written[v] || indirect && !(pointer && direct(t, index)) || !direct(t, index) {
			continue
		}
		basic, ok := v.Type().Underlying().(*types.Basic)
		if !ok {
			continue
		}
		if types.Identical(v.Type(), types.Typ[types.String]) {
			return name, false
		}
		if basic.Info()&types.IsInteger != 0 {
			return name, true
		}
	}
	return "", false
}

// direct reports whether a field is reached without following an embedded pointer.
func direct(t types.Type, index []int) bool {
	s := structOf(t)
	for i, n := range index {
		if s == nil {
			return false
		}
		if i == len(index)-1 {
			return true
		}
		f := s.Field(n).Type()
		if _, ok := f.Underlying().(*types.Pointer); ok {
			return false
		}
		s = structOf(f)
	}
	return false
}

// typeName is the bare name of a type, "" if it has none.
func (r *rewriter) typeName(t types.Type) string {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	if n, ok := types.Unalias(t).(*types.Named); ok {
		return n.Obj().Name()
	}
	return ""
}
