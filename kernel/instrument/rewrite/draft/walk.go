package draft

import (
	"go/ast"

	"threading101/kernel/instrument/syntax"
)

// Stmt walks a statement.
func (r *Rewriting) Stmt(s ast.Stmt) {
	if s == nil {
		return
	}
	defer r.Push(s)()
	r.Walk.Stmt(r, s)
}

// Stmts walks a list of statements.
func (r *Rewriting) Stmts(list []ast.Stmt) {
	for _, s := range list {
		if !syntax.KeepsAlive(s, list) {
			r.Stmt(s)
		}
	}
}

// Expr walks an expression whose value is wanted.
func (r *Rewriting) Expr(e ast.Expr) {
	if tv := r.Info.Types[e]; tv.IsType() || tv.Value != nil {
		return // types and constants do nothing at run time
	}
	defer r.Push(e)()
	r.Walk.Expr(r, e)
}

// Exprs walks a list of expressions.
func (r *Rewriting) Exprs(list []ast.Expr) {
	for _, e := range list {
		r.Expr(e)
	}
}

// Optional walks an expression that may be missing.
func (r *Rewriting) Optional(e ast.Expr) {
	if e != nil {
		r.Expr(e)
	}
}

// Instead walks another node in the place of the node in hand: walk is called with
// the latter taken off the path.
func (r *Rewriting) Instead(walk func()) {
	n := len(r.Path) - 1
	node := r.Path[n]
	r.Path = r.Path[:n]
	walk()
	r.Path = append(r.Path, node)
}

// Unrecorded walks something without noting reads of variables in it.
func (r *Rewriting) Unrecorded(walk func()) {
	r.plain++
	walk()
	r.plain--
}

// Afresh walks the body of a function literal: what is true of the expression it is
// part of is not true there.
func (r *Rewriting) Afresh(walk func()) {
	plain := r.plain
	r.plain = 0
	walk()
	r.plain = plain
}
