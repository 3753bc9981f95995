package facts

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"threading101/kernel/instrument/syntax"
)

// Facts is what the whole package says about its variables: which ever change,
// and which more than one goroutine can reach. Reading a variable that never
// changes, or that nobody else can reach, teaches nothing; it is not recorded.
type Facts struct {
	info       *types.Info
	pkg        *types.Package
	Own        map[*types.Package]bool // the packages that these facts are about
	Written    map[types.Object]bool   // assigned to, or its address taken, after its declaration
	partly     map[types.Object]bool   // a field or element of it was
	whole      map[types.Object]bool   // assigned to as a whole
	pointed    map[types.Object]bool   // its address taken, or that of a part of it
	overrun    map[*types.Struct]bool
	escapes    map[types.Object]bool // a local variable that a goroutine other than the one that made it may reach
	elements   map[string]bool       // slice and map types of which some value's elements are written
	leaked     map[types.Object]bool // pointers, slices and maps that lead to what may be known elsewhere
	Loops      map[types.Object]bool // variables that a loop declares
	Gotos      map[types.Object]bool // labels that a goto leads to
	lent       map[types.Object]bool // a local variable that a go statement's function uses
	Itself     map[ast.Node]bool     // calls of append as in s = append(s, v)
	anothers   map[types.Object]bool // slices that were given the array of another variable
	First      map[ast.Node]bool     // assignments that give a variable its first value: nobody else knows it yet
	bodies     map[*types.Func]*ast.FuncDecl
	literals   map[types.Object]*ast.FuncLit // by the variable that they are assigned to
	circles    map[types.Object]bool         // functions that may come to call themselves
	calls      map[*types.Func]bool          // known to change nothing that is not seen, or not to
	Goroutines bool                          // the package starts goroutines
	Waits      bool                          // it has operations by which goroutines wait for each other
	Timers     bool                          // it may wait for time to pass
	OwnSources bool                          // it makes random numbers from a source of its own
	indents    bool                          // it tells an encoder of JSON to indent
	Files      []*ast.File                   // of the package in hand
	calledHere []*ast.CallExpr               // of functions of the package; nil until they are looked for
	Library    bool
	Everything bool
}

func New() *Facts {
	return &Facts{
		Own: map[*types.Package]bool{}, Written: map[types.Object]bool{}, partly: map[types.Object]bool{}, whole: map[types.Object]bool{}, pointed: map[types.Object]bool{}, overrun: map[*types.Struct]bool{},
		escapes: map[types.Object]bool{}, elements: map[string]bool{}, leaked: map[types.Object]bool{},
		Loops: map[types.Object]bool{}, Gotos: map[types.Object]bool{}, First: map[ast.Node]bool{}, lent: map[types.Object]bool{}, Itself: map[ast.Node]bool{}, anothers: map[types.Object]bool{},
		bodies: map[*types.Func]*ast.FuncDecl{}, calls: map[*types.Func]bool{}, literals: map[types.Object]*ast.FuncLit{},
	}
}

// Gather is the facts of a package that is rewritten alone.
func Gather(info *types.Info, pkg *types.Package, files []*ast.File) *Facts {
	f := New().Of(info, pkg)
	f.Own[pkg] = true
	f.Look(files)
	return f
}

// Of is the same facts, seen from one of the packages.
func (f *Facts) Of(info *types.Info, pkg *types.Package) *Facts {
	one := *f
	one.info, one.pkg = info, pkg
	return &one
}

// Look gathers what files of the package say.
func (f *Facts) Look(files []*ast.File) {
	f.functionsOf(files)
	for _, file := range files {
		v := &gatherer{Facts: f, perLoop: syntax.PerLoop(f.info, f.pkg, file)}
		ast.PreorderStack(file, nil, v.visit)
	}
	(&gatherer{Facts: f}).overwritePointed()
}

// overwritePointed: where a pointer leads to a struct that is assigned to as a
// whole, its fields change for who has the pointer.
func (g *gatherer) overwritePointed() {
	for obj := range g.whole {
		if g.pointed[obj] {
			g.overwrite(obj.Type())
		}
	}
}

// gatherer looks at one file.
type gatherer struct {
	*Facts
	perLoop bool
}

