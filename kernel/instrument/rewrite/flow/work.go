package flow

import (
	"go/ast"
	"go/constant"
	"go/types"

	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// smallRange is how many rounds take no time worth the name.
const smallRange = 1000

// Works marks the beginning of a function that calls itself, perhaps by way of
// others.
func Works(r *draft.Rewriting, body *ast.BlockStmt) {
	if r.Facts.Ticks() && body != nil {
		r.After(body.Lbrace+1, " %s(%d);", r.RT("Work"), tickSite(r, body.Pos()))
	}
}

// worksInRange marks the rounds of a range over a number.
func worksInRange(r *draft.Rewriting, s *ast.RangeStmt) {
	if b := syntax.Core(r.Info.TypeOf(s.X)).(*types.Basic); b.Info()&types.IsInteger == 0 {
		return
	}
	n, known := constant.Int64Val(constant.ToInt(syntax.ConstantOf(r.Info, s.X)))
	if !known || n > smallRange {
		Works(r, s.Body)
	}
}
