package facts

import (
	"go/ast"
	"go/token"
	"go/types"
)

// A struct type that is written out twice is one type: what is known of a field of the
// one is known of that of the other, though the type-checker has an object for each.

// unnamed notes a struct type that is no named type's own.
func (g *gatherer) unnamed(n *ast.StructType, stack []ast.Node) {
	if spec, ok := stack[len(stack)-1].(*ast.TypeSpec); ok && spec.Assign == token.NoPos {
		return
	}
	if t, ok := g.typeOf(n).(*types.Struct); ok {
		key := t.String()
		g.twins[key] = append(g.twins[key], t)
	}
}

// likeTwins has the fields of equal struct types be known alike.
func (g *gatherer) likeTwins() {
	for _, some := range g.twins {
		for i := range some[0].NumFields() {
			g.alike(some, i)
		}
	}
}

func (g *gatherer) alike(some []*types.Struct, i int) {
	for _, known := range []map[types.Object]bool{g.Written, g.partly, g.whole, g.pointed, g.leaked, g.anothers} {
		any := false
		for _, t := range some {
			any = any || known[t.Field(i).Origin()]
		}
		if !any {
			continue
		}
		for _, t := range some {
			known[t.Field(i).Origin()] = true
		}
	}
}
