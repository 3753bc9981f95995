package proxy

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"threading101/kernel/build"
	"threading101/kernel/cell"
	"threading101/kernel/gonbtools"
	"threading101/kernel/gonbtools/server"
	"threading101/kernel/program"
	"threading101/kernel/report"
	"threading101/kernel/words"
)

// The proxy answers the calls of the tools that GoNB runs: see server.Handler.
var _ server.Handler = (*proxy)(nil)

// programSuffix is what the real program's path has more than the one GoNB
// runs, which is a link to our own binary.
const programSuffix = ".bin"

// Build builds what GoNB composed of the cell that runs.
func (p *proxy) Build(ctx context.Context, c gonbtools.BuildCall) gonbtools.Reply {
	e := p.atWork()
	if e == nil || p.recalling() {
		// GoNB is given its memory again: there is nothing to build.
		return gonbtools.Reply{}
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if !e.stop.Begin(cancel) {
		return gonbtools.Reply{Exit: 1}
	}
	defer e.stop.Idle()
	return e.build(ctx, c)
}

// recalling reports whether GoNB is just being given its memory: until it has
// it, no cell is sent to it.
func (p *proxy) recalling() bool { return p.child() == nil }

func (e *execution) build(ctx context.Context, c gonbtools.BuildCall) gonbtools.Reply {
	e.readMain(c.Dir)
	race := c.Race || e.cell.Race
	request := e.cell.Suit(build.Request{Dir: c.Dir, Output: c.Output + programSuffix, Flags: c.Flags, Race: race, Env: c.Env})
	result, ok := e.compile(ctx, request)
	if !ok {
		return gonbtools.Reply{Exit: result.Exit, Stderr: result.Output}
	}
	main, _ := os.ReadFile(filepath.Join(c.Dir, "main.go"))
	e.make(made{built: result, raced: race, main: main, request: request})
	e.draft.Commit()
	return gonbtools.Reply{}
}

// compile builds a program. The cell has failed if that cannot be done, unless it
// was interrupted.
func (e *execution) compile(ctx context.Context, request build.Request) (result build.Result, ok bool) {
	over := e.showCompiling(e.p.stage.builder)
	result, err := e.p.stage.builder.Build(ctx, request)
	over()
	switch {
	case e.stop.Interrupted():
		return build.Result{Exit: 1}, false
	case err != nil:
		e.fail(report.Broken(words.BuildFailed(err)))
		return build.Result{Exit: 1, Output: []byte(err.Error())}, false
	case result.Unfit:
		e.fail(e.cell.Unfit(string(result.Output)))
		return result, false
	case result.Exit != 0:
		_, lines := e.composed()
		e.fail(e.misses(result.Output, lines))
		return result, false
	}
	e.p.ran.Store(true)
	return result, true
}

// misses reports what the compiler said. Where nothing was built before in this kernel,
// names that nobody declares are those of the cells above: several of them, or any in a
// cell that only continues a program.
func (e *execution) misses(output []byte, lines *cell.Map) *report.Report {
	names := report.NotDeclared(output, lines)
	if !e.p.ran.Load() && len(names) > 0 && (len(names) > 1 || e.part != nil) {
		return report.RunAbove(names, e.p.memory)
	}
	for _, name := range names {
		if e.part == nil && slices.Contains(e.before, name) {
			return report.Compile(output, lines, e.p.memory).Advise(words.OfTheProgram(name))
		}
	}
	return report.Compile(output, lines, e.p.memory)
}

// readMain maps the lines of the main.go that GoNB composed. It reports whether
// the cell is to go on.
func (e *execution) readMain(dir string) bool {
	e.compose(dir, e.mapOf(dir))
	return !e.stop.Interrupted()
}

// mapOf maps what GoNB composed in dir, nil if there is nothing.
func (e *execution) mapOf(dir string) *cell.Map {
	for _, name := range []string{"main.go", "main_test.go"} {
		if text, err := os.ReadFile(filepath.Join(dir, name)); err == nil && e.draft != nil {
			return e.draft.Map(text)
		}
	}
	return nil
}

// Imports is goimports -w.
func (p *proxy) Imports(ctx context.Context, c gonbtools.ImportsCall) gonbtools.Reply {
	e := p.atWork()
	if e != nil && !e.readMain(c.Dir) {
		return gonbtools.Reply{Exit: 1}
	}
	if e != nil {
		e.importUnnamed(c.Dir)
	}
	output, exit := p.stage.builder.Imports(ctx, c.File)
	return gonbtools.Reply{Exit: exit, Stderr: output}
}

// unnamedFile is the file beside main.go with the imports that GoNB loses.
const unnamedFile = "unnamed_imports.go"

// importUnnamed writes, beside what GoNB composed, the imports named _ that it left out.
func (e *execution) importUnnamed(dir string) {
	if e.draft == nil {
		return
	}
	file, text := filepath.Join(dir, unnamedFile), "package main\n"
	lost := e.draft.Unnamed()
	for _, path := range lost {
		text += fmt.Sprintf("\nimport _ %q\n", path)
	}
	if len(lost) == 0 {
		os.Remove(file)
		return
	}
	if before, err := os.ReadFile(file); err == nil && string(before) == text {
		return
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		e.p.log("writing the imports named _: %v", err)
	}
}

// Get is go get.
func (p *proxy) Get(ctx context.Context, c gonbtools.GetCall) gonbtools.Reply {
	e := p.atWork()
	if p.recalling() {
		return gonbtools.Reply{}
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if e != nil && !e.stop.Begin(cancel) {
		return gonbtools.Reply{Exit: 1}
	}
	output, exit := p.stage.builder.Get(ctx, c.Dir, c.Args, c.Env...)
	if e != nil {
		e.stop.Idle()
		if exit != 0 && !e.stop.Interrupted() {
			e.readMain(c.Dir)
			_, lines := e.composed()
			e.fail(report.Get(output, lines, p.memory))
		}
	}
	return gonbtools.Reply{Exit: exit, Stderr: output}
}

// Run runs the program of the cell. GoNB is told that all went well: what did
// not is ours to tell.
func (p *proxy) Run(ctx context.Context, c gonbtools.RunCall) gonbtools.RunReply {
	e := p.atWork()
	if e == nil || p.recalling() {
		return gonbtools.RunReply{}
	}
	if e.viaGonb {
		return gonbtools.RunReply{Exec: c.Path + programSuffix}
	}
	e.launch(ctx, c)
	return gonbtools.RunReply{}
}

// launch runs the cell's program, or tries all its schedules if that is asked for.
func (e *execution) launch(ctx context.Context, c gonbtools.RunCall) {
	if e.stop.Interrupted() {
		return
	}
	p := e.program(e.call(c), c.Path+programSuffix)
	if e.cell.Explores() {
		if !e.draft.HasMain() {
			e.fail(e.cell.NoMain())
			return
		}
		e.explore(ctx, p)
		return
	}
	if e.cell.Step {
		if !e.draft.HasMain() {
			e.fail(e.cell.NothingToStep())
			return
		}
		e.step(ctx, p)
		return
	}
	if e.cell.Speed != nil {
		e.measure(ctx, p)
		return
	}
	ran, f := e.cell.Run(ctx, p, e.streams())
	e.done(ran, f)
}

// done notes what came of a program.
func (e *execution) done(ran bool, f *report.Report) {
	if ran {
		e.shared.show()
	}
	e.fail(f)
}

// program is what was built, at path, and called.
func (e *execution) program(m made, path string) *program.Program {
	return &program.Program{
		Built: m.built, Raced: m.raced, Path: path, Args: m.call.Args, Env: m.call.Env, Dir: m.call.Dir, Locate: e.locate,
		Lend: e.lends(m), Apart: e.p.stage.desk.Apart(m.built.Imports, m.call.Env),
	}
}

// streams is where the output of the cell's program goes and its input comes from.
func (e *execution) streams() program.Streams {
	s := program.Streams{Output: e.out.Stream, OutputFile: filepath.Join(e.p.stage.dir, "tmp", "output.txt")}
	if e.part != nil {
		s.Output, s.Prompt = e.part.bands.Output, e.part.bands.Prompt
	}
	if e.asks.AllowStdin {
		s.Input = e.input
	}
	if input := s.Input; e.part != nil && input != nil {
		s.Input = func(ctx context.Context) (string, error) { return e.part.input.ask(ctx, input) }
	}
	return s
}

// Gopls is gopls -listen. GoNB asks for one at its start and would make cells
// wait for it. Told that it has ended, it does without; completion and
// inspection are answered by our own.
func (p *proxy) Gopls(context.Context, gonbtools.GoplsCall) gonbtools.Reply { return gonbtools.Reply{} }
