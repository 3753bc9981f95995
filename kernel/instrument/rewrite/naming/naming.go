package naming

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// nameFields are the fields whose value says who a goroutine is, the best first.
var nameFields = []string{"name", "Name", "string", "title", "label", "id", "ID", "Id", "number", "num"}

// How well a name tells goroutines apart, as far as the source can say.
const (
	byReceiver = iota // a field of what the method is called on
	byLoop            // a loop's variable, or one with a telling name
	byValue           // any other
	byConstant
	byVariable = event.NameOfVariable // of the learner's, that has the value
)

// namer offers names for the goroutine about to be started, wherever the program
// says who it is: the receiver's field, each argument that is a number or a text
// or has such a field, the variables that a function literal uses. Which of them
// tells it from its siblings is seen only when all have been started.
//
//	go w.Run()                 becomes   if w != nil { rt.GoNamed(7, 0, "", w.name) }; go …
//	go work(next(), &mu)       becomes   go … (rt.GoNumbered(7, 2, "work", next()), &mu)
//	go func() { work(i) }()    becomes   rt.GoNumbered(7, 1, "work", i); go …
//
// A field, or a variable, that is read once more is one that is never written
// once it is made: reading it can neither race nor come too early. What has calls
// in it is not evaluated twice.
type namer struct {
	*draft.Rewriting
	at   token.Pos
	site uint32
	hint string
	said map[string]bool // to offer each name once
}

// Offer offers names for the goroutine that a statement at a place starts.
func Offer(r *draft.Rewriting, at token.Pos, site uint32, fun ast.Expr, args ...ast.Expr) {
	n := namer{r, at, site, Hint(r, fun), map[string]bool{}}
	switch fun := ast.Unparen(fun).(type) {
	case *ast.SelectorExpr:
		n.receiver(fun)
	case *ast.FuncLit:
		n.literal(fun)
	}
	for _, arg := range args {
		n.argument(arg, args)
	}
}

// receiver names a goroutine after what its method is called on.
func (n *namer) receiver(sel *ast.SelectorExpr) {
	s := n.Info.Selections[sel]
	if s != nil && s.Kind() == types.MethodVal {
		n.field(byReceiver, sel.X, "")
	}
}

// field names it after a field of x. A text gets what as its prefix.
func (n *namer) field(rank int, x ast.Expr, what string) {
	t := n.Info.TypeOf(x)
	if t == nil || syntax.IsTypeParam(t) || !n.Repeatable(x) || n.Facts.Shared(x) || !n.Predeclared("nil", n.at) {
		return
	}
	name, number := nameField(n.Rewriting, t)
	if name == "" {
		n.calledAfter(x, what)
		return
	}
	text := string(n.Source(x)) + "." + name
	call := n.call(rank, what, text)
	if number && what == "" {
		call = n.numbered(rank, syntax.TypeName(n.Rewriting.Info, t), text)
	} else if number {
		call = n.numbered(rank, what, text)
	}
	if _, ok := t.Underlying().(*types.Pointer); ok {
		call = "if " + string(n.Source(x)) + " != nil { " + call + " }"
	}
	n.Before(n.at, "%s; ", call)
}

// argument names it after an argument of the go statement, which is evaluated once.
func (n *namer) argument(arg ast.Expr, all []ast.Expr) {
	t := n.Info.TypeOf(arg)
	text, number := nameable(t)
	switch {
	case n.constant(arg):
	case !text && !number:
		if syntax.IsIdent(arg) {
			n.field(n.rank(arg, byValue), arg, n.prefix())
		}
	case !syntax.Typed(n.Rewriting.Info, arg) || !n.Rewriting.Facts.Stable(arg) && !syntax.PureAll(n.Rewriting.Info, all):
	case number:
		n.Wrap(arg, fmt.Sprintf("%s(%d, %d, %s, ", n.RT("GoNumbered"), n.site, n.rank(arg, byValue), strconv.Quote(n.hint)), ")")
	default:
		n.Wrap(arg, fmt.Sprintf("%s(%d, %d, %s, ", n.RT("GoNamed"), n.site, n.rank(arg, byValue), strconv.Quote(n.prefix())), ")")
	}
}

// constant names it after a constant, and reports whether e is one.
func (n *namer) constant(e ast.Expr) bool {
	tv := n.Info.Types[e]
	if tv.Value == nil {
		return false
	}
	switch text, number := nameable(tv.Type); {
	case text && tv.Value.Kind() == constant.String:
		n.Before(n.at, "%s; ", n.call(byConstant, n.prefix(), strconv.Quote(constant.StringVal(tv.Value))))
	case number && tv.Value.Kind() == constant.Int:
		n.Before(n.at, "%s; ", n.call(byConstant, n.hint, strconv.Quote(tv.Value.ExactString())))
	}
	return true
}

// literal names a function literal after the arguments and the receiver of the
// one call that it is, and after the variables from outside that tell its
// goroutines apart: texts rather than numbers.
func (n *namer) literal(lit *ast.FuncLit) {
	if call := syntax.OnlyCall(lit); call != nil && n.hint != anonymous {
		n.called(lit, call)
	}
	var numbers []*ast.Ident
	for _, id := range n.outers(lit) {
		switch text, number := nameable(n.Info.TypeOf(id)); {
		case n.rank(id, byValue) != byLoop:
		case text:
			n.variable(id)
		case number:
			numbers = append(numbers, id)
		default:
			n.field(byLoop, id, n.prefix())
		}
	}
	for _, id := range numbers {
		n.variable(id)
	}
}

