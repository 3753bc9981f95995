package instrument

import (
	"go/ast"
	"go/types"
	"go/version"
)

// rangeStmt: over a channel each value is received, a map is walked; over all
// else, what is ranged over is read once. The elements, and the variables where they are not
// the statement's own, are left alone.
func (r *rewriter) rangeStmt(s *ast.RangeStmt) {
	switch core(r.info.TypeOf(s.X)).(type) {
	case *types.Chan:
		if r.rangeChannel(s) {
			return
		}
		r.expr(s.X)
	case *types.Map:
		if r.rangeMap(s) {
			return
		}
		if !r.loadMap(s.X) {
			r.expr(s.X)
		}
	case *types.Array, *types.Pointer:
		r.array(s.X)
	case *types.Signature:
		r.tick(s.For, s.Body)
		r.expr(s.X)
	default:
		r.expr(s.X)
	}
	r.stmt(s.Body)
}

// array walks an array, or a pointer to one, of which perhaps only the length
// matters: without a call in it, it may be no evaluation at all, and must not
// get one.
func (r *rewriter) array(x ast.Expr) {
	if !r.effects(x) {
		return
	}
	r.plain++
	r.expr(x)
	r.plain--
}

// perLoop reports whether the variables of a loop belong to the loop as a
// whole, as they did before Go 1.22, and not to each iteration.
func (r *rewriter) perLoop() bool { return perLoop(r.info, r.pkg, r.file) }

func perLoop(info *types.Info, pkg *types.Package, f *ast.File) bool {
	v := info.FileVersions[f]
	if v == "" {
		v = pkg.GoVersion()
	}
	return v != "" && version.Compare(v, "go1.22") < 0
}
