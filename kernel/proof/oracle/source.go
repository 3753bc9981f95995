package oracle

import (
	"fmt"
	"strings"
)

// Source is the program as plain Go: a file of its own.
func (p *Program) Source() string { return header(p) + "\nfunc main() {\n" + p.body(false) + "}\n" }

// Together is a file with all the programs; its first argument says which of them
// is meant, from 0.
func Together(all []*Program) string { return together(all, "", false, Exit) }

// Sharing is Together, with the variables and atomics that [Values] has outside of
// functions, where all programs have the same.
func Sharing(all []*Program) string {
	return together(all, "\nvar (\n\tx0, x1 int\n\tn0, n1 atomic.Int64\n)\n", true, Exit, AtomicLoad)
}

// together is a file with declarations that all share, which need what the operations
// are.
func together(all []*Program, shared string, sharing bool, needs ...Op) string {
	var b strings.Builder
	own := &Program{}
	for _, op := range needs {
		own.Body = append(own.Body, Stmt{Op: op})
	}
	b.WriteString(header(append([]*Program{own}, all...)...) + shared)
	b.WriteString("\nfunc main() {\n\tswitch os.Args[1] {\n")
	for i := range all {
		fmt.Fprintf(&b, "\tcase \"%d\":\n\t\tp%d()\n", i, i)
	}
	b.WriteString("\t}\n}\n")
	for i, p := range all {
		fmt.Fprintf(&b, "\nfunc p%d() {\n%s}\n", i, p.body(sharing))
	}
	return b.String()
}

// header is the package clause, and the imports that the programs need.
func header(all ...*Program) string {
	imports := ""
	for _, pkg := range packages {
		for _, p := range all {
			if pkg.used(p) {
				imports += "\t\"" + pkg.path + "\"\n"
				break
			}
		}
	}
	if imports == "" {
		return "package main\n"
	}
	return "package main\n\nimport (\n" + imports + ")\n"
}

// packages are those that programs import, and when they do.
var packages = []struct {
	path string
	used func(*Program) bool
}{
	{"context", func(p *Program) bool { return p.Has(onContext...) }},
	{"fmt", func(p *Program) bool { return p.Has(Print, PrintV) }},
	{"os", func(p *Program) bool { return p.Has(Exit) }},
	{"runtime", func(p *Program) bool { return p.Has(Goexit, Gosched, Number) }},
	{"sync", func(p *Program) bool {
		return p.most(onMutex...)+p.most(onRW...)+p.most(onGroup...)+p.most(onOnce...) > 0
	}},
	{"sync/atomic", func(p *Program) bool { return p.Has(onAtomic...) }},
	{"time", func(p *Program) bool { return p.Has(Late, Sleep, After) || p.timed() }},
}

// timed says whether there is something that the clock brings without a statement.
func (p *Program) timed() bool {
	for i := range p.most(onContext...) {
		if p.limited(i) {
			return true
		}
	}
	return p.timers() > 0
}

// timers is how many there are.
func (p *Program) timers() int {
	n := p.most(onTimer...)
	for i, do := range p.After {
		if len(do) > 0 {
			n = max(n, i+1)
		}
	}
	return n
}

// writer writes statements.
type writer struct {
	strings.Builder
	p       *Program
	depth   int
	sharing bool // the variables and atomics are declared elsewhere
	reads   bool // the function that is written reads its v
	loops   int
}

func (p *Program) body(sharing bool) string {
	w := &writer{p: p, depth: 1, sharing: sharing}
	w.declare()
	w.function(p.Body)
	return w.String()
}

func (w *writer) line(format string, args ...any) {
	w.WriteString(strings.Repeat("\t", w.depth))
	fmt.Fprintf(w, format, args...)
	w.WriteByte('\n')
}

// in writes lines with one more tab.
func (w *writer) in(write func()) {
	w.depth++
	write()
	w.depth--
}

