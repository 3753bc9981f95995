package outside

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"threading101/kernel/instrument/syntax"
)

// Uncontrolled lists what a program uses that no scheduler of ours controls, and
// says whether the program is mostly that. known says of an import path that it
// is the standard library's, or that of a package that is rewritten.
func Uncontrolled(used map[string][]string, known func(path string) bool) (list []string, mostly bool) {
	for path, names := range used {
		named, most := judge(path, names, known)
		list = append(list, named...)
		mostly = mostly || most
	}
	slices.Sort(list)
	return slices.Compact(list), mostly
}

func judge(path string, names []string, known func(string) bool) (list []string, mostly bool) {
	listed := false
	for _, f := range foreigners {
		if f.path != path {
			continue
		}
		listed = true
		if f.all() {
			return []string{path}, f.mostly
		}
		for _, name := range names {
			if !f.matters(name) {
				continue
			}
			if f.mostly && path != "os" {
				return []string{path}, true
			}
			list = append(list, path+"."+name)
			mostly = mostly || f.mostly
		}
	}
	if listed || known(path) || slices.Contains(Rewritten, path) {
		return list, mostly
	}
	if slices.Contains(drivers, path) && len(names) == 0 {
		return list, mostly
	}
	return []string{path}, slices.ContainsFunc(elsewhere, func(p string) bool { return path == p || strings.HasPrefix(path, p+"/") })
}

// Used adds to each import path the names that the files use of it. Where
// the types are known these are exact, and methods are among them as
// "Type.Method"; where they are not, they are what the files select from a name
// that an import may have.
func Used(used map[string][]string, files []*ast.File, info *types.Info) {
	for _, f := range files {
		if f == nil {
			continue
		}
		for _, path := range syntax.Paths(f) {
			used[path] = slices.Clip(used[path])
		}
		if info == nil {
			selected(f, used)
		}
	}
	if info == nil {
		return
	}
	for _, obj := range info.Uses {
		if obj.Pkg() == nil || obj.Pkg().Path() == "main" {
			continue
		}
		if path := obj.Pkg().Path(); foreignPaths[path] || slices.Contains(drivers, path) {
			use(used, obj.Pkg().Path(), memberName(obj))
		}
	}
}

func use(used map[string][]string, path, name string) {
	if name != "" && !slices.Contains(used[path], name) {
		used[path] = append(used[path], name)
	}
}

// memberName is the name of what a package declares, "Type.Method" of a method,
// and "" of anything else.
func memberName(obj types.Object) string {
	if fn, ok := obj.(*types.Func); ok && fn.Signature().Recv() != nil {
		t := fn.Signature().Recv().Type()
		if p, ok := types.Unalias(t).(*types.Pointer); ok {
			t = p.Elem()
		}
		if named, ok := types.Unalias(t).(*types.Named); ok {
			return named.Obj().Name() + "." + fn.Name()
		}
		return ""
	}
	if obj.Parent() == obj.Pkg().Scope() {
		return obj.Name()
	}
	return ""
}

// selected adds what a file selects from the names of its imports.
func selected(f *ast.File, used map[string][]string) {
	paths := map[string]string{} // by the name in this file
	for i, path := range syntax.Paths(f) {
		name := syntax.AssumedName(path)
		if id := f.Imports[i].Name; id != nil {
			name = id.Name
		}
		paths[name] = path
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok && paths[x.Name] != "" {
				use(used, paths[x.Name], sel.Sel.Name)
			}
		}
		return true
	})
}
