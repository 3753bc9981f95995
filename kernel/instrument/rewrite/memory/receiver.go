package memory

import (
	"go/ast"
	"go/types"
	"strings"

	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// Reached says how the receiver of a method is reached from the operand.
type Reached struct {
	And    string // "&" when its address is wanted
	Path   string // the embedded fields between: ".Mutex"
	Object string
}

// Receiver follows the embedded fields through which a method was promoted, so
// that the real receiver can be named: c.Lock() means (&c.Mutex).Lock().
func Receiver(r *draft.Rewriting, byValue bool, sel *ast.SelectorExpr, s *types.Selection) (Reached, bool) {
	t := s.Recv()
	if syntax.IsTypeParam(t) {
		r.Sites.Note(sel.Pos(), "call of "+sel.Sel.Name, "the receiver's type is a type parameter")
		return Reached{}, false
	}
	var path strings.Builder
	for _, i := range s.Index()[:len(s.Index())-1] {
		field := syntax.StructOf(t).Field(i)
		if !field.Exported() && field.Pkg() != r.Pkg {
			r.Sites.Note(sel.Pos(), "call of "+sel.Sel.Name, "the field %s of another package cannot be named", field.Name())
			return Reached{}, false
		}
		path.WriteString("." + field.Name())
		t = field.Type()
	}
	to := Reached{Path: path.String(), Object: r.Sites.Text(sel.X)}
	_, pointer := t.Underlying().(*types.Pointer)
	_, iface := t.Underlying().(*types.Interface)
	switch {
	case byValue && pointer:
		to.And = "*"
	case !byValue && !pointer && !iface:
		to.And = "&"
	}
	return to, true
}
