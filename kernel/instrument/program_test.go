package instrument_test

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"threading101/kernel/instrument"
	"threading101/kernel/proof/corpus/try"
)

// together are packages, each with those it imports before it, rewritten as one
// program: the path of each, and the text of its one file.
func together(t *testing.T, paths []string, texts map[string]string) map[string]string {
	t.Helper()
	fset := token.NewFileSet()
	library := importer.ForCompiler(fset, "gc", theKit(t).Open)
	known := map[string]*types.Package{}
	var all []instrument.Package
	for _, path := range paths {
		f, err := parser.ParseFile(fset, path+".go", texts[path], parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		p := instrument.Package{Info: try.NewInfo(), Files: []*ast.File{f}}
		config := types.Config{Importer: importing(func(path string) (*types.Package, error) {
			if p := known[path]; p != nil {
				return p, nil
			}
			return library.Import(path)
		})}
		if p.Pkg, err = config.Check(path, fset, p.Files, p.Info); err != nil {
			t.Fatal(err)
		}
		known[path] = p.Pkg
		all = append(all, p)
	}
	out := map[string]string{}
	program := instrument.NewProgram(all)
	for i, path := range paths {
		text, _, _, err := instrument.File(fset, all[i].Files[0], []byte(texts[path]), all[i].Pkg, all[i].Info, 1,
			instrument.Options{Files: all[i].Files, Program: program})
		if err != nil {
			t.Fatal(err)
		}
		out[path] = string(text)
	}
	return out
}

type importing func(string) (*types.Package, error)

func (f importing) Import(path string) (*types.Package, error) { return f(path) }

// TestProgram: what a package reads is noted where another one writes it, and the
// other way round; without goroutines anywhere nothing is; and each package says
// how it is made anew.
func TestProgram(t *testing.T) {
	texts := map[string]string{
		"box": "package box\n\nvar Limit int\n\nvar fixed = 3\n\ntype Box struct{ V, Kept int }\n\n" +
			"func init() { fixed++; fixed-- }\n\nfunc (b *Box) Get() int { return b.V + b.Kept + Limit }\n",
		"main": "package main\n\nimport \"box\"\n\nfunc main() {\n\tb := new(box.Box)\n\tgo b.Get()\n\tb.V = 1\n\tbox.Limit++\n\tprintln(box.Limit)\n}\n",
	}
	out := together(t, []string{"box", "main"}, texts)
	for path, wants := range map[string][]string{
		"box": {
			"return t101rt.Load(", "&b.V) + b.Kept + t101rt.Load(", "&Limit)",
			"func init() { t101rt.Initializing(); ", "; func init() { t101rt.Package(t101anew0) }",
			"func t101anew0() { t101rt.Zero(&Limit); t101rt.Zero(&fixed); fixed = 3 }",
		},
		"main": {"t101rt.Store(", "&b.V, 1)", "&box.Limit, 1)", "&box.Limit))", "t101rt.Repeat(main)"},
	} {
		for _, want := range wants {
			if !strings.Contains(out[path], want) {
				t.Errorf("%s: no %q in\n%s", path, want, out[path])
			}
		}
	}
	if strings.Contains(out["main"], "t101rt.Package") || strings.Contains(out["box"], "t101rt.Repeat") {
		t.Error("main is not made anew as others are, nor they as main is")
	}
	texts["main"] = strings.Replace(texts["main"], "go b.Get()", "b.Get()", 1)
	for path, text := range together(t, []string{"box", "main"}, texts) {
		if i := slices.IndexFunc([]string{"t101rt.Load(", "t101rt.Store(", "t101rt.Add("}, func(s string) bool { return strings.Contains(text, s) }); i >= 0 {
			t.Errorf("%s: nobody starts a goroutine, and yet\n%s", path, text)
		}
	}
}

// TestFlags: the flags of a file are forgotten also where it has no variables.
func TestFlags(t *testing.T) {
	texts := map[string]string{"main": "package main\n\nimport \"flag\"\n\nfunc main() {\n\tn := flag.Int(\"n\", 1, \"\")\n\tgo println(*n)\n}\n"}
	if out := together(t, []string{"main"}, texts)["main"]; !strings.Contains(out, "if t101rt.Flags() { flag.CommandLine = ") {
		t.Error(out)
	}
}

// TestProgramSources: whether a source of random numbers is the program's own, and may
// have a lock, is told by the package that makes it, and matters to the others. It was
// forgotten between packages.
func TestProgramSources(t *testing.T) {
	const box = "package box\n\nimport \"math/rand\"\n\ntype source struct{}\n\nfunc (source) Int63() int64 { return 1 }\nfunc (source) Seed(int64) {}\n\nfunc New() *rand.Rand { return rand.New(%s) }\n"
	texts := map[string]string{
		"main": "package main\n\nimport \"box\"\n\nvar r = box.New()\n\nfunc main() {\n\tgo println(r.Int())\n\tprintln(r.Int())\n}\n",
	}
	for source, recorded := range map[string]bool{"source{}": false, "rand.NewSource(1)": true} {
		texts["box"] = strings.ReplaceAll(box, "%s", source)
		out := together(t, []string{"box", "main"}, texts)["main"]
		if strings.Contains(out, "t101rt.Written(") != recorded {
			t.Errorf("of %s, recorded should be %v:\n%s", source, recorded, out)
		}
	}
}
