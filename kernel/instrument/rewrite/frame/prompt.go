package frame

import (
	"go/ast"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// Prompts has main wait at the prompts between the cells that it is made of:
//
//	const t101cell2 = 0   becomes   const t101cell2 = 0; rt.Prompt(5, 2, false)
func Prompts(r *draft.Rewriting, d *ast.FuncDecl) {
	last := syntax.Innermost(d.Body)
	for body := d.Body; ; body = body.List[len(body.List)-1].(*ast.BlockStmt) {
		prompts(r, body, body == last)
		if body == last {
			return
		}
	}
}

func prompts(r *draft.Rewriting, body *ast.BlockStmt, last bool) {
	for _, s := range body.List {
		p, ok := syntax.PromptOf(s)
		if !ok {
			continue
		}
		name := "Prompt"
		if p.Frozen {
			name = "Freeze"
		}
		site := r.Sites.Site(event.Sleep, p.Name.Pos(), "")
		r.Sites.Last().Prompt = p.Cell
		r.After(s.End(), "; %s(%d, %d, %t)", r.RT(name), site, p.Cell, last)
	}
}
