package asked

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"threading101/kernel/instrument/splice"
)

// What an expression does that a condition may not: of a moment nothing may change,
// and what is read for it must be seen.
const (
	NotBool Fault = iota + Receives + 1 // its value is no bool
	Calls                               // it calls a function, or makes one
	Reads                               // it reads what cannot be seen: the length of a channel, a variable of a library
	Address                             // it takes an address
)

// CheckConditions returns an [*OutcomeError] if one of the expressions is none that
// can be looked at at any moment from main's beginning on. own says which packages,
// besides pkg, are the learner's.
func CheckConditions(pkg *types.Package, info *types.Info, files []*ast.File, own func(*types.Package) bool, all []string) error {
	main := mainOf(files)
	if main == nil {
		return nil
	}
	for _, text := range all {
		_, err := Watched(pkg, own, text, main.Body.Lbrace, "")
		var e *OutcomeError
		if errors.As(err, &e) {
			e.explain(pkg, info, files, main)
			e.Scope = e.global
			return e
		}
	}
	return nil
}

// Watched is the text of a condition, as it is meant at pos, with each read of it
// given to a function whose name begins with from:
//
//	a.sum <= 3   with rtfmt.   is   rtfmt.Tell("a.sum", (*rtfmt.See(&(*(*rtfmt.See(&a))).sum))) <= 3
func Watched(pkg *types.Package, own func(*types.Package) bool, text string, pos token.Pos, from string) (string, error) {
	fset := token.NewFileSet()
	e, err := parser.ParseExprFrom(fset, "", text, parser.SkipObjectResolution)
	if err != nil {
		return "", &OutcomeError{Expr: text, Problem: firstProblem(err)}
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{},
		Defs: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	if err := types.CheckExpr(fset, pkg, pos, e, info); err != nil {
		return "", &OutcomeError{Expr: text, Problem: firstProblem(err), Undefined: undefined(e, info, pkg, pos)}
	}
	if b, ok := info.TypeOf(e).Underlying().(*types.Basic); !ok || b.Info()&types.IsBoolean == 0 || !info.Types[e].IsValue() {
		return "", &OutcomeError{Expr: text, Fault: NotBool}
	}
	w := &watcher{fset: fset, source: text, info: info, pkg: pkg, own: own, from: from}
	out := w.read(e, true)
	if w.fault != 0 {
		return "", &OutcomeError{Expr: text, Fault: w.fault, Problem: w.what}
	}
	return out, nil
}

// watcher writes an expression anew.
type watcher struct {
	fset   *token.FileSet
	source string
	info   *types.Info
	pkg    *types.Package
	own    func(*types.Package) bool
	from   string

	fault Fault  // the first
	what  string // that has it
}

// text is a part of the expression as it was written, on one line.
func (w *watcher) text(e ast.Expr) string {
	text := w.source[w.fset.Position(e.Pos()).Offset:w.fset.Position(e.End()).Offset]
	if strings.Contains(text, "\n") {
		return splice.Flat([]byte(text))
	}
	return text
}

// refuse notes what a condition may not do.
func (w *watcher) refuse(f Fault, e ast.Expr) string {
	if w.fault == 0 {
		w.fault, w.what = f, w.text(e)
	}
	return "nil"
}

// read is an expression whose value is read. Where tells is set, and it is a variable
// or what stands for one, it is told by its name.
func (w *watcher) read(e ast.Expr, tells bool) string {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return "(" + w.read(e.X, tells) + ")"
	case *ast.BasicLit:
		return oneLine(e)
	case *ast.Ident:
		return w.told(e, w.name(e), tells && isVar(w.info.Uses[e]))
	case *ast.SelectorExpr:
		return w.told(e, w.selector(e), tells && !w.info.Types[e].IsNil() && w.info.Types[e].Value == nil)
	case *ast.StarExpr:
		return w.told(e, w.see(w.place(e)), tells)
	case *ast.IndexExpr:
		return w.told(e, w.index(e), tells)
	case *ast.SliceExpr:
		return w.slice(e)
	case *ast.BinaryExpr:
		return w.read(e.X, true) + " " + e.Op.String() + " " + w.read(e.Y, true)
	case *ast.UnaryExpr:
		return w.unary(e)
	case *ast.TypeAssertExpr:
		return w.read(e.X, false) + ".(" + w.text(e.Type) + ")"
	case *ast.CompositeLit:
		return w.literal(e)
	case *ast.CallExpr:
		return w.call(e)
	}
	return w.refuse(Calls, e)
}

// told is text that evaluates e, whose value is told by its name where that is set.
func (w *watcher) told(e ast.Expr, text string, is bool) string {
	if !is {
		return text
	}
	return w.from + "Tell(" + strconv.Quote(w.text(e)) + ", " + text + ")"
}

// see reads the variable at a place.
func (w *watcher) see(place string) string { return "(*" + w.from + "See(&" + place + "))" }

