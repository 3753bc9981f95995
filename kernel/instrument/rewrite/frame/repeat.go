package frame

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"threading101/kernel/instrument/facts"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/splice"
	"threading101/kernel/instrument/syntax"
)

// A program can be run again and again in one process:
//
//	func main() { … }   becomes   func main() { if rt.Repeat(main, anew0) { return }; … }
//
// and behind the last declaration of the file, on its line, is
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

// Renewal is how the package variables are made anew.
type Renewal struct {
	*draft.Rewriting
	parts []part
	name  string          // of their functions, but for a number
	Inits []*ast.FuncDecl // of a package other than main, the functions called init
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

// PlanRenewal plans how the variables are made anew.
func PlanRenewal(r *draft.Rewriting) *Renewal {
	n := &Renewal{Rewriting: r}
	if r.Facts.Library || !facts.Renewable(r.Info, r.Pkg, r.Files) {
		return n
	}
	var values []part
	has := make([]bool, len(r.Files))
	for _, init := range r.Info.InitOrder {
		i := n.fileOf(init.Rhs)
		has[i] = true
		if len(values) == 0 || values[len(values)-1].file != i {
			values = append(values, part{file: i})
		}
		last := &values[len(values)-1]
		last.values = append(last.values, init)
	}
	for i, f := range r.Files {
		if has[i] || hasVariables(f) || syntax.Imports(f, "flag") {
			n.parts = append(n.parts, part{file: i, zero: true})
		}
	}
	if len(n.parts) == 1 && len(values) == 1 {
		n.parts[0].values = values[0].values
	} else {
		n.parts = append(n.parts, values...)
	}
	if r.Pkg.Name() != "main" {
		n.Inits = syntax.InitFunctions(r.Files)
	}
	n.name = facts.Ours + "anew"
	for slices.ContainsFunc(r.Facts.Reserved(), n.taken) {
		n.name += "_"
	}
	return n
}

// taken reports whether a name could be one of the functions'.
func (n *Renewal) taken(name string) bool {
	rest, ok := strings.CutPrefix(name, n.name)
	_, err := strconv.Atoi(rest)
	return ok && err == nil
}

func hasVariables(f *ast.File) bool {
	return slices.ContainsFunc(f.Decls, func(d ast.Decl) bool {
		g, ok := d.(*ast.GenDecl)
		return ok && g.Tok == token.VAR
	})
}

// fileOf is the index of the file that a node is in.
func (n *Renewal) fileOf(node ast.Node) int {
	return slices.IndexFunc(n.Files, func(f *ast.File) bool { return f.FileStart <= node.Pos() && node.Pos() < f.FileEnd })
}

// again is the first statement of main.
func (n *Renewal) again() string {
	return "if " + n.RT("Repeat") + "(" + strings.Join(append([]string{"main"}, n.functions()...), ", ") + ") { return }"
}

// functions are the names of the parts' functions.
func (n *Renewal) functions() (list []string) {
	for i := range n.parts {
		list = append(list, n.name+strconv.Itoa(i))
	}
	return list
}

// handOver is the init function that tells the recorder how a package other than
// main is made anew. It is in the last file that declares anything, and so runs
// after the package's own.
func (n *Renewal) handOver() string {
	last := n.Files[0]
	for _, f := range n.Files {
		if len(f.Decls) > 0 {
			last = f
		}
	}
	if n.Pkg.Name() == "main" || n.File != last || len(n.parts)+len(n.Inits) == 0 {
		return ""
	}
	return "; func init() { " + n.RT("Package") + "(" + strings.Join(n.functions(), ", ") + ") }"
}

// Anew writes the functions of the parts that belong to this file. All other
// changes to its variables' values have been asked for.
func (n *Renewal) Anew() string {
	var text strings.Builder
	for i, p := range n.parts {
		if n.Files[p.file] == n.File {
			text.WriteString(fmt.Sprintf("; func %s%d() { %s }", n.name, i, strings.Join(n.statements(p), "; ")))
		}
	}
	text.WriteString(n.handOver())
	return text.String()
}

func (n *Renewal) statements(p part) (list []string) {
	lasting := n.lasting()
	if p.zero {
		if flags := n.importedAs("flag"); flags != "" { // for a second definition of a flag panics
			list = append(list, fmt.Sprintf("if %s() { %s.CommandLine = %[2]s.NewFlagSet(%[2]s.CommandLine.Name(), %[2]s.ExitOnError) }", n.RT("Flags"), flags))
		}
		for _, id := range variables(n.File) {
			if !lasting[n.Info.Defs[id]] {
				list = append(list, fmt.Sprintf("%s(&%s)", n.RT("Zero"), id.Name))
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
func (n *Renewal) value(v *types.Initializer, lasting map[types.Object]bool) string {
	var names []string
	blank := true
	for _, x := range v.Lhs {
		if lasting[x] {
			return ""
		}
		names = append(names, x.Name())
		blank = blank && x.Name() == "_"
	}
	if blank && !syntax.Effects(n.Info, v.Rhs) {
		return ""
	}
	return strings.Join(names, ", ") + " = " + n.rewritten(v.Rhs)
}

// rewritten is what an expression became, on one line.
func (n *Renewal) rewritten(e ast.Expr) string {
	return splice.Flat(n.Edits.Part(n.Off(e.Pos()), n.Off(e.End())))
}

// lasting are the variables of this file that keep their values: the linker sets
// them, or another package has them, or their values are long.
func (n *Renewal) lasting() map[types.Object]bool {
	keep := map[types.Object]bool{}
	linked := linknames(n.File)
	for _, d := range n.File.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.VAR {
			continue
		}
		for _, spec := range g.Specs {
			v := spec.(*ast.ValueSpec)
			long := slices.ContainsFunc(v.Values, func(e ast.Expr) bool { return e.End()-e.Pos() > maxValue })
			for _, id := range v.Names {
				keep[n.Info.Defs[id]] = long || embedded(g.Doc) || embedded(v.Doc) || linked[id.Name]
			}
			if long {
				n.Sites.Note(v.Pos(), "variable "+v.Names[0].Name, "its first value is long; it keeps the last one when the program is run again")
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

// importedAs is the file's name for a package, "" if it does not import it.
func (n *Renewal) importedAs(path string) string {
	for _, spec := range n.File.Imports {
		obj := n.Info.PkgNameOf(spec)
		if obj != nil && obj.Imported().Path() == path && obj.Name() != "." && obj.Name() != "_" {
			return obj.Name()
		}
	}
	return ""
}
