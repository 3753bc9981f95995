package library

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/rewrite/naming"
	"threading101/kernel/instrument/rewrite/objects"
	"threading101/kernel/instrument/site"
	"threading101/kernel/instrument/syntax"
)

// Function is the rewriting of a function of a library:
//
//	time.Sleep(d)   becomes   rt.Sleep(7, d)
//
// Function values stay plain, but for those of a function that is bare, which has
// the library's signature, without a site, and replaces it wherever it is named;
// and of one that may be bound:
//
//	time.Now        becomes   rt.TimeNow
//	f := time.After becomes   f := rt.Bind1R1(7, rt.TimeAfter)
type Function struct {
	op     event.Op
	Fn     string
	from   string // the import path of the recorder's package; "" means rt
	spread string // the recorder's function that collects the results of one call
	object bool   // the site's object is the first argument, an address
	kind   bool   // the site has the kind of what that points to
	Bare   bool   // no site is passed
	bind   bool   // a value of it is bound to its site
	Inst   string // its type arguments, as a value
	runs   int    // which argument, from 1, is what a goroutine runs
	unused string // the recorder's function where nobody looks at the result; "": the same
	result string // the site's object is this of the first result
}

// Pkg is the import path of the recorder's package.
func (f *Function) Pkg() string {
	if f.from == "" {
		return draft.PathRT
	}
	return f.from
}

// Named returns the function in the table that an expression names, and the
// full name.
func Named(info *types.Info, e ast.Expr) (*Function, string) {
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

// FunctionCall rewrites the call of a function in the table, or returns false.
func FunctionCall(r *draft.Rewriting, call *ast.CallExpr) bool {
	f, name := Named(r.Info, call.Fun)
	if f == nil {
		return false
	}
	if f.Bare {
		drawsPause(r, call, f)
		return false
	}
	spread := syntax.Spreads(r.Info, call)
	if spread && f.bind && f.spread == "" {
		return false // as any function value
	}
	if spread && f.spread == "" {
		r.Sites.Note(call.Pos(), "call of "+name, "its arguments are the results of one call")
		return false
	}
	if f.unused != "" && draft.Discarded(r) {
		f.Fn = f.unused
	}
	n := FunctionSite(r, f, call)
	r.Rename(call.Fun, f.Pkg(), f.Fn)
	r.FirstArg(call, n)
	if formats(name) && !spread {
		mark(r, call)
		objects.ObjectArguments(r, call)
	}
	if strings.Contains(name, "log/slog.") {
		objects.AllArguments(r, call)
	} else {
		objects.UsedArguments(r, call)
	}
	if spread {
		r.Wrap(call.Args[0], r.From(f.Pkg(), f.spread)+"(", ")...")
	}
	r.Exprs(call.Args)
	return true
}

// bound makes a function value, bound to its site.
func bound(r *draft.Rewriting, e ast.Expr, f *Function) {
	sig := r.Info.TypeOf(e).Underlying().(*types.Signature)
	n := r.Sites.Site(f.op, e.Pos(), "")
	r.Wrap(e, fmt.Sprintf("%s(%d, ", r.RT(draft.Shape("Bind", sig)), n), f.Inst+")")
	r.Rename(e, f.Pkg(), f.Fn)
}

// FunctionSite makes the site of a call.
func FunctionSite(r *draft.Rewriting, f *Function, call *ast.CallExpr) uint32 {
	object := ""
	if f.object && len(call.Args) > 0 {
		object = target(r, call.Args[0])
	}
	if f.result != "" {
		object = resultName(r) + f.result
	}
	n := r.Sites.Site(f.op, call.Pos(), object)
	if f.runs > 0 && f.runs <= len(call.Args) {
		r.Sites.Last().Hint = naming.Hint(r, call.Args[f.runs-1])
	}
	if f.kind && len(call.Args) > 0 {
		if p, ok := r.Info.TypeOf(call.Args[0]).Underlying().(*types.Pointer); ok {
			r.Sites.Last().Kind = site.KindOf(p.Elem())
		}
	}
	return n
}

// resultName is what the first result of the call in hand is called: the variable
// that it is assigned to, "" if there is none.
func resultName(r *draft.Rewriting) string {
	switch p := r.Parent(1).(type) {
	case *ast.AssignStmt:
		if len(p.Lhs) == 2 {
			if cancel := syntax.VariableOf(r.Info, p.Lhs[1]); cancel != nil {
				r.Cancels[cancel] = r.Sites.Text(p.Lhs[0])
			}
		}
		return r.Sites.Text(p.Lhs[0])
	case *ast.ValueSpec:
		return p.Names[0].Name
	}
	return ""
}

// target is the text of what an address points to: "x" for &x, "*p" for p.
func target(r *draft.Rewriting, e ast.Expr) string {
	if u, ok := ast.Unparen(e).(*ast.UnaryExpr); ok {
		return r.Sites.Text(u.X)
	}
	return "*" + r.Sites.Text(e)
}

// Unwrapped replaces a function in the table that is used as a value, where
// that can be done, and notes it where not.
func Unwrapped(r *draft.Rewriting, e ast.Expr) {
	switch f, name := Named(r.Info, e); {
	case f == nil:
		if fn := syntax.CalledFunc(r.Info, e); fn != nil {
			objects.FunctionValue(r, fn)
		}
	case f.Bare:
		r.Rename(e, f.Pkg(), f.Fn)
	case f.bind:
		bound(r, e, f)
	default:
		r.Sites.Note(e.Pos(), "function value "+name, "only calls of it are recorded")
	}
}
