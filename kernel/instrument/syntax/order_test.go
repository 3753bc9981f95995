package syntax

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"testing"
)

const declared = `package p

type number int

type pair struct{ a, b int }

var (
	i  int
	p  *pair
	s  []int
	m  map[string]int
	ch chan int
)

func f() int
`

// TestExpressions: what evaluating an expression does, and whether it can be done
// twice, or elsewhere.
func TestExpressions(t *testing.T) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", declared, 0)
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := new(types.Config).Check("p", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]struct{ effects, pure, typed, fixed bool }{
		"i":                             {pure: true, typed: true, fixed: true},
		"p.a":                           {pure: true, typed: true},
		"s[i]":                          {pure: true, typed: true},
		`m["a"]`:                        {pure: true, typed: true},
		"number(i)":                     {pure: true, typed: true},
		"1 << 3":                        {pure: true},
		"nil":                           {pure: true, fixed: true},
		"i == 1":                        {pure: true},
		"len(s)":                        {typed: true},
		"f()":                           {effects: true, typed: true},
		"s[f()]":                        {effects: true, typed: true},
		"<-ch":                          {effects: true, typed: true},
		"func() int { return f() }":     {typed: true},
		"pair{a: f()}":                  {effects: true, typed: true},
		"min(i, f())":                   {effects: true},
		"&pair{}":                       {typed: true},
		"append(s, i)":                  {typed: true},
		"(func() int { return f() })()": {effects: true, typed: true},
	} {
		e, err := parser.ParseExpr(text)
		if err != nil {
			t.Fatal(err)
		}
		info := &types.Info{
			Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		}
		if err := types.CheckExpr(fset, pkg, token.NoPos, e, info); err != nil {
			t.Fatal(err)
		}
		got := want
		got.effects, got.pure, got.typed, got.fixed = Effects(info, e), Pure(info, e), Typed(info, e), FixedPlace(info, e)
		if got != want {
			t.Errorf("%s: %+v, want %+v", text, got, want)
		}
	}
}
