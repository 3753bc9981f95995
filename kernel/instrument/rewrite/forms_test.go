package rewrite

import (
	"go/importer"
	"go/token"
	"go/types"
	"slices"
	"testing"
)

// TestForms: each type of statement and of expression in go/ast has a row. Whoever
// adds one to the language will see it here.
func TestForms(t *testing.T) {
	pkg, err := importer.ForCompiler(token.NewFileSet(), "source", nil).Import("go/ast")
	if err != nil {
		t.Fatal(err)
	}
	for name, table := range map[string]formTable{"Stmt": statements, "Expr": expressions} {
		var rows []string
		for node := range table {
			rows = append(rows, node.Elem().Name())
		}
		slices.Sort(rows)
		kind := pkg.Scope().Lookup(name).Type().Underlying().(*types.Interface)
		if want := nodesOf(pkg, kind); !slices.Equal(rows, want) {
			t.Errorf("the table has rows for %v, and go/ast has %v", rows, want)
		}
	}
}

// nodesOf are the exported types of go/ast whose pointers implement an interface.
func nodesOf(pkg *types.Package, kind *types.Interface) (names []string) {
	for _, name := range pkg.Scope().Names() {
		obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
		if ok && obj.Exported() && !types.IsInterface(obj.Type()) && types.Implements(types.NewPointer(obj.Type()), kind) {
			names = append(names, name)
		}
	}
	return names
}
