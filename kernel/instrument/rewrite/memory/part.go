package memory

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/instrument/facts"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// What a selector reads without saying so:
//
//	p.Area()     for func (s Square) Area, reads *p:       rt.Load(7, p).Area()
//	c.writes     promoted through a pointer, reads that:   rt.Load(7, &c.Stats).writes
//	w.Close()    promoted through an interface, the same:  rt.Load(7, &w.Closer).Close()

// ReadsReceiver reports whether a method, selected through a pointer or promoted,
// gets a copy of a variable that others may change.
func ReadsReceiver(r *draft.Rewriting, e *ast.SelectorExpr, s *types.Selection) bool {
	fn := s.Obj().(*types.Func)
	recv := fn.Signature().Recv().Type()
	switch recv.Underlying().(type) {
	case *types.Pointer, *types.Interface:
		return false
	}
	_, pointer := r.Info.TypeOf(e.X).Underlying().(*types.Pointer)
	if !pointer && len(s.Index()) == 1 || fn.Pkg() != r.Pkg || !r.Records() || syntax.IsTypeParam(s.Recv()) {
		return false
	}
	if !pointer && !r.Info.Types[e.X].Addressable() {
		return false
	}
	if _, isStruct := recv.Underlying().(*types.Struct); isStruct && !r.Facts.PartChanges(recv) && !r.Facts.Everything {
		return false
	}
	return facts.Telling(recv) && (pointer && !r.Facts.Private(e.X) || !pointer && r.Facts.Reaches(e.X) || r.Facts.Everything)
}

// ThroughPointer is the embedded pointer, or interface, that e selects through, if
// others may change it; nil if there is none.
func ThroughPointer(r *draft.Rewriting, e *ast.SelectorExpr) *types.Var {
	s := r.Info.Selections[e]
	if s == nil || len(s.Index()) < 2 || !r.Records() {
		return nil
	}
	t := s.Recv()
	if syntax.IsTypeParam(t) {
		return nil
	}
	for _, i := range s.Index()[:len(s.Index())-1] {
		field := syntax.StructOf(t).Field(i)
		t = field.Type()
		if leads(t) && r.Facts.Written[field.Origin()] && r.Facts.ReachesPart(e.X) {
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

// loadPointer notes the read of the pointer that e selects through.
func loadPointer(r *draft.Rewriting, e *ast.SelectorExpr) {
	if field := ThroughPointer(r, e); field != nil {
		if path, ok := pathTo(r, r.Info.Selections[e], field); ok {
			loadPart(r, e, field.Type(), "&", path)
		}
	}
}

// pathTo are the names of the embedded fields down to one.
func pathTo(r *draft.Rewriting, s *types.Selection, last *types.Var) (string, bool) {
	var path strings.Builder
	t := s.Recv()
	for _, i := range s.Index()[:len(s.Index())-1] {
		field := syntax.StructOf(t).Field(i)
		if !field.Exported() && field.Pkg() != r.Pkg {
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
func loadReceiver(r *draft.Rewriting, e *ast.SelectorExpr, s *types.Selection) {
	to, ok := Receiver(r, false, e, s)
	if !ok {
		return
	}
	field, t := ThroughPointer(r, e), s.Obj().(*types.Func).Signature().Recv().Type()
	if later, ok := r.Later(); field == nil || !ok || later != nil {
		loadPart(r, e, t, to.And, to.Path)
		return
	}
	path, _ := pathTo(r, s, field)
	n := partSite(r, e, to.Path)
	m := partSite(r, e, path)
	r.Before(e.X.Pos(), "%s(%d, %s%s(%d, &", r.RT(loader(r, t)), n, to.And, r.RT("Load"), m)
	r.After(e.X.End(), "%s)%s)", path, strings.TrimPrefix(to.Path, path))
}

func partSite(r *draft.Rewriting, e *ast.SelectorExpr, path string) uint32 {
	r.Noted.Access(event.Load, e)
	return r.Sites.Site(event.Load, e.X.Pos(), r.Sites.Text(e.X)+path)
}

// loadPart notes the read of a part, of a type, of what is selected from.
func loadPart(r *draft.Rewriting, e *ast.SelectorExpr, t types.Type, and, path string) {
	later, ok := r.Later()
	if !ok || later != nil && !r.Repeatable(e.X) {
		return
	}
	n := partSite(r, e, path)
	if later == nil {
		r.Before(e.X.Pos(), "%s(%d, %s", r.RT(loader(r, t)), n, and)
		r.After(e.X.End(), "%s)", path)
		return
	}
	r.Wrap(later, r.RT("After"+ofLock(t))+"(", fmt.Sprintf(", %d, %s%s%s)", n, and, r.Source(e.X), path))
}

// MethodOperand walks the operand of a method: one with a pointer receiver
// takes its address, one that is promoted takes only a part of it.
func MethodOperand(r *draft.Rewriting, e *ast.SelectorExpr, s *types.Selection) {
	recv := s.Obj().(*types.Func).Signature().Recv()
	_, pointer := recv.Type().Underlying().(*types.Pointer)
	switch {
	case ReadsReceiver(r, e, s):
		loadReceiver(r, e, s)
	default:
		held(r, e, s)
		loadPointer(r, e)
	}
	if pointer || len(s.Index()) > 1 {
		Operand(r, e.X)
		return
	}
	r.Expr(e.X)
}