func (g *gatherer) visit(n ast.Node, stack []ast.Node) bool {
	switch n := n.(type) {
	case *ast.ValueSpec:
		for i, e := range n.Values {
			if i < len(n.Names) {
				g.names(n.Names[i], e)
				g.gives(n.Names[i], e)
			}
		}
	case *ast.AssignStmt:
		if len(n.Lhs) == len(n.Rhs) {
			for i, e := range n.Rhs {
				g.names(n.Lhs[i], e)
				g.gives(n.Lhs[i], e)
			}
		}
		g.appendsToItself(n)
		if g.postOf(n, stack) || g.firstOf(n, stack) {
			break
		}
		if n.Tok != token.DEFINE || !g.declares(n) {
			for _, e := range n.Lhs {
				g.assigned(e)
			}
		}
	case *ast.IncDecStmt:
		if !g.postOf(n, stack) {
			g.write(n.X)
		}
	case *ast.ForStmt:
		if init, ok := n.Init.(*ast.AssignStmt); ok && init.Tok == token.DEFINE && !g.perLoop {
			g.loop(init.Lhs...)
		}
	case *ast.RangeStmt:
		if n.Tok == token.DEFINE && !g.perLoop {
			g.loop(n.Key, n.Value)
		}
		if n.Tok == token.ASSIGN {
			g.assigned(n.Key)
			if n.Value != nil {
				g.assigned(n.Value)
			}
		}
	case *ast.UnaryExpr:
		if n.Op == token.AND && !g.lentObject(n, stack) {
			g.address(n.X)
		}
	case *ast.SliceExpr:
		if _, ok := g.info.TypeOf(n.X).Underlying().(*types.Array); ok {
			g.address(n.X)
		}
	case *ast.SelectStmt:
		g.Waits = true
	case *ast.SelectorExpr:
		g.method(n)
		g.Waits = g.Waits || g.ofSync(n)
	case *ast.BranchStmt:
		if n.Tok == token.GOTO {
			g.Gotos[g.info.Uses[n.Label]] = true
		}
	case *ast.GoStmt:
		g.Goroutines = true
	case *ast.CallExpr:
		g.call(n)
	case *ast.Ident:
		g.capture(n, stack)
		g.leak(n, stack)
	}
	return true
}

// ofSync says whether a function or method of package sync, or of sync/atomic, is named.
func (g *gatherer) ofSync(n *ast.SelectorExpr) bool {
	fn, ok := g.info.Uses[n.Sel].(*types.Func)
	return ok && fn.Pkg() != nil && (fn.Pkg().Path() == "sync" || fn.Pkg().Path() == "sync/atomic")
}

// loop marks the variables that a loop declares.
func (g *gatherer) loop(vars ...ast.Expr) {
	for _, e := range vars {
		if id, ok := e.(*ast.Ident); ok {
			g.Loops[g.info.Defs[id]] = true
		}
	}
}

// declares reports whether each variable on the left of := is new. One that is
// not is assigned to.
func (g *gatherer) declares(s *ast.AssignStmt) bool {
	for _, e := range s.Lhs {
		if id, ok := e.(*ast.Ident); ok && id.Name != "_" && g.info.Defs[id] == nil {
			return false
		}
	}
	return true
}

// postOf: i++ as the third clause of a for statement that declares i changes the
// next iteration's own variable, which no one else has seen yet.
func (g *gatherer) postOf(n ast.Stmt, stack []ast.Node) bool {
	if g.perLoop || len(stack) == 0 {
		return false
	}
	loop, ok := stack[len(stack)-1].(*ast.ForStmt)
	if !ok || loop.Post != n {
		return false
	}
	init, ok := loop.Init.(*ast.AssignStmt)
	return ok && init.Tok == token.DEFINE && g.changesOnly(n, init.Lhs)
}

// firstOf marks an assignment that is the second half of a declaration:
//
//	var visit func(n int)
//	visit = func(n int) { … visit(n - 1) … }
func (g *gatherer) firstOf(s *ast.AssignStmt, stack []ast.Node) bool {
	if len(stack) == 0 || len(s.Lhs) != 1 || s.Tok != token.ASSIGN {
		return false
	}
	block, ok := stack[len(stack)-1].(*ast.BlockStmt)
	if !ok {
		return false
	}
	id, ok := s.Lhs[0].(*ast.Ident)
	_, literal := s.Rhs[0].(*ast.FuncLit)
	i := slices.Index(block.List, ast.Stmt(s))
	if !ok || !literal || i < 1 {
		return false
	}
	d, ok := block.List[i-1].(*ast.DeclStmt)
	if !ok {
		return false
	}
	for _, spec := range d.Decl.(*ast.GenDecl).Specs {
		if v, ok := spec.(*ast.ValueSpec); ok && len(v.Values) == 0 && slices.ContainsFunc(v.Names, func(n *ast.Ident) bool { return g.info.Defs[n] == g.info.Uses[id] }) {
			g.First[s] = true
			return true
		}
	}
	return false
}

