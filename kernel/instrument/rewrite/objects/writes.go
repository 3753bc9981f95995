package objects

import (
	"go/ast"
	"go/types"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/rewrite/memory"
	"threading101/kernel/instrument/syntax"
)

// streams are the recorder's functions for the operand of a method that writes to an
// interface, or reads from one.
var streams = map[string]string{"Write": "Writer", "WriteString": "StringWriter", "ReadFrom": "ReaderFrom", "Read": "Reader"}

// Writes walks the operand of such a method, or returns false.
func Writes(r *draft.Rewriting, e *ast.SelectorExpr, s *types.Selection) bool {
	fn := streams[e.Sel.Name]
	recv := s.Obj().(*types.Func).Signature().Recv()
	if fn == "" || fn == "Reader" && !r.Facts.Records() || recv == nil || !types.IsInterface(recv.Type()) || !writesLike(s.Obj().(*types.Func)) {
		return false
	}
	path := ""
	t := s.Recv()
	for _, i := range s.Index()[:len(s.Index())-1] {
		st := syntax.StructOf(t)
		if st == nil || !st.Field(i).Exported() && st.Field(i).Pkg() != r.Pkg {
			return false
		}
		path += "." + st.Field(i).Name()
		t = st.Field(i).Type()
	}
	if fn == "Writer" && r.Facts.Records() {
		fn = "Shared"
	}
	r.Before(e.X.Pos(), "%s(%d, ", r.From(draft.PathOS, fn), r.Sites.Site(event.Print, e.Sel.Pos(), r.Sites.Text(e.X)))
	r.Sites.Last().Inside = true
	r.After(e.X.End(), "%s)", path)
	if path == "" {
		r.Expr(e.X)
	} else {
		memory.Operand(r, e.X)
	}
	return true
}

// writesLike says whether a method has the signature of the method of that name in
// package io.
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
