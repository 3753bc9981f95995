package picture

import (
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/judge"
	"threading101/kernel/model"
	"threading101/kernel/render/walk"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// Picture is a run, laid out: everything the forms need to know, nothing of
// how they show it.
type Picture struct {
	*walk.Run
	walk.Head
	alone bool   // the parts of a player are images of their own, with a style sheet each
	here  int    // the number of the step that is looked at, 0: none
	note  string // how the run differs from the one before
	notes []string

	lanes  []lane
	laneOf []int // for each goroutine its lane, -1 if it has none
	locks  []lock
	vars   []variable
	before int    // how many cells did what they did before
	heads  []band // the cells
	rows   []row
	rowOf  []int // for each step its row, -1 if it is not shown
	arrows []arrow
	links  []link // who waits for whom when the run ended

	transactions []call   // transactions of databases
	calls        []call   // those whose order breaks a rule of %check
	called       []string // and their functions
	parts        parting
	ends         []ending // for each lane, what stands at its end
	keys         keys     // what the legend must explain
	drawn        []byte   // the SVG form, once it was asked for
}

// lane is the column of one goroutine.
type lane struct {
	g       int
	name    string
	created int // the row of the go statement, -1 if it is not shown
	first   int // the row of its first step, -1 if none is shown
}

// lock is the column of one lock; variable that of one shared variable.
type lock struct {
	object int
	name   string
}

type variable struct {
	object int
	name   string
}

type rowKind uint8

const (
	isStep rowKind = iota
	isAgain
	isGap
	isBand    // of an item: a cell that did what it did before
	isParting // up to here the run went like the previous one
)

// row is one line of the picture: a step, or what stands for steps left out.
type row struct {
	kind     rowKind
	from, to int // steps in the list of steps
	event    int // of a step
	n        int // the step's number
	lane     int
	met      int // the lane of the receiver, where the step is a send and its receive; else -1
	walk.Telling
	where  string
	prints bool
	ends   bool // and it was the goroutine's last step
	state  []walk.State
	held   []holding
	values []string
	wrote  int // index in vars of the variable written or read here, -1
}

// holding is who holds a lock between a row and the next.
type holding struct {
	lane int // the first holder's lane, -1 if it has none
	who  string
}

func (h holding) free() bool { return h.who == "" }

// ending is what stands at the end of a lane.
type ending struct {
	kind endKind
	text string
}

// that returns the longest of the end's texts that fits, "" if none does.
func (e ending) that(fits func(string) bool) string {
	for _, s := range []string{e.text, e.short()} {
		if fits(s) {
			return s
		}
	}
	return ""
}

// short is what an end is called where there is no room for its text, "" if nothing.
func (e ending) short() string {
	switch e.kind {
	case endCut:
		return words.EndCut
	case endPrompt:
		return words.EndWaits
	}
	return ""
}

type endKind uint8

const (
	endNone endKind = iota
	endCut
	endBlocked
	endFatal
	endPrompt // another cell may go on from there
)

// arrow goes from one step to a later one of another goroutine.
type arrow struct {
	from, to         int // rows
	fromLane, toLane int
	kind             arrowKind
}

type arrowKind uint8

const (
	passes arrowKind = iota // a value goes over
	joins                   // the waiting of the other ends
	raced                   // nothing orders the two
)

// keys are the entries of the legend that the picture needs.
type keys struct{ commits, undone, world, holds, waits, computes, sleeps, ready, returned, cut, blocked, crash, message, join, race, waitsFor, parts bool }

// newPicture lays out a run.
func newPicture(ex *model.Execution, o Options) *Picture {
	o = o.filled()
	switch {
	case o.Hidden > 0:
		ex, o.Bare = hidden(ex, o.Hidden-1), true
	case o.Bare:
		ex = bare(ex)
	}
	p := &Picture{Run: walk.New(ex), before: o.Folded, note: words.Plain(o.Note, 400), here: o.Here}
	p.Breaches = trace.Breaches(ex, p.Steps)
	p.Bare = o.Bare
	if p.Head = p.Run.Head(); p.Bare {
		p.withhold()
	}
	p.compare(o.Before)
	p.chooseLanes(o.Lanes)
	p.chooseRows(o.Rows)
	p.chooseCalls()
	p.chooseTransactions()
	p.chooseColumns()
	p.follow()
	p.compute()
	p.chooseArrows()
	p.chooseRaces()
	p.endings()
	p.chooseLinks()
	p.sayNotes()
	p.findKeys()
	return p
}

// chooseColumns picks the locks and the variables that get a column. A variable without
// a known value, such as a map or a whole struct, gets none.
func (p *Picture) chooseColumns() {
	const mostLocks, mostVars = 4, 3
	seen, valued := make([]bool, len(p.Execution.Objects)), p.valued()
	for i := range p.rows {
		if p.rows[i].kind != isStep {
			continue
		}
		e := &p.Execution.Events[p.rows[i].event]
		for _, r := range e.Rows {
			if !seen[r.Object] && len(p.locks) < mostLocks {
				p.locks = append(p.locks, lock{r.Object, words.Plain(p.Execution.Objects[r.Object].Name, 16)})
			}
			seen[r.Object] = true
		}
		if e.Object < 0 || seen[e.Object] {
			continue
		}
		seen[e.Object] = true
		name := words.Plain(p.Execution.Objects[e.Object].Name, 16)
		switch class := event.Table[e.Op].Class; {
		case (class == event.ClassMutex || class == event.ClassRWMutex) && len(p.locks) < mostLocks:
			p.locks = append(p.locks, lock{e.Object, name})
		case lasting(class) && len(p.vars) < mostVars && valued[e.Object]:
			p.vars = append(p.vars, variable{e.Object, name})
		}
	}
	if slices.ContainsFunc(p.rows, func(r row) bool { return p.world(&r) != "" }) {
		p.vars = append(p.vars, variable{-1, words.HeadOfStep})
	}
}

// lasting says whether objects of a class have a column with what is in them: variables,
// and files, of which it is what was written last.
func lasting(class event.Class) bool {
	return class == event.ClassMemory || class == event.ClassAtomic || class == event.ClassFile
}

// headOf is what stands above the name of a variable, or of a file.
func (p *Picture) headOf(v variable) string {
	switch {
	case v.object < 0:
		return words.HeadSees
	case p.Execution.Objects[v.object].Class == event.ClassFile:
		return words.HeadWritten
	}
	return words.HeadValue
}

// headOfLock is what stands above the name of a lock, or of a row in a database.
func (p *Picture) headOfLock(l lock) string {
	if p.Execution.Objects[l.object].Class == event.ClassTableRow {
		return words.HeadLocked
	}
	return words.HeadLock
}

// valued says for each object whether any event of the run has its value.
func (p *Picture) valued() []bool {
	out := make([]bool, len(p.Execution.Objects))
	for i := range p.Execution.Events {
		if e := &p.Execution.Events[i]; e.Object >= 0 && e.Value != "" {
			out[e.Object] = true
		}
	}
	return out
}

// chooseArrows connects the steps of different goroutines that belong together.
func (p *Picture) chooseArrows() {
	dones := map[int][]int{} // for each wait group, the rows of its Done calls
	for r := range p.rows {
		if p.rows[r].kind != isStep {
			continue
		}
		e := &p.Execution.Events[p.rows[r].event]
		if met := p.rows[r].met; met >= 0 {
			p.arrows = append(p.arrows, arrow{r, r, p.rows[r].lane, met, passes})
		}
		switch e.Op {
		case event.WGDone:
			dones[e.Object] = append(dones[e.Object], r)
		case event.Wait:
			for _, from := range dones[e.Object] {
				p.arrow(from, r, joins)
			}
			if len(dones[e.Object]) == 0 {
				p.linked(e.Link, r, joins)
			}
			delete(dones, e.Object)
		case event.Statement:
			p.linked(e.Link, r, joins)
		case event.Recv:
			kind := passes
			if e.Flags&event.FlagClosed != 0 {
				kind = joins
			}
			p.linked(e.Link, r, kind)
		case event.CondWait:
			p.linked(e.Link, r, joins)
		}
	}
}

// linked draws an arrow from the step that shows event i.
func (p *Picture) linked(i, to int, kind arrowKind) {
	if i < 0 || i >= len(p.Steps.Of) || p.Steps.Of[i] < 0 {
		return
	}
	if from := p.rowOf[p.Steps.Of[i]]; from >= 0 {
		p.arrow(from, to, kind)
	}
}

func (p *Picture) arrow(from, to int, kind arrowKind) {
	a, b := p.rows[from].lane, p.rows[to].lane
	if a != b && from != to {
		p.arrows = append(p.arrows, arrow{from, to, a, b, kind})
	}
}

// endings says what stands at the end of each lane whose goroutine did not return.
func (p *Picture) endings() {
	p.ends = make([]ending, len(p.lanes))
	last := p.lastStates()
	for i, l := range p.lanes {
		g := &p.Execution.Goroutines[l.g]
		switch {
		case p.Execution.Fatal && g.End == model.DidPanic:
			p.ends[i] = ending{endFatal, words.EndFatal}
		case last[i] == walk.Gone || g.End == model.Returned || g.End == model.DidPanic || g.End == model.DidExit:
		case last[i] == walk.Absent && l.created < 0:
		case p.Execution.Status == model.Asked && last[i] == walk.Waiting:
			p.ends[i] = ending{endPrompt, words.StepEndWaits}
		case p.Execution.Status == model.Asked:
			p.ends[i] = ending{endPrompt, words.StepEndGoesOn}
		case g.End == model.AtPrompt && g.Left == judge.Able && l.g != 0:
			p.ends[i] = ending{endPrompt, words.EndParked}
		case g.End == model.AtPrompt:
			p.ends[i] = ending{endPrompt, words.EndPrompt}
		case (g.End == model.WasBlocked || last[i] == walk.Waiting) && p.ForGood():
			p.ends[i] = ending{endBlocked, words.EndBlocked}
		case g.End == model.WasBlocked || last[i] == walk.Waiting:
			p.ends[i] = ending{endCut, words.EndWaited}
		case last[i] == walk.Ready || last[i] == walk.Absent:
			p.ends[i] = ending{endCut, words.EndNever}
		case p.Execution.Status == model.Limit || p.Execution.Status == model.Interrupted:
			p.ends[i] = ending{endCut, words.EndStopped}
		default:
			p.ends[i] = ending{endCut, words.EndCut}
		}
	}
}

func (p *Picture) lastStates() []walk.State {
	if len(p.rows) == 0 {
		return make([]walk.State, len(p.lanes))
	}
	return p.rows[len(p.rows)-1].state
}

// findKeys finds what the legend must explain.
func (p *Picture) findKeys() {
	for i := range p.rows {
		r := &p.rows[i]
		for _, s := range r.state {
			p.keys.waits = p.keys.waits || s == walk.Waiting
			p.keys.sleeps = p.keys.sleeps || s == walk.Sleeping
			p.keys.computes = p.keys.computes || s == walk.Computing
		}
		for l, s := range r.state {
			p.keys.ready = p.keys.ready || s == walk.Ready && p.lanes[l].first != i+1
		}
		for _, h := range r.held {
			p.keys.holds = p.keys.holds || !h.free()
		}
		p.keys.crash = p.keys.crash || r.Crash
		p.keys.returned = p.keys.returned || r.ends && !r.Crash
	}
	for _, e := range p.ends {
		p.keys.cut = p.keys.cut || e.kind == endCut
		p.keys.crash = p.keys.crash || e.kind == endFatal
		p.keys.blocked = p.keys.blocked || e.kind == endBlocked
	}
	for _, a := range p.arrows {
		p.keys.join = p.keys.join || a.kind == joins
		p.keys.message = p.keys.message || a.kind == passes
		p.keys.race = p.keys.race || a.kind == raced
	}
	for _, d := range p.transactions {
		p.keys.undone = p.keys.undone || d.undone
		p.keys.commits = p.keys.commits || !d.undone
	}
	p.keys.world = slices.ContainsFunc(p.vars, func(v variable) bool { return v.object < 0 })
	p.keys.waitsFor = len(p.links) > 0
}