// changesOnly reports whether n, the third clause of a loop, writes variables of
// these only.
func (g *gatherer) changesOnly(n ast.Stmt, own []ast.Expr) bool {
	written := []ast.Expr{}
	switch n := n.(type) {
	case *ast.IncDecStmt:
		written = append(written, n.X)
	case *ast.AssignStmt:
		written = n.Lhs
	}
	for _, e := range written {
		if !slices.ContainsFunc(own, func(o ast.Expr) bool {
			return syntax.VariableOf(g.info, e) != nil && syntax.VariableOf(g.info, o) == syntax.VariableOf(g.info, e)
		}) {
			return false
		}
	}
	return true
}

// assigned marks a variable that is assigned to.
func (g *gatherer) assigned(e ast.Expr) {
	g.write(e)
	if obj := syntax.VariableOf(g.info, e); obj != nil {
		g.whole[obj] = true
	}
}

// write marks the variable that e names as changing.
func (g *gatherer) write(e ast.Expr) {
	obj := syntax.VariableOf(g.info, e)
	if id, ok := ast.Unparen(e).(*ast.Ident); ok && g.info.Defs[id] != nil {
		return // new, in := with others that are not
	}
	if obj != nil {
		g.Written[obj] = true
	} else {
		g.overwrite(g.typeOf(e))
	}
	if x := syntax.Outermost(g.info, e); x != nil {
		g.writeElement(g.typeOf(x.X))
	}
	if obj := syntax.RootVariable(g.info, e); obj != nil {
		g.partly[obj] = true
	}
}

// writeElement marks the slices or maps of a type.
func (g *gatherer) writeElement(t types.Type) {
	switch t.Underlying().(type) {
	case *types.Slice, *types.Map:
		g.elements[syntax.TypeKey(t)] = true
	case *types.Interface:
		switch syntax.Core(t).(type) {
		case *types.Slice, *types.Map:
			g.elements[syntax.TypeKey(t)] = true
		}
	}
}

// overwrite marks all fields of a struct as changing: one was assigned as a whole
// through a pointer or in a slice.
func (g *gatherer) overwrite(t types.Type) {
	switch t := t.Underlying().(type) {
	case *types.Array:
		g.overwrite(t.Elem())
	case *types.Struct:
		if g.overrun[t] {
			return
		}
		g.overrun[t] = true
		for f := range t.Fields() {
			g.Written[f.Origin()] = true
			g.overwrite(f.Type())
		}
	}
}

func (g *gatherer) typeOf(e ast.Expr) types.Type {
	if t := g.info.TypeOf(e); t != nil {
		return t
	}
	return types.Typ[types.Invalid]
}

// address marks a variable whose address is taken: what happens to it from then
// on cannot be seen.
func (g *gatherer) address(e ast.Expr) {
	if _, ok := ast.Unparen(e).(*ast.CompositeLit); ok {
		return
	}
	g.write(e)
	if obj := syntax.RootVariable(g.info, e); obj != nil {
		g.escapes[obj] = true
	}
	g.pointTo(e)
}

// pointTo marks all variables of which e names a part.
func (g *gatherer) pointTo(e ast.Expr) {
	for {
		e = ast.Unparen(e)
		if obj := syntax.VariableOf(g.info, e); obj != nil {
			g.pointed[obj] = true
		}
		switch x := e.(type) {
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		default:
			return
		}
	}
}

// method: a method with a pointer receiver takes the address of a variable.
func (g *gatherer) method(sel *ast.SelectorExpr) {
	s := g.info.Selections[sel]
	if s == nil || s.Kind() != types.MethodVal {
		return
	}
	if _, ok := s.Recv().Underlying().(*types.Pointer); ok {
		return
	}
	recv := s.Obj().(*types.Func).Signature().Recv()
	if _, ok := recv.Type().Underlying().(*types.Pointer); !ok {
		return
	}
	if syntax.StructOf(s.Recv()) == nil {
		g.address(sel.X)
	} else {
		if obj := syntax.RootVariable(g.info, sel.X); obj != nil {
			g.partly[obj] = true
			g.escapes[obj] = g.escapes[obj] || !keepsObject(s)
		}
		g.pointTo(sel.X)
	}
}

