package instrument

import (
	"fmt"
	"go/ast"
	"go/types"

	"threading101/kernel/event"
)

// What a library writes to is given to it as something that notes what comes,
// where it may be a standard stream:
//
//	io.WriteString(os.Stdout, s)      becomes   io.WriteString(rtos.Writer(7, os.Stdout), s)
//	io.MultiWriter(all...)            becomes   io.MultiWriter(rtos.Writers(7, all)...)
//	bufio.ReadWriter{…}, x.Out = w    become the like, where the field is a library's
//	w.Write(b), for an interface      becomes   rtos.Writer(7, w).Write(b)
//
// The program's own functions get what they were given: there each use is seen.
// Package os/exec asks whether it has a file, and is left alone.

// arguments walks those of a call that stays as it is.
func arguments(r *rewriter, call *ast.CallExpr) {
	if sig := foreign(r, call); sig != nil && !spreads(r.info, call) {
		done := objectArguments(r, call)
		usedArguments(r, call)
		for i, arg := range call.Args {
			if !done[arg] {
				hands(r, arg, parameter(sig, i, call.Ellipsis.IsValid()))
			}
		}
	}
	r.exprs(call.Args)
}

// foreign returns the signature of a function or method that is another
// package's, nil if it is none.
func foreign(r *rewriter, call *ast.CallExpr) *types.Signature {
	id := called(call.Fun)
	if id == nil {
		return nil
	}
	fn, ok := r.info.Uses[id].(*types.Func)
	if !ok || !otherPackage(r, fn) {
		return nil
	}
	sig, _ := r.info.TypeOf(call.Fun).Underlying().(*types.Signature)
	return sig
}

// otherPackage says whether what obj is belongs to code that is not rewritten.
func otherPackage(r *rewriter, obj types.Object) bool {
	return obj != nil && obj.Pkg() != nil && obj.Pkg() != r.pkg && obj.Pkg().Path() != "os/exec"
}

// parameter is the type of what the i-th argument becomes; that of the whole slice
// for the last one where it is written with dots.
func parameter(sig *types.Signature, i int, dots bool) types.Type {
	params := sig.Params()
	last := params.Len() - 1
	if !sig.Variadic() || i < last {
		return params.At(min(i, last)).Type()
	}
	if t, ok := params.At(last).Type().(*types.Slice); ok && !dots {
		return t.Elem()
	}
	return params.At(last).Type()
}

// handsField is hands for the i-th element of a literal of a library's struct.
func handsField(r *rewriter, lit *ast.CompositeLit, i int, elt ast.Expr) {
	t := r.info.TypeOf(lit)
	named, ok := types.Unalias(deref(t)).(*types.Named)
	s := structOf(t)
	if !ok || s == nil || !otherPackage(r, named.Obj()) {
		return
	}
	kv, keyed := elt.(*ast.KeyValueExpr)
	if !keyed {
		hands(r, elt, s.Field(i).Type())
		return
	}
	if key, ok := kv.Key.(*ast.Ident); ok {
		if v, ok := r.info.Uses[key].(*types.Var); ok {
			hands(r, kv.Value, v.Type())
		}
	}
}

// handsTo is hands for what is assigned to a library's variable or field.
func handsTo(r *rewriter, x, e ast.Expr) {
	v, ok := object(r.info, x).(*types.Var)
	if ok && otherPackage(r, v) {
		hands(r, e, v.Type())
	}
}

