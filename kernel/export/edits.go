package export

import (
	"cmp"
	"fmt"
	"go/ast"
	"slices"

	"threading101/kernel/instrument/splice"
)

// edits are what is to be put into the source, collected in any order: what encloses
// more comes first where two begin at one place.
type edits struct {
	spans  []span
	ahead  map[int][]line // in front of a statement, by its offset
	behind map[int]string // behind one, by the offset of its end
	bound  map[int]bool   // expressions that have a name, by their offset
}

// span is text around a part of the source, or in its place.
type span struct {
	lo, hi        int
	open, closing string
	instead       bool // open alone, in its place
}

// line is one in front of a statement: a call, or a name for the value of an expression.
type line struct {
	text   string
	lo, hi int // of the expression; equal if there is none
}

// wrap puts text around a node.
func (w *weaver) wrap(n ast.Node, open, closing string) {
	w.spans = append(w.spans, span{lo: w.offset(n.Pos()), hi: w.offset(n.End()), open: open, closing: closing})
}

// replace puts text in the place of a part of the source.
func (w *weaver) replace(lo, hi int, text string) {
	w.spans = append(w.spans, span{lo: lo, hi: hi, open: text, instead: true})
}

// insert puts text at an offset that no expression begins at.
func (w *weaver) insert(at int, text string) {
	w.spans = append(w.spans, span{lo: at, hi: at, open: text})
}

// line puts a call on a line in front of a statement, behind the lines that are there.
func (w *weaver) line(st ast.Stmt, format string, args ...any) {
	at := w.offset(st.Pos())
	w.ahead[at] = append(w.ahead[at], line{text: fmt.Sprintf(format, args...)})
}

// follow puts a call on a line behind a statement.
func (w *weaver) follow(st ast.Stmt, format string, args ...any) {
	w.behind[w.offset(st.End())] += "\n" + fmt.Sprintf(format, args...)
}

// bind has an expression evaluated in front of its statement, under a name.
func (w *weaver) bind(st ast.Stmt, e ast.Expr, letter string) {
	lo, hi := w.offset(e.Pos()), w.offset(e.End())
	if _, literal := e.(*ast.FuncLit); literal || constant(e) || w.bound[lo] {
		return
	}
	w.bound[lo] = true
	at, name := w.offset(st.Pos()), fmt.Sprintf("%s%d", letter, w.fset.Position(e.Pos()).Line)
	w.ahead[at] = append(w.ahead[at], line{name + " := ", lo, hi})
	w.replace(lo, hi, name)
}

// apply returns the source with all that.
func (w *weaver) apply() []byte {
	slices.SortStableFunc(w.spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.lo, b.lo), cmp.Compare(b.hi, a.hi)) })
	out := &splice.Edits{Src: w.text}
	for at, lines := range w.ahead {
		for _, l := range lines {
			out.Before(at, l.text+w.value(l)+"\n")
		}
	}
	for at, text := range w.behind {
		out.After(at, text)
	}
	put(out, slices.DeleteFunc(slices.Clone(w.spans), w.isWithinBound))
	return out.Apply()
}

// value is the expression of a line, with all that was woven into it.
func (w *weaver) value(l line) string {
	part := &splice.Edits{Src: w.text}
	put(part, slices.DeleteFunc(slices.Clone(w.spans), func(s span) bool { return s.lo < l.lo || s.hi > l.hi || w.isBound(s) }))
	return string(part.Part(l.lo, l.hi))
}

func put(to *splice.Edits, all []span) {
	for _, s := range all {
		if s.instead {
			to.Replace(s.lo, s.hi, s.open)
			continue
		}
		to.Before(s.lo, s.open)
		to.After(s.hi, s.closing)
	}
}

// isBound says whether a span is the name in the place of an expression.
func (w *weaver) isBound(s span) bool { return s.instead && w.bound[s.lo] }

// isWithinBound says whether it is in an expression that has a name.
func (w *weaver) isWithinBound(s span) bool {
	return !w.isBound(s) && slices.ContainsFunc(w.spans, func(b span) bool { return w.isBound(b) && b.lo <= s.lo && s.hi <= b.hi })
}