// called names it after the call that a literal consists of.
func (n *namer) called(lit *ast.FuncLit, call *ast.CallExpr) {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && n.outer(sel.X, lit) != nil {
		n.receiver(sel)
	}
	for _, arg := range call.Args {
		switch v := n.outer(arg, lit); {
		case n.constant(arg) || v == nil:
		case makesNames(v.Type()):
			n.variable(ast.Unparen(arg).(*ast.Ident))
		default:
			n.field(n.rank(arg, byValue), arg, n.prefix())
		}
	}
}

// variable names it after a variable.
func (n *namer) variable(id *ast.Ident) {
	if n.said[id.Name] {
		return
	}
	n.said[id.Name] = true
	rank := n.rank(id, byValue)
	if _, number := nameable(n.Info.TypeOf(id)); number {
		n.Before(n.at, "%s; ", n.numbered(rank, n.hint, id.Name))
		return
	}
	n.Before(n.at, "%s; ", n.call(rank, n.prefix(), id.Name))
}

func (n *namer) call(rank int, what, text string) string {
	return fmt.Sprintf("%s(%d, %d, %s, %s)", n.RT("GoNamed"), n.site, rank, strconv.Quote(what), text)
}

func (n *namer) numbered(rank int, what, number string) string {
	return fmt.Sprintf("%s(%d, %d, %s, %s)", n.RT("GoNumbered"), n.site, rank, strconv.Quote(what), number)
}

// prefix goes before a text. There is none where the hint says nothing.
func (n *namer) prefix() string {
	if n.hint == anonymous {
		return ""
	}
	return n.hint
}

// rank is byLoop for an expression that uses a loop's variable, or one with a
// telling name.
func (n *namer) rank(e ast.Expr, otherwise int) int {
	rank := otherwise
	ast.Inspect(e, func(node ast.Node) bool {
		if id, ok := node.(*ast.Ident); ok {
			if v, ok := n.Info.Uses[id].(*types.Var); ok && (n.Facts.Loops[v] || slices.Contains(nameFields, v.Name())) {
				rank = byLoop
			}
		}
		return true
	})
	return rank
}

// anonymous is the hint for a function literal when there is nothing better to say.
const anonymous = "func"

// outers are the local variables from outside that a function literal uses and
// that never change, each once.
func (n *namer) outers(lit *ast.FuncLit) (all []*ast.Ident) {
	seen := map[*types.Var]bool{}
	ast.Inspect(lit.Body, func(node ast.Node) bool {
		if id, ok := node.(*ast.Ident); ok {
			if v := n.outer(id, lit); v != nil && !seen[v] {
				seen[v] = true
				all = append(all, id)
			}
		}
		return true
	})
	return all
}

// outer is the variable from outside a literal that e names, if it never changes
// and values of its type, or a field of it, can be names; nil otherwise.
func (n *namer) outer(e ast.Expr, lit *ast.FuncLit) *types.Var {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	v, ok := n.Info.Uses[id].(*types.Var)
	if !ok || v.IsField() || v.Parent() == n.Pkg.Scope() || v.Pkg() != n.Pkg || n.Facts.Written[v] {
		return nil
	}
	if lit.Pos() <= v.Pos() && v.Pos() < lit.End() || syntax.IsTypeParam(v.Type()) {
		return nil
	}
	if field, _ := nameField(n.Rewriting, v.Type()); field == "" && !makesNames(v.Type()) {
		return nil
	}
	return v
}

// nameable reports whether values of a type make names, as texts or as numbers.
// A time is a number that says nothing.
func nameable(t types.Type) (text, number bool) {
	if t == nil || syntax.IsTypeParam(t) {
		return false, false
	}
	if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "time" {
		return false, false
	}
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsString != 0, ok && basic.Info()&types.IsInteger != 0
}

// makesNames reports whether values of a type make names by themselves.
func makesNames(t types.Type) bool {
	text, number := nameable(t)
	return text || number
}

// nameField finds the field of a type that names its values, and whether it is
// a number: one with a telling name, else the only text. A field reached through an
// embedded pointer might not be there.
func nameField(r *draft.Rewriting, t types.Type) (name string, number bool) {
	for _, name := range nameFields {
		obj, index, indirect := types.LookupFieldOrMethod(t, true, r.Pkg, name)
		v, ok := obj.(*types.Var)
		_, pointer := t.Underlying().(*types.Pointer)
		if !ok || r.Facts.Written[v] || indirect && !(pointer && direct(t, index)) || !direct(t, index) {
			continue
		}
		if text, number := nameable(v.Type()); text || number {
			return name, number
		}
	}
	return onlyText(r, t), false
}

// onlyText is the field of a struct that is its only text: an account's owner, a
// page's address. "" if there is none, or several.
func onlyText(r *draft.Rewriting, t types.Type) (name string) {
	s := syntax.StructOf(t)
	if s == nil {
		return ""
	}
	for v := range s.Fields() {
		if text, _ := nameable(v.Type()); !text || !v.Exported() && v.Pkg() != r.Pkg {
			continue
		}
		if name != "" || r.Facts.Written[v] || v.Name() == "_" {
			return ""
		}
		name = v.Name()
	}
	return name
}

// direct reports whether a field is reached without following an embedded pointer.
func direct(t types.Type, index []int) bool {
	s := syntax.StructOf(t)
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
		s = syntax.StructOf(f)
	}
	return false
}
