package facts

import (
	"go/ast"
	"go/types"

	"threading101/kernel/instrument/syntax"
)

// Starts says whether values of a type start goroutines: whether a method of the type, or
// of what it points to, has a go statement, or calls a Go.
func (f *Facts) Starts(t types.Type) bool {
	if f.starters == nil {
		f.findStarters()
	}
	return f.starters[syntax.TypeOf(t)]
}

func (f *Facts) findStarters() {
	f.starters = map[*types.TypeName]bool{}
	for fn, d := range f.bodies {
		if recv := fn.Signature().Recv(); recv != nil && d.Body != nil && startsIn(d.Body) {
			f.starters[syntax.TypeOf(recv.Type())] = true
		}
	}
}

func startsIn(body ast.Node) (starts bool) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			starts = true
		case *ast.SelectorExpr:
			starts = starts || n.Sel.Name == "Go"
		}
		return !starts
	})
	return starts
}
