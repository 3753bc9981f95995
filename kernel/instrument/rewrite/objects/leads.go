package objects

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// leadsOn says whether an argument leads to what others may be writing: itself, or a
// value in a literal.
func leadsOn(r *draft.Rewriting, arg ast.Expr) bool {
	if lit := literal(arg); lit != nil {
		return slices.ContainsFunc(lit.Elts, func(x ast.Expr) bool { return leadsOn(r, valueOf(x)) })
	}
	return r.Facts.LeadsFar(r.Info.TypeOf(arg)) && !r.Facts.Private(arg) || leadsOnFromParts(r, arg)
}

// leadsOnFromParts is leadsOn for what the elements of a slice or a map lead to, or the
// fields of a struct. Elements and fields themselves are noted as they are read.
func leadsOnFromParts(r *draft.Rewriting, arg ast.Expr) bool {
	if lit := literal(arg); lit != nil {
		return leadsOn(r, lit)
	}
	switch t := syntax.Core(r.Info.TypeOf(arg)).(type) {
	case *types.Slice:
		return r.Facts.LeadsFar(t.Elem())
	case *types.Map:
		return r.Facts.LeadsFar(t.Elem())
	case *types.Pointer:
		return r.Facts.LeadsFar(t.Elem())
	default:
		return r.Facts.LeadsFar(t)
	}
}

// tellers and fillers are methods that a package calls instead of looking at a value, or
// filling it, by itself.
var (
	tellers = []string{"MarshalXML", "GobEncode", "MarshalBinary"}
	fillers = []string{"UnmarshalJSON", "UnmarshalText", "UnmarshalXML", "UnmarshalBinary", "GobDecode", "Scan"}
)

// speaks says whether a type has one of these methods, of the program's own.
func speaks(r *draft.Rewriting, t types.Type, methods []string) bool {
	return slices.ContainsFunc(methods, func(name string) bool {
		obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
		fn, ok := obj.(*types.Func)
		return ok && r.Facts.Own[fn.Pkg()]
	})
}

// hides says whether a struct, or what a pointer to one leads to, has fields that no
// other package knows.
func hides(t types.Type) bool {
	s := syntax.StructOf(t)
	if s == nil {
		return false
	}
	for f := range s.Fields() {
		if !f.Exported() {
			return true
		}
	}
	return false
}

// mayAsk says whether who is given a pointer to a value may get at it by methods
// instead, or must leave parts of it alone.
func mayAsk(r *draft.Rewriting, t types.Type) bool {
	return hides(t) || types.NewMethodSet(t).Len() > 0
}

// literal is the composite literal that x is, or the address of.
func literal(x ast.Expr) *ast.CompositeLit {
	if u, ok := ast.Unparen(x).(*ast.UnaryExpr); ok && u.Op == token.AND {
		x = u.X
	}
	lit, _ := ast.Unparen(x).(*ast.CompositeLit)
	return lit
}

// valueOf is the value of an element of a literal.
func valueOf(elt ast.Expr) ast.Expr {
	if kv, ok := elt.(*ast.KeyValueExpr); ok {
		return kv.Value
	}
	return elt
}
