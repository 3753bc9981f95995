package objects

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/instrument/facts"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// Objects of the library without a lock that are given to a function of the library:
//
//	fmt.Fprintf(&buf, f, v)     becomes   rtfmt.Fprintf(7, rtos.Shared(8, &buf), f, v)
//	json.NewEncoder(&buf)       becomes   json.NewEncoder(rtos.Kept(7, &buf))
//	io.ReadAll(r)               becomes   io.ReadAll(rtos.Written(7, r))
//	bufio.NewScanner(r)         becomes   bufio.NewScanner(rtos.KeptReader(7, r))
//	json.Indent(&buf, b, "", p) becomes   json.Indent(rt.Written(7, &buf), b, "", p)
//	z.Add(x, y), fmt.Print(x)   become    z.Add(rt.Looked(7, x), …), fmt.Print(rt.Looked(7, x))
//
// What a pointer leads to is known here. What an interface holds is seen when the
// program runs.

// openly are the packages that hold no lock while they write to what they are
// given, or read from it: others may come in between.
var openly = map[string]bool{
	"archive/tar": true, "archive/zip": true, "bufio": true, "bytes": true, "compress/flate": true, "compress/gzip": true, "compress/lzw": true, "compress/zlib": true,
	"container/list": true, "encoding/base64": true, "encoding/binary": true, "encoding/csv": true, "encoding/hex": true, "encoding/json": true, "encoding/pem": true, "encoding/xml": true,
	"fmt": true, "html/template": true, "image/gif": true, "image/jpeg": true, "image/png": true, "io": true, "math/big": true, "mime/multipart": true, "mime/quotedprintable": true,
	"strings": true, "text/tabwriter": true, "text/template": true,
}

// sources are the functions that keep a reader and only ever call its Read.
var sources = map[string]bool{
	"bufio.NewReader": true, "bufio.NewReaderSize": true, "bufio.NewScanner": true, "encoding/csv.NewReader": true, "encoding/json.NewDecoder": true,
}

// ObjectArguments wraps the arguments of a call that are objects of a library, and
// says which these are.
func ObjectArguments(r *draft.Rewriting, call *ast.CallExpr) (done map[ast.Expr]bool) {
	fn := r.Facts.Function(call)
	if fn == nil || !openly[fn.Pkg().Path()] || !r.Records() || syntax.Spreads(r.Info, call) {
		return nil
	}
	sig := r.Info.TypeOf(call.Fun).Underlying().(*types.Signature)
	done = map[ast.Expr]bool{}
	for i, arg := range call.Args {
		wrapper, from := objectWrapper(r, fn, i, arg, syntax.Parameter(sig, i, call.Ellipsis.IsValid()))
		switch {
		case wrapper == "":
		case (wrapper == "Written" || wrapper == "Looked") && calledElsewhere(r):
			r.Sites.Note(arg.Pos(), "the use of "+objectText(r, arg), "the call is made later, or by another goroutine")
		default:
			r.Wrap(arg, fmt.Sprintf("%s(%d, ", r.From(from, wrapper), objectSite(r, wrapper, arg)), ")")
			done[arg] = true
		}
	}
	return done
}

// calledElsewhere says whether the call in hand is one of a go or defer statement,
// whose arguments are evaluated before.
func calledElsewhere(r *draft.Rewriting) bool {
	switch r.Parent(1).(type) {
	case *ast.GoStmt, *ast.DeferStmt:
		return true
	}
	return false
}

// objectSite is the site of what happens to an argument.
func objectSite(r *draft.Rewriting, wrapper string, arg ast.Expr) uint32 {
	op := event.Store
	if wrapper == "Looked" {
		op = event.Load
	}
	n := r.Sites.Site(op, arg.Pos(), objectText(r, arg))
	r.Sites.Last().Inside = true
	return n
}

// objectText is how an object is written whose address is x.
func objectText(r *draft.Rewriting, x ast.Expr) string {
	return strings.TrimPrefix(r.Sites.Text(x), "&")
}

// objectWrapper is the recorder's function for an argument that becomes a t, and
// its package; "" if it needs none.
func objectWrapper(r *draft.Rewriting, fn *types.Func, i int, arg ast.Expr, t types.Type) (wrapper, from string) {
	static := r.Info.TypeOf(arg)
	object := facts.ObjectType(static)
	_, pointer := static.Underlying().(*types.Pointer)
	_, open := static.Underlying().(*types.Interface)
	open = open || object == nil && pointer && promotes(static) && knownToOthers(r, arg)
	iface, toInterface := t.Underlying().(*types.Interface)
	switch {
	case syntax.IsTypeParam(static) || syntax.IsTypeParam(t) || !open && !(pointer && object != nil && knownToOthers(r, arg)):
		return "", ""
	case object != nil && pointer && !toInterface:
		return pointerWrapper(fn, i), draft.PathRT
	case object != nil && pointer && iface.NumMethods() == 0:
		return "Looked", draft.PathRT
	case !toInterface || iface.NumMethods() == 0:
		return "", ""
	case iface.NumMethods() == 1 && takes(iface, "Write"):
		return writerWrapper(r.Info, fn, object), draft.PathOS
	case takes(iface, "Read"):
		return readerWrapper(fn, iface), draft.PathOS
	}
	return "", ""
}

// promotes says whether a type is written to, or read from, by a method of an object
// that it embeds.
func promotes(t types.Type) bool {
	for _, name := range []string{"Write", "Read"} {
		obj, _, _ := types.LookupFieldOrMethod(t, false, nil, name)
		if fn, ok := obj.(*types.Func); ok && fn.Signature().Recv() != nil && facts.ObjectType(fn.Signature().Recv().Type()) != nil {
			return true
		}
	}
	return false
}

// knownToOthers says whether others may know the object that a pointer leads to.
func knownToOthers(r *draft.Rewriting, x ast.Expr) bool {
	if u, ok := ast.Unparen(x).(*ast.UnaryExpr); ok {
		if _, lit := ast.Unparen(u.X).(*ast.CompositeLit); lit {
			return false
		}
		return r.Facts.Everything || r.Facts.Reaches(u.X)
	}
	return r.Facts.Everything || !r.Facts.Private(x) && !r.Facts.Makes(x)
}

func takes(t *types.Interface, method string) bool {
	for m := range t.Methods() {
		if m.Name() == method {
			return true
		}
	}
	return false
}

// pointerWrapper is the wrapper of the i-th argument of a function that takes a
// pointer to an object.
func pointerWrapper(fn *types.Func, i int) string {
	switch fn.Pkg().Path() {
	case "math/big":
		if i == 2 && (fn.Name() == "DivMod" || fn.Name() == "QuoRem") || i < 2 && fn.Name() == "GCD" {
			return "Written"
		}
		return "Looked"
	case "encoding/json":
		return "Written"
	case "container/list":
		if fn.Name() == "PushBackList" || fn.Name() == "PushFrontList" {
			return "Looked"
		}
		return "Written"
	}
	return ""
}

// writerWrapper is the wrapper of what a function writes to.
func writerWrapper(info *types.Info, fn *types.Func, object *types.Named) string {
	switch {
	case !syntax.KeepsArguments(fn):
		return "Shared"
	case fn.Pkg().Path() == "bufio" && object == nil || object != nil && object.Obj().Pkg().Path() == "bufio":
		return ""
	}
	return "Kept"
}

func readerWrapper(fn *types.Func, t *types.Interface) string {
	switch {
	case !syntax.KeepsArguments(fn):
		return "Written"
	case sources[fn.FullName()] && t.NumMethods() == 1:
		return "KeptReader"
	}
	return ""
}
