package instrument

import (
	"fmt"
	"go/ast"
	"go/types"

	"threading101/kernel/event"
)

// function is the rewriting of a function of a library:
//
//	time.Sleep(d)   becomes   rt.Sleep(7, d)
//
// Function values stay plain, but for those of a function that is bare, which has
// the library's signature, without a site, and replaces it wherever it is named;
// and of one that may be bound:
//
//	time.Now        becomes   rt.TimeNow
//	f := time.After becomes   f := rt.Bind1R1(7, rt.TimeAfter)
type function struct {
	op     event.Op
	fn     string
	from   string // the import path of the recorder's package; "" means rt
	spread string // the recorder's function that collects the results of one call
	object bool   // the site's object is the first argument, an address
	kind   bool   // the site has the kind of what that points to
	bare   bool   // no site is passed
	bind   bool   // a value of it is bound to its site
	inst   string // its type arguments, as a value
	runs   int    // which argument, from 1, is what a goroutine runs
	unused string // the recorder's function where nobody looks at the result; "": the same
	result string // the site's object is this of the first result
}

func (f *function) pkg() string {
	if f.from == "" {
		return pathRT
	}
	return f.from
}

// named returns the function in the table that an expression names, and the
// full name.
func named(info *types.Info, e ast.Expr) (*function, string) {
	var id *ast.Ident
	switch e := e.(type) {
	case *ast.Ident:
		id = e
	case *ast.SelectorExpr:
		id = e.Sel
	default:
		return nil, ""
	}
	fn, ok := info.Uses[id].(*types.Func)
	if !ok || fn.Signature().Recv() != nil {
		return nil, ""
	}
	f, ok := functions[fn.FullName()]
	if !ok {
		return nil, ""
	}
	return &f, fn.FullName()
}

// functionCall rewrites the call of a function in the table, or returns false.
func functionCall(r *rewriter, call *ast.CallExpr) bool {
	f, name := named(r.info, call.Fun)
	if f == nil {
		return false
	}
	if f.bare {
		drawsPause(r, call, f)
		return false
	}
	spread := spreads(r.info, call)
	if spread && f.bind && f.spread == "" {
		return false // as any function value
	}
	if spread && f.spread == "" {
		r.sites.note(call.Pos(), "call of "+name, "its arguments are the results of one call")
		return false
	}
	if f.unused != "" && discarded(r) {
		f.fn = f.unused
	}
	n := functionSite(r, f, call)
	r.rename(call.Fun, f.pkg(), f.fn)
	r.firstArg(call, n)
	if formats(name) && !spread {
		mark(r, call)
		objectArguments(r, call)
	}
	if spread {
		r.wrap(call.Args[0], r.from(f.pkg(), f.spread)+"(", ")...")
	}
	r.exprs(call.Args)
	return true
}

// discarded says whether nobody looks at the result of the call in hand.
func discarded(r *rewriter) bool {
	switch r.parent(1).(type) {
	case *ast.ExprStmt, *ast.DeferStmt:
		return true
	}
	return false
}

// bound makes a function value, bound to its site.
func bound(r *rewriter, e ast.Expr, f *function) {
	sig := r.info.TypeOf(e).Underlying().(*types.Signature)
	n := r.sites.site(f.op, e.Pos(), "")
	r.wrap(e, fmt.Sprintf("%s(%d, ", r.rt(shape("Bind", sig)), n), f.inst+")")
	r.rename(e, f.pkg(), f.fn)
}

// firstArg puts a site before the arguments of a call.
func (r *rewriter) firstArg(call *ast.CallExpr, n uint32) {
	switch {
	case len(call.Args) > 0:
		r.after(call.Lparen+1, "%d, ", n)
	case r.between(call.Lparen+1, call.Rparen) != "":
		r.after(call.Lparen+1, "%d,", n)
	default:
		r.after(call.Lparen+1, "%d", n)
	}
}

func functionSite(r *rewriter, f *function, call *ast.CallExpr) uint32 {
	object := ""
	if f.object && len(call.Args) > 0 {
		object = target(r, call.Args[0])
	}
	if f.result != "" {
		object = resultName(r) + f.result
	}
	n := r.sites.site(f.op, call.Pos(), object)
	if f.runs > 0 && f.runs <= len(call.Args) {
		r.sites.last().Hint = hint(r, call.Args[f.runs-1])
	}
	if f.kind && len(call.Args) > 0 {
		if p, ok := r.info.TypeOf(call.Args[0]).Underlying().(*types.Pointer); ok {
			r.sites.last().Kind = kindOf(p.Elem())
		}
	}
	return n
}

// resultName is what the first result of the call in hand is called: the variable
// that it is assigned to, "" if there is none.
func resultName(r *rewriter) string {
	switch p := r.parent(1).(type) {
	case *ast.AssignStmt:
		if len(p.Lhs) == 2 {
			if cancel := object(r.info, p.Lhs[1]); cancel != nil {
				r.cancels[cancel] = r.sites.text(p.Lhs[0])
			}
		}
		return r.sites.text(p.Lhs[0])
	case *ast.ValueSpec:
		return p.Names[0].Name
	}
	return ""
}

// target is the text of what an address points to: "x" for &x, "*p" for p.
func target(r *rewriter, e ast.Expr) string {
	if u, ok := ast.Unparen(e).(*ast.UnaryExpr); ok {
		return r.sites.text(u.X)
	}
	return "*" + r.sites.text(e)
}

// rename puts the recorder's function in the place of the library's.
func (r *rewriter) rename(fun ast.Expr, path, fn string) {
	r.keepUsed(fun)
	name := r.from(path, fn)
	if sel, ok := fun.(*ast.SelectorExpr); ok {
		r.swap(sel.X.Pos(), sel.X.End(), "%s", r.names[path])
		r.swap(sel.Sel.Pos(), sel.Sel.End(), "%s", fn)
		return
	}
	r.swap(fun.Pos(), fun.End(), "%s", name)
}

// spreads reports whether a call's arguments are the several results of one
// other call: f(g()).
func spreads(info *types.Info, call *ast.CallExpr) bool {
	if len(call.Args) != 1 {
		return false
	}
	t, ok := info.TypeOf(call.Args[0]).(*types.Tuple)
	return ok && t.Len() != 1
}
