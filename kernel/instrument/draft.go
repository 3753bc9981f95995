package instrument

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// byteOrderMark may stand at the beginning of a file, and nowhere else.
var byteOrderMark = []byte("\ufeff")

// rewriter is one file as it is being rewritten: what every construct needs to
// turn a node into changes of the text.
type rewriter struct {
	fset  *token.FileSet
	file  *ast.File
	files []*ast.File // of the package
	pkg   *types.Package
	info  *types.Info
	edits *splice
	sites *collector
	facts *facts
	noted *noted
	*recorderNames

	path    []ast.Node // from the file down to the node in hand
	walk    walker
	late    ast.Node                // the last statement in which a read was noted after a call
	called  ast.Expr                // the operand with that call
	cancels map[types.Object]string // functions that end a context → what that is called
	plain   int                     // > 0: reads of variables here are left alone
}

// walker knows for each node what rewrites it.
type walker interface {
	expr(r *rewriter, e ast.Expr)
	stmt(r *rewriter, s ast.Stmt)
}

func newRewriter(fset *token.FileSet, f *ast.File, src []byte, pkg *types.Package, info *types.Info, next uint32, known *facts, files []*ast.File) *rewriter {
	r := &rewriter{
		fset: fset, file: f, files: files, pkg: pkg, info: info,
		edits:         &splice{src: src},
		sites:         &collector{fset: fset, src: src, base: fset.File(f.FileStart).Base(), next: next},
		facts:         known,
		noted:         newNoted(),
		recorderNames: namesFor(f, pkg, info),
		cancels:       map[types.Object]string{},
	}
	r.sites.gaps = r.facts.goroutines && !r.facts.library
	return r
}

// result is the new source, with a directive on top that gives every line its own
// number back. name is what the file is called there, "" its name in the file set.
func (r *rewriter) result(name string) []byte {
	if name == "" {
		name = r.fset.PositionFor(r.file.Package, false).Filename
	}
	r.imports()
	if bytes.HasPrefix(r.edits.src, byteOrderMark) {
		r.edits.replace(0, len(byteOrderMark), "")
	}
	return append([]byte("//line "+name+":1\n"), r.edits.apply()...)
}

func cgo(f *ast.File) bool {
	return imports(f, "C")
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

// afterAll is after, outside of all that is still to be asked for. The text is
// given to the function it returns.
func (r *rewriter) afterAll(p token.Pos) (fill func(text string)) { return r.edits.afterAll(r.off(p)) }

// join replaces what lies between two operands by sep, and closing behind it, but
// for comments and line breaks.
func (r *rewriter) join(lo, hi token.Pos, sep, closing string) {
	r.edits.join(r.off(lo), r.off(hi), sep, closing)
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

// between is what is written from one place to another but for the tokens: the
// comments and line breaks.
func (r *rewriter) between(lo, hi token.Pos) string {
	return trivia(r.edits.src[r.off(lo):r.off(hi)])
}

func (r *rewriter) source(n ast.Node) []byte {
	return r.edits.src[r.off(n.Pos()):r.off(n.End())]
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
