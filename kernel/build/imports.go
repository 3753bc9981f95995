package build

import (
	"bytes"
	"context"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/scanner"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/tools/go/ast/astutil"
	"golang.org/x/tools/imports"

	"threading101/kernel/instrument/syntax"
)

// Undecided is the exit status with which Imports says that it takes more than
// the standard library to tell: run [Goimports] in the file's own folder.
const Undecided = -1

// Imports does what "goimports -w file" does and returns what that would print
// and its exit status. It decides at once where everything missing is in the
// standard library, as nearly always in a lesson; otherwise the file stays as
// it is and the status is Undecided.
//
// The goimports library starts the go command twice or three times before it
// looks at the file, and in the current folder of the process, which a kernel
// has only one of. That is why this shortcut is here, and why it ends where the
// library's first two passes end.
func (b *Builder) Imports(ctx context.Context, file string) (output []byte, exit int) {
	text, err := os.ReadFile(file)
	if err != nil || hasSiblings(file) {
		return nil, Undecided
	}
	fixed, ok := b.fixImports(ctx, file, text)
	if !ok {
		return nil, Undecided
	}
	return save(file, text, fixed)
}

// Goimports does all that "goimports -w file" does. The file must be in, or
// under, the module that the current folder of the process is in, and the go
// command on the PATH.
func Goimports(file string) (output []byte, exit int) {
	text, err := os.ReadFile(file)
	if err != nil {
		return complaint(err)
	}
	fixed, err := imports.Process(file, text, formatting(false))
	if err != nil {
		return complaint(err)
	}
	return save(file, text, fixed)
}

// formatting is how goimports is called by default.
func formatting(only bool) *imports.Options {
	return &imports.Options{TabWidth: 8, TabIndent: true, Comments: true, Fragment: true, FormatOnly: only}
}

// complaint prints an error as goimports does, a line for each syntax error.
func complaint(err error) ([]byte, int) {
	var out bytes.Buffer
	scanner.PrintError(&out, err)
	return out.Bytes(), 2
}

func save(file string, old, text []byte) ([]byte, int) {
	if bytes.Equal(old, text) {
		return nil, 0
	}
	perm := os.FileMode(0o600)
	if info, err := os.Stat(file); err == nil {
		perm = info.Mode().Perm()
	}
	if err := os.WriteFile(file, text, perm); err != nil {
		return complaint(err)
	}
	return nil, 0
}

// hasSiblings reports whether other files of the folder have a say in what is
// missing from this one.
func hasSiblings(file string) bool {
	names, err := goFiles(filepath.Dir(file))
	return err != nil || !slices.Equal(names, []string{filepath.Base(file)})
}

// fixImports returns the text with its imports mended and formatted, and
// whether it could do so.
func (b *Builder) fixImports(ctx context.Context, file string, text []byte) ([]byte, bool) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, file, text, parser.ParseComments) // with objects: see references
	if err != nil || bytes.Contains(text, []byte("//go:embed")) {
		return nil, false
	}
	existing, missing, unused := takeStock(f)
	added, ok := b.findMissing(ctx, file, missing)
	if !ok || existing == nil || len(missing) > 0 && len(unused) > 0 {
		return nil, false
	}
	for _, spec := range unused {
		astutil.DeleteNamedImport(fset, f, spec.name, spec.path)
	}
	for _, path := range added {
		astutil.AddNamedImport(fset, f, "", path)
	}
	return format(fset, file, f)
}

func format(fset *token.FileSet, file string, f *ast.File) ([]byte, bool) {
	ast.SortImports(fset, f)
	var out bytes.Buffer
	config := printer.Config{Mode: printer.UseSpaces | printer.TabIndent, Tabwidth: 8}
	if err := config.Fprint(&out, fset, f); err != nil {
		return nil, false
	}
	text, err := imports.Process(file, out.Bytes(), formatting(true))
	return text, err == nil
}

type spec struct{ name, path string }

// takeStock compares the packages that the file refers to with those it imports.
// existing is nil if a package's name cannot be told from its path.
func takeStock(f *ast.File) (existing map[string]bool, missing map[string][]string, unused []spec) {
	refs := references(f)
	existing = map[string]bool{}
	for _, imp := range f.Imports {
		s := spec{path: imp.Path.Value}
		if s.path, _ = strconv.Unquote(imp.Path.Value); imp.Name != nil {
			s.name = imp.Name.Name
		}
		if s.path == "C" || s.name == "_" || s.name == "." {
			continue
		}
		name := s.name
		if name == "" {
			name = syntax.AssumedName(s.path)
		}
		existing[name] = true
		if refs[name] == nil {
			unused = append(unused, s)
		}
	}
	for name := range existing {
		delete(refs, name)
	}
	slices.SortFunc(unused, func(a, b spec) int { return strings.Compare(a.path+" "+a.name, b.path+" "+b.name) })
	return existing, refs, unused
}

// references maps what may be package names (no declaration of the file is
// meant) to what is selected from them.
func references(f *ast.File) map[string][]string {
	refs := map[string][]string{}
	ast.Inspect(f, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); ok && x.Obj == nil && ast.IsExported(sel.Sel.Name) {
			refs[x.Name] = append(refs[x.Name], sel.Sel.Name)
		}
		return true
	})
	return refs
}

// findMissing finds the one package of the standard library for each name.
func (b *Builder) findMissing(ctx context.Context, file string, missing map[string][]string) ([]string, bool) {
	if len(missing) == 0 {
		return nil, true
	}
	tc, err := b.toolchain(ctx, filepath.Dir(file), b.toolEnv(nil))
	if err != nil {
		return nil, false
	}
	std := b.stdlib(tc.GOROOT)
	var found []string
	for name, symbols := range missing {
		slices.Sort(symbols)
		path := std.find(name, slices.Compact(symbols), requiresNothing(filepath.Dir(file)))
		if path == "" {
			return nil, false
		}
		found = append(found, path)
	}
	slices.Sort(found)
	return found, true
}

// requiresNothing reports whether the module of a folder requires no other: then a
// package that is not imported can only be one of the standard library.
func requiresNothing(dir string) bool {
	text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		return false
	}
	mod, err := modfile.ParseLax("go.mod", text, nil)
	return err == nil && len(mod.Require) == 0 && len(mod.Replace) == 0
}
