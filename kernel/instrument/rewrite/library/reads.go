package library

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/rewrite/objects"
	"threading101/kernel/instrument/syntax"
)

// What is printed, or made a string of, is read by package fmt: the elements of a
// slice, what a pointer leads to. Where others may be writing there, the argument
// is marked:
//
//	fmt.Println(n, xs)    becomes   rtfmt.Println(7, n, rtfmt.Reads(8, xs))
//	fmt.Sprint(p)         becomes   rtfmt.Sprint(rtfmt.Reads(7, p))
//	fmt.Println(all...)   becomes   rtfmt.Println(7, rtfmt.ReadsAll(8, all)...)

// sprints are the functions that only make a string, or append one.
var sprints = map[string]bool{
	"fmt.Sprint": true, "fmt.Sprintln": true, "fmt.Sprintf": true, "fmt.Errorf": true, "fmt.Append": true, "fmt.Appendln": true, "fmt.Appendf": true,
}

// SprintCall rewrites a call of one of them with an argument that is to be marked,
// or returns false.
func SprintCall(r *draft.Rewriting, call *ast.CallExpr) bool {
	fn := syntax.CalledFunc(r.Info, call.Fun)
	if fn == nil || syntax.Spreads(r.Info, call) || !sprints[fn.FullName()] || !marks(r, call) {
		return false
	}
	r.Rename(ast.Unparen(call.Fun), draft.PathFmt, fn.Name())
	mark(r, call)
	objects.ObjectArguments(r, call)
	objects.UsedArguments(r, call)
	r.Exprs(call.Args)
	return true
}

// formats says whether a function of the table formats its arguments as fmt does.
func formats(name string) bool {
	return strings.HasPrefix(name, "fmt.") || strings.HasPrefix(name, "log.") || strings.HasPrefix(name, "(*log.Logger).")
}

// marks says whether an argument of a call is to be marked.
func marks(r *draft.Rewriting, call *ast.CallExpr) bool {
	for i := range call.Args {
		if marked(r, call, i) {
			return true
		}
	}
	return false
}

// mark marks the arguments through which fmt may read what others write.
func mark(r *draft.Rewriting, call *ast.CallExpr) {
	for i, arg := range call.Args {
		if marked(r, call, i) {
			fn := "Reads"
			if call.Ellipsis.IsValid() && i == len(call.Args)-1 {
				fn = "ReadsAll"
			}
			n := r.Sites.Site(event.Load, arg.Pos(), r.Sites.Text(arg))
			r.Wrap(arg, fmt.Sprintf("%s(%d, ", r.From(draft.PathFmt, fn), n), ")")
		}
	}
}

// marked says whether an argument is. A variable that is read only after a call
// further right must not be read before it.
func marked(r *draft.Rewriting, call *ast.CallExpr, i int) bool {
	sig, ok := r.Info.TypeOf(call.Fun).Underlying().(*types.Signature)
	if !ok || !sig.Variadic() || i < sig.Params().Len()-1 || !r.Facts.Records() {
		return false
	}
	arg := call.Args[i]
	t := r.Info.TypeOf(arg)
	if _, several := t.(*types.Tuple); several || r.Info.Types[arg].Value != nil || r.Facts.Private(arg) || !r.Facts.Leads(t, 0) {
		return false
	}
	if call.Ellipsis.IsValid() && !types.Identical(t.Underlying(), anySlice) {
		return false
	}
	for _, other := range call.Args[i+1:] {
		if syntax.Effects(r.Info, other) {
			return syntax.Pure(r.Info, arg) && !r.Facts.Shared(arg) && !r.WorthLoading(arg)
		}
	}
	return true
}

var anySlice = types.NewSlice(types.Universe.Lookup("any").Type())
