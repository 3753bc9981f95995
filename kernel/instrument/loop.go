package instrument

import (
	"go/ast"
	"go/token"
	"go/types"

	"threading101/kernel/event"
)

// Loops of which nothing says that they end:
//
//	for !ready {        becomes   for !ready { rt.Tick(7);
//	for x := range f {  becomes   for x := range f { rt.Tick(7);     where f is a function
//	goto again          becomes   rt.Tick(7); goto again             where that leads back
//
// A scheduler sees by it who spins and who computes for ever. Without goroutines
// there is nothing to see.

// tick marks the beginning of a round.
func tick(r *rewriter, name string, loop token.Pos, body *ast.BlockStmt) {
	if r.facts.ticks() {
		r.after(body.Lbrace+1, " %s(%d);", r.rt(name), tickSite(r, loop))
	}
}

func tickSite(r *rewriter, pos token.Pos) uint32 { return r.sites.site(event.None, pos, "") }

func forStmt(r *rewriter, s *ast.ForStmt) {
	tick(r, round(r, s), s.For, s.Body)
	r.stmt(s.Init)
	r.optional(s.Cond)
	r.stmt(s.Post)
	r.stmt(s.Body)
}

// round is what begins a round of a loop.
func round(r *rewriter, s *ast.ForStmt) string {
	var parts []ast.Node
	if s.Cond != nil {
		parts = append(parts, s.Cond)
	}
	if s.Post != nil {
		parts = append(parts, s.Post)
	}
	switch {
	case !r.facts.library && r.facts.pureLoop(s.Body, parts...): // what a library reads is not seen
		return "TickPure"
	case r.facts.onlyComputes(append(parts, s.Body)...):
		return "Work"
	}
	return "Tick"
}

// branch marks a goto that leads back.
func branch(r *rewriter, s *ast.BranchStmt) {
	if s.Tok != token.GOTO || !r.facts.ticks() {
		return
	}
	if label, ok := r.info.Uses[s.Label].(*types.Label); ok && label.Pos() < s.Pos() {
		r.before(s.Pos(), "%s(%d); ", r.rt("Tick"), tickSite(r, s.Pos()))
	}
}