// declare writes the objects.
func (w *writer) declare() {
	w.vars("mu", "sync.Mutex", onMutex)
	w.vars("rw", "sync.RWMutex", onRW)
	for i := range w.p.most(onCond...) {
		w.ifUsed(onCond, i, "cond%d := sync.NewCond(&mu%d)", i, i)
	}
	w.vars("wg", "sync.WaitGroup", onGroup)
	w.vars("once", "sync.Once", onOnce)
	if !w.sharing {
		w.shared()
	}
	w.vars("s", "struct{ a int; in struct{ b int } }", onStruct)
	for i := range w.p.most(onMap...) {
		w.ifUsed(onMap, i, "m%d := map[int]int{}", i)
	}
	for i := range w.p.most(onChannel...) {
		if room := w.p.room(i); room > 0 {
			w.ifUsed(onChannel, i, "c%d := make(chan int, %d)", i, room)
		} else {
			w.ifUsed(onChannel, i, "c%d := make(chan int)", i)
		}
	}
	if w.p.Has(Late) {
		w.line("start := time.Now()")
	}
	w.contexts()
	w.timers()
}

// shared declares what there is in [Values], and more of its kind.
func (w *writer) shared() {
	w.vars("x", "int", onVar)
	for i := range w.p.most(Set) {
		if w.p.uses(i, Set) && !w.p.uses(i, Get, Inc, CondLoop, PollMutex) {
			w.line("_ = x%d", i) // nobody reads it
		}
	}
	w.vars("n", "atomic.Int64", onAtomic)
}

func (w *writer) vars(name, typ string, family []Op) {
	for i := range w.p.most(family...) {
		w.ifUsed(family, i, "var %s%d %s", name, i, typ)
	}
}

// ifUsed writes a line if a statement is about object i of the family.
func (w *writer) ifUsed(family []Op, i int, format string, args ...any) {
	if w.p.uses(i, family...) {
		w.line(format, args...)
	}
}

// uses says whether a statement with one of the operations is about object i.
func (p *Program) uses(i int, ops ...Op) bool {
	return !walk(p.all(), func(s *Stmt) bool { return s.On != i || !isOne(s.Op, ops) })
}

func isOne(op Op, ops []Op) bool {
	for _, other := range ops {
		if op == other {
			return true
		}
	}
	return false
}

func (w *writer) contexts() {
	for i := range w.p.most(onContext...) {
		ctx, cancel, with, more := "_", "_", "WithCancel", ""
		if w.p.uses(i, DoneRecv, Err) {
			ctx = fmt.Sprint("ctx", i)
		}
		if w.p.uses(i, Cancel) {
			cancel = fmt.Sprint("cancel", i)
		}
		if w.p.limited(i) {
			with, more = "WithTimeout", ", time.Second"
		}
		if ctx != "_" || cancel != "_" {
			w.line("%s, %s := context.%s(context.Background()%s)", ctx, cancel, with, more)
		}
	}
}

func (w *writer) timers() {
	for i := range w.p.timers() {
		name := "_ = "
		if w.p.uses(i, onTimer...) {
			name = fmt.Sprintf("t%d := ", i)
		}
		switch do := w.p.does(i); {
		case len(do) > 0:
			w.line("%stime.AfterFunc(time.Second, func() {", name)
			w.in(func() { w.function(do) })
			w.line("})")
		case name != "_ = ":
			w.line("%stime.NewTimer(time.Second)", name)
		}
	}
}

// function writes the statements of a function, which has a v of its own if it
// reads that.
func (w *writer) function(list []Stmt) {
	before := w.reads
	w.reads = readsV(list)
	if w.reads {
		w.line("v := 0")
	}
	w.block(list)
	w.reads = before
}

// readsV says whether the function with these statements reads v.
func readsV(list []Stmt) bool {
	for i := range list {
		switch s := &list[i]; s.Op {
		case PrintV, If:
			return true
		case Go, GroupGo:
		default:
			if readsV(s.Then) || readsV(s.Else) || readsV(s.Cases) {
				return true
			}
		}
	}
	return false
}

func (w *writer) block(list []Stmt) {
	for i := range list {
		w.statement(&list[i])
	}
}
