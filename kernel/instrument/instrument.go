package instrument

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"threading101/kernel/event"
)

// Options change how a file is rewritten. The zero value is right for a program
// of one file.
type Options struct {
	// Name is the file's name in the //line directive put on top; "" means its
	// name in the file set.
	Name string

	// Files are all files of the package, among them the one to rewrite; nil
	// means that it is the only one. They are read to learn which variables
	// change and which are shared.
	Files []*ast.File

	// Program is what is known of all packages of the program, this one among
	// them; nil means that it is the only one that is rewritten.
	Program *Program

	// Library says that the package is not the learner's but one that goroutines
	// of theirs work with: what it reads and writes is not recorded, only what
	// happens between goroutines.
	Library bool

	// Outcome are expressions whose values are noted where main ends, and Spans
	// functions of which each call is noted: as it begins and as it is over. A run
	// is the same with and without. See [CheckOutcome] and [CheckSpans].
	Outcome []string
	Spans   []string

	// Everything records also what cannot matter: variables that never change,
	// programs without goroutines. For tests of exactness.
	Everything bool
}

// File rewrites one file of a package that was parsed, with comments, and
// type-checked, with all of info but Scopes and FileVersions filled in. It returns the new source, the sites numbered from next on, and
// what was left as it is. A file without anything to rewrite comes back
// unchanged.
func File(fset *token.FileSet, f *ast.File, src []byte, pkg *types.Package, info *types.Info, next uint32, o Options) (out []byte, sites []event.Site, notes []Note, err error) {
	defer func() {
		if v := recover(); v != nil {
			out, sites, notes, err = nil, nil, nil, fmt.Errorf("rewriting %s: %v", fset.Position(f.Package).Filename, v)
		}
	}()
	if o.Files == nil {
		o.Files = []*ast.File{f}
	}
	r := newRewriter(fset, f, src, pkg, info, next, o)
	if reason := unfit(r); reason != "" {
		r.sites.note(f.Package, "file", "%s", reason)
		return src, nil, r.sites.notes, nil
	}
	declarations(r)
	ledger(r)
	if r.edits.none() {
		return src, nil, r.sites.notes, nil
	}
	r.imports()
	if bytes.HasPrefix(src, byteOrderMark) {
		r.edits.replace(0, len(byteOrderMark), "")
	}
	out = append([]byte(lineDirective(o.Name, fset, f)), r.edits.apply()...)
	return out, r.sites.sites, r.sites.notes, nil
}

// byteOrderMark may stand at the beginning of a file, and nowhere else.
var byteOrderMark = []byte("\ufeff")

// rewriter is the rewriting of one file.
type rewriter struct {
	fset  *token.FileSet
	file  *ast.File
	pkg   *types.Package
	info  *types.Info
	files []*ast.File // of the package
	asked asked
	edits *splice
	sites *collector
	facts *facts

	path    []ast.Node        // from the file down to the node in hand
	late    ast.Node          // the last statement in which a read was noted after a call
	called  ast.Expr          // the operand with that call
	names   map[string]string // import path of a package of the recorder → its name here
	used    map[string]bool   // of these, the ones the new source needs
	keep    []string          // references that keep the file's own imports in use
	kept    map[string]bool
	cancels map[types.Object]string // functions that end a context → what that is called
	plain   int                     // > 0: reads of variables here are left alone
	noted   map[ast.Expr]noting     // what has a site

	returnsNoted map[ast.Stmt]bool // return statements that write, or read, results with names

	renewal renewal
}

func newRewriter(fset *token.FileSet, f *ast.File, src []byte, pkg *types.Package, info *types.Info, next uint32, o Options) *rewriter {
	base := fset.File(f.FileStart).Base()
	r := &rewriter{
		fset: fset, file: f, pkg: pkg, info: info, files: o.Files, asked: asked{o.Outcome, o.Spans},
		edits: &splice{src: src},
		sites: &collector{fset: fset, src: src, base: base, next: next},
		facts: factsOf(info, pkg, o),
		names: localNames(f, pkg),
		used:  map[string]bool{},
		kept:  map[string]bool{}, cancels: map[types.Object]string{}, noted: map[ast.Expr]noting{}, returnsNoted: map[ast.Stmt]bool{},
	}
	r.sites.gaps = r.facts.goroutines && !o.Library
	return r
}

// unfit says why a file cannot be rewritten at all.
func unfit(r *rewriter) string {
	if cgo(r.file) {
		return `it imports "C"`
	}
	return ""
}

func cgo(f *ast.File) bool {
	return imports(f, "C")
}

