package build

import (
	"go/ast"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// uncontrolled lists what a program uses that no scheduler of ours controls, and
// says whether the program is mostly that. known says of an import path that it
// is the standard library's, or that of a package that is rewritten.
func uncontrolled(used map[string][]string, known func(path string) bool) (list []string, mostly bool) {
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
	if listed || known(path) || slices.Contains(controlledModules, path) {
		return list, mostly
	}
	if slices.Contains(drivers, path) && len(names) == 0 {
		return list, mostly
	}
	return []string{path}, slices.ContainsFunc(elsewhere, func(p string) bool { return path == p || strings.HasPrefix(path, p+"/") })
}

// usedNames adds to each import path the names that the files use of it. Where
// the types are known these are exact, and methods are among them as
// "Type.Method"; where they are not, they are what the files select from a name
// that an import may have.
func usedNames(used map[string][]string, files []*file, info *types.Info) {
	for _, f := range files {
		if f.ast == nil {
			continue
		}
		for _, path := range f.imports() {
			used[path] = slices.Clip(used[path])
		}
		if info == nil {
			f.selected(used)
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
func (f *file) selected(used map[string][]string) {
	paths := map[string]string{} // by the name in this file
	for i, path := range f.imports() {
		name := assumedName(path)
		if id := f.ast.Imports[i].Name; id != nil {
			name = id.Name
		}
		paths[name] = path
	}
	ast.Inspect(f.ast, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok && paths[x.Name] != "" {
				use(used, paths[x.Name], sel.Sel.Name)
			}
		}
		return true
	})
}

// describe adds to a result what is known of the source alone.
func (j *job) describe(r *Result) {
	files := j.src.files
	if j.target != nil {
		files = j.chosen()
	}
	used := map[string][]string{}
	usedNames(used, files, j.info)
	rewritten := map[string]bool{}
	for _, m := range j.ownMembers() {
		rewritten[m.ImportPath] = true
		usedNames(used, m.files, m.info)
	}
	r.Imports = slices.Collect(maps.Keys(used))
	r.Code = codeOf(files, j.ownMembers()...)
	r.Uncontrolled, r.Outside = uncontrolled(used, func(path string) bool {
		return path == "unsafe" || rewritten[path] || exists(filepath.Join(j.tc.GOROOT, "src", filepath.FromSlash(path)))
	})
	_, r.Alone = used["database/sql"]
	r.Uncontrolled = append(r.Uncontrolled, j.loose...)
	slices.Sort(r.Uncontrolled)
	r.Uncontrolled = slices.Compact(r.Uncontrolled)
}
