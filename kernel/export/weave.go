package export

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/words"
)

// weaver puts the calls into the source.
type weaver struct {
	*source
	edits
	marks map[stop]int
	names map[string]string // of the helper, where the program has one of them
	used  map[string]bool   // parts of the helper that are called

	woven  map[*place]bool
	calm   map[ast.Node]bool // reads that a call makes already
	forced map[ast.Node]bool // selects that take the case that they took
	maps   map[*place]bool   // reads of maps
	conds  map[*place]bool   // waits for conditions
}

func newWeaver(s *source, legs []leg) *weaver {
	w := &weaver{
		source: s, edits: edits{ahead: map[int][]line{}, behind: map[int]string{}, bound: map[int]bool{}}, marks: map[stop]int{}, used: map[string]bool{}, woven: map[*place]bool{},
		calm: map[ast.Node]bool{}, forced: map[ast.Node]bool{}, conds: map[*place]bool{},
	}
	var stops []stop
	for _, l := range legs {
		if l.stop.place != nil && !slices.Contains(stops, l.stop) {
			stops = append(stops, l.stop)
		}
	}
	slices.SortStableFunc(stops, func(a, b stop) int {
		return cmp.Or(cmp.Compare(a.place.done(), b.place.done()), cmp.Compare(a.at, b.at))
	})
	for i, s := range stops {
		w.marks[s] = i + 1
	}
	w.names = w.taken()
	return w
}

// taken are names of the helper that the program has as well, and what they are instead.
func (w *weaver) taken() map[string]string {
	own := map[string]bool{}
	ast.Inspect(w.file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			own[id.Name] = true
		}
		return true
	})
	names := map[string]string{}
	for _, name := range helperNames {
		free := name
		for own[free] {
			free += "_"
		}
		if free != name {
			names[name] = free
		}
	}
	return names
}

// call is the name of a function of the helper, which is needed then.
func (w *weaver) call(name string) string {
	w.used[name] = true
	return cmp.Or(w.names[name], name)
}

// weave puts a call wherever somebody stops, in the order of the source.
func (w *weaver) weave() {
	stops := make([]stop, len(w.marks))
	for s, n := range w.marks {
		stops[n-1] = s
	}
	for _, s := range stops {
		if !w.woven[s.place] {
			w.woven[s.place] = true
			if s.place.started() {
				continue // with its go statement
			}
			w.at(s.place)
		}
	}
}

// mark is the number of a stop, 0 if nobody stops there.
func (w *weaver) mark(p *place, at where) int { return w.marks[stop{p, at}] }

// at weaves what is to be called at a place.
func (w *weaver) at(p *place) {
	switch n := p.node.(type) {
	case *ast.FuncDecl:
		w.insert(w.offset(n.Body.Lbrace)+1, fmt.Sprintf("\ndefer %s(%d);", w.call("turn"), w.mark(p, before)))
		return
	case *ast.RangeStmt:
		w.ranged(p, n)
		return
	case *ast.SelectStmt:
		w.selected(p, n)
		return
	}
	if m := w.mark(p, after); m > 0 && !w.past(p, m) {
		w.wrap(p.node, fmt.Sprintf("%s(%d, ", w.call("then"), m), ")")
	}
	if m := w.mark(p, before); m > 0 {
		w.before(p, m)
	}
	if m := w.mark(p, within); m > 0 {
		w.within(p, m)
	}
}

// before has a goroutine stop in front of an operation: in front of its statement, if
// nothing that counts is done there before.
func (w *weaver) before(p *place, m int) {
	st, at := p.statement()
	switch {
	case st == nil:
		w.cannot(p)
	case w.eachRound(p, st):
		w.insert(w.offset(unlabelled(st).(*ast.RangeStmt).Body.Lbrace)+1, fmt.Sprintf("\n%s(%d);", w.call("turn"), m))
	case p.deferred(at):
		w.follow(st, "defer %s(%d)", w.call("turn"), m)
	case w.first(p):
		w.line(st, "%s(%d)", w.call("turn"), m)
	default:
		w.inside(p, st, m)
	}
}

// eachRound says whether a loop over a map, or its elements, is what is read: each round
// reads one.
func (w *weaver) eachRound(p *place, st ast.Stmt) bool {
	loop, ok := unlabelled(st).(*ast.RangeStmt)
	return ok && loop.X == p.node && w.maps[p]
}

// inside has a goroutine stop in the middle of a statement.
func (w *weaver) inside(p *place, st ast.Stmt, m int) {
	if p.op != event.Store {
		w.readFirst(p, st)
	}
	switch n := p.node.(type) {
	case *ast.CallExpr:
		w.called(p, n, m)
	case *ast.UnaryExpr:
		w.wrap(n.X, fmt.Sprintf("%s(%d, ", w.call("then"), m), ")")
	case *ast.SendStmt:
		if st != ast.Stmt(n) {
			w.cannot(p)
			return
		}
		w.bind(st, n.Value, "v")
		w.line(st, "%s(%d)", w.call("turn"), m)
	case ast.Expr:
		if p.op == event.Store {
			w.written(p, st, m)
		} else if !w.calm[n] {
			w.read(p, m)
		}
	default:
		w.cannot(p)
	}
}

