package facts

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"threading101/kernel/instrument/syntax"
)

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
			}
		}
		g.initialised(n)
		g.copies(n.Values...)
	case *ast.AssignStmt:
		if block, ok := stack[len(stack)-1].(*ast.BlockStmt); ok && syntax.KeepsAlive(n, block.List) {
			return false
		}
		if len(n.Lhs) == len(n.Rhs) {
			for i, e := range n.Rhs {
				g.names(n.Lhs[i], e)
			}
		}
		g.givesAll(n.Lhs, n.Rhs)
		g.copies(n.Rhs...)
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
	case *ast.CompositeLit:
		g.holds(n)
	case *ast.ReturnStmt:
		g.copies(n.Results...)
	case *ast.SendStmt:
		g.copies(n.Value)
	case *ast.RangeStmt:
		if n.Value != nil {
			g.gives(n.Value, nil)
			g.copies(n.Value)
		}
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
		g.sliced(n.X)
	case *ast.StructType:
		g.unnamed(n, stack)
	case *ast.TypeSwitchStmt:
		g.typeSwitch(n)
	case *ast.SelectStmt:
		g.waits = true
	case *ast.DeclStmt:
		_, prompt := syntax.PromptOf(n)
		g.waits = g.waits || prompt
	case *ast.SelectorExpr:
		g.method(n)
		g.waits = g.waits || g.ofSync(n)
	case *ast.BranchStmt:
		if n.Tok == token.GOTO {
			g.Gotos[g.info.Uses[n.Label]] = true
		}
	case *ast.GoStmt:
		g.Goroutines = true
	case *ast.CallExpr:
		if !g.looksOnly(n) {
			g.copies(n.Args...)
		}
		g.call(n)
		g.converted(n)
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

// postOf reports whether a statement is the third clause of a for statement that
// changes only variables which that statement declares, as i++: those are the next
// iteration's own, and no one else has seen them yet.
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

func (g *gatherer) typeOf(e ast.Expr) types.Type {
	if t := g.info.TypeOf(e); t != nil {
		return t
	}
	return types.Typ[types.Invalid]
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
		g.timers = true
	}
}
