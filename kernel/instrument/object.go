package instrument

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/rt/unguarded"
)

// Objects of the standard library that goroutines must not use at the same time.
// A method of one is a read or a write of the whole:
//
//	buf.WriteString(s)        becomes   rt.Writes1R2(7, &buf, (*bytes.Buffer).WriteString)(s)
//	defer c.out.Flush()       becomes   defer rt.Writes0R1(7, c.out, (*bufio.Writer).Flush)()
//	n := buf.Len              becomes   n := rt.Reads0R1(7, &buf, (*bytes.Buffer).Len)
//
// What the library does there is not seen: it is one step.

// objectType is the type of such an object, nil if t is none, nor a pointer to one.
func objectType(t types.Type) *types.Named {
	n, ok := types.Unalias(deref(types.Unalias(t))).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || !unguarded.Type(n.Obj().Pkg().Path(), n.Obj().Name()) {
		return nil
	}
	return n
}

// settings sees what objects are like whose types do not tell. A source of random
// numbers of the program's own may have a lock, and is seen itself; an encoder of
// JSON that indents has a buffer.
func (g *gatherer) settings(id *ast.Ident, call *ast.CallExpr) {
	fn, ok := g.info.Uses[id].(*types.Func)
	if !ok {
		return
	}
	switch fn.FullName() {
	case "math/rand.New", "math/rand/v2.New":
		n, ok := types.Unalias(deref(types.Unalias(g.typeOf(call.Args[0])))).(*types.Named)
		g.ownSources = g.ownSources || ok && g.own[n.Obj().Pkg()]
	case "(*encoding/json.Encoder).SetIndent":
		g.indents = true
	}
}

// looks says whether a method of such a type only reads.
func (f *facts) looks(t *types.Named, method string) bool {
	if f.indents && t.Obj().Pkg().Path() == "encoding/json" && method == "Encode" {
		return false
	}
	return unguarded.Looks(t.Obj().Pkg().Path(), t.Obj().Name(), method)
}

// objectOf is the type of the object on which a selected method is called; nil if
// it is none, or of a value that is copied.
func objectOf(s *types.Selection) *types.Named {
	if s.Kind() == types.FieldVal {
		return nil
	}
	recv := s.Obj().(*types.Func).Signature().Recv()
	if _, pointer := recv.Type().(*types.Pointer); !pointer {
		return nil
	}
	return objectType(recv.Type())
}

// worthObject says whether what a method does to its receiver is to be recorded.
func worthObject(r *rewriter, e *ast.SelectorExpr, s *types.Selection) bool {
	t := objectOf(s)
	if t == nil || t.Obj().Name() == "Rand" && r.facts.ownSources {
		return false
	}
	return r.records() && !isTypeParam(s.Recv()) &&
		(r.facts.everything || r.facts.reachesPart(e.X) && !r.facts.makes(e.X))
}

// objectMethod rewrites such a method, called or as a value, or returns false.
func objectMethod(r *rewriter, e *ast.SelectorExpr, s *types.Selection) bool {
	if !worthObject(r, e, s) {
		return false
	}
	to, ok := receiver(r, false, e, s)
	if !ok {
		return false
	}
	sig := s.Type().(*types.Signature)
	name, named := r.typeText(objectOf(s), e.Pos())
	switch {
	case named && !sig.Variadic() && sig.Params().Len() <= maxMethodParams && sig.Results().Len() <= maxResults:
		fn, n := objectAccess(r, e, s, to, "Reads", "Writes")
		r.before(e.Pos(), "%s(%d, %s", r.rt(shape(fn, sig)), n, to.and)
		r.after(e.X.End(), "%s, (*%s)", to.path, name)
		r.after(e.End(), ")")
	case calledHereOnly(r, e):
		fn, n := objectAccess(r, e, s, to, "Looked", "Written")
		r.before(e.X.Pos(), "%s(%d, %s", r.rt(fn), n, to.and)
		r.after(e.X.End(), "%s)", to.path)
	default:
		return false
	}
	operand(r, e.X)
	return true
}

// objectAccess is the recorder's function for a method, and its site.
func objectAccess(r *rewriter, e *ast.SelectorExpr, s *types.Selection, to reached, reads, writes string) (fn string, n uint32) {
	fn, op := writes, event.Store
	if r.facts.looks(objectOf(s), e.Sel.Name) {
		fn, op = reads, event.Load
	}
	n = r.sites.site(op, e.X.Pos(), to.object)
	r.sites.last().Inside = true
	r.noted.access(op, e)
	return fn, n
}

