package syntax

import (
	"go/ast"
	"slices"
)

// BodyOf is the body of the innermost function of a path.
func BodyOf(path []ast.Node) *ast.BlockStmt {
	for _, n := range slices.Backward(path) {
		switch n := n.(type) {
		case *ast.FuncLit:
			return n.Body
		case *ast.FuncDecl:
			return n.Body
		}
	}
	return nil
}

// Bodies are those of a function and of the function literals in it.
func Bodies(d *ast.FuncDecl) []*ast.BlockStmt {
	all := []*ast.BlockStmt{d.Body}
	ast.Inspect(d.Body, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok {
			all = append(all, lit.Body)
		}
		return true
	})
	return all
}
