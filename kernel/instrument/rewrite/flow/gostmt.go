package flow

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/rewrite/library"
	"threading101/kernel/instrument/rewrite/naming"
	"threading101/kernel/instrument/rewrite/objects"
	"threading101/kernel/instrument/site"
	"threading101/kernel/instrument/syntax"
)

// Go wraps the function of a go statement:
//
//	go f(a, b)     becomes   if run := rt.Go2(7, f)(a, b); run != nil { go run() }
//	go x.Run()     becomes   if run := rt.Go0(7, x.Run)(); run != nil { go run() }
//
// with a name of our own for run. The function, its receiver and its arguments
// are evaluated and converted as by the go statement. Only then is the new
// goroutine announced: a scheduler must not wait for one that does not exist
// while an argument is being received from a channel.
func Go(r *draft.Rewriting, s *ast.GoStmt) {
	call := s.Call
	defer r.Push(call)()
	sig, reason := wrappable(r, call)
	if reason != "" {
		if reason = goClosure(r, s); reason != "" {
			r.Sites.Note(s.Pos(), "go statement", "%s", reason)
			objects.CallParts(r, call)
		}
		return
	}
	n := r.Sites.Site(event.Go, s.Pos(), "")
	made := r.Sites.Last()
	made.Hint = naming.Hint(r, call.Fun)
	if sig.Params().Len() > 0 && !(sig.Variadic() && sig.Params().Len() == 1) {
		made.Kind = site.KindOf(sig.Params().At(0).Type())
	}
	if !syntax.Spreads(r.Info, call) {
		naming.Offer(r, s.Pos(), n, call.Fun, call.Args...)
	}
	goPrepared(r, s)
	if f, _ := library.Named(r.Info, call.Fun); f != nil && !f.Bare && !syntax.Spreads(r.Info, call) {
		goFunction(r, call, sig, f, n)
		return
	}
	r.Wrap(call.Fun, fmt.Sprintf("%s(%d, ", r.RT(wrapper(sig, 0)), n), ")")
	if pos, text, _ := r.Instance(call.Fun); text != "" {
		r.After(pos, "%s", text)
	}
	r.Expr(call.Fun)
	objects.Arguments(r, call)
}

// goPrepared makes what the call returns the goroutine's function.
func goPrepared(r *draft.Rewriting, s *ast.GoStmt) {
	run := r.Own("run")
	r.Swap(s.Go, s.Go+token.Pos(len("go")), "if %s :=", run)
	r.After(s.Call.End(), "; %s != nil { go %s() }", run, run)
}

// goFunction wraps the recorder's function instead of the library's, which
// takes its site as one more argument.
func goFunction(r *draft.Rewriting, call *ast.CallExpr, sig *types.Signature, f *library.Function, n uint32) {
	s := library.FunctionSite(r, f, call)
	r.Wrap(call.Fun, fmt.Sprintf("%s(%d, ", r.RT(wrapper(sig, 1)), n), f.Inst+")")
	r.Rename(call.Fun, f.Pkg(), f.Fn)
	r.FirstArg(call, s)
	objects.ObjectArguments(r, call)
	r.Exprs(call.Args)
}

// wrappable returns the signature of a go statement's function, or why there is
// no wrapper for it.
func wrappable(r *draft.Rewriting, call *ast.CallExpr) (*types.Signature, string) {
	if b := syntax.BuiltinName(r.Info, call.Fun); b != "" {
		return nil, "the builtin " + b + " has no wrapper"
	}
	sig, ok := r.Info.TypeOf(call.Fun).Underlying().(*types.Signature)
	if _, s, m := library.Selected(r.Info, call.Fun); m != nil && s.Kind() == types.MethodExpr {
		return nil, "the method of a type has no wrapper"
	}
	if !ok {
		return nil, "the type of its function is a type parameter"
	}
	if slices.ContainsFunc(call.Args, func(e ast.Expr) bool { return syntax.KeptAlive(r.Info, e) }) {
		return nil, "an argument is the address of something the compiler keeps alive for the callee only"
	}
	if objects.UsesArguments(r, call) {
		return nil, "the library uses what an argument leads to"
	}
	params := sig.Params().Len()
	if f, _ := library.Named(r.Info, call.Fun); f != nil && !f.Bare {
		params++
	}
	if params > objects.MaxParams || sig.Results().Len() > objects.MaxResults {
		return nil, "its function has too many parameters or results"
	}
	if _, _, ok := r.Instance(call.Fun); !ok {
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