// asked is what the run is to note beyond what every run notes.
type asked struct {
	outcome []string
	spans   []string
}

// lineDirective is the directive that gives every line its own number back.
func lineDirective(name string, fset *token.FileSet, f *ast.File) string {
	if name == "" {
		name = fset.PositionFor(f.Package, false).Filename
	}
	return "//line " + name + ":1\n"
}

// off is the offset of a position in the source.
func (r *rewriter) off(p token.Pos) int { return int(p) - r.sites.base }

// before and after insert text around what begins, or ends, at p.
func (r *rewriter) before(p token.Pos, format string, args ...any) {
	r.edits.before(r.off(p), sprintf(format, args...))
}

func (r *rewriter) after(p token.Pos, format string, args ...any) {
	r.edits.after(r.off(p), sprintf(format, args...))
}

// wrap puts text before and after an expression. Like all changes it is asked
// for before the expression itself is walked: so they nest.
func (r *rewriter) wrap(e ast.Expr, open, closing string) {
	r.before(e.Pos(), "%s", open)
	r.after(e.End(), "%s", closing)
}

// swap replaces a token, or a few on one line.
func (r *rewriter) swap(lo, hi token.Pos, format string, args ...any) {
	r.edits.replace(r.off(lo), r.off(hi), sprintf(format, args...))
}

func sprintf(format string, args ...any) string {
	if len(args) == 0 {
		return format
	}
	return fmt.Sprintf(format, args...)
}

// oneLine reports whether a node is written on one line and without comments,
// so that its text can be repeated elsewhere.
func (r *rewriter) oneLine(n ast.Node) bool {
	return trivia(r.source(n)) == ""
}

func (r *rewriter) source(n ast.Node) []byte {
	return r.edits.src[r.off(n.Pos()):r.off(n.End())]
}

// declarations rewrites the file's functions. The initialisers of package
// variables run before there is a second goroutine; only the function literals
// in them matter.
func declarations(r *rewriter) {
	r.push(r.file)
	if len(r.file.Decls) == 0 {
		return
	}
	renew(r)
	fill := r.edits.afterAll(r.off(r.file.Decls[len(r.file.Decls)-1].End()))
	for _, d := range r.file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			declared(r, d)
		case *ast.GenDecl:
			initialisers(r, d)
		}
	}
	fill(anew(r))
}

func declared(r *rewriter, d *ast.FuncDecl) {
	if d.Body == nil {
		return
	}
	if name := directive(d.Doc); name != "" {
		r.sites.note(d.Pos(), "function "+d.Name.Name, "it is marked //go:%s", name)
		return
	}
	r.sites.fn = funcName(d)
	defer r.push(d)()
	spans(r, d)
	if d.Recv == nil && d.Name.Name == "main" && r.pkg.Name() == "main" {
		main(r, d)
		outcome(r, d)
	}
	if d.Recv == nil && d.Name.Name == "init" && len(r.renewal.inits) > 0 {
		r.after(d.Body.Lbrace+1, " %s();", r.rt("Initializing"))
	}
	if r.facts.recursive(r.info.Defs[d.Name]) {
		works(r, d.Body)
	}
	r.stmt(d.Body)
}

// directive returns the compiler directive of a function that calls added to it
// could break, "" if it has none.
func directive(doc *ast.CommentGroup) string {
	if doc == nil {
		return ""
	}
	for _, c := range doc.List {
		for _, name := range []string{"nosplit", "norace", "systemstack", "nowritebarrier", "nowritebarrierrec", "yeswritebarrierrec"} {
			if strings.HasPrefix(c.Text, "//go:"+name) && strings.TrimSpace(c.Text) == "//go:"+name {
				return name
			}
		}
	}
	return ""
}

func initialisers(r *rewriter, d *ast.GenDecl) {
	defer r.push(d)()
	for _, spec := range d.Specs {
		if v, ok := spec.(*ast.ValueSpec); ok && d.Tok == token.VAR {
			r.sites.fn = v.Names[0].Name
			r.plain++
			r.exprs(v.Values)
			r.plain--
		}
	}
}

// push enters a node; the function it returns leaves it.
func (r *rewriter) push(n ast.Node) func() {
	r.path = append(r.path, n)
	return func() { r.path = r.path[:len(r.path)-1] }
}

// parent is the node above the one in hand, up levels above it.
func (r *rewriter) parent(up int) ast.Node {
	if i := len(r.path) - 1 - up; i >= 0 {
		return r.path[i]
	}
	return nil
}
