package facts

import (
	"go/ast"
	"go/token"
	"go/types"

	"threading101/kernel/instrument/syntax"
)

// A loop that waits by polling may be left out of a search while nothing changes, if
// a round that finds nothing new leaves nothing behind:
//
//	for !ready.Load() {             is such a loop:   rt.TickPure(7)
//	for n := 0; !ready.Load(); n++  counts, and may give up after the tenth round: rt.Tick(7)
//
// A scheduler sees for itself what changes among goroutines. This file looks for the
// rest: variables that only the goroutine itself knows, and calls of functions about
// which nothing is known. In doubt a loop is not pure.

// PureLoop says whether a loop is one of those.
func (f *Facts) PureLoop(body *ast.BlockStmt, parts ...ast.Node) bool {
	p := &purity{Facts: f, body: body, kept: map[types.Object]token.Pos{}}
	p.within = append(p.within, body)
	for _, n := range append([]ast.Node{body}, parts...) {
		p.look(n)
	}
	return !p.impure && !p.remembers()
}

// purity looks at one loop, or one function that a loop calls.
type purity struct {
	*Facts
	body   *ast.BlockStmt // of the loop; nil: of a function
	within []ast.Node     // what is declared here is new in each round
	kept   map[types.Object]token.Pos
	impure bool
}

// look looks at part of a loop.
func (p *purity) look(n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		if p.impure || n == nil {
			return false
		}
		return p.visit(n)
	})
}

func (p *purity) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BlockStmt:
		return !p.leaves(n.List)
	case *ast.CaseClause:
		return !p.leaves(n.Body)
	case *ast.CommClause:
		return !p.leaves(n.Body) // and what it sends or receives is seen
	case *ast.AssignStmt:
		for _, e := range n.Lhs {
			if id, ok := e.(*ast.Ident); n.Tok != token.DEFINE || ok && p.info.Defs[id] == nil {
				p.write(e, n.Tok == token.ASSIGN || n.Tok == token.DEFINE, n.End())
			}
		}
	case *ast.IncDecStmt:
		p.write(n.X, false, n.End())
	case *ast.RangeStmt:
		p.ranges(n)
	case *ast.CallExpr:
		p.call(n)
	case *ast.DeferStmt:
		p.impure = p.impure || p.body != nil && !p.inLiteral(n)
	case *ast.GoStmt:
		return false // what it starts is seen
	case *ast.BranchStmt:
		p.impure = p.impure || n.Tok == token.GOTO
	case *ast.FuncLit:
		p.within = append(p.within, n)
	}
	return true
}

// inLiteral says whether a statement is part of a function within the loop.
func (p *purity) inLiteral(n ast.Node) bool {
	for _, w := range p.within {
		if lit, ok := w.(*ast.FuncLit); ok && lit.Pos() <= n.Pos() && n.Pos() < lit.End() {
			return true
		}
	}
	return false
}

// leaves says whether statements end the loop: whatever they do, they do once.
func (p *purity) leaves(list []ast.Stmt) bool {
	if p.body == nil || len(list) == 0 {
		return false
	}
	switch last := list[len(list)-1].(type) {
	case *ast.ReturnStmt:
		if p.inLiteral(last) {
			return false
		}
	case *ast.BranchStmt:
		if last.Tok != token.BREAK || last.Label != nil || !p.breaks(last) {
			return false
		}
	default:
		return false
	}
	straight := true
	for _, s := range list {
		ast.Inspect(s, func(n ast.Node) bool {
			b, ok := n.(*ast.BranchStmt)
			straight = straight && !(ok && b.Tok != token.BREAK)
			return straight
		})
	}
	return straight
}

// breaks says whether a break without a label ends the loop, and not something
// within it.
func (p *purity) breaks(b *ast.BranchStmt) bool {
	own := true
	ast.Inspect(p.body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.FuncLit:
			own = own && !(n.Pos() <= b.Pos() && b.Pos() < n.End())
		}
		return own
	})
	return own
}

// write looks at what is assigned to. A variable that is given a value that does
// not come from the round before is as it would be after any other round.
func (p *purity) write(e ast.Expr, whole bool, end token.Pos) {
	e = ast.Unparen(e)
	if id, ok := e.(*ast.Ident); ok && id.Name == "_" {
		return
	}
	if x, ok := syntax.MapIndex(p.info, e); ok && p.WorthMap(x.X) || p.WorthStoring(e) {
		return // it is seen
	}
	v := syntax.RootVariable(p.info, e)
	if v == nil {
		p.impure = true
		return
	}
	if p.fresh(v) {
		return
	}
	id, ok := e.(*ast.Ident)
	if !ok || !whole || p.body == nil {
		p.impure = true
		return
	}
	if first, known := p.kept[v]; !known || end < first {
		p.kept[v] = end
		if !p.always(id) {
			p.kept[v] = token.Pos(1 << 30) // perhaps not in this round
		}
	}
}

