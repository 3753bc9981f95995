package instrument

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"threading101/kernel/event"
)

// The recorder's wrappers of functions reach this far.
const (
	maxParams  = 8
	maxResults = 3
)

// goStmt wraps the function of a go statement:
//
//	go f(a, b)     becomes   if run := rt.Go2(7, f)(a, b); run != nil { go run() }
//	go x.Run()     becomes   if run := rt.Go0(7, x.Run)(); run != nil { go run() }
//
// with a name of our own for run. The function, its receiver and its arguments
// are evaluated and converted as by the go statement. Only then is the new
// goroutine announced: a scheduler must not wait for one that does not exist
// while an argument is being received from a channel.
func goStmt(r *rewriter, s *ast.GoStmt) {
	call := s.Call
	defer r.push(call)()
	sig, reason := wrappable(r, call)
	if reason != "" {
		if reason = goClosure(r, s); reason != "" {
			r.sites.note(s.Pos(), "go statement", "%s", reason)
			callParts(r, call)
		}
		return
	}
	n := r.sites.site(event.Go, s.Pos(), "")
	made := r.sites.last()
	made.Hint = hint(r, call.Fun)
	if sig.Params().Len() > 0 && !(sig.Variadic() && sig.Params().Len() == 1) {
		made.Kind = kindOf(sig.Params().At(0).Type())
	}
	if !spreads(r.info, call) {
		goNamed(r, s.Pos(), n, call.Fun, call.Args...)
	}
	goPrepared(r, s)
	if f, _ := named(r.info, call.Fun); f != nil && !f.bare && !spreads(r.info, call) {
		goFunction(r, call, sig, f, n)
		return
	}
	r.wrap(call.Fun, fmt.Sprintf("%s(%d, ", r.rt(wrapper(sig, 0)), n), ")")
	if pos, text, _ := r.instance(call.Fun); text != "" {
		r.after(pos, "%s", text)
	}
	r.expr(call.Fun)
	arguments(r, call)
}

// goPrepared makes what the call returns the goroutine's function.
func goPrepared(r *rewriter, s *ast.GoStmt) {
	run := r.own("run")
	r.swap(s.Go, s.Go+token.Pos(len("go")), "if %s :=", run)
	r.after(s.Call.End(), "; %s != nil { go %s() }", run, run)
}

// goFunction wraps the recorder's function instead of the library's, which
// takes its site as one more argument.
func goFunction(r *rewriter, call *ast.CallExpr, sig *types.Signature, f *function, n uint32) {
	s := functionSite(r, f, call)
	r.wrap(call.Fun, fmt.Sprintf("%s(%d, ", r.rt(wrapper(sig, 1)), n), f.inst+")")
	r.rename(call.Fun, f.pkg(), f.fn)
	r.firstArg(call, s)
	objectArguments(r, call)
	r.exprs(call.Args)
}

// wrappable returns the signature of a go statement's function, or why there is
// no wrapper for it.
func wrappable(r *rewriter, call *ast.CallExpr) (*types.Signature, string) {
	if b := builtin(r.info, call.Fun); b != "" {
		return nil, "the builtin " + b + " has no wrapper"
	}
	sig, ok := r.info.TypeOf(call.Fun).Underlying().(*types.Signature)
	if _, s, m := selected(r.info, call.Fun); m != nil && s.Kind() == types.MethodExpr {
		return nil, "the method of a type has no wrapper"
	}
	if !ok {
		return nil, "the type of its function is a type parameter"
	}
	if slices.ContainsFunc(call.Args, func(e ast.Expr) bool { return keptAlive(r.info, e) }) {
		return nil, "an argument is the address of something the compiler keeps alive for the callee only"
	}
	if usesArguments(r, call) {
		return nil, "the library uses what an argument leads to"
	}
	params := sig.Params().Len()
	if f, _ := named(r.info, call.Fun); f != nil && !f.bare {
		params++
	}
	if params > maxParams || sig.Results().Len() > maxResults {
		return nil, "its function has too many parameters or results"
	}
	if _, _, ok := r.instance(call.Fun); !ok {
		return nil, "the types its generic function is used with cannot be written here"
	}
	return sig, ""
}

// wrapper is the name of the wrapper for a signature with more parameters.
func wrapper(sig *types.Signature, more int) string {
	name := "Go"
	if sig.Variadic() {
		name = "GoV"
	}
	name += fmt.Sprint(sig.Params().Len() + more)
	if n := sig.Results().Len(); n > 0 {
		name += fmt.Sprintf("R%d", n)
	}
	return name
}

// hint is what a goroutine that runs fun is called for want of a better name.
func hint(r *rewriter, fun ast.Expr) string {
	switch fun := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return selectorHint(r.info, fun)
	case *ast.IndexExpr:
		return hint(r, fun.X)
	case *ast.IndexListExpr:
		return hint(r, fun.X)
	case *ast.FuncLit:
		return literalHint(r, fun)
	}
	return anonymous
}

func selectorHint(info *types.Info, sel *ast.SelectorExpr) string {
	s := info.Selections[sel]
	if s == nil { // package.Func
		return sel.Sel.Name
	}
	t := s.Recv()
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		return t.Obj().Name() + "." + sel.Sel.Name
	case *types.TypeParam:
		return t.Obj().Name() + "." + sel.Sel.Name
	}
	return sel.Sel.Name
}

// literalHint looks into a function literal: one that, but for defer
// statements, only calls something is called after that.
func literalHint(r *rewriter, lit *ast.FuncLit) string {
	call := onlyCall(lit)
	if call == nil || builtin(r.info, call.Fun) != "" || isType(r.info, call.Fun) || ofLibrary(r, call.Fun) {
		return anonymous
	}
	return hint(r, call.Fun)
}

// onlyCall is the call that a function literal consists of but for defer
// statements, nil if there is more to it.
func onlyCall(lit *ast.FuncLit) *ast.CallExpr {
	var only ast.Stmt
	for _, s := range lit.Body.List {
		if _, ok := s.(*ast.DeferStmt); ok {
			continue
		}
		if only != nil {
			return nil
		}
		only = s
	}
	e, ok := only.(*ast.ExprStmt)
	if !ok {
		return nil
	}
	call, _ := ast.Unparen(e.X).(*ast.CallExpr)
	return call
}

// ofLibrary reports whether fun names a function or method of another package.
func ofLibrary(r *rewriter, fun ast.Expr) bool {
	var id *ast.Ident
	switch fun := ast.Unparen(fun).(type) {
	case *ast.Ident:
		id = fun
	case *ast.SelectorExpr:
		id = fun.Sel
	default:
		return false
	}
	obj := r.info.Uses[id]
	return obj != nil && obj.Pkg() != r.pkg
}
