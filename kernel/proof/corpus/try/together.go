package try

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// File is a file of package main. Its positions are those of Name.
type File struct {
	Name string
	Src  []byte
}

// Which is the variable of the environment that names the program, by its number,
// which one that was made of several is to be.
const Which = "TRY_PROGRAM"

// Together compiles files, each as a package of its own, and links them into one
// executable, out, which does what main of one of them does: to link takes longer than
// to compile. It says which of them are in it. A file that does not compile so is not.
func (k *Kit) Together(ctx context.Context, files []File, out string) (in []bool, err error) {
	dir, err := os.MkdirTemp(filepath.Dir(out), "together")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	config, err := os.ReadFile(k.config)
	if err != nil {
		return nil, err
	}
	in = make([]bool, len(files))
	var imports, programs strings.Builder
	for i, f := range files {
		path := fmt.Sprint("program", i)
		object := filepath.Join(dir, path+".a")
		src, err := asPackage(f.Src, path)
		if err == nil {
			err = k.compile(ctx, File{f.Name, src}, unit{path: path, config: k.config, object: object})
		}
		if err != nil {
			continue
		}
		in[i] = true
		config = fmt.Appendf(config, "packagefile %s=%s\n", path, object)
		fmt.Fprintf(&imports, "import %q\n", path)
		fmt.Fprintf(&programs, "\t%q: %s.%s,\n", fmt.Sprint(i), path, exported)
	}
	one := unit{path: "main", config: filepath.Join(dir, "importcfg"), object: filepath.Join(dir, "main.a")}
	if err := os.WriteFile(one.config, config, 0o600); err != nil {
		return nil, err
	}
	text := fmt.Sprintf("package main\n\nimport \"os\"\n%s\nvar programs = map[string]func(){\n%s}\n\nfunc main() { programs[os.Getenv(%q)]() }\n", &imports, &programs, Which)
	if err := k.compile(ctx, File{filepath.Join(dir, "main.go"), []byte(text)}, one); err != nil {
		return nil, err
	}
	return in, k.link(ctx, one, out)
}

// Packages are all that a file is linked with, sorted.
func (k *Kit) Packages(f *ast.File) []string {
	seen := map[string]bool{}
	var visit func(path string)
	visit = func(path string) {
		if !seen[path] {
			seen[path] = true
			for _, imported := range k.imports[path] {
				visit(imported)
			}
		}
	}
	for _, spec := range f.Imports {
		path, _ := strconv.Unquote(spec.Path.Value) // it was parsed
		visit(path)
	}
	return slices.Sorted(maps.Keys(seen))
}

// exported is what main is called for other packages.
const exported = "ProgramOfItsOwn"

// asPackage makes a package of a file of package main. Where main is not the program's
// beginning, it is a function like any other.
func asPackage(src []byte, name string) ([]byte, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", src, parser.PackageClauseOnly)
	if err != nil {
		return nil, err
	}
	at := fset.PositionFor(f.Name.Pos(), false).Offset
	return fmt.Appendf(nil, "%s%s%s\nvar %s = main\n", src[:at], name, src[at+len(f.Name.Name):], exported), nil
}

// BeginsInMain reports whether nothing of a program runs before main: no function named
// init, and no call or receive in what variables begin with.
func BeginsInMain(f *ast.File) bool { return !slices.ContainsFunc(f.Decls, runsBeforeMain) }

func runsBeforeMain(d ast.Decl) (runs bool) {
	if fn, ok := d.(*ast.FuncDecl); ok {
		return fn.Recv == nil && fn.Name.Name == "init"
	}
	ast.Inspect(d, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			id, ok := n.Fun.(*ast.Ident)
			runs = runs || !ok || id.Name != "make" && id.Name != "new"
		case *ast.UnaryExpr:
			runs = runs || n.Op == token.ARROW
		}
		return true
	})
	return runs
}
