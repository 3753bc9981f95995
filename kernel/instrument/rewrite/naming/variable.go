package naming

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"

	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// Declared notes the variables that a statement declares for values that will start
// goroutines, and that have no field to be named after. In a loop one variable has many
// values.
//
//	anna := newWorker(2)    becomes   anna := newWorker(2); rt.Called(anna, "anna")
//	var ben worker          becomes   var ben worker; rt.Called(&ben, "ben")
func Declared(r *draft.Rewriting, s ast.Stmt) {
	if !inBlock(r) || inLoop(r) {
		return
	}
	for _, id := range declaredBy(s) {
		if v := r.Info.Defs[id]; v != nil && id.Name != "_" && r.Facts.Starts(v.Type()) && isNameless(r, v.Type()) {
			r.After(s.End(), "; %s(%s, %s)", r.RT("Called"), pointer(r, id), strconv.Quote(id.Name))
		}
	}
}

// declaredBy are the names of the variables that a statement may declare.
func declaredBy(s ast.Stmt) (all []*ast.Ident) {
	switch s := s.(type) {
	case *ast.AssignStmt:
		if s.Tok != token.DEFINE {
			return nil
		}
		for _, e := range s.Lhs {
			all = append(all, e.(*ast.Ident))
		}
	case *ast.DeclStmt:
		for _, spec := range s.Decl.(*ast.GenDecl).Specs {
			if v, ok := spec.(*ast.ValueSpec); ok {
				all = append(all, v.Names...)
			}
		}
	}
	return all
}

// isNameless reports whether values of a struct, or pointers to them, have no field that
// names them.
func isNameless(r *draft.Rewriting, t types.Type) bool {
	name, _ := nameField(r, t)
	return name == "" && syntax.StructOf(t) != nil
}

// inBlock reports whether the statement in hand is one of a list, and not the beginning
// of an if, a for or a switch.
func inBlock(r *draft.Rewriting) bool {
	switch r.Parent(1).(type) {
	case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause:
		return true
	}
	return false
}

func inLoop(r *draft.Rewriting) bool {
	for _, n := range r.Path {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return true
		}
	}
	return false
}

// pointer is an expression for the value that a variable has, or points to.
func pointer(r *draft.Rewriting, x ast.Expr) string {
	if _, ok := r.Info.TypeOf(x).Underlying().(*types.Pointer); ok {
		return r.Text(x)
	}
	return "&" + r.Text(x)
}

// calledAfter names a goroutine after the learner's variable that has the value x: this
// one, or in a method, which calls it by its own name, the one in which it was declared.
func (n *namer) calledAfter(x ast.Expr, what string) {
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok || syntax.StructOf(n.Info.TypeOf(x)) == nil || syntax.TypeOf(n.Info.TypeOf(x)) == nil {
		return
	}
	v, ok := n.Info.Uses[id].(*types.Var)
	switch {
	case !ok || v.Pkg() != n.Pkg:
	case v.Kind() != types.RecvVar && v.Kind() != types.ParamVar:
		n.Before(n.at, "%s; ", n.call(byVariable, what, strconv.Quote(id.Name)))
	case n.Facts.Starts(v.Type()):
		n.Before(n.at, "%s; ", fmt.Sprintf("%s(%d, %d, %s, %s)", n.RT("GoCalled"), n.site, byVariable, strconv.Quote(what), pointer(n.Rewriting, id)))
	}
}
