package proxy

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"threading101/kernel/build"
	"threading101/kernel/cell"
	"threading101/kernel/gonbtools"
	"threading101/kernel/report"
)

// program is what an execution of a cell left: the binary, and all that decided
// what is in it. As long as none of that has changed, the cell can be run again
// without a build, and without GoNB, which would come to the same program.
type program struct {
	cell   string // the cell's text, see cellKey
	number int    // of the cell when it was run
	runs   bool   // the cell has a main of its own
	race   bool
	plain  bool // nothing in the cell but Go: no command that GoNB would carry out

	child    *child // the GoNB that composed it
	commands int    // how many cells with commands there were before
	memory   string // the declarations remembered, the cell's own among them
	main     []byte // main.go
	built    build.Result
	request  build.Request     // how it was built
	call     gonbtools.RunCall // how it was run
	lines    *cell.Map
	gonb     *bool // it talks to GoNB while it runs; nil: not looked at yet
}

// programs keeps the programs run last, the latest at the end. Only the executor
// touches it.
type programs struct{ list []*program }

// programsKept is a little more than the builder keeps binaries.
const programsKept = 16

func (ps *programs) put(p *program) {
	ps.list = slices.DeleteFunc(ps.list, func(q *program) bool { return q.cell == p.cell && q.race == p.race })
	if ps.list = append(ps.list, p); len(ps.list) > programsKept {
		ps.list = slices.Delete(ps.list, 0, 1)
	}
}

func (ps *programs) get(cell string, race bool) *program {
	for _, p := range ps.list {
		if p.cell == cell && p.race == race {
			return p
		}
	}
	return nil
}

// ofCode returns the program with that hash that was run last, nil if there is
// none any more.
func (ps *programs) ofCode(code string) *program {
	for _, q := range slices.Backward(ps.list) {
		if q.built.Code == code && code != "" && !q.race && q.exists() {
			return q
		}
	}
	return nil
}

// last returns the program that was run last and does something, nil if there is
// none.
func (ps *programs) last() *program {
	for _, q := range slices.Backward(ps.list) {
		if q.runs && !q.race {
			return q
		}
	}
	return nil
}

// cellKey is what counts of a cell's text: lines of our own words that stand
// above the code are empty when GoNB gets them, and say nothing to it.
func cellKey(rest string) string { return strings.TrimSpace(rest) }

// onlyGo reports whether GoNB has nothing to carry out in a cell: it is Go, and
// perhaps a line that opens main.
func onlyGo(rest string) bool {
	for line := range strings.Lines(rest) {
		text := strings.TrimPrefix(strings.TrimRight(line, "\r\n"), "//gonb:")
		if len(text) < 2 || text[0] != '%' && text[0] != '!' {
			continue
		}
		if word := strings.TrimSpace(text); word != "%%" && word != "%main" {
			return false
		}
	}
	return true
}

// again runs a cell whose program is there already. It reports false if only
// the ordinary way can be sure of what the cell is to do, which is in any doubt.
func (e *execution) again(ctx context.Context, c *child, rest string) (f *failure, done bool) {
	p := e.p
	q := p.programs.get(cellKey(rest), e.orders.Race)
	if q == nil || !e.unchanged(q, c) || p.cfg.Always {
		return nil, false
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if !e.begin(cancel) {
		return failed(report.Stopped()), true
	}
	e.mu.Lock()
	e.dir, e.lines = q.request.Dir, e.draft.Map(q.main)
	e.mu.Unlock()
	built, ok := e.find(ctx, q)
	if f := e.failed(); f != nil {
		return f, true
	}
	if !ok || q.talksToGonb() {
		e.begin(nil)
		return nil, false
	}
	p.log("cell %d runs again", e.number)
	e.isSent(c)
	e.draft.Commit()
	e.mu.Lock()
	e.built, e.raced = built, q.race
	e.mu.Unlock()
	e.program = &program{plain: true, main: q.main, request: q.request, gonb: q.gonb}
	e.launch(ctx, q.call)
	q.number, q.lines = e.number, e.lines
	p.programs.put(q)
	return e.ended(c), true
}

// unchanged reports whether GoNB would come to the same main.go, and would
// afterwards remember no more than it does now.
func (e *execution) unchanged(q *program, c *child) bool {
	if !q.plain || q.child != c || q.commands != e.p.commands || closed(c.dying) {
		return false
	}
	after := e.draft.Declarations()
	return after == q.memory && after == e.p.memory.Declarations()
}

// find lays main.go where GoNB would have written it, and asks the builder
// whether the program is still the one it would build: the module, the
// toolchain, other files of the folder or the environment may have changed.
//
// A program that is to tell more than it was built for is built anew.
func (e *execution) find(ctx context.Context, q *program) (build.Result, bool) {
	if !q.lay() {
		return build.Result{}, false
	}
	request := e.orders.suited(q.request)
	if slices.Equal(request.Outcome, q.request.Outcome) && slices.Equal(request.Spans, q.request.Spans) {
		return e.p.stage.builder.Again(ctx, q.request)
	}
	return e.compile(ctx, request)
}

// lay lays the program's source where GoNB would have written it.
func (q *program) lay() bool {
	path := filepath.Join(q.request.Dir, "main.go")
	if text, err := os.ReadFile(path); err != nil || !bytes.Equal(text, q.main) {
		os.Remove(filepath.Join(q.request.Dir, "main_test.go"))
		return os.WriteFile(path, q.main, 0o666) == nil
	}
	return true
}

// gonbMark is in every program that is linked with GoNB's library for displays
// and widgets: such a program wants GoNB's pipes.
var gonbMark = []byte("GONB_PIPE")

func (q *program) talksToGonb() bool {
	if q.gonb == nil {
		text, err := os.ReadFile(q.built.Binary)
		talks := err != nil || bytes.Contains(text, gonbMark)
		q.gonb = &talks
	}
	return *q.gonb
}

// ended says how a program that GoNB knows nothing of ended.
func (e *execution) ended(c *child) *failure {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch {
	case e.failure != nil:
		return e.failure
	case closed(c.dying) && !e.interrupted:
		return failed(report.Died(true)) // it has taken the program along
	case e.interrupted:
		return failed(report.Stopped())
	}
	return nil
}

// keep notes the program of a cell that has been built and run.
func (e *execution) keep(rest string) {
	e.mu.Lock()
	q, built, raced, lines := e.program, e.built, e.raced, e.lines
	e.mu.Unlock()
	if q == nil || q.call.Path == "" || built.Binary == "" {
		return
	}
	q.cell, q.number, q.race, q.plain = cellKey(rest), e.number, raced && e.orders.Race, onlyGo(rest)
	q.runs = e.draft.HasMain()
	q.child, q.commands, q.memory = e.child, e.p.commands, e.p.memory.Declarations()
	q.built, q.lines = built, lines
	e.p.programs.put(q)
}