// call sees goroutines that are started without a go statement.
func (g *gatherer) call(call *ast.CallExpr) {
	id := syntax.CalleeIdent(call.Fun)
	if id == nil {
		return
	}
	g.passed(id, call)
	g.settings(id, call)
	switch id.Name {
	case "Go", "TryGo", "AfterFunc", "HandleFunc", "Handle", "ListenAndServe", "Serve":
		g.Goroutines = true
	case "After", "NewTimer", "NewTicker", "Tick", "WithDeadline", "WithTimeout":
		g.Timers = true
	}
}

// passed marks the slices and maps that a call of another package's function,
// or of a builtin, may write.
func (g *gatherer) passed(id *ast.Ident, call *ast.CallExpr) {
	switch fn := g.info.Uses[id].(type) {
	case *types.Builtin:
		switch fn.Name() {
		case "copy", "delete", "clear":
			g.writeElement(g.typeOf(call.Args[0]))
		case "append":
			if !g.Itself[call] && syntax.Appendable(call.Args[0]) {
				g.writeElement(g.typeOf(call.Args[0]))
			}
		}
	case *types.Func:
		if fn.Pkg() == nil || g.Own[fn.Pkg()] || onlyReads[fn.Pkg().Path()] {
			return
		}
		for _, arg := range call.Args {
			g.writeElement(g.typeOf(arg))
		}
	}
}

// onlyReads are packages whose functions do not write what slices given to them
// lead to, and do not keep them.
var onlyReads = map[string]bool{"errors": true, "fmt": true, "log": true, "strconv": true, "strings": true}

// capture marks a local variable used in a function literal, inside of which it
// was not declared, that may run as another goroutine, or later.
func (g *gatherer) capture(id *ast.Ident, stack []ast.Node) {
	v, ok := g.info.Uses[id].(*types.Var)
	if !ok || v.IsField() || g.escapes[v] && g.lent[v] || v.Parent() == g.pkg.Scope() {
		return
	}
	for i := len(stack) - 1; i >= 0; i-- {
		lit, ok := stack[i].(*ast.FuncLit)
		if !ok {
			continue
		}
		if lit.Pos() <= v.Pos() && v.Pos() < lit.End() {
			return
		}
		if g.leaves(lit, stack[:i]) {
			g.escapes[v] = true
			if g.lent[v] = g.lent[v] || g.goes(lit, stack[:i]); g.lent[v] {
				return
			}
		}
	}
}

// goes reports whether a function literal is what a new goroutine runs.
func (g *gatherer) goes(lit *ast.FuncLit, stack []ast.Node) bool {
	if len(stack) == 0 {
		return false
	}
	call, ok := stack[len(stack)-1].(*ast.CallExpr)
	if !ok {
		return false
	}
	if call.Fun != lit {
		id := syntax.CalleeIdent(call.Fun)
		return id != nil && (id.Name == "Go" || id.Name == "TryGo" || id.Name == "AfterFunc")
	}
	_, starts := stack[len(stack)-2].(*ast.GoStmt)
	return starts
}

// leaves reports whether a function literal may run at another time than where
// it stands.
func (g *gatherer) leaves(lit *ast.FuncLit, stack []ast.Node) bool {
	var child ast.Node = lit
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.ParenExpr:
			child = n
		case *ast.CallExpr:
			if n.Fun != child {
				return !g.synchronous(n)
			}
			_, starts := stack[i-1].(*ast.GoStmt)
			return starts
		default:
			return true
		}
	}
	return true
}

// synchronous reports whether a call runs the functions given to it before it
// returns, and keeps none.
func (g *gatherer) synchronous(call *ast.CallExpr) bool {
	id := syntax.CalleeIdent(call.Fun)
	if id == nil {
		return false
	}
	fn, ok := g.info.Uses[id].(*types.Func)
	if !ok || fn.Pkg() == nil {
		return false
	}
	return keepsNothing[fn.Pkg().Path()]
}

// keepsNothing are packages whose functions run those given to them before they
// return, and do not keep them, nor slices.
var keepsNothing = map[string]bool{"bytes": true, "fmt": true, "io": true, "maps": true, "math/rand": true, "slices": true, "sort": true, "strings": true, "strconv": true}