// place is a variable, as it is named: what its name depends on is read.
func (w *watcher) place(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return "(" + w.place(e.X) + ")"
	case *ast.Ident:
		return e.Name
	case *ast.StarExpr:
		return "(*" + w.read(e.X, false) + ")"
	case *ast.SelectorExpr:
		if w.info.Selections[e] == nil {
			return w.text(e)
		}
		text, _ := w.field(e)
		return text
	case *ast.IndexExpr:
		if _, array := w.info.TypeOf(e.X).Underlying().(*types.Array); array {
			return w.place(e.X) + "[" + w.read(e.Index, true) + "]"
		}
		return "(" + w.read(e.X, false) + ")[" + w.read(e.Index, true) + "]"
	}
	return w.refuse(Reads, e)
}

func isVar(obj types.Object) bool {
	_, is := obj.(*types.Var)
	return is
}

// name is a variable of the package, or something that never changes.
func (w *watcher) name(id *ast.Ident) string {
	switch obj := w.info.Uses[id]; {
	case !isVar(obj):
		return id.Name
	case obj.Pkg() != w.pkg && !w.own(obj.Pkg()):
		return w.refuse(Reads, id)
	}
	return w.see(id.Name)
}

// selector is a field, or what another package has by that name.
func (w *watcher) selector(e *ast.SelectorExpr) string {
	s := w.info.Selections[e]
	switch {
	case s == nil && isVar(w.info.Uses[e.Sel]):
		if !w.own(w.info.Uses[e.Sel].Pkg()) {
			return w.refuse(Reads, e)
		}
		return w.see(w.text(e))
	case s == nil:
		return w.text(e)
	case s.Kind() != types.FieldVal:
		return w.refuse(Calls, e)
	}
	text, variable := w.field(e)
	if variable {
		return w.see(text)
	}
	return text
}

// field is a field by its whole path: embedded pointers on the way to it are read.
// variable is false if it is one of a value that is no variable.
func (w *watcher) field(e *ast.SelectorExpr) (text string, variable bool) {
	s, t := w.info.Selections[e], w.info.TypeOf(e.X)
	if _, pointer := t.Underlying().(*types.Pointer); pointer {
		text, variable, t = "(*"+w.read(e.X, false)+")", true, deref(t)
	} else if variable = w.info.Types[e.X].Addressable(); variable {
		text = w.place(e.X)
	} else {
		text = w.read(e.X, false)
	}
	path := s.Index()
	for i, n := range path {
		f := t.Underlying().(*types.Struct).Field(n)
		if !f.Exported() && f.Pkg() != w.pkg {
			w.refuse(Reads, e)
		}
		text, t = text+"."+f.Name(), f.Type()
		if _, pointer := t.Underlying().(*types.Pointer); pointer && i < len(path)-1 {
			if variable {
				text = w.see(text)
			}
			text, variable, t = "(*"+text+")", true, deref(t)
		}
	}
	return text, variable
}

func deref(t types.Type) types.Type { return t.Underlying().(*types.Pointer).Elem() }

func (w *watcher) index(e *ast.IndexExpr) string {
	if !w.info.Types[e.X].IsValue() {
		return w.refuse(Calls, e) // a function of a type parameter
	}
	switch w.info.TypeOf(e.X).Underlying().(type) {
	case *types.Map:
		return "(" + w.from + "SeeMap(" + w.read(e.X, false) + "))[" + w.read(e.Index, true) + "]"
	case *types.Basic:
		return "(" + w.read(e.X, false) + ")[" + w.read(e.Index, true) + "]"
	case *types.Array:
		if !w.info.Types[e].Addressable() {
			return "(" + w.read(e.X, false) + ")[" + w.read(e.Index, true) + "]"
		}
	}
	return w.see(w.place(e))
}

// slice is a part of a text. That of a slice is only worth something for what is in it.
func (w *watcher) slice(e *ast.SliceExpr) string {
	if !isBasic(w.info.TypeOf(e.X)) {
		return w.refuse(Reads, e)
	}
	text := "(" + w.read(e.X, false) + ")["
	if e.Low != nil {
		text += w.read(e.Low, true)
	}
	text += ":"
	if e.High != nil {
		text += w.read(e.High, true)
	}
	return text + "]"
}

func isBasic(t types.Type) bool {
	_, is := t.Underlying().(*types.Basic)
	return is
}

func (w *watcher) unary(e *ast.UnaryExpr) string {
	switch e.Op {
	case token.AND:
		return w.refuse(Address, e)
	case token.ARROW:
		return w.refuse(Receives, e)
	}
	return e.Op.String() + " " + w.read(e.X, true) // -(-1)
}

// literal is a struct or an array that is compared with. Others have memory of their own.
func (w *watcher) literal(e *ast.CompositeLit) string {
	t := w.info.TypeOf(e).Underlying()
	_, isStruct := t.(*types.Struct)
	if _, isArray := t.(*types.Array); !isStruct && !isArray || e.Type == nil {
		return w.refuse(Reads, e)
	}
	var all []string
	for _, one := range e.Elts {
		if kv, ok := one.(*ast.KeyValueExpr); ok {
			key := w.text(kv.Key)
			all = append(all, key+": "+w.read(kv.Value, true))
			continue
		}
		all = append(all, w.read(one, true))
	}
	return w.text(e.Type) + "{" + strings.Join(all, ", ") + "}"
}

