package objects

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// Methods of the library on what is no object: slices, and structs whose fields the
// program knows.
//
//	sort.IntSlice(s).Sort()   becomes   rt.ElementsW(7, sort.IntSlice(s)).Sort()
//	ip.String()               becomes   rt.ElementsR(7, ip).String()

// receivers are such methods of slices that do anything but read.
var receivers = map[string]byte{
	"(encoding/json.RawMessage).MarshalJSON": usesNot,
	"(sort.Float64Slice).Len":                usesNot, "(sort.Float64Slice).Sort": writesItems, "(sort.Float64Slice).Swap": writesItems,
	"(sort.IntSlice).Len": usesNot, "(sort.IntSlice).Sort": writesItems, "(sort.IntSlice).Swap": writesItems,
	"(sort.StringSlice).Len": usesNot, "(sort.StringSlice).Sort": writesItems, "(sort.StringSlice).Swap": writesItems,
}

// Receiver notes what a method that is selected does to its receiver, as far as that is
// known, and says where it is not.
func Receiver(r *draft.Rewriting, e *ast.SelectorExpr, s *types.Selection) {
	fn := s.Obj().(*types.Func)
	if !r.Records() || fn.Pkg() == nil || fn.Pkg() == r.Pkg || r.Facts.Own[fn.Pkg()] {
		return
	}
	recv := fn.Signature().Recv().Type()
	switch t := syntax.Deref(recv); {
	case t == recv && len(s.Index()) == 1:
		sliceReceiver(r, e, fn)
	case syntax.StructOf(t) == nil || !r.Facts.ReachesPart(e.X):
	case r.Facts.ExportedChanges(t) || setsPixels(fn):
		r.Sites.Note(e.X.Pos(), "the use of "+objectText(r, e.X), "%s is unknown", fn.Name())
	}
}

// sliceReceiver notes what a method does to the elements of a slice: where it is called
// there and then, and no argument is a call.
func sliceReceiver(r *draft.Rewriting, e *ast.SelectorExpr, fn *types.Func) {
	if _, slice := r.Info.TypeOf(e.X).Underlying().(*types.Slice); !slice || !r.WorthElements(converted(r, e.X)) {
		return
	}
	how, known := receivers[fn.FullName()]
	switch {
	case known && how == usesNot:
	case !calledHereOnly(r, e):
		r.Sites.Note(e.X.Pos(), "the use of "+objectText(r, e.X), "the call is made later, or by another goroutine")
	case known:
		r.Wrap(e.X, fmt.Sprintf("%s(%d, ", r.RT("ElementsW"), usedSite(r, e.X, event.Store)), ")")
	default:
		r.Wrap(e.X, fmt.Sprintf("%s(%d, ", r.RT("ElementsR"), usedSite(r, e.X, event.Load)), ")")
	}
}

// converted is what a conversion converts.
func converted(r *draft.Rewriting, x ast.Expr) ast.Expr {
	if call, ok := ast.Unparen(x).(*ast.CallExpr); ok && r.Info.Types[call.Fun].IsType() {
		return converted(r, call.Args[0])
	}
	return x
}

// setsPixels says whether a method writes a part of an image: goroutines may have a part
// of it each, or the same.
func setsPixels(fn *types.Func) bool {
	return fn.Pkg().Path() == "image" && strings.HasPrefix(fn.Name(), "Set")
}

// FunctionValue says that what a function of the library does to its arguments is not
// recorded where the expression in hand, which names it, is a value.
func FunctionValue(r *draft.Rewriting, fn *types.Func) {
	e := r.Parent(0).(ast.Expr)
	if !r.Facts.Records() || fn.Pkg() == nil || fn.Pkg() == r.Pkg || r.Facts.Own[fn.Pkg()] || calledAtOnce(r) || keptByNobody(r) {
		return
	}
	sig, ok := r.Info.TypeOf(e).Underlying().(*types.Signature)
	if !ok {
		return
	}
	for i := range sig.Params().Len() {
		if t := sig.Params().At(i).Type(); usage(r.Facts.Own, fn, i) != usesNot && passesOn(t) && r.Facts.LeadsFar(t) {
			r.Sites.Note(e.Pos(), "function value "+r.Sites.Text(e), "only calls of it are recorded")
			return
		}
	}
}

// passesOn says whether a parameter leads to variables of the caller.
func passesOn(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Slice, *types.Map, *types.Pointer:
		return true
	}
	return false
}

// calledAtOnce says whether the expression in hand is what a call calls.
func calledAtOnce(r *draft.Rewriting) bool {
	e := r.Parent(0).(ast.Expr)
	for up := 1; ; up++ {
		switch p := r.Parent(up).(type) {
		case *ast.ParenExpr, *ast.IndexExpr, *ast.IndexListExpr:
			e = p.(ast.Expr)
		case *ast.CallExpr:
			return ast.Unparen(p.Fun) == ast.Unparen(e)
		default:
			return false
		}
	}
}

// keptByNobody says whether the expression in hand is given to the blank identifier.
func keptByNobody(r *draft.Rewriting) bool {
	e := r.Parent(0).(ast.Expr)
	switch p := r.Parent(1).(type) {
	case *ast.AssignStmt:
		i := slices.Index(p.Rhs, e)
		return i >= 0 && i < len(p.Lhs) && syntax.IsBlank(p.Lhs[i])
	case *ast.ValueSpec:
		return blankHas(p, e)
	case *ast.GenDecl:
		return slices.ContainsFunc(p.Specs, func(s ast.Spec) bool {
			v, ok := s.(*ast.ValueSpec)
			return ok && blankHas(v, e)
		})
	}
	return false
}

// blankHas says whether a declaration gives e to the blank identifier.
func blankHas(v *ast.ValueSpec, e ast.Expr) bool {
	i := slices.Index(v.Values, e)
	return i >= 0 && i < len(v.Names) && syntax.IsBlank(v.Names[i])
}
