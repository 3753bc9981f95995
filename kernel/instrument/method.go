package instrument

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"threading101/kernel/event"
)

// method is the rewriting of a method of a library type:
//
//	x.Lock(a)          becomes   rt.Lock(7, &x, a)
//	defer x.Lock()     becomes   defer rt.Lock(7, &x)
//	f := x.Lock        becomes   f := rt.LockFunc(7, &x)
//	(*T).Lock(&x)      becomes   rt.Lock(7, &x)
//
// The receiver is evaluated where and when it was.
type method struct {
	op     event.Op
	fn     string // the recorder's function
	value  string // its function that returns a method value; "": a method value stays plain
	from   string // the import path of its package; "" means rt
	unused string // its function where nobody looks at the result; "": the same
	own    bool   // a method value is the recorder's function, bound to site and receiver

	byValue bool // it takes the receiver, not its address
	kind    bool // the site has the kind of the first argument, or else of the result
}

func (m *method) pkg() string {
	if m.from == "" {
		return pathRT
	}
	return m.from
}

// selected returns the method in the table that an expression selects, nil if
// it is something else.
func selected(info *types.Info, e ast.Expr) (*ast.SelectorExpr, *types.Selection, *method) {
	sel, ok := e.(*ast.SelectorExpr)
	if !ok {
		return nil, nil, nil
	}
	s := info.Selections[sel]
	if s == nil || s.Kind() == types.FieldVal {
		return nil, nil, nil
	}
	m, ok := methods[s.Obj().(*types.Func).Origin().FullName()]
	if !ok {
		return nil, nil, nil
	}
	return sel, s, &m
}

// methodCall rewrites the call of a method in the table, or returns false.
func methodCall(r *rewriter, call *ast.CallExpr) bool {
	sel, s, m := selected(r.info, call.Fun)
	if m == nil {
		return false
	}
	if spreads(r.info, call) {
		r.sites.note(call.Pos(), "call of "+sel.Sel.Name, "its arguments are the results of one call")
		return false
	}
	if s.Kind() == types.MethodExpr {
		return methodExprCall(r, call, sel, s, m)
	}
	to, ok := receiver(r, m.byValue, sel, s)
	if !ok {
		return false
	}
	if m.unused != "" && discarded(r) {
		m.fn = m.unused
	}
	n := methodSite(r, m, sel, s, to)
	if stmt, ok := r.parent(1).(*ast.ExprStmt); ok && m.op == event.Go {
		r.sites.last().Hint = hint(r, call.Args[0])
		goNamed(r, stmt.Pos(), n, call.Args[0])
	}
	r.before(call.Pos(), "%s(%d, %s", r.from(m.pkg(), m.fn), n, to.and)
	r.after(sel.X.End(), "%s", to.path)
	operand(r, sel.X)
	sep := ", "
	if len(call.Args) == 0 {
		sep = ""
	}
	r.join(sel.X.End(), call.Lparen+1, sep, "")
	if formats(s.Obj().(*types.Func).FullName()) {
		mark(r, call)
		objectArguments(r, call)
	}
	r.exprs(call.Args)
	return true
}

// methodExprCall rewrites (*T).Method(x, a).
func methodExprCall(r *rewriter, call *ast.CallExpr, sel *ast.SelectorExpr, s *types.Selection, m *method) bool {
	if len(s.Index()) != 1 || !r.oneLine(sel) {
		r.sites.note(call.Pos(), "call of a method expression", "the method is promoted, or written on several lines")
		return false
	}
	n := methodSite(r, m, sel, s, reached{object: r.sites.text(call.Args[0])})
	r.swap(sel.Pos(), sel.End(), "%s", r.from(m.pkg(), m.fn))
	r.keepUsed(sel)
	r.after(call.Lparen+1, "%d, ", n)
	r.exprs(call.Args)
	return true
}