// readFirst makes calls of the reads that come before an operation in its statement: Go
// orders calls, and nothing else.
func (w *weaver) readFirst(p *place, st ast.Stmt) {
	held := ast.Node(nil) // what is given to the call in which the goroutine stops
	if call, ok := p.node.(*ast.CallExpr); ok && len(call.Args) > 0 {
		held = call.Args[len(call.Args)-1]
	}
	for _, other := range w.placesIn(st) {
		if other == p || other.op != event.Load || other.done() >= p.done() || w.calm[other.node] || held != nil && lies(other.node, held) {
			continue
		}
		w.read(other, -1)
	}
}

// read makes a call of a read: seen(3, &x).
func (w *weaver) read(p *place, m int) {
	w.calm[p.node] = true
	if len(p.path) > 1 && updates(p.path[1], p.node) {
		w.cannot(p)
		return
	}
	if ix, ok := p.node.(*ast.IndexExpr); ok && w.maps[p] {
		w.wrap(ix.X, fmt.Sprintf("%s(%d, ", w.call("then"), m), ")")
		return
	}
	w.wrap(p.node, fmt.Sprintf("%s(%d, &", w.call("seen"), m), ")")
}

// updates says whether a statement reads and writes the variable.
func updates(st ast.Node, x ast.Node) bool {
	switch st := st.(type) {
	case *ast.IncDecStmt:
		return st.X == x
	case *ast.AssignStmt:
		return st.Tok != token.ASSIGN && st.Tok != token.DEFINE && st.Lhs[0] == x
	}
	return false
}

// called has a goroutine stop behind what a call's arguments are, or where it has none,
// behind what is called.
func (w *weaver) called(p *place, call *ast.CallExpr, m int) {
	last := len(call.Args) - 1
	if last >= 0 && !constant(call.Args[last]) && !call.Ellipsis.IsValid() {
		w.wrap(call.Args[last], fmt.Sprintf("%s(%d, ", w.call("then"), m), ")")
		return
	}
	for _, arg := range call.Args {
		if !constant(arg) {
			w.cannot(p)
			return
		}
	}
	if _, builtin := call.Fun.(*ast.Ident); builtin {
		w.cannot(p)
		return
	}
	w.wrap(call.Fun, fmt.Sprintf("%s(%d, ", w.call("then"), m), ")")
}

func constant(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.BasicLit:
		return true
	case *ast.Ident:
		return e.Name == "nil" || e.Name == "true" || e.Name == "false" || e.Name == "iota"
	case *ast.UnaryExpr:
		return e.Op != token.ARROW && e.Op != token.AND && constant(e.X)
	case *ast.BinaryExpr:
		return constant(e.X) && constant(e.Y)
	}
	return false
}

// written has a goroutine stop between what an assignment reads and what it writes.
func (w *weaver) written(p *place, st ast.Stmt, m int) {
	then := fmt.Sprintf("%s(%d, ", w.call("then"), m)
	switch st := unlabelled(w.assignment(p, st)).(type) {
	case *ast.IncDecStmt:
		w.replace(w.offset(st.TokPos), w.offset(st.End()), fmt.Sprintf(" = %s%s %s 1)", then, w.textOf(st.X), st.Tok.String()[:1]))
		w.simple(p, st.X)
	case *ast.AssignStmt:
		switch {
		case len(st.Lhs) != 1 || len(st.Rhs) != 1:
			w.cannot(p)
		case st.Tok == token.ASSIGN:
			w.wrap(st.Rhs[0], then, ")")
		case st.Tok != token.DEFINE:
			op := strings.TrimSuffix(st.Tok.String(), "=")
			w.replace(w.offset(st.TokPos), w.offset(st.Rhs[0].Pos()), fmt.Sprintf(" = %s%s %s (", then, w.textOf(st.Lhs[0]), op))
			w.wrap(st.Rhs[0], "", "))")
			w.simple(p, st.Lhs[0])
		default:
			w.cannot(p)
		}
	default:
		w.cannot(p)
	}
}

// assignment is the statement that writes, which may be part of another.
func (w *weaver) assignment(p *place, st ast.Stmt) ast.Stmt {
	for _, n := range p.path {
		switch n := n.(type) {
		case *ast.IncDecStmt:
			return n
		case *ast.AssignStmt:
			return n
		}
	}
	return st
}

// simple holds what is written twice now to be the same twice.
func (w *weaver) simple(p *place, e ast.Expr) {
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			w.cannot(p)
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				w.cannot(p)
			}
		}
		return true
	})
}

// past has a goroutine stop when an operation is done: behind its statement, or if that
// goes on with something else, behind the operation itself, which has a value then.
func (w *weaver) past(p *place, m int) bool {
	st, at := p.statement()
	switch {
	case st == nil:
		w.cannot(p)
	case p.deferred(at):
		w.line(st, "defer %s(%d)", w.call("turn"), m)
	case plain(st):
		w.follow(st, "%s(%d)", w.call("turn"), m)
	case p.op == event.Store:
		w.cannot(p)
	default:
		return false
	}
	return true
}

// plain says whether a statement has no blocks, and goes on behind itself.
func plain(st ast.Stmt) bool {
	switch unlabelled(st).(type) {
	case *ast.ExprStmt, *ast.AssignStmt, *ast.IncDecStmt, *ast.SendStmt, *ast.DeclStmt, *ast.GoStmt, *ast.DeferStmt:
		return true
	}
	return false
}

func (w *weaver) cannot(p *place) { w.fail(words.ExportMiddle(p.line)) }