// calledHereOnly says whether the method in hand is called at once, with nothing
// between that and the evaluation of its receiver: then it is enough to note it
// there, as is done where its type has no name in the file:
//
//	rec.Body.String()   becomes   rt.Looked(7, rec.Body).String()
func calledHereOnly(r *rewriter, e *ast.SelectorExpr) bool {
	call, ok := r.parent(1).(*ast.CallExpr)
	if !ok || call.Fun != e || slices.ContainsFunc(call.Args, func(e ast.Expr) bool { return effects(r.info, e) }) {
		return false
	}
	switch r.parent(2).(type) {
	case *ast.GoStmt, *ast.DeferStmt:
		return false
	}
	return true
}

// maxMethodParams is how many parameters a method has for which there is a wrapper; it
// has at most maxResults results.
const maxMethodParams = 4

// digests are the methods of checksums, which are known by an interface only, and
// the recorder's functions for what they do.
var digests = map[string]string{"Reset": "Written", "Sum": "Looked", "Sum32": "Looked", "Sum64": "Looked"}

// digestMethod rewrites such a method, or returns false:
//
//	h.Sum(nil)   becomes   rtos.Looked(7, h).Sum(nil)
func digestMethod(r *rewriter, e *ast.SelectorExpr, s *types.Selection) bool {
	n, ok := types.Unalias(s.Recv()).(*types.Named)
	fn := digests[e.Sel.Name]
	if !ok || fn == "" || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() != "hash" || !r.records() {
		return false
	}
	r.wrap(e.X, fmt.Sprintf("%s(%d, ", r.from(pathOS, fn), objectSite(r, fn, e.X)), ")")
	r.expr(e.X)
	return true
}

// headers are the types of the library that are maps, and which of their methods
// only look.
var headers = map[string]string{
	"net/http.Header": "Clone Get Values Write WriteSubset", "net/textproto.MIMEHeader": "Get Values", "net/url.Values": "Encode Get Has",
}

// headerMethod rewrites a method of such a map, or returns false:
//
//	h.Set(k, v)   becomes   rt.MapW(7, h).Set(k, v)
func headerMethod(r *rewriter, e *ast.SelectorExpr, s *types.Selection) bool {
	n, ok := types.Unalias(s.Recv()).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || !r.records() || r.facts.private(e.X) {
		return false
	}
	readers, ok := headers[n.Obj().Pkg().Path()+"."+n.Obj().Name()]
	if !ok {
		return false
	}
	fn, op := "MapW", event.Store
	if slices.Contains(strings.Fields(readers), e.Sel.Name) {
		fn, op = "MapR", event.Load
	}
	r.wrap(e.X, fmt.Sprintf("%s(%d, ", r.rt(fn), r.sites.site(op, e.X.Pos(), r.sites.text(e.X))), ")")
	r.expr(e.X)
	return true
}

// keepsObject says whether a selected method belongs to such an object and returns
// nothing that leads to it: who calls it gives the object to nobody.
func keepsObject(s *types.Selection) bool {
	t := objectOf(s)
	if t == nil || s.Kind() != types.MethodVal {
		return false
	}
	for v := range s.Obj().(*types.Func).Signature().Results().Variables() {
		if p, ok := v.Type().(*types.Pointer); ok && types.Identical(p.Elem(), t) {
			return false
		}
	}
	return true
}

// lentObject says whether &x is such an object, given to a function that does not
// keep it, and marks x as changing.
func (g *gatherer) lentObject(e *ast.UnaryExpr, stack []ast.Node) bool {
	if len(stack) < 2 || objectType(g.typeOf(e.X)) == nil {
		return false
	}
	call, ok := stack[len(stack)-1].(*ast.CallExpr)
	if _, goes := stack[len(stack)-2].(*ast.GoStmt); !ok || goes {
		return false
	}
	fn := g.function(call)
	if fn == nil || !keepsNothing[fn.Pkg().Path()] || fn.Signature().Recv() != nil || !tellsOnly(fn) {
		return false
	}
	g.write(e.X)
	g.pointTo(e.X)
	return true
}

// function is the function or method of a package that a call names, nil if it
// names none.
func (f *facts) function(call *ast.CallExpr) *types.Func {
	id := called(call.Fun)
	if id == nil {
		return nil
	}
	fn, ok := f.info.Uses[id].(*types.Func)
	if !ok || fn.Pkg() == nil {
		return nil
	}
	return fn
}

// makes says whether an expression makes what it is: nobody else knows it yet.
func (f *facts) makes(x ast.Expr) bool { return (&gatherer{facts: f}).fresh(nil, x) }

// makesObject says whether what a function returns is such an object, and new.
func (g *gatherer) makesObject(id *ast.Ident) bool {
	fn, ok := g.info.Uses[id].(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Signature().Recv() != nil || !strings.HasPrefix(fn.Name(), "New") || fn.Signature().Results().Len() == 0 {
		return false
	}
	t := objectType(fn.Signature().Results().At(0).Type())
	return t != nil && t.Obj().Pkg() == fn.Pkg()
}
