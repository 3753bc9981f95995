package sequel

import (
	"go/ast"
	"go/parser"
	"go/token"
)

// Results says how many results functions and methods have that a text declares, by
// their names; those of methods begin with "~". A name that two methods have which
// differ in that is left out.
func Results(declarations string) map[string]int {
	all := map[string]int{}
	f, _ := parser.ParseFile(token.NewFileSet(), "", "package p\n"+declarations, parser.SkipObjectResolution)
	if f == nil {
		return all
	}
	differ := map[string]bool{}
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		name, n := fn.Name.Name, fn.Type.Results.NumFields()
		if fn.Recv != nil {
			name = "~" + name
		}
		if before, known := all[name]; known && before != n {
			differ[name] = true
		}
		all[name] = n
	}
	for name := range differ {
		delete(all, name)
	}
	return all
}
