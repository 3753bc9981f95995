package instrument

import "go/ast"

// stmt walks a statement.
func (r *rewriter) stmt(s ast.Stmt) {
	if s == nil {
		return
	}
	defer r.push(s)()
	r.walk.stmt(r, s)
}

func (r *rewriter) stmts(list []ast.Stmt) {
	for _, s := range list {
		r.stmt(s)
	}
}

// expr walks an expression whose value is wanted.
func (r *rewriter) expr(e ast.Expr) {
	if tv := r.info.Types[e]; tv.IsType() || tv.Value != nil {
		return // types and constants do nothing at run time
	}
	defer r.push(e)()
	r.walk.expr(r, e)
}

func (r *rewriter) exprs(list []ast.Expr) {
	for _, e := range list {
		r.expr(e)
	}
}

func (r *rewriter) optional(e ast.Expr) {
	if e != nil {
		r.expr(e)
	}
}

// instead walks in the place of the node in hand another one, which is no part of
// the path: f is called with the node taken off it.
func (r *rewriter) instead(walk func()) {
	n := len(r.path) - 1
	node := r.path[n]
	r.path = r.path[:n]
	walk()
	r.path = append(r.path, node)
}

// unrecorded walks something without noting reads of variables in it.
func (r *rewriter) unrecorded(walk func()) {
	r.plain++
	walk()
	r.plain--
}

// afresh walks the body of a function literal: whatever holds for the expression
// it stands in does not hold there.
func (r *rewriter) afresh(walk func()) {
	plain := r.plain
	r.plain = 0
	walk()
	r.plain = plain
}
