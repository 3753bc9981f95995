package instrument

import (
	"go/ast"
	"go/token"
	"go/types"
	"iter"
	"slices"
)

// nameFields are the fields whose value says who a goroutine is, the best first.
var nameFields = []string{"name", "Name", "string", "title", "label", "id", "ID", "Id", "number", "num"}

// goNamed names the goroutine about to be started where the program says who it
// is: by a field of its receiver, or by a variable that a function literal uses.
//
//	go w.Run()                 becomes   if w != nil { rt.GoNamed(w.name) }; go …
//	go func() { work(i) }()    becomes   rt.GoNumbered("work", i); go …
//
// The field, or variable, is one that is never written once it is made: reading
// it can neither race nor come too early. An operand with calls in it is not
// evaluated twice.
func (r *rewriter) goNamed(at token.Pos, fun ast.Expr) {
	text := ""
	switch fun := ast.Unparen(fun).(type) {
	case *ast.SelectorExpr:
		text = r.nameFromReceiver(at, fun)
	case *ast.FuncLit:
		text = r.nameFromLiteral(fun)
	}
	if text != "" {
		r.before(at, "%s; ", text)
	}
}

func (r *rewriter) nameFromReceiver(at token.Pos, sel *ast.SelectorExpr) string {
	s := r.info.Selections[sel]
	if s == nil || s.Kind() != types.MethodVal || !r.repeatable(sel.X) || !r.predeclared("nil", at) || r.facts.shared(sel.X) {
		return ""
	}
	name, number := r.nameField(s.Recv())
	if name == "" {
		return ""
	}
	x := string(r.source(sel.X))
	call := sprintf("%s(%s.%s)", r.rt("GoNamed"), x, name)
	if number {
		call = sprintf("%s(%s, %s.%s)", r.rt("GoNumbered"), quote(r.typeName(s.Recv())), x, name)
	}
	if _, ok := s.Recv().Underlying().(*types.Pointer); ok {
		call = "if " + x + " != nil { " + call + " }"
	}
	return call
}

// nameFromLiteral names a function literal after the first argument of the one
// call that it is, else after the one variable from outside that tells its
// goroutines apart: a loop's, or one with a telling name; a text rather than a
// number.
func (r *rewriter) nameFromLiteral(lit *ast.FuncLit) string {
	if lit.Type.Params.NumFields() > 0 {
		return "" // its own first argument does it
	}
	hint := r.literalHint(lit)
	if call := onlyCall(lit); call != nil && hint != anonymous && len(call.Args) > 0 {
		if id, ok := call.Args[0].(*ast.Ident); ok && r.outer(id, lit) != nil {
			return r.nameCall(hint, id)
		}
	}
	texts, numbers := map[*types.Var]*ast.Ident{}, map[*types.Var]*ast.Ident{}
	for id, v := range r.outers(lit) {
		if !r.facts.loops[v] && !slices.Contains(nameFields, v.Name()) {
			continue
		}
		if text, _ := nameable(v.Type()); text {
			texts[v] = id
		} else {
			numbers[v] = id
		}
	}
	if len(texts) == 0 {
		texts = numbers
	}
	if len(texts) == 1 {
		for _, id := range texts {
			return r.nameCall(hint, id)
		}
	}
	return ""
}

// anonymous is the hint for a function literal about which there is nothing
// better to say.
const anonymous = "func"

// outers are the uses, in a function literal, of local variables from outside
// that never change and whose values can be names.
func (r *rewriter) outers(lit *ast.FuncLit) iter.Seq2[*ast.Ident, *types.Var] {
	return func(yield func(*ast.Ident, *types.Var) bool) {
		going := true
		ast.Inspect(lit.Body, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && going {
				if v := r.outer(id, lit); v != nil {
					going = yield(id, v)
				}
			}
			return going
		})
	}
}

func (r *rewriter) outer(id *ast.Ident, lit *ast.FuncLit) *types.Var {
	v, ok := r.info.Uses[id].(*types.Var)
	if !ok || v.IsField() || v.Parent() == r.pkg.Scope() || v.Pkg() != r.pkg || r.facts.written[v] {
		return nil
	}
	if lit.Pos() <= v.Pos() && v.Pos() < lit.End() {
		return nil
	}
	if text, number := nameable(v.Type()); !text && !number {
		return nil
	}
	return v
}

// nameable reports whether values of a type make names, as texts or as numbers.
func nameable(t types.Type) (text, number bool) {
	if isTypeParam(t) {
		return false, false
	}
	basic, ok := t.Underlying().(*types.Basic)
	return types.Identical(t, types.Typ[types.String]), ok && basic.Info()&types.IsInteger != 0
}

func (r *rewriter) nameCall(hint string, id *ast.Ident) string {
	if _, number := nameable(r.info.TypeOf(id)); number {
		return sprintf("%s(%s, %s)", r.rt("GoNumbered"), quote(hint), id.Name)
	}
	if hint == anonymous {
		return sprintf("%s(%s)", r.rt("GoNamed"), id.Name)
	}
	return sprintf("%s(%s + %s)", r.rt("GoNamed"), quote(hint+" "), id.Name)
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
		if text, number := nameable(v.Type()); text || number {
			return name, number
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
