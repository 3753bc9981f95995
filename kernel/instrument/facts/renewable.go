package facts

import (
	"go/ast"
	"go/types"
	"slices"

	"threading101/kernel/instrument/syntax"
)

// Renewable reports whether the variables of a package can be made anew: each
// file must be one that is rewritten, and no variable may depend on main, or it
// would depend on itself.
func Renewable(info *types.Info, pkg *types.Package, files []*ast.File) bool {
	if slices.ContainsFunc(files, syntax.ImportsC) {
		return false
	}
	if pkg.Name() != "main" {
		return !slices.ContainsFunc(syntax.InitFunctions(files), func(d *ast.FuncDecl) bool { return d.Body == nil || syntax.Directive(d.Doc) != "" })
	}
	for id, obj := range info.Uses {
		if fn, ok := obj.(*types.Func); ok && fn.Name() == "main" && fn.Parent() == pkg.Scope() && !inMain(files, id) {
			return false
		}
	}
	return true
}

// inMain reports whether a name is used in function main itself.
func inMain(files []*ast.File, id *ast.Ident) bool {
	for _, f := range files {
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Recv == nil && d.Name.Name == "main" {
				return d.Pos() <= id.Pos() && id.Pos() < d.End()
			}
		}
	}
	return false
}
