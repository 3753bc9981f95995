package export

import (
	"fmt"
	"go/ast"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// starts weaves the places where goroutines are started, which are told their names
// then: born(f) is f, by the next one in the order of the run. It returns these names.
func (w *weaver) starts(ex *model.Execution, names []string) string {
	var all []string
	woven := map[*place]bool{}
	for i := range ex.Events {
		e := &ex.Events[i]
		if e.Op != event.Go {
			continue
		}
		name := ""
		if e.Partner >= 0 {
			name = names[e.Partner]
		}
		all = append(all, fmt.Sprintf("%q", name))
		if p := w.place(e.Site); p != nil && !woven[p] {
			woven[p] = true
			w.start(p)
		}
	}
	return strings.Join(all, ", ")
}

func (w *weaver) start(p *place) {
	switch n := p.node.(type) {
	case *ast.GoStmt:
		w.goes(p, n)
	case *ast.CallExpr: // a method or a function that starts what it is given last
		if len(n.Args) == 0 {
			w.cannot(p)
			return
		}
		w.wrap(n.Args[len(n.Args)-1], w.call("born")+"(", ")")
	default:
		w.cannot(p)
	}
}

// goes is a go statement. What is called, and with what, is known when it is executed.
func (w *weaver) goes(p *place, n *ast.GoStmt) {
	call := n.Call
	if lit, ok := call.Fun.(*ast.FuncLit); ok && len(call.Args) == 0 && lit.Type.Results == nil {
		w.wrap(lit, w.call("born")+"(", ")")
		return
	}
	if sel, ok := call.Fun.(*ast.SelectorExpr); ok && !w.harmless(sel) {
		w.bind(n, sel, "run")
	}
	for i, arg := range call.Args {
		w.bind(n, arg, string(rune('a'+i)))
	}
	first, last := "", ""
	if p := w.places[call][event.None]; p != nil {
		first, last = w.turnsAt(p, before), w.turnsAt(p, after)
	}
	w.wrap(call, w.call("born")+"(func() { "+first, last+" })()")
}

// turnsAt is a call of turn on its own line, if somebody stops there.
func (w *weaver) turnsAt(p *place, at where) string {
	if m := w.mark(p, at); m > 0 {
		return fmt.Sprintf("\n%s(%d)\n", w.call("turn"), m)
	}
	return ""
}
