package printing

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// rest is what every program has besides its snippets.
const rest = `
func main() {
	f := find(os.Args[1])()
	if os.Args[2] != "both" {
		f(os.Args[2])
		return
	}
	var wait sync.WaitGroup
	wait.Go(func() { f("one") })
	wait.Go(func() { f("two") })
	wait.Wait()
}

func picture(text string) *image.Paletted {
	p := image.NewPaletted(image.Rect(0, 0, 1, 1), color.Palette{color.Black, color.Gray{text[0]}})
	p.SetColorIndex(0, 0, 1)
	return p
}

func request(text string) *net_http.Request {
	r, _ := net_http.NewRequest("GET", "http://localhost/"+text, nil)
	return r
}

func flags(text string) *flag.FlagSet {
	f := flag.NewFlagSet(text, flag.ContinueOnError)
	f.String(text, text, text)
	return f
}
`

// written is the source of a program with those snippets that are Go.
func written(t *testing.T, all map[string]*types.Package, list []snippet) (src string, good []snippet) {
	t.Helper()
	for range 10 {
		src = source(all, list)
		bad := wrong(t, all, src)
		if len(bad) == 0 {
			return src, list
		}
		list = slices.DeleteFunc(slices.Clone(list), func(s snippet) bool { return bad[s.name] })
	}
	t.Fatal("there are always new mistakes in the program")
	return "", nil
}

// source is that of a program with a line for each snippet, which begins with its
// name.
func source(all map[string]*types.Package, list []snippet) string {
	var body strings.Builder
	body.WriteString("func find(name string) func() func(string) {\n\tswitch name {\n")
	for i, s := range list {
		fmt.Fprintf(&body, "\tcase %q: return p%d\n", s.name, i)
	}
	body.WriteString("\t}\n\tpanic(name)\n}\n")
	for i, s := range list {
		fmt.Fprintf(&body, "func p%d() func(string) { %s } // %s\n", i, s.body, s.name)
	}
	body.WriteString(rest)
	imports := "package main\n\nimport (\n"
	names := map[string]bool{}
	for _, m := range regexp.MustCompile(`\b([a-z][a-z0-9_]*)\.`).FindAllStringSubmatch(body.String(), -1) {
		names[m[1]] = true
	}
	for _, path := range slices.Sorted(keysOf(all)) {
		name := alias(all[path])
		if path == "image/color" {
			name = "color"
		}
		if names[name] {
			imports += fmt.Sprintf("\t%s %q\n", name, path)
		}
	}
	return imports + ")\n\n" + body.String()
}

// wrong are the names of the snippets that do not compile.
func wrong(t *testing.T, all map[string]*types.Package, src string) map[string]bool {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "main.go", src, 0)
	if err != nil {
		os.WriteFile("/tmp/pr/src.go", []byte(src), 0o600)
		t.Fatal(err)
	}
	lines, bad := strings.Split(src, "\n"), map[string]bool{}
	config := types.Config{Importer: imported(all), Error: func(err error) {
		line := lines[fset.Position(err.(types.Error).Pos).Line-1]
		name, snippet := "", false
		if i := strings.LastIndex(line, "} // "); i >= 0 && strings.HasPrefix(line, "func p") {
			name, snippet = line[i+len("} // "):], true
		}
		if !snippet && !strings.Contains(err.Error(), "imported and not used") {
			t.Fatalf("%v\n%s", err, line)
		}
		bad[name] = true
	}}
	config.Check("main", fset, []*ast.File{f}, nil)
	return bad
}

type imported map[string]*types.Package

func (all imported) Import(path string) (*types.Package, error) { return all[path], nil }
