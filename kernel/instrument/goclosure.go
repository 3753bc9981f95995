package instrument

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"threading101/kernel/event"
)

// What no wrapper fits becomes a function literal, called with what the go
// statement evaluated:
//
//	go close(c)     becomes   { a0 := c; if run := rt.Go0(7, func() { rt.Close(8, a0) })(); run != nil { go run() } }
//	go f(1, x)      becomes   { _, a1 := 0, x; if run := rt.Go0(7, func() { f(1, a1) })(); run != nil { go run() } }
//
// with names of our own for a0, a1 and run. A function that is not called by its
// name alone is evaluated first, into one more variable.

// goClosure rewrites a go statement so, or says why it cannot.
func goClosure(r *rewriter, s *ast.GoStmt) (reason string) {
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
	end, inst, ok := r.instance(call.Fun)
	switch {
	case !fixed && !ok:
		return "the types its generic function is used with cannot be written here"
	case fixed && r.between(lo, hi) != "":
		return "it is written on several lines"
	case !fixed && r.between(call.Fun.End(), hi) != "":
		return "it is written on several lines"
	}
	n := r.sites.site(event.Go, s.Pos(), "")
	r.sites.last().Hint = hint(r, call.Fun)
	names, texts := boundArgs(r, call, args)
	if !fixed {
		fun, names = r.own("f"), append([]string{r.own("f")}, names...)
	}
	if call.Ellipsis.IsValid() {
		texts[len(texts)-1] += "..."
	}
	run := r.own("run")
	body := calledLater(r, call, fun, texts)
	bindCall(r, s, names, fixed)
	sep := ""
	if len(names) > 0 {
		sep = "; "
	}
	kept := r.between(last, call.Rparen)
	r.swap(last, call.Rparen+1, "%s", kept+fmt.Sprintf("%sif %s := %s(%d, func() { %s })(); %s != nil { go %s() } }", sep, run, r.rt("Go0"), n, body, run, run))
	if !fixed {
		if inst != "" {
			r.after(end, "%s", inst)
		}
		r.expr(call.Fun)
	}
	for i, e := range call.Args {
		if args[i] != nil || spreads(r.info, call) {
			r.expr(e)
		} else {
			r.swap(e.Pos(), e.End(), "0")
		}
	}
	return ""
}

// bindCall puts the assignment of our own variables in the place of go and, where
// that is a name, the function.
func bindCall(r *rewriter, s *ast.GoStmt, names []string, fixed bool) {
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
		r.swap(s.Go, call.Lparen+1, "%s", head)
		return
	}
	r.swap(s.Go, s.Go+token.Pos(len("go")), "%s", head)
	r.swap(call.Lparen, call.Lparen+1, "%s", sep)
}

// bindable are the types of the values that a call passes, nil for one that takes
// its type from where it stands and is written where it is used.
func bindable(r *rewriter, call *ast.CallExpr) (args []types.Type, reason string) {
	if spreads(r.info, call) {
		t := r.info.TypeOf(call.Args[0]).(*types.Tuple)
		for v := range t.Variables() {
			args = append(args, v.Type())
		}
		return args, ""
	}
	for _, e := range call.Args {
		tv := r.info.Types[e]
		switch {
		case keptAlive(r.info, e):
			return nil, "an argument is the address of something the compiler keeps alive for the callee only"
		case isType(r.info, e):
			return nil, "an argument is a type"
		case typed(r.info, e) && !shift(e):
			args = append(args, tv.Type)
		case (tv.Value != nil || tv.IsNil()) && r.oneLine(e):
			args = append(args, nil)
		default:
			return nil, "an argument takes its type from where it stands"
		}
	}
	return args, ""
}

// boundArgs are the variables of our own for the arguments, and the text by which
// each argument is passed on.
func boundArgs(r *rewriter, call *ast.CallExpr, args []types.Type) (names, texts []string) {
	for i, t := range args {
		if t == nil {
			names, texts = append(names, "_"), append(texts, r.text(call.Args[i]))
			continue
		}
		name := r.own(fmt.Sprintf("a%d", i))
		names, texts = append(names, name), append(texts, name)
	}
	return names, texts
}

// calledByName is the text of a function that is called by a name that always
// means the same, "" for any other.
func calledByName(r *rewriter, fun ast.Expr) string {
	if builtin(r.info, fun) != "" {
		return r.text(ast.Unparen(fun))
	}
	name := ast.Unparen(fun)
	switch f := name.(type) {
	case *ast.IndexExpr:
		name = f.X
	case *ast.IndexListExpr:
		name = f.X
	}
	id := called(name)
	if id == nil || !r.oneLine(fun) {
		return ""
	}
	if sel, ok := name.(*ast.SelectorExpr); ok && r.info.Selections[sel] != nil {
		if methodExpr(r.info, sel) != nil {
			return r.text(fun)
		}
		return ""
	}
	if _, ok := r.info.Uses[id].(*types.Func); !ok {
		return ""
	}
	if f, _ := named(r.info, name); f != nil {
		return ""
	}
	return r.text(fun)
}

// methodExpr is the method in the table that (*T).Method names, nil if it is none.
func methodExpr(info *types.Info, e ast.Expr) *method {
	_, s, m := selected(info, ast.Unparen(e))
	if m == nil || s.Kind() != types.MethodExpr || len(s.Index()) != 1 {
		return nil
	}
	return m
}

// calledLater is the call as the goroutine makes it.
func calledLater(r *rewriter, call *ast.CallExpr, fun string, args []string) string {
	usedLater(r, call, args)
	plain := fun + "(" + strings.Join(args, ", ") + ")"
	if m := methodExpr(r.info, call.Fun); m != nil {
		sel, s, _ := selected(r.info, ast.Unparen(call.Fun))
		n := methodSite(r, m, sel, s, reached{object: r.sites.text(call.Args[0])})
		r.keepUsed(sel)
		return fmt.Sprintf("%s(%d, %s)", r.from(m.pkg(), m.fn), n, strings.Join(args, ", "))
	}
	switch b := builtin(r.info, call.Fun); b {
	case "close":
		n := r.sites.site(event.Close, call.Pos(), r.sites.text(call.Args[0]))
		return fmt.Sprintf("%s(%d, %s)", r.rt("Close"), n, args[0])
	case "print", "println":
		for i, arg := range call.Args {
			switch kind := printed(r.info, arg); {
			case kind == "" || spreads(r.info, call):
				r.sites.note(call.Pos(), "call of "+b, "only the runtime knows how to print some of its values")
				return plain
			case kind != untyped:
				args[i] = r.rt(kind) + "(" + args[i] + ")"
			}
		}
		fn := map[string]string{"print": "BuiltinPrint", "println": "BuiltinPrintln"}[b]
		return fmt.Sprintf("%s(%s)", r.rt(fn), strings.Join(append([]string{fmt.Sprintf("%d", r.sites.site(event.Print, call.Pos(), ""))}, args...), ", "))
	case "delete", "clear":
		if r.worthMap(call.Args[0]) {
			n := blindAccess(r, call.Args[0])
			args = append([]string{fmt.Sprintf("%s(%d, %s)", r.rt("MapW"), n, args[0])}, args[1:]...)
			return fun + "(" + strings.Join(args, ", ") + ")"
		}
	}
	return plain
}
