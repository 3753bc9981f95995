package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"

	"threading101/kernel/instrument/facts"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/rewrite/flow"
	"threading101/kernel/instrument/rewrite/library"
	"threading101/kernel/instrument/rewrite/memory"
	"threading101/kernel/instrument/rewrite/naming"
	"threading101/kernel/instrument/rewrite/objects"
	"threading101/kernel/instrument/rewrite/stream"
	"threading101/kernel/instrument/syntax"
)

// Here is what only passes on.

// What names the variables of a declaration comes behind it as a whole, so it is asked for
// first.
func assign(r *draft.Rewriting, s *ast.AssignStmt) {
	naming.Declared(r, s)
	memory.Assign(r, s)
}

func block(r *draft.Rewriting, s *ast.BlockStmt) { r.Stmts(s.List) }

func caseClause(r *draft.Rewriting, s *ast.CaseClause) {
	r.Exprs(s.List)
	r.Stmts(s.Body)
}

func exprStmt(r *draft.Rewriting, s *ast.ExprStmt) { r.Expr(s.X) }

func ifStmt(r *draft.Rewriting, s *ast.IfStmt) {
	r.Stmt(s.Init)
	r.Expr(s.Cond)
	r.Stmt(s.Body)
	r.Stmt(s.Else)
}

func labeled(r *draft.Rewriting, s *ast.LabeledStmt) { r.Stmt(s.Stmt) }

func switchStmt(r *draft.Rewriting, s *ast.SwitchStmt) {
	r.Stmt(s.Init)
	r.Optional(s.Tag)
	r.Stmt(s.Body)
}

func typeSwitch(r *draft.Rewriting, s *ast.TypeSwitchStmt) {
	r.Stmt(s.Init)
	r.Stmt(s.Assign)
	typeCases(r, s.Body)
}

func binary(r *draft.Rewriting, e *ast.BinaryExpr) {
	r.Expr(e.X)
	r.Expr(e.Y)
}

func ident(r *draft.Rewriting, e *ast.Ident) {
	library.Unwrapped(r, e)
	memory.Load(r, e)
}

func paren(r *draft.Rewriting, e *ast.ParenExpr) { r.Expr(e.X) }

func star(r *draft.Rewriting, e *ast.StarExpr) { memory.Load(r, e) }

func typeAssert(r *draft.Rewriting, e *ast.TypeAssertExpr) { r.Expr(e.X) }

// typeCases walks a type switch, whose cases are types.
func typeCases(r *draft.Rewriting, body *ast.BlockStmt) {
	defer r.Push(body)()
	for _, c := range body.List {
		clause := c.(*ast.CaseClause)
		leave := r.Push(clause)
		r.Stmts(clause.Body)
		leave()
	}
}

func declaration(r *draft.Rewriting, s *ast.DeclStmt) {
	g, ok := s.Decl.(*ast.GenDecl)
	if !ok || g.Tok != token.VAR {
		return
	}
	naming.Declared(r, s)
	for _, spec := range g.Specs {
		if v, ok := spec.(*ast.ValueSpec); ok {
			leave := r.Push(v)
			r.Exprs(v.Values)
			leave()
		}
	}
}

// deferred rewrites the call of a defer statement as any other, so that its
// receiver and arguments are evaluated by that statement.
func deferred(r *draft.Rewriting, s *ast.DeferStmt) { r.Expr(s.Call) }

func composite(r *draft.Rewriting, e *ast.CompositeLit) {
	_, isStruct := r.Info.TypeOf(e).Underlying().(*types.Struct)
	_, isMap := r.Info.TypeOf(e).Underlying().(*types.Map)
	for i, elt := range e.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		stream.WrapField(r, e, i, elt)
		if !ok {
			r.Expr(elt)
			continue
		}
		leave := r.Push(kv)
		if isMap && !isStruct {
			r.Expr(kv.Key)
		}
		r.Expr(kv.Value)
		leave()
	}
}

// literal walks a function literal. What is true of the expression it is part of is
// not true of its body.
func literal(r *draft.Rewriting, e *ast.FuncLit) {
	r.Afresh(func() {
		if r.Facts.Recursive(r.Facts.VariableOf(e)) {
			flow.Works(r, e.Body)
		}
		r.Stmt(e.Body)
	})
}

// index rewrites an index expression. An instance of a generic function is no
// element.
func index(r *draft.Rewriting, e *ast.IndexExpr) {
	if syntax.IsType(r.Info, e.Index) {
		if sel, ok := e.X.(*ast.SelectorExpr); ok && r.Info.Selections[sel] == nil {
			library.Unwrapped(r, sel)
		}
		return
	}
	memory.Load(r, e)
}

func selector(r *draft.Rewriting, e *ast.SelectorExpr) {
	if library.MethodValue(r, e) {
		return
	}
	s := r.Info.Selections[e]
	switch {
	case s == nil && syntax.IsVar(r.Info.Uses[e.Sel]): // of another package
		memory.Load(r, e)
	case s == nil: // package.Name
		library.Unwrapped(r, e)
	case s.Kind() == types.FieldVal:
		memory.Load(r, e)
	case s.Kind() == types.MethodExpr && facts.ObjectOf(s) != nil && r.Facts.Records():
		r.Sites.Note(e.Pos(), "method expression "+r.Sites.Text(e), "what it does to its receiver is not recorded")
	case s.Kind() == types.MethodExpr:
		memory.MethodExpression(r, e, s)
	case s.Kind() == types.MethodVal:
		library.Announce(r, e, s)
		if !objects.ObjectMethod(r, e, s) && !objects.DigestMethod(r, e, s) && !objects.HeaderMethod(r, e, s) && !objects.Writes(r, e, s) {
			objects.Receiver(r, e, s)
			memory.MethodOperand(r, e, s)
		}
	}
}

func unary(r *draft.Rewriting, e *ast.UnaryExpr) {
	switch e.Op {
	case token.AND:
		memory.Place(r, e.X)
	case token.ARROW:
		flow.Receive(r, e)
	default:
		r.Expr(e.X)
	}
}