// fresh says whether a variable is new in each round.
func (p *purity) fresh(v types.Object) bool {
	for _, n := range p.within {
		if n.Pos() <= v.Pos() && v.Pos() < n.End() {
			return true
		}
	}
	return false
}

// always says whether an assignment is itself a statement of the loop's body, and
// not part of another one.
func (p *purity) always(id *ast.Ident) bool {
	for _, s := range p.body.List {
		if a, ok := s.(*ast.AssignStmt); ok && a.Pos() <= id.Pos() && id.Pos() < a.End() {
			return true
		}
	}
	return false
}

// remembers says whether the loop's body reads a variable that it assigned to in
// the round before.
func (p *purity) remembers() (found bool) {
	if len(p.kept) == 0 {
		return false
	}
	targets := map[*ast.Ident]bool{}
	ast.Inspect(p.body, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && (a.Tok == token.ASSIGN || a.Tok == token.DEFINE) {
			for _, e := range a.Lhs {
				if id, ok := ast.Unparen(e).(*ast.Ident); ok {
					targets[id] = true
				}
			}
		}
		return true
	})
	ast.Inspect(p.body, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || targets[id] {
			return !found
		}
		end, kept := p.kept[p.info.Uses[id]]
		found = found || kept && id.Pos() < end
		return !found
	})
	return found
}

// ranges looks at a range statement: the walk over a function runs unknown code.
func (p *purity) ranges(s *ast.RangeStmt) {
	if _, ok := syntax.Core(p.info.TypeOf(s.X)).(*types.Signature); ok {
		p.impure = true
	}
	if s.Tok == token.ASSIGN {
		p.write(s.Key, false, s.End())
		if s.Value != nil {
			p.write(s.Value, false, s.End())
		}
	}
}

// call looks at what is called.
func (p *purity) call(call *ast.CallExpr) {
	fun := ast.Unparen(call.Fun)
	if p.info.Types[fun].IsType() {
		return
	}
	if _, ok := fun.(*ast.FuncLit); ok {
		return // its body is looked at as part of the loop
	}
	switch fn := syntax.Callee(p.info, fun).(type) {
	case *types.Builtin:
		p.impure = p.impure || !harmlessBuiltins[fn.Name()]
	case *types.Func:
		p.impure = p.impure || !p.harmlessCall(fn.Origin())
	default:
		p.impure = true
	}
}

var harmlessBuiltins = map[string]bool{
	"len": true, "cap": true, "min": true, "max": true, "make": true, "new": true, "close": true, "panic": true,
	"complex": true, "real": true, "imag": true,
}

// harmlessCall says whether a call of fn changes nothing, or what a scheduler sees.
func (f *Facts) harmlessCall(fn *types.Func) bool {
	if fn.Pkg() == nil {
		return true // error.Error
	}
	if fn.Pkg() == f.pkg {
		return f.harmless(fn)
	}
	method := fn.Signature().Recv() != nil
	switch fn.Pkg().Path() {
	case "sync":
		return method && fn.FullName() != "(*sync.Pool).Get" && fn.FullName() != "(*sync.Pool).Put"
	case "sync/atomic":
		return true
	case "context":
		return method
	case "errors", "strings", "strconv", "math", "math/bits", "unicode", "unicode/utf8", "cmp", "fmt":
		return !method
	}
	return seenCalls[fn.FullName()]
}

// seenCalls are harmless functions of packages whose other functions are not.
var seenCalls = map[string]bool{
	"runtime.Gosched": true, "runtime.NumGoroutine": true,
	"time.Sleep": true, "time.Now": true, "time.Since": true, "time.Until": true,
	"(time.Time).After": true, "(time.Time).Before": true, "(time.Time).Sub": true, "(time.Time).Add": true,
	"(time.Time).IsZero": true, "(time.Time).Equal": true,
}

// harmless is harmlessCall for a function of the package. One that calls itself is
// looked at once.
func (f *Facts) harmless(fn *types.Func) bool {
	if known, ok := f.calls[fn]; ok {
		return known
	}
	d := f.bodies[fn]
	if fn.Pkg() != f.pkg {
		d = nil // its body is in another package
	}
	if d == nil || d.Body == nil {
		return false
	}
	f.calls[fn] = true
	p := &purity{Facts: f, within: []ast.Node{d}}
	p.look(d.Body)
	f.calls[fn] = !p.impure
	return !p.impure
}

// functionsOf keeps where the functions of the package are.
func (f *Facts) functionsOf(files []*ast.File) {
	for _, file := range files {
		for _, d := range file.Decls {
			if d, ok := d.(*ast.FuncDecl); ok {
				if fn, ok := f.info.Defs[d.Name].(*types.Func); ok {
					f.bodies[fn] = d
				}
			}
		}
	}
}
