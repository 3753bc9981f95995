package instrument

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"threading101/kernel/event"
)

// What a selector reads without saying so:
//
//	p.Area()     for func (s Square) Area, reads *p:       rt.Load(7, p).Area()
//	c.writes     promoted through a pointer, reads that:   rt.Load(7, &c.Stats).writes
//	w.Close()    promoted through an interface, the same:  rt.Load(7, &w.Closer).Close()

// readsReceiver reports whether a method, selected through a pointer or promoted,
// gets a copy of a variable that others may change.
func readsReceiver(r *rewriter, e *ast.SelectorExpr, s *types.Selection) bool {
	fn := s.Obj().(*types.Func)
	recv := fn.Signature().Recv().Type()
	switch recv.Underlying().(type) {
	case *types.Pointer, *types.Interface:
		return false
	}
	_, pointer := r.info.TypeOf(e.X).Underlying().(*types.Pointer)
	if !pointer && len(s.Index()) == 1 || fn.Pkg() != r.pkg || !r.records() || isTypeParam(s.Recv()) {
		return false
	}
	if !pointer && !r.info.Types[e.X].Addressable() {
		return false
	}
	if _, isStruct := recv.Underlying().(*types.Struct); isStruct && !r.facts.partChanges(recv) && !r.facts.everything {
		return false
	}
	return telling(recv) && (pointer && !r.facts.private(e.X) || !pointer && r.facts.reaches(e.X) || r.facts.everything)
}

// throughPointer is the embedded pointer, or interface, by way of which e selects,
// if others may change it; nil if there is none.
func throughPointer(r *rewriter, e *ast.SelectorExpr) *types.Var {
	s := r.info.Selections[e]
	if s == nil || len(s.Index()) < 2 || !r.records() {
		return nil
	}
	t := s.Recv()
	if isTypeParam(t) {
		return nil
	}
	for _, i := range s.Index()[:len(s.Index())-1] {
		field := structOf(t).Field(i)
		t = field.Type()
		if leads(t) && r.facts.written[field.Origin()] && r.facts.reachesPart(e.X) {
			return field
		}
	}
	return nil
}

func leads(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface:
		return true
	}
	return false
}

// reachesPart reports whether others may reach what x is, or points to.
func (f *facts) reachesPart(x ast.Expr) bool {
	if _, pointer := f.info.TypeOf(x).Underlying().(*types.Pointer); pointer {
		return !f.private(x)
	}
	return f.reaches(x)
}

// loadPointer notes the read of the pointer by way of which e selects.
func loadPointer(r *rewriter, e *ast.SelectorExpr) {
	if field := throughPointer(r, e); field != nil {
		if path, ok := pathTo(r, r.info.Selections[e], field); ok {
			loadPart(r, e, "&", path)
		}
	}
}

// pathTo are the names of the embedded fields down to one.
func pathTo(r *rewriter, s *types.Selection, last *types.Var) (string, bool) {
	var path strings.Builder
	t := s.Recv()
	for _, i := range s.Index()[:len(s.Index())-1] {
		field := structOf(t).Field(i)
		if !field.Exported() && field.Pkg() != r.pkg {
			return "", false
		}
		path.WriteString("." + field.Name())
		if field == last {
			break
		}
		t = field.Type()
	}
	return path.String(), true
}

// loadReceiver notes the read of the receiver of a method.
func loadReceiver(r *rewriter, e *ast.SelectorExpr, s *types.Selection) {
	to, ok := receiver(r, false, e, s)
	if !ok {
		return
	}
	field := throughPointer(r, e)
	if later, ok := r.later(); field == nil || !ok || later != nil {
		loadPart(r, e, to.and, to.path)
		return
	}
	path, _ := pathTo(r, s, field)
	n := partSite(r, e, to.path)
	m := partSite(r, e, path)
	r.before(e.X.Pos(), "%s(%d, %s%s(%d, &", r.rt("Load"), n, to.and, r.rt("Load"), m)
	r.after(e.X.End(), "%s)%s)", path, strings.TrimPrefix(to.path, path))
}

func partSite(r *rewriter, e *ast.SelectorExpr, path string) uint32 {
	r.noted.access(event.Load, e)
	return r.sites.site(event.Load, e.X.Pos(), r.sites.text(e.X)+path)
}

// loadPart notes the read of a part of what is selected from.
func loadPart(r *rewriter, e *ast.SelectorExpr, and, path string) {
	later, ok := r.later()
	if !ok || later != nil && !r.repeatable(e.X) {
		return
	}
	n := partSite(r, e, path)
	if later == nil {
		r.before(e.X.Pos(), "%s(%d, %s", r.rt("Load"+r.too()), n, and)
		r.after(e.X.End(), "%s)", path)
		return
	}
	r.wrap(later, r.rt("After")+"(", fmt.Sprintf(", %d, %s%s%s)", n, and, r.source(e.X), path))
}
