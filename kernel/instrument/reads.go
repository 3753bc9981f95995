package instrument

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"threading101/kernel/event"
)

// What is printed, or made a string of, is read by package fmt: the elements of a
// slice, what a pointer leads to. Where others may be writing there, the argument
// is marked:
//
//	fmt.Println(n, xs)    becomes   rtfmt.Println(7, n, rtfmt.Reads(8, xs))
//	fmt.Sprint(p)         becomes   rtfmt.Sprint(rtfmt.Reads(7, p))
//	fmt.Println(all...)   becomes   rtfmt.Println(7, rtfmt.ReadsAll(8, all)...)

// sprints are the functions that only make a string.
var sprints = map[string]bool{"fmt.Sprint": true, "fmt.Sprintln": true, "fmt.Sprintf": true, "fmt.Errorf": true}

// sprintCall rewrites a call of one of them with an argument that is to be marked,
// or returns false.
func sprintCall(r *rewriter, call *ast.CallExpr) bool {
	id := called(call.Fun)
	if id == nil || spreads(r.info, call) {
		return false
	}
	fn, ok := r.info.Uses[id].(*types.Func)
	if !ok || !sprints[fn.FullName()] || !marks(r, call) {
		return false
	}
	r.rename(ast.Unparen(call.Fun), pathFmt, fn.Name())
	mark(r, call)
	objectArguments(r, call)
	r.exprs(call.Args)
	return true
}

// formats says whether a function of the table formats its arguments as fmt does.
func formats(name string) bool {
	return strings.HasPrefix(name, "fmt.") || strings.HasPrefix(name, "log.") || strings.HasPrefix(name, "(*log.Logger).")
}

// marks says whether an argument of a call is to be marked.
func marks(r *rewriter, call *ast.CallExpr) bool {
	for i := range call.Args {
		if marked(r, call, i) {
			return true
		}
	}
	return false
}

// mark marks the arguments of a call of which fmt may read what others write.
func mark(r *rewriter, call *ast.CallExpr) {
	for i, arg := range call.Args {
		if !marked(r, call, i) {
			continue
		}
		fn := "Reads"
		if call.Ellipsis.IsValid() && i == len(call.Args)-1 {
			fn = "ReadsAll"
		}
		n := r.sites.site(event.Load, arg.Pos(), r.sites.text(arg))
		r.wrap(arg, fmt.Sprintf("%s(%d, ", r.from(pathFmt, fn), n), ")")
	}
}

// marked says whether an argument is. A variable that is read only after a call
// further right must not be read before it.
func marked(r *rewriter, call *ast.CallExpr, i int) bool {
	sig, ok := r.info.TypeOf(call.Fun).Underlying().(*types.Signature)
	if !ok || !sig.Variadic() || i < sig.Params().Len()-1 || !r.facts.records() {
		return false
	}
	arg := call.Args[i]
	t := r.info.TypeOf(arg)
	if _, several := t.(*types.Tuple); several || r.info.Types[arg].Value != nil || r.facts.private(arg) || !r.facts.leads(t, 0) {
		return false
	}
	if call.Ellipsis.IsValid() && !types.Identical(t.Underlying(), anySlice) {
		return false
	}
	for _, other := range call.Args[i+1:] {
		if effects(r.info, other) {
			return pure(r.info, arg) && !r.facts.shared(arg) && !r.worthLoading(arg)
		}
	}
	return true
}

var anySlice = types.NewSlice(types.Universe.Lookup("any").Type())

// leads says whether from a value of a type fmt gets at variables that are written
// somewhere.
func (f *facts) leads(t types.Type, depth int) bool {
	if depth > 8 {
		return true
	}
	if speaks(t) {
		p, pointer := t.Underlying().(*types.Pointer)
		return pointer && depth == 0 && speaks(p.Elem()) && f.parts(p.Elem())
	}
	switch u := t.Underlying().(type) {
	case *types.Slice:
		return f.elements[typeKey(t)] || f.elements[""] || f.parts(u.Elem()) || f.leads(u.Elem(), depth+1)
	case *types.Map, *types.Interface:
		return true
	case *types.Pointer:
		return depth == 0
	case *types.Array:
		return f.leads(u.Elem(), depth+1)
	case *types.Struct:
		for field := range u.Fields() {
			if f.leads(field.Type(), depth+1) {
				return true
			}
		}
	}
	return false
}

// speaks says whether a method tells what is printed of a value, which sees to its
// own reads.
func speaks(t types.Type) bool {
	for _, name := range []string{"Error", "String", "Format"} {
		if obj, _, _ := types.LookupFieldOrMethod(t, false, nil, name); obj != nil {
			if _, method := obj.(*types.Func); method {
				return true
			}
		}
	}
	return false
}

// parts says whether fields of a struct are written somewhere.
func (f *facts) parts(t types.Type) bool {
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for field := range s.Fields() {
		if f.written[field.Origin()] || f.partly[field] || f.parts(field.Type()) {
			return true
		}
	}
	return false
}
