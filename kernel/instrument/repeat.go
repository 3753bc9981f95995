package instrument

import (
	"fmt"
	"go/ast"
	"go/scanner"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// A program can be run again and again in one process:
//
//	func main() { … }   becomes   func main() { if rt.Repeat(main, anew0) { return }; … }
//
// and behind the last declaration of the file stands, on its line,
//
//	func anew0() { rt.Zero(&n); rt.Zero(&list); list = []int{1, 2} }
//
// for var n int and var list = []int{1, 2}. The declarations stay as they are:
// what the compiler and the linker compute in advance they still do. If the
// package has several files there are several such functions: Go initialises
// variables in the order of their dependencies, and each value is written where
// its file's imports are.
//
// A package other than main hands its functions over itself, in an init function
// behind the last declaration of its last file:
//
//	func init() { rt.Package(anew0) }
//
// and each init function of its own begins with rt.Initializing(): so it is run
// again as well.

// renewal is how the package variables are made anew.
type renewal struct {
	*rewriter
	parts []part
	name  string          // of their functions, but for a number
	inits []*ast.FuncDecl // of a package other than main, the functions called init
}

// part is a function of its own: some of the work that has to be done in one go,
// in one file.
type part struct {
	file   int // in files
	zero   bool
	values []*types.Initializer
}

// maxValue bounds the text of an initial value that is written twice.
const maxValue = 1 << 15

// planRenewal plans how the variables are made anew.
func planRenewal(r *rewriter) *renewal {
	n := &renewal{rewriter: r}
	if r.facts.library || !Renewable(r.info, r.pkg, r.files) {
		return n
	}
	var values []part
	has := make([]bool, len(r.files))
	for _, init := range r.info.InitOrder {
		i := n.fileOf(init.Rhs)
		has[i] = true
		if len(values) == 0 || values[len(values)-1].file != i {
			values = append(values, part{file: i})
		}
		last := &values[len(values)-1]
		last.values = append(last.values, init)
	}
	for i, f := range r.files {
		if has[i] || hasVariables(f) || imports(f, "flag") {
			n.parts = append(n.parts, part{file: i, zero: true})
		}
	}
	if len(n.parts) == 1 && len(values) == 1 {
		n.parts[0].values = values[0].values
	} else {
		n.parts = append(n.parts, values...)
	}
	if r.pkg.Name() != "main" {
		n.inits = initFunctions(r.files)
	}
	n.name = "t101anew"
	for like := n.namesLike(n.name); slices.ContainsFunc(like, func(name string) bool { return n.taken(name) }); {
		n.name += "_"
	}
	return n
}

// taken reports whether a name could be one of the functions'.
func (n *renewal) taken(name string) bool {
	rest, ok := strings.CutPrefix(name, n.name)
	_, err := strconv.Atoi(rest)
	return ok && err == nil
}

// Renewable reports whether the variables of a package can be made anew: each
// file must be one that is rewritten, and no variable may depend on main, or it
// would depend on itself.
func Renewable(info *types.Info, pkg *types.Package, files []*ast.File) bool {
	if slices.ContainsFunc(files, cgo) {
		return false
	}
	if pkg.Name() != "main" {
		return !slices.ContainsFunc(initFunctions(files), func(d *ast.FuncDecl) bool { return d.Body == nil || directive(d.Doc) != "" })
	}
	for id, obj := range info.Uses {
		if fn, ok := obj.(*types.Func); ok && fn.Name() == "main" && fn.Parent() == pkg.Scope() && !inMain(files, id) {
			return false
		}
	}
	return true
}

// initFunctions are the functions called init, in the order of the files.
func initFunctions(files []*ast.File) (all []*ast.FuncDecl) {
	for _, f := range files {
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Recv == nil && d.Name.Name == "init" {
				all = append(all, d)
			}
		}
	}
	return all
}

// inMain reports whether a name is used in function main itself.
func inMain(files []*ast.File, id *ast.Ident) bool {
	for _, f := range files {
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Recv == nil && d.Name.Name == "main" {
				return d.Pos() <= id.Pos() && id.Pos() < d.End()
			}
		}
	}
	return false
}

func hasVariables(f *ast.File) bool {
	return slices.ContainsFunc(f.Decls, func(d ast.Decl) bool {
		g, ok := d.(*ast.GenDecl)
		return ok && g.Tok == token.VAR
	})
}

func imports(f *ast.File, path string) bool {
	return slices.ContainsFunc(f.Imports, func(s *ast.ImportSpec) bool { return s.Path.Value == strconv.Quote(path) })
}

// fileOf is the index of the file that a node is in.
func (n *renewal) fileOf(node ast.Node) int {
	return slices.IndexFunc(n.files, func(f *ast.File) bool { return f.FileStart <= node.Pos() && node.Pos() < f.FileEnd })
}

// namesLike are the names in the package that begin like one.
func (n *renewal) namesLike(prefix string) (list []string) {
	for _, f := range n.files {
		ast.Inspect(f, func(node ast.Node) bool {
			if id, ok := node.(*ast.Ident); ok && strings.HasPrefix(id.Name, prefix) {
				list = append(list, id.Name)
			}
			return true
		})
	}
	return list
}

// again is the first statement of main.
func (n *renewal) again() string {
	return "if " + n.rt("Repeat") + "(" + strings.Join(append([]string{"main"}, n.functions()...), ", ") + ") { return }"
}

