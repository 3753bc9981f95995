// Package bundle has what is common to all who link several programs into one
// executable, because to link takes longer than to compile: which programs are the same
// as packages among others, which of them may come together, and how another package
// calls their main.
//
// What is linked with a program must not make one look right that is wrong. So nothing
// of it may run before main ([BeginsInMain]), and those that come together have the same
// packages ([Closure]): what these do before main they do in each program.
package bundle

import (
	"go/ast"
	"go/token"
	"maps"
	"slices"
)

// Main is what main is called for other packages.
const Main = "ProgramOfItsOwn"

// Export is what makes package main such a package: it is added to one of its files. The
// package's name stays main, as it is printed with the program's types.
const Export = "\nvar " + Main + " = main\n"

// BeginsInMain reports whether nothing of a file runs before main: no function init, and
// no call or receive in what a variable begins with. To make something is no such call.
func BeginsInMain(f *ast.File) bool { return !slices.ContainsFunc(f.Decls, runsEarly) }

func runsEarly(d ast.Decl) (early bool) {
	if fn, ok := d.(*ast.FuncDecl); ok {
		return fn.Recv == nil && fn.Name.Name == "init"
	}
	ast.Inspect(d, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			id, ok := n.Fun.(*ast.Ident)
			early = early || !ok || id.Name != "make" && id.Name != "new"
		case *ast.UnaryExpr:
			early = early || n.Op == token.ARROW
		}
		return !early
	})
	return early
}

// Closure are all packages that a program with these imports is linked with, sorted.
// known are the imports of each package.
func Closure(known map[string][]string, imports []string) []string {
	seen := map[string]bool{}
	var visit func(path string)
	visit = func(path string) {
		if seen[path] || path == "unsafe" {
			return
		}
		seen[path] = true
		for _, imported := range known[path] {
			visit(imported)
		}
	}
	for _, path := range imports {
		visit(path)
	}
	return slices.Sorted(maps.Keys(seen))
}
