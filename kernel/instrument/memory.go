package instrument

import "go/ast"

func (r *rewriter) load(e ast.Expr)              { r.descend(e) }
func (r *rewriter) loadMap(e ast.Expr) bool      { return false }
func (r *rewriter) lenCall(c *ast.CallExpr) bool { return true }
func (r *rewriter) mapCall(c *ast.CallExpr) bool { return false }
func (r *rewriter) incDec(s *ast.IncDecStmt)     { r.place(s.X) }
func (r *rewriter) assign(s *ast.AssignStmt) {
	for _, e := range s.Lhs {
		r.place(e)
	}
	r.exprs(s.Rhs)
}

// descend walks what leads to a variable whose own value is left alone.
func (r *rewriter) descend(e ast.Expr) {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		r.operand(e.X)
	case *ast.IndexExpr:
		r.base(e.X)
		r.expr(e.Index)
	case *ast.StarExpr:
		r.expr(e.X)
	}
}
