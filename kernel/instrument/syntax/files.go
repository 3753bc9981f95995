package syntax

import (
	"go/ast"
	"go/types"
	"go/version"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// FullName is the name of a declared function, as Site.Func has it.
func FullName(fn *types.Func) string {
	recv := fn.Signature().Recv()
	if recv == nil {
		return fn.Name()
	}
	t, star := recv.Type(), false
	if p, ok := t.(*types.Pointer); ok {
		t, star = p.Elem(), true
	}
	name := ""
	if n, ok := types.Unalias(t).(*types.Named); ok {
		name = n.Obj().Name()
	}
	if star {
		return "(*" + name + ")." + fn.Name()
	}
	return name + "." + fn.Name()
}

// ImportsC reports whether a file is for cgo.
func ImportsC(f *ast.File) bool {
	return Imports(f, "C")
}

// Directive returns the compiler directive of a function that calls added to it
// could break, "" if it has none.
func Directive(doc *ast.CommentGroup) string {
	if doc == nil {
		return ""
	}
	for _, c := range doc.List {
		for _, name := range []string{"nosplit", "norace", "systemstack", "nowritebarrier", "nowritebarrierrec", "yeswritebarrierrec"} {
			if strings.HasPrefix(c.Text, "//go:"+name) && strings.TrimSpace(c.Text) == "//go:"+name {
				return name
			}
		}
	}
	return ""
}

// PerLoop reports whether the variables of a loop belong to the loop as a whole, as
// they did before Go 1.22, and not to each iteration.
func PerLoop(info *types.Info, pkg *types.Package, f *ast.File) bool {
	v := info.FileVersions[f]
	if v == "" {
		v = pkg.GoVersion()
	}
	return v != "" && version.Compare(v, "go1.22") < 0
}

// InitFunctions are the functions called init, in the order of the files.
func InitFunctions(files []*ast.File) (all []*ast.FuncDecl) {
	for _, f := range files {
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Recv == nil && d.Name.Name == "init" {
				all = append(all, d)
			}
		}
	}
	return all
}

// Imports reports whether a file imports a package.
func Imports(f *ast.File, path string) bool {
	return slices.ContainsFunc(f.Imports, func(s *ast.ImportSpec) bool { return s.Path.Value == strconv.Quote(path) })
}

// DeclaredName is the name that a function is declared by, as Site.Func has it.
func DeclaredName(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return d.Name.Name
	}
	t, star := d.Recv.List[0].Type, false
	for {
		switch x := t.(type) {
		case *ast.ParenExpr:
			t = x.X
			continue
		case *ast.StarExpr:
			t, star = x.X, true
			continue
		case *ast.IndexExpr:
			t = x.X
			continue
		case *ast.IndexListExpr:
			t = x.X
			continue
		case *ast.Ident:
			if star {
				return "(*" + x.Name + ")." + d.Name.Name
			}
			return x.Name + "." + d.Name.Name
		}
		return d.Name.Name
	}
}

// Paths are those that a file imports.
func Paths(f *ast.File) []string {
	var paths []string
	for _, spec := range f.Imports {
		if path, err := strconv.Unquote(spec.Path.Value); err == nil {
			paths = append(paths, path)
		}
	}
	return paths
}

// AssumedName is the name of a package as far as its path tells, by the rules
// of goimports: "gopkg.in/yaml.v3" is yaml, "math/rand/v2" is rand.
func AssumedName(importPath string) string {
	base := path.Base(importPath)
	if strings.HasPrefix(base, "v") {
		if _, err := strconv.Atoi(base[1:]); err == nil {
			if dir := path.Dir(importPath); dir != "." {
				base = path.Base(dir)
			}
		}
	}
	base = strings.TrimPrefix(base, "go-")
	if i := strings.IndexFunc(base, notIdentifier); i >= 0 {
		base = base[:i]
	}
	return base
}

func notIdentifier(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }
