package ledger

import (
	"go/ast"
	"go/token"
	"go/types"

	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// initialisers: they run before there is a second goroutine; what the function
// literals in them do may not.
func (a *auditor) initialisers(d *ast.GenDecl) {
	for _, spec := range d.Specs {
		v, ok := spec.(*ast.ValueSpec)
		if !ok || d.Tok != token.VAR {
			continue
		}
		for _, e := range v.Values {
			ast.Inspect(e, func(n ast.Node) bool {
				if lit, ok := n.(*ast.FuncLit); ok {
					a.literal(lit)
					return false
				}
				return true
			})
		}
	}
}

func (a *auditor) literal(e *ast.FuncLit) {
	results := a.results
	a.results = e.Type.Results
	a.stmt(e.Body)
	a.results = results
}

func (a *auditor) stmts(list []ast.Stmt) {
	for _, s := range list {
		if !syntax.KeepsAlive(s, list) {
			a.stmt(s)
		}
	}
}

func (a *auditor) stmt(s ast.Stmt) {
	switch s := s.(type) {
	case nil:
	case *ast.AssignStmt:
		a.assign(s)
	case *ast.BlockStmt:
		a.stmts(s.List)
	case *ast.CaseClause:
		for _, e := range s.List {
			a.value(e)
		}
		a.stmts(s.Body)
	case *ast.CommClause:
		a.stmt(s.Comm)
		a.stmts(s.Body)
	case *ast.DeclStmt:
		if d, ok := s.Decl.(*ast.GenDecl); ok && d.Tok == token.VAR {
			for _, spec := range d.Specs {
				a.values(spec.(*ast.ValueSpec).Values)
			}
		}
	case *ast.DeferStmt:
		a.value(s.Call)
	case *ast.ExprStmt:
		a.value(s.X)
	case *ast.ForStmt:
		a.stmt(s.Init)
		a.value(s.Cond)
		a.stmt(s.Post)
		a.stmt(s.Body)
	case *ast.GoStmt:
		a.value(s.Call)
	case *ast.IfStmt:
		a.stmt(s.Init)
		a.value(s.Cond)
		a.stmt(s.Body)
		a.stmt(s.Else)
	case *ast.IncDecStmt:
		a.update(s.X)
	case *ast.LabeledStmt:
		a.stmt(s.Stmt)
	case *ast.RangeStmt:
		a.rangeStmt(s)
	case *ast.ReturnStmt:
		a.values(s.Results)
		a.returned(s)
	case *ast.SelectStmt:
		a.stmt(s.Body)
	case *ast.SendStmt:
		a.value(s.Chan)
		a.value(s.Value)
	case *ast.SwitchStmt:
		a.stmt(s.Init)
		a.value(s.Tag)
		a.stmt(s.Body)
	case *ast.TypeSwitchStmt:
		a.stmt(s.Init)
		a.stmt(s.Assign)
		for _, c := range s.Body.List {
			a.stmts(c.(*ast.CaseClause).Body)
		}
	}
}

func (a *auditor) assign(s *ast.AssignStmt) {
	for _, x := range s.Lhs {
		switch {
		case syntax.IsBlank(x) || a.r.Facts.First[s]:
		case s.Tok == token.DEFINE && a.r.Info.Defs[x.(*ast.Ident)] != nil:
		case s.Tok == token.DEFINE || s.Tok == token.ASSIGN:
			a.write(x)
		default:
			a.update(x)
		}
	}
	a.values(s.Rhs)
}

func (a *auditor) update(x ast.Expr) { a.access(x, a.r.WorthStoring, 1, 1) }

func (a *auditor) write(x ast.Expr) { a.access(x, a.r.WorthStoring, 0, 1) }

// access lists an access to the variable, or the element of a map, that x names, and
// what is read to find it.
func (a *auditor) access(x ast.Expr, worth func(ast.Expr) bool, reads, writes int) {
	if m, ok := syntax.MapIndex(a.r.Info, x); ok {
		a.value(m.X)
		a.value(m.Index)
		if a.r.WorthMap(m.X) {
			a.add(m.X, reads, writes)
		}
		return
	}
	if worth(x) || a.r.Facts.Opaque(x) && a.r.Records() {
		a.add(x, reads, writes)
	}
	a.lead(x)
}

// returned: results with names are variables, which a return statement writes.
func (a *auditor) returned(s *ast.ReturnStmt) {
	if a.results == nil || a.r.Noted.Returns[s] {
		return
	}
	for _, field := range a.results.List {
		for _, name := range field.Names {
			v := a.r.Info.Defs[name]
			if !a.r.Facts.LentResult(v) {
				continue
			}
			if len(s.Results) > 0 {
				a.r.Sites.Note(s.Pos(), "the write of "+name.Name+" by return", draft.Unrecorded)
			} else {
				a.r.Sites.Note(s.Pos(), "the read of "+name.Name+" by return", draft.Unrecorded)
			}
		}
	}
}

func (a *auditor) rangeStmt(s *ast.RangeStmt) {
	switch syntax.Core(a.r.Info.TypeOf(s.X)).(type) {
	case *types.Map:
		if a.value(s.X); a.r.WorthMap(s.X) {
			a.add(s.X, 1, 0)
		}
	case *types.Array:
		if syntax.Wanted(s.Value) {
			a.value(s.X)
		}
	case *types.Pointer:
		if !syntax.Wanted(s.Value) && !syntax.Effects(a.r.Info, s.X) {
			break // its length is known
		}
		a.value(s.X)
		if syntax.Wanted(s.Value) && a.r.WorthElements(s.X) {
			a.add(s.X, 1, 0)
		}
	case *types.Slice:
		a.value(s.X)
		if syntax.Wanted(s.Value) && a.r.WorthElements(s.X) {
			a.add(s.X, 1, 0)
		}
	default:
		a.value(s.X)
	}
	if s.Tok == token.ASSIGN {
		for _, x := range syntax.RangeVariables(a.r.Info, s) {
			if !syntax.IsBlank(x) {
				a.write(x)
			}
		}
	}
	a.stmt(s.Body)
}
