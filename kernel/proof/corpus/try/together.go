package try

import (
	"context"
	"fmt"
	"go/ast"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"threading101/kernel/build/bundle"
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
		src := slices.Concat(f.Src, []byte(bundle.Export))
		if k.compile(ctx, File{f.Name, src}, unit{path: path, config: k.config, object: object}) != nil {
			continue
		}
		in[i] = true
		config = fmt.Appendf(config, "packagefile %s=%s\n", path, object)
		fmt.Fprintf(&imports, "import %s %q\n", path, path)
		fmt.Fprintf(&programs, "\t%q: %s.%s,\n", fmt.Sprint(i), path, bundle.Main)
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
	var imports []string
	for _, spec := range f.Imports {
		path, _ := strconv.Unquote(spec.Path.Value) // it was parsed
		imports = append(imports, path)
	}
	return bundle.Closure(k.imports, imports)
}
