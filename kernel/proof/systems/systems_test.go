package systems

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// TestCompiles type-checks all of the kernel for other systems, which takes a tenth of
// the time of a build.
func TestCompiles(t *testing.T) {
	for _, system := range []struct{ os, arch string }{{"linux", "arm64"}, {"darwin", "arm64"}} {
		own := 0
		packages.Visit(load(t, system.os, system.arch), nil, func(p *packages.Package) {
			if !strings.HasPrefix(p.PkgPath, "threading101/") {
				return
			}
			own++
			for _, problem := range p.Errors {
				t.Errorf("%s/%s: %v", system.os, system.arch, problem)
			}
		})
		if own < 50 {
			t.Errorf("%s/%s: only %d packages", system.os, system.arch, own)
		}
	}
}

func load(t *testing.T, system, arch string) []*packages.Package {
	t.Helper()
	kernel, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	found, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports | packages.NeedDeps | packages.NeedTypes | packages.NeedSyntax,
		Env:  append(os.Environ(), "GOOS="+system, "GOARCH="+arch, "CGO_ENABLED=0"),
		ParseFile: func(fset *token.FileSet, name string, text []byte) (*ast.File, error) {
			f, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
			if err == nil && !strings.HasPrefix(name, kernel) {
				withoutBodies(f)
			}
			return f, err
		},
	}, "threading101/kernel", "threading101/kernel/gonbtools/tool", "threading101/kernel/rt/...")
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// withoutBodies leaves of a file what others can see of it.
func withoutBodies(f *ast.File) {
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Name.Name != "init" {
			fn.Body = nil
		}
	}
}