// methodValue rewrites a method value, or returns false.
func methodValue(r *rewriter, e ast.Expr) bool {
	sel, s, m := selected(r.info, e)
	if m == nil {
		return false
	}
	if s.Kind() == types.MethodExpr || m.value == "" && !m.own {
		r.sites.note(sel.Pos(), "method value "+sel.Sel.Name, "only calls of it are recorded")
		return false
	}
	to, ok := receiver(r, m.byValue, sel, s)
	if !ok {
		return false
	}
	n := methodSite(r, m, sel, s, to)
	value, end := "", ")"
	if m.own {
		value, end = r.rt(shape("Own", s.Type().(*types.Signature))), ", "+r.from(m.pkg(), m.fn)+")"
	} else {
		value = r.from(m.pkg(), m.value)
	}
	r.before(sel.Pos(), "%s(%d, %s", value, n, to.and)
	r.after(sel.X.End(), "%s", to.path)
	operand(r, sel.X)
	r.join(sel.X.End(), sel.End(), "", end)
	return true
}

// shape is the name of the recorder's function that binds one of a signature.
func shape(name string, sig *types.Signature) string {
	if sig.Variadic() {
		name += "V"
	}
	return fmt.Sprintf("%s%dR%d", name, sig.Params().Len(), sig.Results().Len())
}

func methodSite(r *rewriter, m *method, sel *ast.SelectorExpr, s *types.Selection, to reached) uint32 {
	n := r.sites.site(m.op, sel.Sel.Pos(), to.object)
	r.sites.last().Copied = s.Kind() == types.MethodVal && r.facts.copied(sel.X, r.path[1])
	if m.kind {
		r.sites.last().Kind = signatureKind(s.Type().(*types.Signature))
	}
	if m.op == event.AtomicLoad && s.Kind() == types.MethodVal && s.Obj().Pkg().Path() == "sync/atomic" {
		r.sites.last().Test = r.test(sel)
	}
	return n
}

// signatureKind is the kind of the value that an atomic method writes or reads.
func signatureKind(sig *types.Signature) event.Kind {
	if n := sig.Params().Len(); n > 0 {
		return kindOf(sig.Params().At(n - 1).Type())
	}
	if sig.Results().Len() > 0 {
		return kindOf(sig.Results().At(0).Type())
	}
	return event.KindNone
}

// reached says how the receiver of a method is reached from the operand.
type reached struct {
	and    string // "&" when its address is wanted
	path   string // the embedded fields between: ".Mutex"
	object string
}

// receiver follows the embedded fields through which a method was promoted, so
// that the real receiver can be named: c.Lock() means (&c.Mutex).Lock().
func receiver(r *rewriter, byValue bool, sel *ast.SelectorExpr, s *types.Selection) (reached, bool) {
	t := s.Recv()
	if isTypeParam(t) {
		r.sites.note(sel.Pos(), "call of "+sel.Sel.Name, "the receiver's type is a type parameter")
		return reached{}, false
	}
	var path strings.Builder
	for _, i := range s.Index()[:len(s.Index())-1] {
		field := structOf(t).Field(i)
		if !field.Exported() && field.Pkg() != r.pkg {
			r.sites.note(sel.Pos(), "call of "+sel.Sel.Name, "the field %s of another package cannot be named", field.Name())
			return reached{}, false
		}
		path.WriteString("." + field.Name())
		t = field.Type()
	}
	to := reached{path: path.String(), object: r.sites.text(sel.X)}
	_, pointer := t.Underlying().(*types.Pointer)
	_, iface := t.Underlying().(*types.Interface)
	switch {
	case byValue && pointer:
		to.and = "*"
	case !byValue && !pointer && !iface:
		to.and = "&"
	}
	return to, true
}

// operand rewrites the operand of a selector: as a place where it is a
// variable, as a value where it leads to one.
func operand(r *rewriter, x ast.Expr) {
	switch r.info.TypeOf(x).Underlying().(type) {
	case *types.Pointer, *types.Interface:
		r.expr(x)
	default:
		place(r, x)
	}
}

// structOf is the struct that a type is, or points to.
func structOf(t types.Type) *types.Struct {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, _ := t.Underlying().(*types.Struct)
	return s
}

func isTypeParam(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.TypeParam)
	return ok
}
