package flow

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/rewrite/library"
	"threading101/kernel/instrument/rewrite/memory"
	"threading101/kernel/instrument/rewrite/naming"
	"threading101/kernel/instrument/rewrite/objects"
	"threading101/kernel/instrument/syntax"
)

// A go statement that no wrapper fits becomes a function literal, called with what
// the go statement evaluated:
//
//	go close(c)     becomes   { a0 := c; if run := rt.Go0(7, func() { rt.Close(8, a0) })(); run != nil { go run() } }
//	go f(1, x)      becomes   { _, a1 := 0, x; if run := rt.Go0(7, func() { f(1, a1) })(); run != nil { go run() } }
//
// with names of our own for a0, a1 and run. A function that is called by more than
// its name is evaluated first, into one more variable.

// goClosure rewrites a go statement so, or says why it cannot.
func goClosure(r *draft.Rewriting, s *ast.GoStmt) (reason string) {
	call := s.Call
	lo, hi := s.Go, call.Lparen+1
	last := hi
	if n := len(call.Args); n > 0 {
		last = call.Args[n-1].End()
	}
	args, reason := bindable(r, call)
	if reason != "" {
		return reason
	}
	fun := calledByName(r, call.Fun)
	fixed := fun != ""
	end, inst, ok := r.Instance(call.Fun)
	switch {
	case !fixed && !ok:
		return "the types its generic function is used with cannot be written here"
	case fixed && r.Between(lo, hi) != "":
		return "it is written on several lines"
	case !fixed && r.Between(call.Fun.End(), hi) != "":
		return "it is written on several lines"
	}
	n := r.Sites.Site(event.Go, s.Pos(), "")
	r.Sites.Last().Hint = naming.Hint(r, call.Fun)
	names, texts := boundArgs(r, call, args)
	if !fixed {
		fun, names = r.Own("f"), append([]string{r.Own("f")}, names...)
	}
	if call.Ellipsis.IsValid() {
		texts[len(texts)-1] += "..."
	}
	run := r.Own("run")
	body := calledLater(r, call, fun, texts)
	bindCall(r, s, names, fixed)
	sep := ""
	if len(names) > 0 {
		sep = "; "
	}
	kept := r.Between(last, call.Rparen)
	r.Swap(last, call.Rparen+1, "%s", kept+fmt.Sprintf("%sif %s := %s(%d, func() { %s })(); %s != nil { go %s() } }", sep, run, r.RT("Go0"), n, body, run, run))
	if !fixed {
		if inst != "" {
			r.After(end, "%s", inst)
		}
		r.Expr(call.Fun)
	}
	for i, e := range call.Args {
		if args[i] != nil || syntax.Spreads(r.Info, call) {
			r.Expr(e)
		} else {
			r.Swap(e.Pos(), e.End(), "0")
		}
	}
	return ""
}

// bindCall puts the assignment of our own variables in the place of go and, where
// that is a name, the function.
func bindCall(r *draft.Rewriting, s *ast.GoStmt, names []string, fixed bool) {
	call := s.Call
	sep, define := ", ", " := "
	if len(call.Args) == 0 {
		sep = ""
	}
	if !slices.ContainsFunc(names, func(n string) bool { return n != "_" }) {
		define = " = "
	}
	head := "{ "
	if len(names) > 0 {
		head += strings.Join(names, ", ") + define
	}
	if fixed {
		r.Swap(s.Go, call.Lparen+1, "%s", head)
		return
	}
	r.Swap(s.Go, s.Go+token.Pos(len("go")), "%s", head)
	r.Swap(call.Lparen, call.Lparen+1, "%s", sep)
}

