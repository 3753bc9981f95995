package library

import (
	"go/ast"
	"go/types"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/rewrite/memory"
	"threading101/kernel/instrument/rewrite/naming"
	"threading101/kernel/instrument/rewrite/objects"
	"threading101/kernel/instrument/site"
	"threading101/kernel/instrument/syntax"
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
	Fn     string // the recorder's function
	value  string // its function that returns a method value; "": a method value stays plain
	from   string // the import path of its package; "" means rt
	unused string // its function where nobody looks at the result; "": the same
	own    bool   // a method value is the recorder's function, bound to site and receiver

	nameless bool // what it is called on is not the object of its site
	byValue  bool // it takes the receiver, not its address
	kind     bool // the site has the kind of the first argument, or else of the result
}

// Pkg is the import path of the recorder's package.
func (m *method) Pkg() string {
	if m.from == "" {
		return draft.PathRT
	}
	return m.from
}

// Selected returns the method in the table that an expression selects, nil if
// it is something else.
func Selected(info *types.Info, e ast.Expr) (*ast.SelectorExpr, *types.Selection, *method) {
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

// MethodCall rewrites the call of a method in the table, or returns false.
func MethodCall(r *draft.Rewriting, call *ast.CallExpr) bool {
	sel, s, m := Selected(r.Info, call.Fun)
	if m == nil {
		return false
	}
	if syntax.Spreads(r.Info, call) {
		return false // as any method value
	}
	if s.Kind() == types.MethodExpr {
		return methodExprCall(r, call, sel, s, m)
	}
	to, ok := memory.Receiver(r, m.byValue, sel, s)
	if !ok {
		return false
	}
	if m.unused != "" && draft.Discarded(r) {
		m.Fn = m.unused
	}
	n := MethodSite(r, m, sel, s, to)
	if stmt, ok := r.Parent(1).(*ast.ExprStmt); ok && m.op == event.Go {
		r.Sites.Last().Hint = naming.Hint(r, call.Args[0])
		naming.Offer(r, stmt.Pos(), n, call.Args[0])
	}
	r.Before(call.Pos(), "%s(%d, %s", r.From(m.Pkg(), m.Fn), n, to.And)
	r.After(sel.X.End(), "%s", to.Path)
	memory.Operand(r, sel.X)
	sep := ", "
	if len(call.Args) == 0 {
		sep = ""
	}
	r.Join(sel.X.End(), call.Lparen+1, sep, "")
	if formats(s.Obj().(*types.Func).FullName()) {
		mark(r, call)
		objects.ObjectArguments(r, call)
	}
	if strings.Contains(s.Obj().(*types.Func).FullName(), "log/slog.") {
		objects.AllArguments(r, call)
	} else {
		objects.UsedArguments(r, call)
	}
	r.Exprs(call.Args)
	return true
}

// methodExprCall rewrites (*T).Method(x, a).
func methodExprCall(r *draft.Rewriting, call *ast.CallExpr, sel *ast.SelectorExpr, s *types.Selection, m *method) bool {
	if len(s.Index()) != 1 || !r.OneLine(sel) {
		r.Sites.Note(call.Pos(), "call of a method expression", "the method is promoted, or written on several lines")
		return false
	}
	n := MethodSite(r, m, sel, s, memory.Reached{Object: r.Sites.Text(call.Args[0])})
	r.Swap(sel.Pos(), sel.End(), "%s", r.From(m.Pkg(), m.Fn))
	r.KeepUsed(sel)
	r.After(call.Lparen+1, "%d, ", n)
	r.Exprs(call.Args)
	return true
}

// MethodValue rewrites a method value, or returns false.
func MethodValue(r *draft.Rewriting, e ast.Expr) bool {
	sel, s, m := Selected(r.Info, e)
	if m == nil {
		return false
	}
	if s.Kind() == types.MethodExpr || m.value == "" && !m.own {
		r.Sites.Note(sel.Pos(), "method value "+sel.Sel.Name, "only calls of it are recorded")
		return false
	}
	to, ok := memory.Receiver(r, m.byValue, sel, s)
	if !ok {
		return false
	}
	n := MethodSite(r, m, sel, s, to)
	value, sep, end := "", "", ")"
	if m.own {
		value, sep, end = r.RT(draft.Shape("Own", s.Type().(*types.Signature))), ", ", r.From(m.Pkg(), m.Fn)+")"
	} else {
		value = r.From(m.Pkg(), m.value)
	}
	r.Before(sel.Pos(), "%s(%d, %s", value, n, to.And)
	r.After(sel.X.End(), "%s", to.Path)
	memory.Operand(r, sel.X)
	r.Join(sel.X.End(), sel.End(), sep, end)
	return true
}

// MethodSite makes the site of a method that is selected.
func MethodSite(r *draft.Rewriting, m *method, sel *ast.SelectorExpr, s *types.Selection, to memory.Reached) uint32 {
	if m.nameless {
		to.Object = ""
	}
	n := r.Sites.Site(m.op, sel.Sel.Pos(), to.Object)
	r.Sites.Last().Copied = s.Kind() == types.MethodVal && r.Facts.Copied(sel.X, r.Path[1])
	r.Sites.Last().RW = rwmutexMethods[s.Obj().(*types.Func).FullName()].Fn != ""
	if m.kind {
		r.Sites.Last().Kind = signatureKind(s.Type().(*types.Signature))
	}
	if m.op == event.AtomicLoad && s.Kind() == types.MethodVal && s.Obj().Pkg().Path() == "sync/atomic" {
		r.Sites.Last().Test = r.Test(sel)
	}
	return n
}

// signatureKind is the kind of the value that an atomic method writes or reads.
func signatureKind(sig *types.Signature) event.Kind {
	if n := sig.Params().Len(); n > 0 {
		return site.KindOf(sig.Params().At(n - 1).Type())
	}
	if sig.Results().Len() > 0 {
		return site.KindOf(sig.Results().At(0).Type())
	}
	return event.KindNone
}

// MethodExpr is the method in the table that (*T).Method names, nil if it is none.
func MethodExpr(info *types.Info, e ast.Expr) *method {
	_, s, m := Selected(info, ast.Unparen(e))
	if m == nil || s.Kind() != types.MethodExpr || len(s.Index()) != 1 {
		return nil
	}
	return m
}
