package draft

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"threading101/kernel/instrument/facts"
	"threading101/kernel/instrument/site"
	"threading101/kernel/instrument/splice"
	"threading101/kernel/instrument/syntax"
)

// byteOrderMark may stand at the beginning of a file, and nowhere else.
var byteOrderMark = []byte("\ufeff")

// Rewriting is one file as it is being rewritten: what every construct needs to
// turn a node into changes of the text.
type Rewriting struct {
	fset  *token.FileSet
	File  *ast.File
	Files []*ast.File // of the package
	Pkg   *types.Package
	Info  *types.Info
	Edits *splice.Edits
	Sites *site.Collector
	Facts *facts.Facts
	Noted *noted
	*recorderNames

	Path    []ast.Node // from the file down to the node in hand
	Walk    Walker
	late    ast.Node                // the last statement in which a read was noted after a call
	called  ast.Expr                // the operand with that call
	Cancels map[types.Object]string // functions that end a context → what that is called
	plain   int                     // > 0: reads of variables here are left alone
}

// Walker knows for each node what rewrites it.
type Walker interface {
	Expr(r *Rewriting, e ast.Expr)
	Stmt(r *Rewriting, s ast.Stmt)
}

// New begins to rewrite a file. Its sites are numbered from next on; files are those
// of its package.
func New(fset *token.FileSet, f *ast.File, src []byte, pkg *types.Package, info *types.Info, next uint32, known *facts.Facts, files []*ast.File) *Rewriting {
	r := &Rewriting{
		fset: fset, File: f, Files: files, Pkg: pkg, Info: info,
		Edits:         &splice.Edits{Src: src},
		Sites:         &site.Collector{Fset: fset, Src: src, Base: fset.File(f.FileStart).Base(), Next: next},
		Facts:         known,
		Noted:         newNoted(),
		recorderNames: namesFor(known, info),
		Cancels:       map[types.Object]string{},
	}
	r.Sites.Gaps = r.Facts.Goroutines && !r.Facts.Library
	return r
}

// Result is the new source, with a directive on top that gives every line its own
// number back. name is what the file is called there, "" its name in the file set.
func (r *Rewriting) Result(name string) []byte {
	if name == "" {
		name = r.fset.PositionFor(r.File.Package, false).Filename
	}
	r.imports()
	if bytes.HasPrefix(r.Edits.Src, byteOrderMark) {
		r.Edits.Replace(0, len(byteOrderMark), "")
	}
	return append([]byte("//line "+name+":1\n"), r.Edits.Apply()...)
}

// Off is the offset of a position in the source.
func (r *Rewriting) Off(p token.Pos) int { return int(p) - r.Sites.Base }

// Before inserts text that belongs to what begins at p.
func (r *Rewriting) Before(p token.Pos, format string, args ...any) {
	r.Edits.Before(r.Off(p), sprintf(format, args...))
}

// After inserts text that belongs to what ends at p.
func (r *Rewriting) After(p token.Pos, format string, args ...any) {
	r.Edits.After(r.Off(p), sprintf(format, args...))
}

// Wrap puts text before and after an expression. Like all changes it is asked
// for before the expression itself is walked: so they nest.
func (r *Rewriting) Wrap(e ast.Expr, open, closing string) {
	r.Before(e.Pos(), "%s", open)
	r.After(e.End(), "%s", closing)
}

// AfterAll is after, outside of all that is still to be asked for. The text is
// given to the function it returns.
func (r *Rewriting) AfterAll(p token.Pos) (fill func(text string)) { return r.Edits.AfterAll(r.Off(p)) }

// Join replaces what lies between two operands by sep, and closing behind it, but
// for comments and line breaks.
func (r *Rewriting) Join(lo, hi token.Pos, sep, closing string) {
	r.Edits.Join(r.Off(lo), r.Off(hi), sep, closing)
}

// Swap replaces a token, or a few on one line.
func (r *Rewriting) Swap(lo, hi token.Pos, format string, args ...any) {
	r.Edits.Replace(r.Off(lo), r.Off(hi), sprintf(format, args...))
}

func sprintf(format string, args ...any) string {
	if len(args) == 0 {
		return format
	}
	return fmt.Sprintf(format, args...)
}

// OneLine reports whether a node is written on one line and without comments,
// so that its text can be repeated elsewhere.
func (r *Rewriting) OneLine(n ast.Node) bool {
	return splice.Trivia(r.Source(n)) == ""
}

// Between is what is written from one place to another but for the tokens: the
// comments and line breaks.
func (r *Rewriting) Between(lo, hi token.Pos) string {
	return splice.Trivia(r.Edits.Src[r.Off(lo):r.Off(hi)])
}

// Source is how a node is written.
func (r *Rewriting) Source(n ast.Node) []byte {
	return r.Edits.Src[r.Off(n.Pos()):r.Off(n.End())]
}

// Push enters a node; the function it returns leaves it.
func (r *Rewriting) Push(n ast.Node) func() {
	r.Path = append(r.Path, n)
	return func() { r.Path = r.Path[:len(r.Path)-1] }
}

// Parent is the node above the one in hand, up levels above it.
func (r *Rewriting) Parent(up int) ast.Node {
	if i := len(r.Path) - 1 - up; i >= 0 {
		return r.Path[i]
	}
	return nil
}

// Text is how an expression is written.
func (r *Rewriting) Text(e ast.Expr) string { return string(r.Source(e)) }

// PerLoop reports whether the variables of a loop belong to the loop as a
// whole, as they did before Go 1.22, and not to each iteration.
func (r *Rewriting) PerLoop() bool { return syntax.PerLoop(r.Info, r.Pkg, r.File) }
