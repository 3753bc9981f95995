package draft

import (
	"go/ast"
	"go/token"
	"slices"

	"threading101/kernel/instrument/syntax"
)

// Too is the ending of the name of the recorder's function for a read that Go makes
// together with one that was noted before: in x + f() + y it reads both x and y
// once f has returned.
func (r *Rewriting) Too() string {
	if r.late != nil && r.late == r.statement() && !slices.Contains(r.Path, ast.Node(r.called)) {
		return "Too"
	}
	return ""
}

// ReadLate remembers that a read in the statement in hand is noted once an operand
// that calls something was evaluated.
func (r *Rewriting) ReadLate(called ast.Expr) { r.late, r.called = r.statement(), called }

// statement is the innermost that the node in hand is part of.
func (r *Rewriting) statement() ast.Node {
	for i := len(r.Path) - 1; i >= 0; i-- {
		switch r.Path[i].(type) {
		case ast.Stmt, *ast.FuncLit, *ast.ValueSpec, *ast.CaseClause:
			return r.Path[i]
		}
	}
	return nil
}

// Repeatable reports whether e can be written, and evaluated, a second time.
func (r *Rewriting) Repeatable(e ast.Expr) bool { return syntax.Pure(r.Info, e) && r.OneLine(e) }

// Later finds the operand that makes the last call after the expression in hand is
// evaluated, within the statement in hand. It is nil if there is no such call; ok
// is false where there is one, but in nothing that could be wrapped.
func (r *Rewriting) Later() (e ast.Expr, ok bool) {
	n := len(r.Path) - 1
	return r.following(r.Path[n], n-1)
}

// LaterThan is later for an operand of the expression in hand.
func (r *Rewriting) LaterThan(operand ast.Expr) (e ast.Expr, ok bool) {
	return r.following(operand, len(r.Path)-1)
}

func (r *Rewriting) following(child ast.Node, up int) (e ast.Expr, ok bool) {
	ok = true
	for ; up >= 0; up-- {
		parent := r.Path[up]
		if parent == child {
			continue
		}
		if b, isBinary := parent.(*ast.BinaryExpr); isBinary && (b.Op == token.LAND || b.Op == token.LOR) {
			return e, ok // Go evaluates all of it before what is further right
		}
		for _, x := range syntax.OperandsAfter(syntax.Operands(parent), child) {
			if syntax.Effects(r.Info, x) {
				e = syntax.WrapPoint(r.Info, parent, x)
				ok = e != nil
			}
		}
		switch parent.(type) {
		case ast.Stmt, *ast.FuncLit, *ast.ValueSpec, *ast.CaseClause:
			return e, ok
		}
		child = parent
	}
	return e, ok
}
