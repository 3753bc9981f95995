package memory

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// redeclared writes variables that were there before a := that declares others.
func redeclared(r *draft.Rewriting, s *ast.AssignStmt) {
	defer r.Exprs(s.Rhs)
	if !listed(r) {
		return
	}
	var text strings.Builder
	for i, x := range s.Lhs {
		id := x.(*ast.Ident)
		if syntax.IsBlank(x) || r.Info.Defs[id] != nil || !r.WorthStoring(x) {
			continue
		}
		typ := rightType(r, s, i)
		if typ == nil {
			continue
		}
		n := r.Access(event.Store, x)
		v := OwnValue{Text: r.Own(fmt.Sprintf("v%d", n)), Type: typ}
		r.Swap(x.Pos(), x.End(), "%s", v.Text)
		if types.Identical(v.Type, r.Info.TypeOf(x)) {
			text.WriteString(fmt.Sprintf("; %s(%d, &%s, %s)", r.RT("Store"+ofLock(v.Type)), n, id.Name, v.Text))
		} else {
			text.WriteString(fmt.Sprintf("; %s(&%s).Store(%d, %s)", r.RT("At"), id.Name, n, v.Text))
		}
	}
	r.After(s.Rhs[len(s.Rhs)-1].End(), "%s", text.String())
}

// rightType is the type of value i of an assignment, nil if it has none by itself.
func rightType(r *draft.Rewriting, s *ast.AssignStmt, i int) types.Type {
	if len(s.Lhs) == len(s.Rhs) {
		if !syntax.Typed(r.Info, s.Rhs[i]) || syntax.HasShift(s.Rhs[i]) {
			return nil
		}
		return r.Info.TypeOf(s.Rhs[i])
	}
	values, ok := ownResults(r, s)
	if !ok {
		return nil
	}
	if values[i].name != "" {
		return nil
	}
	return values[i].Type
}
