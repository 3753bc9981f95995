package instrument_test

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"threading101/kernel/instrument"
)

// nodeTypes are all types of nodes that a tree without errors is made of.
var nodeTypes = []ast.Node{
	&ast.ArrayType{}, &ast.AssignStmt{}, &ast.BasicLit{}, &ast.BinaryExpr{}, &ast.BlockStmt{}, &ast.BranchStmt{},
	&ast.CallExpr{}, &ast.CaseClause{}, &ast.ChanType{}, &ast.CommClause{}, &ast.Comment{}, &ast.CommentGroup{},
	&ast.CompositeLit{}, &ast.DeclStmt{}, &ast.DeferStmt{}, &ast.Ellipsis{}, &ast.EmptyStmt{}, &ast.ExprStmt{},
	&ast.Field{}, &ast.FieldList{}, &ast.File{}, &ast.ForStmt{}, &ast.FuncDecl{}, &ast.FuncLit{}, &ast.FuncType{},
	&ast.GenDecl{}, &ast.GoStmt{}, &ast.Ident{}, &ast.IfStmt{}, &ast.ImportSpec{}, &ast.IncDecStmt{}, &ast.IndexExpr{},
	&ast.IndexListExpr{}, &ast.InterfaceType{}, &ast.KeyValueExpr{}, &ast.LabeledStmt{}, &ast.MapType{}, &ast.ParenExpr{},
	&ast.RangeStmt{}, &ast.ReturnStmt{}, &ast.SelectStmt{}, &ast.SelectorExpr{}, &ast.SendStmt{}, &ast.SliceExpr{},
	&ast.StarExpr{}, &ast.StructType{}, &ast.SwitchStmt{}, &ast.TypeAssertExpr{}, &ast.TypeSpec{}, &ast.TypeSwitchStmt{},
	&ast.UnaryExpr{}, &ast.ValueSpec{},
}

// TestNodes: each type of node has a program of its own in testdata, in which
// it really is.
func TestNodes(t *testing.T) {
	for _, n := range nodeTypes {
		name := reflect.TypeOf(n).Elem().Name()
		file := filepath.Join("testdata", "ast_"+strings.ToLower(name)+".txtar")
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Error(err)
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), "in.go", section(archive, "in.go"), parser.ParseComments)
		if err != nil {
			t.Error(err)
			continue
		}
		if !has(f, n) {
			t.Errorf("no %s in %s", name, file)
		}
	}
}

func has(f *ast.File, n ast.Node) bool {
	found := false
	ast.Inspect(f, func(m ast.Node) bool {
		found = found || reflect.TypeOf(m) == reflect.TypeOf(n)
		return !found
	})
	return found
}

// TestNodeTypes: the list above is whole. It is compared with go/ast as it is
// compiled in: whoever adds a node to the language will see it here.
func TestNodeTypes(t *testing.T) {
	pkg, err := importer.ForCompiler(token.NewFileSet(), "source", nil).Import("go/ast")
	if err != nil {
		t.Fatal(err)
	}
	node := pkg.Scope().Lookup("Node").Type().Underlying().(*types.Interface)
	var missing []string
	for _, name := range pkg.Scope().Names() {
		obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok || !obj.Exported() || types.IsInterface(obj.Type()) || !types.Implements(types.NewPointer(obj.Type()), node) {
			continue
		}
		listed := slices.ContainsFunc(nodeTypes, func(n ast.Node) bool { return reflect.TypeOf(n).Elem().Name() == name })
		if !listed && !neverThere[name] {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		t.Errorf("go/ast has nodes that no program shows: %v", missing)
	}
}

// neverThere are nodes that no file without errors has in its tree.
var neverThere = map[string]bool{
	"BadDecl": true, "BadExpr": true, "BadStmt": true, // see TestBad
	"Directive": true, // what ParseDirective returns
	"Package":   true, // many files
}

// TestBad: a tree with errors in it, which nobody should ask for, does no harm.
func TestBad(t *testing.T) {
	for _, src := range []string{
		"package main\nfunc main() { x := ; go }\n",
		"package main\nfunc main() { if { } ch <- ; var }\n",
		"package main\nfoo\nfunc main() { <-1; y(; }\n",
		"package main\nfunc main() { go undefined(1); undefined.Lock(); m[1]++; for range nothing {} }\n",
	} {
		fset := token.NewFileSet()
		f, _ := parser.ParseFile(fset, "in.go", src, parser.ParseComments)
		if f == nil {
			t.Fatal("no tree at all")
		}
		info := &types.Info{
			Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{},
			Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		}
		config := types.Config{Error: func(error) {}}
		pkg, _ := config.Check("main", fset, []*ast.File{f}, info)
		out, _, _, err := instrument.File(fset, f, []byte(src), pkg, info, 1, instrument.Options{})
		if err == nil && len(out) == 0 {
			t.Errorf("%q: neither output nor error", src)
		}
	}
}
