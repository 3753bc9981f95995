package syntax

import (
	"go/ast"
	"go/token"
	"strconv"
	"strings"
)

// Cells of a notebook that continue one program are written as one main, each cell in
// a block within the one before. Where a cell ends stands a constant, which does
// nothing in Go; assignments to blanks behind it keep the cell's variables used:
//
//	const t101cell2 = 0; _, _ = a, b
//
// Its number is the cell's place in the program; its value is 1 where the world is to
// stand still at the prompt.

// PromptName begins the name of such a constant.
const PromptName = "t101cell"

// Frozen is the value of one at which the world stands still.
const Frozen = "1"

// Prompt is the prompt behind a cell.
type Prompt struct {
	Cell   int // its place in the program, from 1
	Frozen bool
	Name   *ast.Ident
}

// PromptOf returns the prompt that a statement stands for, false if it is none.
func PromptOf(s ast.Stmt) (p Prompt, ok bool) {
	d, ok := s.(*ast.DeclStmt)
	if !ok {
		return p, false
	}
	g, ok := d.Decl.(*ast.GenDecl)
	if !ok || g.Tok != token.CONST || len(g.Specs) != 1 {
		return p, false
	}
	v := g.Specs[0].(*ast.ValueSpec)
	digits, ok := strings.CutPrefix(v.Names[0].Name, PromptName)
	if !ok || len(v.Names) != 1 || len(v.Values) != 1 {
		return p, false
	}
	value, ok := v.Values[0].(*ast.BasicLit)
	n, err := strconv.Atoi(digits)
	return Prompt{n, ok && value.Value == Frozen, v.Names[0]}, err == nil && n > 0
}

// KeepsAlive reports whether a statement of a list is one of those behind a prompt that
// keep variables used.
func KeepsAlive(s ast.Stmt, list []ast.Stmt) bool {
	if !assignsBlanks(s) {
		return false
	}
	for i := len(list) - 1; i > 0; i-- {
		if list[i] != s {
			continue
		}
		for i--; i > 0 && assignsBlanks(list[i]); i-- {
		}
		_, ok := PromptOf(list[i])
		return ok
	}
	return false
}

func assignsBlanks(s ast.Stmt) bool {
	a, ok := s.(*ast.AssignStmt)
	if !ok || a.Tok != token.ASSIGN || len(a.Lhs) != len(a.Rhs) {
		return false
	}
	for i, e := range a.Lhs {
		id, isName := e.(*ast.Ident)
		_, named := a.Rhs[i].(*ast.Ident)
		if !isName || id.Name != "_" || !named {
			return false
		}
	}
	return true
}

// Innermost returns the block in which main's last cell stands: its body, where no
// cells continue it.
func Innermost(body *ast.BlockStmt) *ast.BlockStmt {
	for {
		n := len(body.List)
		if n == 0 {
			return body
		}
		next, ok := body.List[n-1].(*ast.BlockStmt)
		if !ok || !continues(body.List[:n-1]) {
			return body
		}
		body = next
	}
}

// continues reports whether a prompt ends a list of statements.
func continues(list []ast.Stmt) bool {
	for i := len(list) - 1; i >= 0; i-- {
		if _, ok := PromptOf(list[i]); ok {
			return true
		}
		if !assignsBlanks(list[i]) {
			return false
		}
	}
	return false
}
