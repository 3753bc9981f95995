package instrument_test

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"threading101/kernel/instrument"
	"threading101/kernel/proof/corpus/try"
)

// TestLibrary rewrites packages that goroutines work with, which are not of
// package main: what happens between goroutines is there, what they read and
// write is not, nor what only main has.
func TestLibrary(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "golang.org/x/sync").Output()
	if err != nil {
		t.Fatal(err)
	}
	for file, wants := range map[string][]string{
		"errgroup/errgroup.go":         {"t101rt.Go0(", "t101rt.OnceDo(", "t101rt.WGWait(", "t101rt.SelS("},
		"semaphore/semaphore.go":       {"t101rt.Lock(", "t101rt.Close(", "t101rt.Decide(", "t101rt.Tick("},
		"singleflight/singleflight.go": {"t101rt.Go3(", "t101rt.Lock(", "t101rt.WGWait(", "t101rt.Recovered("},
	} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(strings.TrimSpace(string(dir)), file)
			src, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			out := string(rewriteLibrary(t, path, src))
			for _, want := range wants {
				if !strings.Contains(out, want) {
					t.Errorf("no %s in\n%s", want, out)
				}
			}
			for _, wrong := range []string{"t101rt.Load(", "t101rt.Store(", "t101rt.MapR(", "t101rt.MainFrom(", "t101rt.Repeat(", "t101rt.Zero("} {
				if strings.Contains(out, wrong) {
					t.Errorf("a %s in\n%s", wrong, out)
				}
			}
		})
	}
}

func rewriteLibrary(t *testing.T, path string, src []byte) []byte {
	t.Helper()
	fset, info := token.NewFileSet(), try.NewInfo()
	f, pkg, err := checkLibrary(t, fset, info, path, src)
	if err != nil {
		t.Fatal(err)
	}
	out, _, _, err := instrument.File(fset, f, src, pkg, info, 1, instrument.Options{Library: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := checkLibrary(t, fset, try.NewInfo(), path, out); err != nil {
		t.Fatalf("the output does not type-check: %v\n%s", err, out)
	}
	return out
}

func checkLibrary(t *testing.T, fset *token.FileSet, info *types.Info, path string, src []byte) (*ast.File, *types.Package, error) {
	f, err := parser.ParseFile(fset, path, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, nil, err
	}
	config := types.Config{Importer: importer.ForCompiler(fset, "gc", theKit(t).Open)}
	pkg, err := config.Check("golang.org/x/sync/"+f.Name.Name, fset, []*ast.File{f}, info)
	return f, pkg, err
}