// bindable are the types of the values that a call passes, nil for one that takes
// its type from its surroundings and is written where it is used.
func bindable(r *draft.Rewriting, call *ast.CallExpr) (args []types.Type, reason string) {
	if syntax.Spreads(r.Info, call) {
		t := r.Info.TypeOf(call.Args[0]).(*types.Tuple)
		for v := range t.Variables() {
			args = append(args, v.Type())
		}
		return args, ""
	}
	for _, e := range call.Args {
		tv := r.Info.Types[e]
		switch {
		case syntax.KeptAlive(r.Info, e):
			return nil, "an argument is the address of something the compiler keeps alive for the callee only"
		case syntax.IsType(r.Info, e):
			return nil, "an argument is a type"
		case syntax.Typed(r.Info, e) && !syntax.HasShift(e):
			args = append(args, tv.Type)
		case (tv.Value != nil || tv.IsNil()) && r.OneLine(e):
			args = append(args, nil)
		default:
			return nil, "an argument takes its type from where it stands"
		}
	}
	return args, ""
}

// boundArgs are the variables of our own for the arguments, and the text that passes
// each argument on.
func boundArgs(r *draft.Rewriting, call *ast.CallExpr, args []types.Type) (names, texts []string) {
	for i, t := range args {
		if t == nil {
			names, texts = append(names, "_"), append(texts, r.Text(call.Args[i]))
			continue
		}
		name := r.Own(fmt.Sprintf("a%d", i))
		names, texts = append(names, name), append(texts, name)
	}
	return names, texts
}

// calledByName is the text of a function that is called by a name that always
// means the same, "" for any other.
func calledByName(r *draft.Rewriting, fun ast.Expr) string {
	if syntax.BuiltinName(r.Info, fun) != "" {
		return r.Text(ast.Unparen(fun))
	}
	name := ast.Unparen(fun)
	switch f := name.(type) {
	case *ast.IndexExpr:
		name = f.X
	case *ast.IndexListExpr:
		name = f.X
	}
	id := syntax.CalleeIdent(name)
	if id == nil || !r.OneLine(fun) {
		return ""
	}
	if sel, ok := name.(*ast.SelectorExpr); ok && r.Info.Selections[sel] != nil {
		if library.MethodExpr(r.Info, sel) != nil {
			return r.Text(fun)
		}
		return ""
	}
	if _, ok := r.Info.Uses[id].(*types.Func); !ok {
		return ""
	}
	if f, _ := library.Named(r.Info, name); f != nil {
		return ""
	}
	return r.Text(fun)
}

// calledLater is the call as the goroutine makes it.
func calledLater(r *draft.Rewriting, call *ast.CallExpr, fun string, args []string) string {
	objects.UsedLater(r, call, args)
	plain := fun + "(" + strings.Join(args, ", ") + ")"
	if m := library.MethodExpr(r.Info, call.Fun); m != nil {
		sel, s, _ := library.Selected(r.Info, ast.Unparen(call.Fun))
		n := library.MethodSite(r, m, sel, s, memory.Reached{Object: r.Sites.Text(call.Args[0])})
		r.KeepUsed(sel)
		return fmt.Sprintf("%s(%d, %s)", r.From(m.Pkg(), m.Fn), n, strings.Join(args, ", "))
	}
	switch b := syntax.BuiltinName(r.Info, call.Fun); b {
	case "close":
		n := r.Sites.Site(event.Close, call.Pos(), r.Sites.Text(call.Args[0]))
		return fmt.Sprintf("%s(%d, %s)", r.RT("Close"), n, args[0])
	case "print", "println":
		for i, arg := range call.Args {
			switch kind := library.Printed(r.Info, arg); {
			case kind == "" || syntax.Spreads(r.Info, call):
				r.Sites.Note(call.Pos(), "call of "+b, "only the runtime knows how to print some of its values")
				return plain
			case kind != library.Untyped:
				args[i] = r.RT(kind) + "(" + args[i] + ")"
			}
		}
		fn := map[string]string{"print": "BuiltinPrint", "println": "BuiltinPrintln"}[b]
		return fmt.Sprintf("%s(%s)", r.RT(fn), strings.Join(append([]string{fmt.Sprintf("%d", r.Sites.Site(event.Print, call.Pos(), ""))}, args...), ", "))
	case "delete", "clear":
		if r.WorthMap(call.Args[0]) {
			n := memory.BlindAccess(r, call.Args[0])
			args = append([]string{fmt.Sprintf("%s(%d, %s)", r.RT("MapW"), n, args[0])}, args[1:]...)
			return fun + "(" + strings.Join(args, ", ") + ")"
		}
	}
	return plain
}