// functions are the names of the parts' functions.
func (n *renewal) functions() (list []string) {
	for i := range n.parts {
		list = append(list, n.name+strconv.Itoa(i))
	}
	return list
}

// handOver is the init function that tells the recorder how a package other than
// main is made anew. It stands in the last file that declares anything, and so
// runs after those of its own.
func (n *renewal) handOver() string {
	last := n.files[0]
	for _, f := range n.files {
		if len(f.Decls) > 0 {
			last = f
		}
	}
	if n.pkg.Name() == "main" || n.file != last || len(n.parts)+len(n.inits) == 0 {
		return ""
	}
	return "; func init() { " + n.rt("Package") + "(" + strings.Join(n.functions(), ", ") + ") }"
}

// anew writes the functions of the parts that belong to this file. All other
// changes to its variables' values have been asked for.
func (n *renewal) anew() string {
	var text strings.Builder
	for i, p := range n.parts {
		if n.files[p.file] == n.file {
			text.WriteString(fmt.Sprintf("; func %s%d() { %s }", n.name, i, strings.Join(n.statements(p), "; ")))
		}
	}
	text.WriteString(n.handOver())
	return text.String()
}

func (n *renewal) statements(p part) (list []string) {
	lasting := n.lasting()
	if p.zero {
		if flags := n.importedAs("flag"); flags != "" { // for a second definition of a flag panics
			list = append(list, fmt.Sprintf("if %s() { %s.CommandLine = %[2]s.NewFlagSet(%[2]s.CommandLine.Name(), %[2]s.ExitOnError) }", n.rt("Flags"), flags))
		}
		for _, id := range variables(n.file) {
			if !lasting[n.info.Defs[id]] {
				list = append(list, fmt.Sprintf("%s(&%s)", n.rt("Zero"), id.Name))
			}
		}
	}
	for _, v := range p.values {
		if text := n.value(v, lasting); text != "" {
			list = append(list, text)
		}
	}
	return list
}

// value assigns an initial value, if that does anything.
func (n *renewal) value(v *types.Initializer, lasting map[types.Object]bool) string {
	var names []string
	blank := true
	for _, x := range v.Lhs {
		if lasting[x] {
			return ""
		}
		names = append(names, x.Name())
		blank = blank && x.Name() == "_"
	}
	if blank && !effects(n.info, v.Rhs) {
		return ""
	}
	return strings.Join(names, ", ") + " = " + n.rewritten(v.Rhs)
}

// rewritten is what an expression became, on one line.
func (n *renewal) rewritten(e ast.Expr) string {
	return flat(n.edits.part(n.off(e.Pos()), n.off(e.End())))
}

// lasting are the variables of this file that keep their values: the linker sets
// them, or another package has them, or their values are long.
func (n *renewal) lasting() map[types.Object]bool {
	keep := map[types.Object]bool{}
	linked := linknames(n.file)
	for _, d := range n.file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.VAR {
			continue
		}
		for _, spec := range g.Specs {
			v := spec.(*ast.ValueSpec)
			long := slices.ContainsFunc(v.Values, func(e ast.Expr) bool { return e.End()-e.Pos() > maxValue })
			for _, id := range v.Names {
				keep[n.info.Defs[id]] = long || embedded(g.Doc) || embedded(v.Doc) || linked[id.Name]
			}
			if long {
				n.sites.note(v.Pos(), "variable "+v.Names[0].Name, "its first value is long; it keeps the last one when the program is run again")
			}
		}
	}
	return keep
}

// variables are the package variables that a file declares.
func variables(f *ast.File) (list []*ast.Ident) {
	for _, d := range f.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.VAR {
			for _, spec := range g.Specs {
				for _, id := range spec.(*ast.ValueSpec).Names {
					if id.Name != "_" {
						list = append(list, id)
					}
				}
			}
		}
	}
	return list
}

func embedded(doc *ast.CommentGroup) bool {
	return doc != nil && slices.ContainsFunc(doc.List, func(c *ast.Comment) bool { return strings.HasPrefix(c.Text, "//go:embed") })
}

// linknames are the names in a file's //go:linkname directives.
func linknames(f *ast.File) map[string]bool {
	names := map[string]bool{}
	for _, group := range f.Comments {
		for _, c := range group.List {
			if rest, ok := strings.CutPrefix(c.Text, "//go:linkname "); ok {
				name, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
				names[name] = true
			}
		}
	}
	return names
}

// importedAs is the name by which the file imports a package, "" if it has none.
func (n *renewal) importedAs(path string) string {
	for _, spec := range n.file.Imports {
		obj := n.info.PkgNameOf(spec)
		if obj != nil && obj.Imported().Path() == path && obj.Name() != "." && obj.Name() != "_" {
			return obj.Name()
		}
	}
	return ""
}

// flat writes source on one line, without its comments.
func flat(src []byte) string {
	if trivia(src) == "" && !strings.Contains(string(src), "\n") {
		return string(src)
	}
	var out strings.Builder
	file := token.NewFileSet().AddFile("", -1, len(src))
	var scan scanner.Scanner
	scan.Init(file, src, nil, 0)
	for {
		_, tok, lit := scan.Scan()
		switch {
		case tok == token.EOF:
			return strings.TrimSuffix(strings.TrimSpace(out.String()), " ;")
		case tok == token.SEMICOLON:
			lit = ";"
		case lit == "":
			lit = tok.String()
		case strings.Contains(lit, "\n"):
			text, _ := strconv.Unquote(lit)
			lit = strconv.Quote(text)
		}
		out.WriteString(lit + " ")
	}
}
