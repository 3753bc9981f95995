package objects

import (
	"go/ast"
	"go/types"

	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/rewrite/stream"
	"threading101/kernel/instrument/syntax"
)

// CallParts walks a call that stays as it is.
func CallParts(r *draft.Rewriting, e *ast.CallExpr) {
	r.Expr(e.Fun)
	Arguments(r, e)
}

// Arguments walks those of a call that stays as it is.
func Arguments(r *draft.Rewriting, call *ast.CallExpr) {
	if sig := foreign(r, call); sig != nil && !syntax.Spreads(r.Info, call) {
		done := ObjectArguments(r, call)
		AllArguments(r, call)
		for i, arg := range call.Args {
			if !done[arg] {
				stream.Wrap(r, arg, syntax.Parameter(sig, i, call.Ellipsis.IsValid()))
			}
		}
	}
	r.Exprs(call.Args)
}

// foreign returns the signature of a function or method that is another
// package's, nil if it is none.
func foreign(r *draft.Rewriting, call *ast.CallExpr) *types.Signature {
	fn := syntax.CalledFunc(r.Info, call.Fun)
	if fn == nil || !stream.OtherPackage(r, fn) {
		return nil
	}
	sig, _ := r.Info.TypeOf(call.Fun).Underlying().(*types.Signature)
	return sig
}
