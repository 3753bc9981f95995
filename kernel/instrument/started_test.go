package instrument

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"testing"
)

// TestStarted: a goroutine is called after what stands behind go, or is given to a group.
func TestStarted(t *testing.T) {
	const text = `package main

type Worker struct{}

func (w *Worker) Run() {}

type group struct{}

func (group) Go(f func()) {}

func work(n int) {}

func main() {
	w, g := &Worker{}, group{}
	go w.Run()
	go work(1)
	g.Go(w.Run)
	g.Go(func() { work(2) })
	go func() {
		work(3)
		work(4)
	}()
}
`
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "/somewhere/main.go", text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}, Types: map[ast.Expr]types.TypeAndValue{}}
	pkg, err := (&types.Config{}).Check("main", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"main.go:15": "Worker.Run", "main.go:16": "work", "main.go:17": "Worker.Run", "main.go:18": "work", "main.go:19": "func", "main.go:22": "func"}
	if got := Started(fset, []*ast.File{file}, pkg, info); !maps.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
