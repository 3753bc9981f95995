package instrument_test

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"threading101/kernel/instrument"
	"threading101/kernel/proof/corpus/try"
)

// TestSeveralFiles: the variables of a package of several files are made anew in
// the order of their dependencies, each in its own file, where its imports are.
func TestSeveralFiles(t *testing.T) {
	out := rewriteFiles(t, map[string]string{
		"a.go": "package main\n\nvar a = b + 1\nvar z int\n\nfunc main() { go println(a, b, c, t101anew1) }\n",
		"b.go": "package main\n\nimport \"errors\"\n\nvar b, e = c * 2, errors.New(\"b\")\n\nvar t101anew1 = 1\n",
		"c.go": "package main\n\nvar c = 3 // last\n\nvar _ = effect()\n\nfunc effect() int { return 1 }\n",
		"d.go": "package main\n\nfunc unused() {}\n",
	})
	for name, want := range map[string][]string{
		"a.go": {
			"if t101rt.Repeat(main, t101anew_0, t101anew_1, t101anew_2, t101anew_3, t101anew_4, t101anew_5, t101anew_6, t101anew_7) { return }",
			"func t101anew_0() { t101rt.Zero(&a); t101rt.Zero(&z) }", "func t101anew_6() { a = b + 1 }",
		},
		"b.go": {"func t101anew_1() { t101rt.Zero(&b); t101rt.Zero(&e); t101rt.Zero(&t101anew1) }", "func t101anew_5() { b = c * 2 }", `func t101anew_3() { e = errors.New("b"); t101anew1 = 1 }`},
		"c.go": {"func t101anew_2() { t101rt.Zero(&c) }", "func t101anew_4() { c = 3 }", "func t101anew_7() { _ = effect() }"},
		"d.go": {"func unused() {}\n"},
	} {
		for _, text := range want {
			if !strings.Contains(out[name], text) {
				t.Errorf("no %q in\n%s", text, out[name])
			}
		}
	}
}

// TestMainDependence: where a variable depends on main, main must not depend on
// it, or the program would no longer compile.
func TestMainDependence(t *testing.T) {
	out := rewriteFiles(t, map[string]string{"a.go": "package main\n\nvar again = main\n\nvar n = 1\n\nfunc init() { again() }\n\nfunc main() { n++ }\n"})
	if !strings.Contains(out["a.go"], "t101rt.Repeat(main)") {
		t.Errorf("main refers to what makes variables anew:\n%s", out["a.go"])
	}
}

// rewriteFiles rewrites the files of a package and type-checks what comes out.
func rewriteFiles(t *testing.T, srcs map[string]string) map[string]string {
	t.Helper()
	names := []string{"a.go", "b.go", "c.go", "d.go"}[:len(srcs)]
	check := func(srcs map[string]string) (fset *token.FileSet, files []*ast.File, pkg *types.Package, info *types.Info) {
		fset, info = token.NewFileSet(), try.NewInfo()
		for _, name := range names {
			f, err := parser.ParseFile(fset, name, srcs[name], parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
		}
		config := types.Config{Importer: importer.ForCompiler(fset, "gc", theKit(t).Open)}
		pkg, err := config.Check("main", fset, files, info)
		if err != nil {
			t.Fatalf("%v\n%s", err, srcs)
		}
		return fset, files, pkg, info
	}
	fset, files, pkg, info := check(srcs)
	out := map[string]string{}
	for i, name := range names {
		text, _, _, err := instrument.File(fset, files[i], []byte(srcs[name]), pkg, info, 1, instrument.Options{Files: files})
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(text)
	}
	check(out)
	return out
}
