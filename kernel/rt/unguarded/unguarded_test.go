package unguarded

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// root is where the library's source lies.
var root = sync.OnceValues(func() (string, error) {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	return strings.TrimSpace(string(out)), err
})

// TestTypes compares the table with the library's source: each type is there, and
// has its methods that look; none of these assigns to a part of its receiver.
func TestTypes(t *testing.T) {
	for name, looking := range types {
		dot := strings.LastIndexByte(name, '.')
		methods := methodsOf(t, name[:dot], name[dot+1:])
		if len(methods) == 0 {
			t.Errorf("%s has no methods with a pointer for a receiver", name)
		}
		for _, method := range strings.Fields(looking) {
			switch d := methods[method]; {
			case d == nil:
				t.Errorf("%s has no method %s", name, method)
			case assigns(d) && name+"."+method != seldom:
				t.Errorf("%s.%s assigns to a part of its receiver", name, method)
			}
		}
	}
}

// seldom is the method that assigns where something goes wrong, or where there is a
// buffer for an indent. Otherwise goroutines may share it, and do.
const seldom = "encoding/json.Encoder.Encode"

// Checksums are not to be shared; the source of random numbers, and connections, are
// made for it.
func TestDigest(t *testing.T) {
	for path, want := range map[string]bool{
		"hash/crc32": true, "crypto/sha256": true, "crypto/internal/fips140/sha256": true, "crypto/md5": true,
		"hash": false, "crypto/rand": false, "crypto/tls": false, "internal/fips140/sha256": false,
	} {
		if got := Digest(path); got != want {
			t.Errorf("%s: %v", path, got)
		}
	}
}

// methodsOf are the methods of a type that have a pointer for a receiver.
func methodsOf(t *testing.T, path, name string) map[string]*ast.FuncDecl {
	t.Helper()
	dir, err := root()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "src", filepath.FromSlash(path), "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	methods := map[string]*ast.FuncDecl{}
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Recv != nil && receives(d, name) {
				methods[d.Name.Name] = d
			}
		}
	}
	return methods
}

func receives(d *ast.FuncDecl, name string) bool {
	star, ok := d.Recv.List[0].Type.(*ast.StarExpr)
	if !ok {
		return false
	}
	id, ok := star.X.(*ast.Ident)
	return ok && id.Name == name
}

func assigns(d *ast.FuncDecl) (found bool) {
	if len(d.Recv.List[0].Names) == 0 {
		return false
	}
	receiver := d.Recv.List[0].Names[0].Name
	ast.Inspect(d.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, x := range n.Lhs {
				found = found || partOf(x, receiver)
			}
		case *ast.IncDecStmt:
			found = found || partOf(n.X, receiver)
		}
		return true
	})
	return found
}

// partOf says whether x names a part of a variable.
func partOf(x ast.Expr, variable string) bool {
	part := false
	for {
		switch e := x.(type) {
		case *ast.SelectorExpr:
			x = e.X
		case *ast.IndexExpr:
			x = e.X
		case *ast.StarExpr:
			x = e.X
		case *ast.ParenExpr:
			x = e.X
		case *ast.Ident:
			return part && e.Name == variable
		default:
			return false
		}
		part = true
	}
}
