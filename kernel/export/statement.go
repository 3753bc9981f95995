package export

import (
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"strconv"
	"strings"

	"threading101/kernel/event"
)

// first says whether nothing that counts is done in the place's statement before its own
// operation, each time that the statement is executed.
func (s *source) first(p *place) bool {
	st, at := p.statement()
	if st == nil || !s.once(p, at) {
		return false
	}
	done := p.done()
	for _, other := range s.placesIn(st) {
		if other != p && other.done() < done {
			return false
		}
	}
	return !s.calls(st, done, p.node)
}

// once says whether the place lies where its statement evaluates it exactly once, before
// all else that it does.
func (s *source) once(p *place, at int) bool {
	if at == 0 {
		return true
	}
	switch st := unlabelled(p.path[at]).(type) {
	case *ast.ForStmt:
		return st.Init != nil && lies(p.node, st.Init)
	case *ast.IfStmt:
		return st.Init != nil && lies(p.node, st.Init) || lies(p.node, st.Cond) && !shortCircuits(st.Cond, p.node)
	case *ast.SwitchStmt:
		return st.Init != nil && lies(p.node, st.Init) || st.Tag != nil && lies(p.node, st.Tag)
	case *ast.RangeStmt:
		return lies(p.node, st.X)
	case *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.BlockStmt:
		return false
	}
	return true
}

// shortCircuits says whether a node is on the right of && or ||: it may be left out.
func shortCircuits(e ast.Expr, n ast.Node) (found bool) {
	ast.Inspect(e, func(m ast.Node) bool {
		if b, ok := m.(*ast.BinaryExpr); ok && (b.Op == token.LAND || b.Op == token.LOR) && lies(n, b.Y) {
			found = true
		}
		return !found
	})
	return found
}

func lies(n, outer ast.Node) bool { return outer.Pos() <= n.Pos() && n.End() <= outer.End() }

func unlabelled(n ast.Node) ast.Node {
	for {
		l, ok := n.(*ast.LabeledStmt)
		if !ok {
			return n
		}
		n = l.Stmt
	}
}

// done orders what is done in a statement: an operand before what is made of it, a write
// behind all else.
func (p *place) done() token.Pos {
	if st, _ := p.statement(); st != nil && p.op == event.Store {
		return st.End() + 2
	}
	if _, is := p.node.(ast.Stmt); is {
		return p.node.End() + 1
	}
	return p.node.End()
}

// placesIn are the places of the program's operations in a statement itself, not in its
// blocks.
func (s *source) placesIn(st ast.Stmt) (all []*place) {
	seen := map[*place]bool{}
	for i := range s.all {
		site := &s.all[i]
		if site.Op == event.None || site.Line < s.fset.Position(st.Pos()).Line || site.Line > s.fset.Position(st.End()).Line {
			continue
		}
		p := s.lookup(site)
		if p == nil || seen[p] {
			continue
		}
		if own, at := p.statement(); own == st && !p.deferred(at) {
			seen[p] = true
			all = append(all, p)
		}
	}
	return all
}

// deferred says whether the place is the call of a defer statement, which is made later.
func (p *place) deferred(at int) bool {
	d, ok := p.path[at].(*ast.DeferStmt)
	return ok && d.Call == p.node
}

// started says whether the place is the call of a go statement: that is made by the
// goroutine which is started.
func (p *place) started() bool {
	if len(p.path) < 2 {
		return false
	}
	g, ok := p.path[1].(*ast.GoStmt)
	return ok && g.Call == p.node
}

// calls says whether a function of the program may be called in a statement before that
// is done which is done at a position.
func (s *source) calls(st ast.Stmt, done token.Pos, own ast.Node) (found bool) {
	inspect(st, func(n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if ok && call != own && call.End() < done && !s.harmless(call.Fun) {
			found = true
		}
	})
	return found
}

// inspect walks a statement without its blocks and function literals.
func inspect(st ast.Node, visit func(ast.Node)) {
	ast.Inspect(st, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.BlockStmt, *ast.FuncLit, *ast.CaseClause, *ast.CommClause:
			return n == st
		}
		visit(n)
		return true
	})
}

// harmless says whether a call is of a builtin or a conversion, as far as names tell, or
// of a function of the standard library.
func (s *source) harmless(fun ast.Expr) bool {
	switch fun := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return types.Universe.Lookup(fun.Name) != nil
	case *ast.SelectorExpr:
		pkg, ok := fun.X.(*ast.Ident)
		return ok && s.imports(pkg.Name)
	case *ast.ArrayType, *ast.MapType, *ast.ChanType, *ast.InterfaceType, *ast.FuncType:
		return true
	}
	return false
}

// imports says whether the file has a package of the standard library by that name.
func (s *source) imports(name string) bool {
	for _, spec := range s.file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		first, _, _ := strings.Cut(imported, "/")
		if err != nil || strings.Contains(first, ".") {
			continue
		}
		if spec.Name != nil && spec.Name.Name == name || spec.Name == nil && path.Base(imported) == name {
			return true
		}
	}
	return false
}