// call is a conversion, a length, the value of an atomic, or a function of the library
// that only computes.
func (w *watcher) call(e *ast.CallExpr) string {
	fun := ast.Unparen(e.Fun)
	switch {
	case w.info.Types[e.Fun].IsType():
		return w.conversion(e)
	case w.info.Types[e.Fun].IsBuiltin():
		return w.builtin(e, fun)
	}
	sel, ok := fun.(*ast.SelectorExpr)
	if !ok {
		return w.refuse(Calls, e)
	}
	fn, ok := w.info.Uses[sel.Sel].(*types.Func)
	switch {
	case !ok || fn.Pkg() == nil:
		return w.refuse(Calls, e)
	case fn.Pkg().Path() == "sync/atomic" && strings.HasPrefix(fn.Name(), "Load"):
		return w.told(e, w.atomic(e, sel), true)
	case computes[fn.Pkg().Path()] && fn.Signature().Recv() == nil:
		return w.computed(e)
	}
	return w.refuse(Calls, e)
}

// conversion is one between values: of a slice it would read what is in it.
func (w *watcher) conversion(e *ast.CallExpr) string {
	if t := w.info.TypeOf(e.Args[0]); !isBasic(t) || !isBasic(w.info.TypeOf(e)) {
		return w.refuse(Reads, e)
	}
	return "(" + w.text(e.Fun) + ")(" + w.read(e.Args[0], true) + ")"
}

func (w *watcher) builtin(e *ast.CallExpr, fun ast.Expr) string {
	name := w.text(fun)
	switch name {
	case "len", "cap":
		return w.length(e, name)
	case "min", "max", "real", "imag", "complex":
		return name + "(" + w.arguments(e) + ")"
	}
	return w.refuse(Calls, e)
}

// length is that of a text, a slice or a map. An array's never changes, and a channel's
// does by what nobody writes.
func (w *watcher) length(e *ast.CallExpr, name string) string {
	x := e.Args[0]
	t := w.info.TypeOf(x).Underlying()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem().Underlying()
	}
	switch t.(type) {
	case *types.Array:
		return name + "(" + w.text(x) + ")"
	case *types.Map:
		return w.told(e, name+"("+w.from+"SeeMap("+w.read(x, false)+"))", true)
	case *types.Slice, *types.Basic:
		return w.told(e, name+"("+w.read(x, false)+")", w.info.Types[e].Value == nil)
	}
	return w.refuse(Reads, e)
}

func (w *watcher) arguments(e *ast.CallExpr) string {
	var all []string
	for _, arg := range e.Args {
		all = append(all, w.read(arg, true))
	}
	return strings.Join(all, ", ")
}

// atomic is the value of an atomic: of the types of package sync/atomic, or by its
// functions, which take a pointer.
func (w *watcher) atomic(e *ast.CallExpr, sel *ast.SelectorExpr) string {
	s := w.info.Selections[sel]
	if s == nil && len(e.Args) == 1 {
		return w.text(sel) + "(" + w.from + "See(" + w.pointer(e.Args[0]) + "))"
	}
	if s == nil || len(s.Index()) > 1 {
		return w.refuse(Calls, e) // of an embedded one, which is named in full
	}
	if _, pointer := w.info.TypeOf(sel.X).Underlying().(*types.Pointer); pointer {
		return w.from + "See(" + w.read(sel.X, false) + ").Load()"
	}
	return w.from + "See(&" + w.place(sel.X) + ").Load()"
}

// pointer is an address, that of a variable or one that is read.
func (w *watcher) pointer(e ast.Expr) string {
	if u, ok := ast.Unparen(e).(*ast.UnaryExpr); ok && u.Op == token.AND {
		return "&" + w.place(u.X)
	}
	return w.read(e, false)
}

// computes are packages whose functions only compute, and do so of what they are given.
var computes = map[string]bool{"math": true, "math/bits": true, "math/cmplx": true, "strings": true, "unicode": true, "unicode/utf8": true}

// computed is a call of one of them with values, which lead to nothing else.
func (w *watcher) computed(e *ast.CallExpr) string {
	for _, one := range append(e.Args[:len(e.Args):len(e.Args)], e) {
		if !isBasic(w.info.TypeOf(one)) {
			return w.refuse(Calls, e)
		}
	}
	return w.text(e.Fun) + "(" + w.arguments(e) + ")"
}

// oneLine is a literal as it can stand in a line.
func oneLine(e *ast.BasicLit) string {
	if e.Kind == token.STRING && strings.HasPrefix(e.Value, "`") {
		if text, err := strconv.Unquote(e.Value); err == nil {
			return strconv.Quote(text)
		}
	}
	return e.Value
}
