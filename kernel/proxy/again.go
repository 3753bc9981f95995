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
	"threading101/kernel/program"
	"threading101/kernel/report"
)

// remembered is what an execution of a cell left: the program, and all that
// decided what is in it. As long as none of that has changed, the cell can be run
// again without a build, and without GoNB, which would come to the same program.
type remembered struct {
	made
	cell   string // the cell's text, see program.Key
	number int    // of the cell when it was run
	runs   bool   // the cell has a main of its own
	race   bool
	plain  bool // nothing in the cell but Go: no command that GoNB would carry out

	child    *child // the GoNB that composed it
	commands int    // how many cells with commands there were before
	memory   string // the declarations remembered, the cell's own among them
	lines    *cell.Map
}

// programs keeps the programs run last, the latest at the end. Only the executor
// touches it.
type programs struct {
	list []*remembered
	lend func(imports, env []string) lender // databases to runs that nobody sees
}

// programsKept is a little more than the builder keeps binaries.
const programsKept = 44

// put keeps p in the place of the same program of the same cell. What the cell made with
// other declarations stays: its tokens can still be exported, and stepped through.
func (ps *programs) put(p *remembered) {
	ps.list = slices.DeleteFunc(ps.list, func(q *remembered) bool {
		return q.cell == p.cell && q.race == p.race && q.built.Code == p.built.Code
	})
	if ps.list = append(ps.list, p); len(ps.list) > programsKept {
		ps.list = slices.Delete(ps.list, 0, 1)
	}
}

// get returns the program that a cell with that text made last, nil if there is none.
func (ps *programs) get(cell string, race bool) *remembered {
	for _, p := range slices.Backward(ps.list) {
		if p.cell == cell && p.race == race {
			return p
		}
	}
	return nil
}

// ofCode returns the program with that hash that was run last, nil if there is
// none any more.
func (ps *programs) ofCode(code string) *remembered {
	for _, q := range slices.Backward(ps.list) {
		if q.built.Code == code && code != "" && !q.race && q.exists() {
			return q
		}
	}
	return nil
}

// last returns the program that was run last and does something, nil if there is
// none.
func (ps *programs) last() *remembered {
	for _, q := range slices.Backward(ps.list) {
		if q.runs && !q.race {
			return q
		}
	}
	return nil
}

// maker returns the program with that hash for runs of its tokens, nil if there is
// none any more.
func (ps *programs) maker(code string) *program.Maker {
	q := ps.ofCode(code)
	if q == nil {
		return nil
	}
	return &program.Maker{Code: q.cell, Number: q.number, Program: &program.Program{
		Built: q.built, Path: q.built.Binary, Args: q.call.Args, Env: q.call.Env, Dir: q.call.Dir, Locate: q.lines.Locate,
		Lend: ps.lend(q.built.Imports, q.call.Env),
	}}
}

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
func (e *execution) again(ctx context.Context, c *child, rest string) (f *report.Report, done bool) {
	p := e.p
	q := p.programs.get(program.Key(rest), e.cell.Race)
	if q == nil || !e.unchanged(q, c) || p.cfg.Always {
		return nil, false
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if !e.stop.Begin(cancel) {
		return report.Stopped(), true
	}
	lines := e.draft.Map(q.main)
	e.compose(q.request.Dir, lines)
	built, ok := e.find(ctx, q)
	if f := e.failed(); f != nil {
		return f, true
	}
	if !ok || q.talksToGonb() {
		e.stop.Idle()
		return nil, false
	}
	p.log("cell %d runs again", e.cell.Number)
	e.shared.send(c)
	e.draft.Commit()
	e.make(made{built: built, raced: q.race, main: q.main, request: q.request, gonb: q.gonb})
	e.launch(ctx, q.call)
	now := *q // pages may be reading the other: see byHand
	now.number, now.lines = e.cell.Number, lines
	p.programs.put(&now)
	return e.ended(c), true
}

// unchanged reports whether GoNB would come to the same main.go, and would
// afterwards remember no more than it does now.
func (e *execution) unchanged(q *remembered, c *child) bool {
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
func (e *execution) find(ctx context.Context, q *remembered) (build.Result, bool) {
	if !q.lay() {
		return build.Result{}, false
	}
	request := e.cell.Suit(q.request)
	if request.Plain == q.request.Plain && request.Explore == q.request.Explore && slices.Equal(request.Values, q.request.Values) && slices.Equal(request.Spans, q.request.Spans) &&
		slices.Equal(request.Always, q.request.Always) && slices.Equal(request.Eventually, q.request.Eventually) {
		return e.p.stage.builder.Again(ctx, q.request)
	}
	return e.compile(ctx, request)
}

// lay lays the program's source where GoNB would have written it.
func (q *remembered) lay() bool {
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

func (q *made) talksToGonb() bool {
	if q.gonb == nil {
		text, err := os.ReadFile(q.built.Binary)
		talks := err != nil || bytes.Contains(text, gonbMark)
		q.gonb = &talks
	}
	return *q.gonb
}

// ended says how a program that GoNB knows nothing of ended.
func (e *execution) ended(c *child) *report.Report {
	f := e.failed()
	switch {
	case f != nil:
		return f
	case e.stop.Interrupted():
		return report.Stopped()
	case closed(c.dying):
		return report.Died(true) // it has taken the program along
	}
	return nil
}

// keep notes the program of a cell that has been built and run, but for one that was
// measured: it cannot be controlled.
func (e *execution) keep(rest string) {
	m := e.last()
	if e.cell.Speed != nil || m.call.Path == "" || m.built.Binary == "" {
		return
	}
	_, lines := e.composed()
	e.p.programs.put(&remembered{
		made: m, cell: program.Key(rest), number: e.cell.Number, runs: e.draft.HasMain(),
		race: m.raced && e.cell.Race, plain: onlyGo(rest),
		child: e.sentTo(), commands: e.p.commands, memory: e.p.memory.Declarations(), lines: lines,
	})
}

// exists reports whether a program's binary is still there.
func (q *made) exists() bool {
	_, err := os.Stat(q.built.Binary)
	return err == nil
}
