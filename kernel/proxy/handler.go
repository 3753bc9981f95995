package proxy

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"threading101/kernel/build"
	"threading101/kernel/cell"
	"threading101/kernel/gonbtools"
	"threading101/kernel/report"
	"threading101/kernel/run"
	"threading101/kernel/words"
)

// The proxy answers the calls of the tools that GoNB runs: see gonbtools.Handler.
var _ gonbtools.Handler = (*proxy)(nil)

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
	if !e.begin(cancel) {
		return gonbtools.Reply{Exit: 1}
	}
	defer e.begin(nil)
	return e.build(ctx, c)
}

// recalling reports whether GoNB is just being given its memory: until it has
// it, no cell is sent to it.
func (p *proxy) recalling() bool { return p.child() == nil }

// begin notes how to end what begins now; false means that it must not begin.
func (e *execution) begin(cancel context.CancelFunc) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.cancel = cancel
	return !e.interrupted
}

func (e *execution) build(ctx context.Context, c gonbtools.BuildCall) gonbtools.Reply {
	e.readMain(c.Dir)
	race := c.Race || e.orders.Race
	request := e.orders.suited(build.Request{Dir: c.Dir, Output: c.Output + programSuffix, Flags: c.Flags, Race: race, Env: c.Env})
	result, ok := e.compile(ctx, request)
	if !ok {
		return gonbtools.Reply{Exit: result.Exit, Stderr: result.Output}
	}
	main, _ := os.ReadFile(filepath.Join(c.Dir, "main.go"))
	e.mu.Lock()
	e.built, e.raced, e.program = result, race, &program{main: main, request: request}
	e.mu.Unlock()
	e.draft.Commit()
	return gonbtools.Reply{}
}

// compile builds a program. The cell has failed if that cannot be done, unless it
// was interrupted.
func (e *execution) compile(ctx context.Context, request build.Request) (result build.Result, ok bool) {
	result, err := e.p.stage.builder.Build(ctx, request)
	switch {
	case e.wasInterrupted():
		return build.Result{Exit: 1}, false
	case err != nil:
		e.fail(broken(words.BuildFailed(err)))
		return build.Result{Exit: 1, Output: []byte(err.Error())}, false
	case result.Unfit:
		e.fail(e.unfit(string(result.Output)))
		return result, false
	case result.Exit != 0:
		e.fail(failed(report.Compile(result.Output, e.lines, e.p.memory)))
		return result, false
	}
	return result, true
}

// readMain maps the lines of the main.go that GoNB composed. It reports whether
// the cell is to go on.
func (e *execution) readMain(dir string) bool {
	lines := e.mapOf(dir)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.dir = dir
	if lines != nil {
		e.lines = lines
	}
	return !e.interrupted
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

func (e *execution) fail(f *failure) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.failure == nil && f != nil {
		e.failure = f
	}
}

// failed is how the cell has failed so far, nil if it has not.
func (e *execution) failed() *failure {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.failure
}

func (e *execution) wasInterrupted() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.interrupted
}

// Imports is goimports -w.
func (p *proxy) Imports(ctx context.Context, c gonbtools.ImportsCall) gonbtools.Reply {
	e := p.atWork()
	if e != nil && !e.readMain(c.Dir) {
		return gonbtools.Reply{Exit: 1}
	}
	output, exit := p.stage.builder.Imports(ctx, c.File)
	return gonbtools.Reply{Exit: exit, Stderr: output}
}

// Get is go get.
func (p *proxy) Get(ctx context.Context, c gonbtools.GetCall) gonbtools.Reply {
	e := p.atWork()
	if p.recalling() {
		return gonbtools.Reply{}
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if e != nil && !e.begin(cancel) {
		return gonbtools.Reply{Exit: 1}
	}
	output, exit := p.stage.builder.Get(ctx, c.Dir, c.Args, c.Env...)
	if e != nil {
		e.begin(nil)
		if exit != 0 && !e.wasInterrupted() {
			e.readMain(c.Dir)
			e.fail(failed(report.Get(output, e.lines, p.memory)))
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
	if e.orders.viaGonb {
		return gonbtools.RunReply{Exec: c.Path + programSuffix}
	}
	e.launch(ctx, c)
	return gonbtools.RunReply{}
}

func (e *execution) launch(ctx context.Context, c gonbtools.RunCall) {
	if e.wasInterrupted() {
		return
	}
	e.mu.Lock()
	built, raced := e.built, e.raced
	if e.program != nil {
		e.program.call = c
	}
	e.mu.Unlock()
	if e.orders.wish.explore {
		e.exploreCell(ctx, c)
		return
	}
	course, f := e.course(built, raced)
	if f != nil {
		e.fail(f)
		return
	}
	spec := run.Spec{
		Path: c.Path + programSuffix, Args: c.Args, Env: c.Env, Dir: c.Dir,
		Sites: built.Sites, Record: built.Instrumented,
		Locate: e.locate, Output: e.out.stream, OutputFile: filepath.Join(e.p.stage.dir, "tmp", "output.txt"),
	}
	course.apply(&spec, built)
	if e.orders.Procs > 0 {
		spec.Env = append(slices.Clone(c.Env), "GOMAXPROCS="+strconv.Itoa(e.orders.Procs))
	}
	if e.ask.AllowStdin {
		spec.Input = e.input
	}
	r, err := run.Start(ctx, spec)
	if err != nil {
		e.fail(broken(words.RunFailed(err)))
		return
	}
	if !e.setRun(r) {
		r.Interrupt()
	}
	outcome := r.Wait()
	e.endRun()
	if (ctx.Err() != nil || closed(e.child.dying)) && !e.wasInterrupted() {
		return // GoNB has gone, and took the program along
	}
	e.tell(outcome, course, built)
}

// setRun notes the program that runs; false means that it must end at once.
func (e *execution) setRun(r *run.Run) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.run = r
	return !e.interrupted
}

func (e *execution) endRun() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.run, e.over = nil, true
}

// tell shows what came of a run.
func (e *execution) tell(o *run.Outcome, c course, built build.Result) {
	e.ran = true
	if o.TraceProblem != "" {
		e.p.log("cell %d: %s", e.number, o.TraceProblem)
	}
	if o.ReadStdin && !e.ask.AllowStdin {
		e.out.stream("stderr", words.InputEnded)
	}
	e.out.flush()
	e.say(built.Notes)
	strayed := e.strayed(c, o)
	if strayed != nil {
		e.draw(o.Execution)
	} else {
		e.draw(o.Execution, append(e.notes(c, o), e.valuesOf(o.Execution))...)
	}
	e.fail(strayed)
	e.fail(failed(report.Outcome(o, e.p.memory)))
}

// Gopls is gopls -listen. GoNB asks for one at its start and would make cells
// wait for it. Told that it has ended, it does without; completion and
// inspection are answered by our own.
func (p *proxy) Gopls(context.Context, gonbtools.GoplsCall) gonbtools.Reply { return gonbtools.Reply{} }