func deref(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// hands wraps e, which becomes a t, where both are something to write to.
func hands(r *rewriter, e ast.Expr, t types.Type) {
	if s, ok := t.Underlying().(*types.Slice); ok && takesWrites(r.info, s.Elem()) {
		watch(r, e, "Writers")
		return
	}
	if _, single := r.info.TypeOf(e).(*types.Tuple); single || !takesWrites(r.info, t) || !mayBeStream(r.info, e) {
		return
	}
	switch _, open := r.info.TypeOf(e).Underlying().(*types.Interface); {
	case t.Underlying().(*types.Interface).NumMethods() == 1:
		watch(r, e, "Writer")
	case open:
		watch(r, e, "Same")
	case isFile(r.info.TypeOf(e)):
		watch(r, e, "File")
	}
}

func watch(r *rewriter, e ast.Expr, fn string) {
	r.wrap(e, fmt.Sprintf("%s(%d, ", r.from(pathOS, fn), r.sites.site(event.Print, e.Pos(), "")), ")")
}

// takesWrites says whether t is an interface of something to write to.
func takesWrites(info *types.Info, t types.Type) bool {
	_, ok := t.Underlying().(*types.Interface)
	return ok && !isTypeParam(t) && hasWrite(t)
}

// hasWrite says whether t has the method of io.Writer.
func hasWrite(t types.Type) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, false, nil, "Write")
	fn, ok := obj.(*types.Func)
	if !ok {
		return false
	}
	in, out := fn.Signature().Params(), fn.Signature().Results()
	return in.Len() == 1 && out.Len() == 2 && types.Identical(in.At(0).Type(), types.NewSlice(types.Typ[types.Byte]))
}

// mayBeStream says whether the value of e can be a standard stream.
func mayBeStream(info *types.Info, e ast.Expr) bool {
	if info.Types[e].IsNil() {
		return false
	}
	t := info.TypeOf(e)
	return isFile(t) || isTypeParam(t) || types.IsInterface(t) && hasWrite(t)
}

// isFile says whether t is *os.File.
func isFile(t types.Type) bool {
	p, ok := types.Unalias(t).(*types.Pointer)
	if !ok {
		return false
	}
	n, ok := types.Unalias(p.Elem()).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "os" && n.Obj().Name() == "File"
}

// streams are the recorder's functions for the operand of a method by which is
// written to an interface, or read from one.
var streams = map[string]string{"Write": "Writer", "WriteString": "StringWriter", "ReadFrom": "ReaderFrom", "Read": "Reader"}

// writes walks the operand of such a method, or returns false.
func writes(r *rewriter, e *ast.SelectorExpr, s *types.Selection) bool {
	fn := streams[e.Sel.Name]
	recv := s.Obj().(*types.Func).Signature().Recv()
	if fn == "" || fn == "Reader" && !r.facts.records() || recv == nil || !types.IsInterface(recv.Type()) || !writesLike(s.Obj().(*types.Func)) {
		return false
	}
	path := ""
	t := s.Recv()
	for _, i := range s.Index()[:len(s.Index())-1] {
		st := structOf(t)
		if st == nil || !st.Field(i).Exported() && st.Field(i).Pkg() != r.pkg {
			return false
		}
		path += "." + st.Field(i).Name()
		t = st.Field(i).Type()
	}
	if fn == "Writer" && r.facts.records() {
		fn = "Shared"
	}
	r.before(e.X.Pos(), "%s(%d, ", r.from(pathOS, fn), r.sites.site(event.Print, e.Sel.Pos(), r.sites.text(e.X)))
	r.sites.last().Inside = true
	r.after(e.X.End(), "%s)", path)
	if path == "" {
		r.expr(e.X)
	} else {
		operand(r, e.X)
	}
	return true
}

// writesLike says whether a method has the signature of io's of the same name.
func writesLike(fn *types.Func) bool {
	in, out := fn.Signature().Params(), fn.Signature().Results()
	if in.Len() != 1 || out.Len() != 2 {
		return false
	}
	n, ok := out.At(0).Type().(*types.Basic)
	if !ok || n.Kind() != types.Int && n.Kind() != types.Int64 {
		return false
	}
	switch fn.Name() {
	case "Write", "Read":
		return types.Identical(in.At(0).Type(), types.NewSlice(types.Typ[types.Byte]))
	case "WriteString":
		return types.Identical(in.At(0).Type(), types.Typ[types.String])
	}
	return types.IsInterface(in.At(0).Type())
}
