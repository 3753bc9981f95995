package flow

import (
	"go/ast"
	"go/token"
	"go/types"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
)

// Loops that nothing bounds:
//
//	for !ready {        becomes   for !ready { rt.Tick(7);
//	for x := range f {  becomes   for x := range f { rt.Tick(7);     where f is a function
//	goto again          becomes   rt.Tick(7); goto again             where that leads back
//
// This tells a scheduler which goroutines spin and which compute for ever. Without
// goroutines there is nothing to tell.

// tick marks the beginning of a round.
func tick(r *draft.Rewriting, name string, loop token.Pos, body *ast.BlockStmt) {
	if r.Facts.Ticks() {
		r.After(body.Lbrace+1, " %s(%d);", r.RT(name), tickSite(r, loop))
	}
}

func tickSite(r *draft.Rewriting, pos token.Pos) uint32 { return r.Sites.Site(event.None, pos, "") }

// For marks the rounds of a for statement.
func For(r *draft.Rewriting, s *ast.ForStmt) {
	tick(r, round(r, s), s.For, s.Body)
	r.Stmt(s.Init)
	r.Optional(s.Cond)
	r.Stmt(s.Post)
	r.Stmt(s.Body)
}

// round is what begins a round of a loop.
func round(r *draft.Rewriting, s *ast.ForStmt) string {
	var parts []ast.Node
	if s.Cond != nil {
		parts = append(parts, s.Cond)
	}
	if s.Post != nil {
		parts = append(parts, s.Post)
	}
	switch {
	case !r.Facts.Library && r.Facts.PureLoop(s.Body, parts...): // what a library reads is not seen
		return "TickPure"
	case r.Facts.OnlyComputes(append(parts, s.Body)...):
		return "Work"
	}
	return "Tick"
}

// Branch marks a goto that leads back.
func Branch(r *draft.Rewriting, s *ast.BranchStmt) {
	if s.Tok != token.GOTO || !r.Facts.Ticks() {
		return
	}
	if label, ok := r.Info.Uses[s.Label].(*types.Label); ok && label.Pos() < s.Pos() {
		r.Before(s.Pos(), "%s(%d); ", r.RT("Tick"), tickSite(r, s.Pos()))
	}
}
