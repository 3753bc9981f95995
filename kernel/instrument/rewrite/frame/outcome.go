package frame

import (
	"go/ast"
	"go/token"
	"strings"

	"threading101/kernel/instrument/asked"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// Outcome has the values of expressions noted where main ends:
//
//	return   becomes   rtfmt.Outcome(func() interface{} { return total }); return
//	}        becomes   ; rtfmt.Outcome(func() interface{} { return total }) }
//
// What is spliced in is not rewritten itself: to look at a variable then is not
// something that the program does. A function literal that is only called moves
// no variable to the heap. Where an expression would mean something else than at
// main's end, or nothing, its value is "?".
func Outcome(r *draft.Rewriting, d *ast.FuncDecl, exprs []string) {
	if len(exprs) == 0 {
		return
	}
	at, last := asked.Meanings{Pkg: r.Pkg}, syntax.Innermost(d.Body)
	for _, text := range exprs {
		e, err := at.Read(text, last.Rbrace)
		if err != nil {
			panic(err) // the caller was to check
		}
		at.All = append(at.All, e)
	}
	for _, s := range returns(d.Body) {
		r.Before(s.Pos(), "%s; ", looks(r, at, s.Pos()))
	}
	if n := len(last.List); n == 0 || !isReturn(last.List[n-1]) {
		r.Before(last.Rbrace, "; %s ", looks(r, at, last.Rbrace))
	}
}

// looks is the call that notes the values at a place in main.
func looks(r *draft.Rewriting, at asked.Meanings, pos token.Pos) string {
	var list []string
	for _, e := range at.All {
		text := `"?"`
		if at.Same(e, pos) {
			text = e.Text
		}
		list = append(list, "func() interface{} { return "+text+" }")
	}
	return r.From(draft.PathFmt, "Outcome") + "(" + strings.Join(list, ", ") + ")"
}

// returns are the return statements that end main, in their order: not those of
// function literals in it.
func returns(body *ast.BlockStmt) (all []*ast.ReturnStmt) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			all = append(all, n)
		}
		return true
	})
	return all
}

func isReturn(s ast.Stmt) bool {
	_, ok := s.(*ast.ReturnStmt)
	return ok
}
